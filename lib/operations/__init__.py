"""The running of the machine: the command line, the clockwork, backups and their restoring, health, checks.

It is started by `python -m db` and by the server, writes settings alone, and knows no screen.
"""
