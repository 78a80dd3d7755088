"""What the keeper of the machine runs: commands, the clockwork, copies and their restoring, checks of the store.

Started by `python -m db` and by the server; the tables are written by the rooms below.
"""
