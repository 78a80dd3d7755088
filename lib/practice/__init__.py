"""The invented province of the rehearsals and the teams that live in it.

Everything in it is invented; it writes through the same rooms as people do where they have bulk forms.
"""
