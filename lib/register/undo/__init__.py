"""Undoes an act as a whole.

It restores rows of any table from their captured images, and knows nothing of what those rows mean on a screen.
"""
