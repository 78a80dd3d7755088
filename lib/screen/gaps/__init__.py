"""The page of gaps: what could leave a household out, and the way to mend it.

It draws what `lib.oversight.work` finds; what is mended in place is written by the register's own modules.
"""
