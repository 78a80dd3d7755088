"""Who may come in: accounts, passwords, lock-out, roles lent for a time.

Writes accounts, grants, delegations and signin_failures.
"""
