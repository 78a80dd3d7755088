"""The audit log in sentences, and the list of what can still be undone.

It reads audit lines only; lib.register.undo takes acts back.
"""
