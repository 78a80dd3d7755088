"""The daily reports from commune to province: drafts, sending and receiving, frozen figures, addenda, reminders.

Writes report_drafts, report_events, snapshots, opening_balances, officers and reminders; must not know documents or
screens. Everything drawn of one report starts from `context.ReportContext`.
"""
