"""What the session remembers of the page of reports: the deed that was begun, what was done; keys of its parts."""

from lib.screen.session import Flash, Key

OVERVIEW, OWN, SENT_REMINDERS = "reports_chain", "reports_own", "reports_sent"  # parts of the page that hold links

ALL = "all"  # a reminder to all units at once
DOING: Key[tuple[str, str]] = Key("reports_doing")  # the deed and the unit
DONE, OFFICER_SAVED = Flash("reports_done"), Flash("officer_done")
