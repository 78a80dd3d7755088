"""The page of the reports below: who has sent theirs, who is late, whom to call, and the officers responsible.

Draws what `oversight.reports` states and calls its acts; holds no rule of its own. Session keys stand in `session`.
"""
