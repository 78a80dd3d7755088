"""Fields, lists, tables and downloads that several pages are made of.

They know no table of the store and write nothing, except that a download logs its export.
"""
