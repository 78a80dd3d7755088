"""The daily reports from commune to province, and the figures frozen for them.

Writes reports, snapshots, addenda, reminders and the form.
"""
