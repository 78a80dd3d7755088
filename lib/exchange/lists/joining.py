"""Rows of a file that are one household: near twins, once somebody said that they are the same.

What the later row knows and the earlier one does not goes over to the earlier one; it is told with both.
"""

from lib.core.errors import N_, Say
from lib.exchange.lists.row import At, FileRow

# What a doubtful row is: a household by its code, the household of an earlier row (`Row.at`), or None: a new one.
Same = str | At | None
ORDER = ("walk_order", "from_day")
_REFUSED = N_("Row {n}, which this one belongs to, is refused; correct it there.")
_JOINED = N_("Read as one household with row {n}.")


def join(found: list[FileRow], same: dict[At, Same]) -> None:
    """Give rows the code they were told to have, and lay rows of one household together; in the order of the file."""
    earlier: dict[At, FileRow] = {}
    for row in found:
        chosen = same.get(row.at)
        earlier[row.at] = row
        if row.state == "refused" or chosen is None:
            continue
        if isinstance(chosen, str):
            row.key = row.key or chosen
        elif chosen != row.at and (first := earlier.get(chosen)):
            first = first.joined or first
            if first.commune == row.commune:
                row.joined = first
                _fill(first.new, row.new)


def _fill(first: dict, later: dict) -> None:
    numbers = [cells.get(name) for cells in (first, later) for name in ("phone", "phone2")]
    for name, cell in later.items():
        first.setdefault(name, cell)
    numbers = list(dict.fromkeys(filter(None, numbers)))
    first |= dict(zip(("phone", "phone2"), numbers, strict=False))


def settle(found: list[FileRow]) -> None:
    """A row that was laid to another changes nothing by itself, and is refused with it."""
    for row in found:
        if row.joined and row.joined.state == "refused":
            row.refuse({"head_name": Say(_REFUSED, {"n": row.joined.place})})
        elif row.joined:
            row.state, row.old = "same", row.new
            row.warnings.append(Say(_JOINED, {"n": row.joined.place}))
