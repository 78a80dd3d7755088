"""Giving households to members: by hand, or by accepting a proposed split.

It draws and reads buttons; lib.register.assignments decides and writes.
"""
