"""The form of the daily report, as numbered versions of its sections and indicators.

Writes templates, sections and indicators; a stored version is never changed. Must not know reports.
"""
