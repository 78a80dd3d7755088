"""Read files of strangers in a process of their own, write workbooks, and mark faults in a file.

It touches no table, and must not know what a list means.
"""
