"""What the session remembers of the page of Excel files."""

from lib.exchange.columns.heading_matches import Match
from lib.exchange.lists.plan import ImportPlan
from lib.exchange.spreadsheets.reading import ReadSheet
from lib.screen.session import Key
from lib.screen.widgets import forms

_FORM = "exchange"

SKIP_HIDDEN: Key[bool] = Key("exchange_shown")  # the switch: hidden rows are left out
SHEETS: Key[tuple[tuple, list[ReadSheet]]] = Key("exchange_sheets")  # the file, and what was read of it
READ: Key[list[tuple]] = Key("exchange_read")  # `(file and way, what was understood)`, the last two
MATCHED: Key[dict[tuple[str, str], dict[str, Match]]] = Key("exchange_matched")  # by file and list, then by heading
HEADING_ROWS: Key[dict[str, dict[str, int]]] = Key("exchange_rows")  # by file, then by sheet
ANSWERS: Key[tuple[tuple, list, dict]] = Key("exchange_same")  # file and list, the doubtful rows, what was answered
PLAN: Key[tuple[tuple, ImportPlan]] = Key("exchange_plan")  # file and choices, and what it would change
LOADED: Key[tuple[int | None, dict[str, int]]] = Key("exchange_done")  # the load that just ended, and its counts


def field(name: str) -> str:
    """The key of a field that begins anew with each file loaded."""
    return f"{forms.prefix(_FORM)}{name}"


def next_file() -> None:
    """Begin the fields anew."""
    forms.next_round(_FORM)
