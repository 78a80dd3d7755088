"""What the session remembers of who is there, and in which role."""

from datetime import datetime

from lib.screen.session import Key

ROLE: Key[int] = Key("grant")  # of the window: that of the token it was opened with, whatever another window chooses
ROLE_OF: Key[int] = Key("grant_of")  # the account that chose it
USERNAME: Key[str] = Key("username")  # where streamlit-authenticator looks for what it signs
CLOCK_DENIED: Key[bool] = Key("clock_denied")
CLOCK_SHOWN: Key[tuple[datetime, float]] = Key("clock_asked")  # the hour in the question drawn last, and its ticks
