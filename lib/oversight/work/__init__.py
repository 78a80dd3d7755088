"""What waits for somebody: the work list, the gaps that could leave a household out, the history of what was done.

Reads only, but for marking a file with refused rows as seen to; must not know how a task is shown.
"""
