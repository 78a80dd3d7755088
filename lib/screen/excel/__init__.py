"""Lists in and out as files: empty forms, the steps of an import, its preview, past imports.

It draws and remembers the file in the session; lib.exchange reads, checks and writes.
"""
