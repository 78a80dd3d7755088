"""Teams and their members: the list, cards, forms, absences and reorganising.

It draws and reads forms; lib.register.teams plans and writes.
"""
