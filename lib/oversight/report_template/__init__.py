"""The form of the daily report, as dated versions of its sections and indicators.

Writes the form; a version in force is never changed.
"""
