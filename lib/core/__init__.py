"""The ground every room stands on: the store, who may see what, the log, the sums, the clock.

It knows no team, no visit and no screen, and imports nothing but `db.migrations`.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]  # the folder of the program
