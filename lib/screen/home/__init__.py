"""The page of tasks: what is left today for the visitor, in order of urgency.

It draws what `lib.oversight.work` lists and writes no table; each line leads to the page where the task is done.
"""
