"""The page of one unit's report of a day: read, written, sent, received and corrected.

Draws what `oversight.reports` states and calls its acts; holds no rule of its own. Session keys stand in `session`.
"""
