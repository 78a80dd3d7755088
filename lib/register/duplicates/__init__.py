"""Finds households and persons that may be registered twice, and merges them.

It writes not_duplicates; households, persons and assignments change only through the modules that own them.
"""
