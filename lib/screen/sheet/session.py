"""What the session remembers of the page of a day's sheet."""

from lib.screen.session import Key

# Fields
COMPONENT: Key[dict] = Key("sheet")
COMMUNE: Key[str] = Key("sheet_commune")
TEAM: Key[int] = Key("sheet_team")
DAY: Key[str] = Key("sheet_day")
OTHER_DAY: Key[str] = Key("sheet_other_day")  # as it was typed
FROM_PAPER: Key[bool] = Key("sheet_paper")
REASON: Key[str] = Key("sheet_reason")  # for late entry, by team and day
CONFIRMED: Key[bool] = Key("sheet_sure")  # that yesterday is entered, by team and day
SHEET_CODE: Key[str] = Key("sheet_code")  # as it was typed, by team and day

SHOWN_DAY: Key[str] = Key("sheet_on")  # or another: at midnight the sheet stays on the day it was opened for
BEGUN: Key[str] = Key("sheet_begun")  # the last day shown while it was today: it is entered to the end unasked
CONSENTS: Key[dict[tuple[int, str], bool | str]] = Key("sheet_given")  # of this visit, by kind: by team and day
SEEN_TEAMS: Key[set[str | None]] = Key("sheet_seen")  # the teams that the address has named in this visit
SHOWN_TEAM: Key[int | None] = Key("sheet_here")  # None: not found; a selectbox forgets its choice with its words
CODES: Key[dict[tuple[int, str], str]] = Key("sheet_code_of")  # of the printed sheets copied, by team and day
DOCUMENT: Key[tuple[tuple, bytes]] = Key("paper_made")  # the commune's document until another is asked for
