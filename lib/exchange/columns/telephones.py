"""Sort out cells with more than one telephone number, or with words beside it."""

from lib.core.errors import N_, Say
from lib.core.words import phone
from lib.exchange.columns import cell_values

_OTHER = {"phone": "phone2", "phone2": "phone"}
_WITH_NOTE = ("households", "persons", "members")
KEPT = N_("The telephone cell is kept unchanged in the note: {said}")
LEFT = N_("Only {number} is read from the telephone cell {said}.")


def complete(line, kind: str, columns: dict) -> None:
    """Put the numbers into their columns and other words into the note, or into a remark where there is no note."""
    for key in [key for key in line.faults if columns[key].reader is cell_values.phone]:
        cell = str(line.values[key])
        numbers, beside = phone.find_all(cell)
        if numbers:
            del line.faults[key]
            line.values[key] = numbers[0]
            if _all_placed(line, key, numbers, columns) and not beside:
                continue
            _keep(line, kind, cell_values.tidy(cell), numbers)


def _all_placed(line, key: str, numbers: list[str], columns: dict) -> bool:
    """Put the second number into the other column if it is free; whether every number has a place."""
    other = _OTHER.get(key)
    if len(numbers) > 1 and other in columns and not line.values.get(other):
        line.values[other] = numbers[1]
        return len(numbers) == 2
    return set(numbers) <= {line.values.get(key), line.values.get(other)}


def _keep(line, kind: str, cell: str, numbers: list[str]) -> None:
    if kind not in _WITH_NOTE:
        line.notes.append(Say(LEFT, {"number": phone.spaced(numbers[0]), "said": f"“{cell}”"}))
        return
    in_note(line, cell)


def in_note(line, cell: str) -> None:
    """Keep a cell in the note."""
    line.values["note"] = "; ".join(filter(None, (line.values.get("note"), f"SĐT: {cell}")))
    line.notes.append(Say(KEPT, {"said": f"“{cell}”"}))
