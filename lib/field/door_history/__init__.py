"""The history of one household: its days at a glance, its visits and everything else that happened to it.

It only reads, and only of a household that was found in the visitor's area.
"""
