"""The page on which the province edits the form of the report.

Keeps the edit under way in the session until it is saved; what may be saved `oversight.report_template` decides.
"""
