"""The ground of every room: the store, rights and scopes, the audit log, the roll-ups, the clock.

It writes audit_log, undo_steps, change, settings, days, team_day and hamlet_day, knows no team, visit or screen, and
imports nothing but `db.migrations`.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]  # the folder of the program
