"""How an edited form of the report is checked: what may change of each line, and what a new one needs.

A figure that the program counts may be reworded, moved, and shown or not. What units enter may ask more or less of them
as well. What a province added itself keeps for good its code and whether it is a number, a text, a flow or a stock.
"""

from collections.abc import Callable

from sqlite_utils import Database

from lib.core import text
from lib.core.database import value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.oversight.report_template.indicators import MANUAL, NUMBER, PARTS, TEXT

WORDS = ("name_vi", "name_en", "formula_vi", "formula_en")  # what the province may reword
ASKED = ("summed", "source", "required")  # what may be asked more or less of a number that units enter
FEATURES = ("kind", "summed", "source", "flow", "required")
OWN = {"indicators": "own", "sections": "sec"}  # how the codes of what a province added itself begin
LONGEST, UNIT_LONGEST = 200, 20
MOST_COLUMNS = 14  # of each table by unit: more do not fit on a page on its side
MOST_OWN, MOST_SECTIONS = 40, 12

_GONE = N_("Someone else has changed the report form in the meantime. Check it again, then edit.")
_NAMELESS = N_("An indicator needs a name in Vietnamese and in English.")
_LONG = N_("At most {limit} characters.")


def is_own(line: dict) -> bool:
    """Whether the province added it itself."""
    return str(line["code"]).startswith(tuple(OWN.values()))


def sections(db: Database, old: list[dict], edited: list[dict]) -> tuple[list[dict], dict[str, str]]:
    """The sections as they are to be stored, and `{code as edited: code for good}`."""
    stored, faults, new, called = {section["code"]: section for section in old}, {}, [], {}
    if not set(stored) <= {section["code"] for section in edited}:
        raise Conflict(_GONE)
    give = _codes(db, "sections")
    for place, section in enumerate(edited, 1):
        code = section["code"]
        called[code] = code if code in stored else give()
        names = _names(section, own=code not in stored or is_own(section))
        if not names["name_vi"] or not names["name_en"]:
            faults[code] = Say(N_("A section needs a name in Vietnamese and in English."))
        if any(len(name) > LONGEST for name in names.values()):
            faults[code] = Say(_LONG, {"limit": LONGEST})
        if section["part"] not in PARTS:
            faults[code] = Say(N_("Choose the part of the report that the section belongs to."))
        part = section["part"] if code not in stored or is_own(section) else stored[code]["part"]
        new.append(
            {"code": called[code], "position": place, "part": part, **names, "shown": int(bool(section["shown"]))}
        )
    if sum(is_own(section) for section in new) > MOST_SECTIONS:
        raise Conflict(N_("At most {n} sections of your own."), n=MOST_SECTIONS)
    if faults:
        raise Invalid(faults)
    return new, called


def lines(
    db: Database, old: list[dict], edited: list[dict], parts: list[dict], called: dict[str, str], faults: dict[str, Say]
) -> list[dict]:
    """The lines as they are to be stored; Invalid with `faults` and what is wrong with them, by code as edited."""
    stored, give = {line["code"]: line for line in old}, _codes(db, "indicators")
    if not set(stored) <= {line["code"] for line in edited}:
        raise Conflict(_GONE)
    blocks, new = {section["code"]: section["shown"] for section in parts}, []
    for line in edited:
        before = stored.get(line["code"])
        changed = _stored_line(line, before) if before else _added(line)
        changed["block"] = called.get(changed["block"], changed["block"])
        changed["shown"] &= blocks.get(changed["block"], 1)  # what lies in a hidden section is hidden
        if fault := _fault(changed, blocks):
            faults[line["code"]] = fault
        new.append(changed if before else changed | {"code": give()})
    _check_names(edited, new, faults)
    if faults:
        raise Invalid(faults)
    _check_most(new)
    return new


def _stored_line(line: dict, before: dict) -> dict:
    """A line that is stored already, with what may change of it."""
    own = is_own(before)
    new = before | _names(line, own=own) | {name: text.clean(line.get(name) or "") for name in WORDS[2:]}
    new |= {"position": int(line["position"]), **_flags(line, ("shown", "in_table"))}
    if before["function"] == MANUAL:
        new |= _flags(before | line, ASKED)
    if own:
        new |= {"block": line["block"], "unit": text.clean(line["unit"] or "")}
    return _plain_text(new)


def _added(line: dict) -> dict:
    """A line of the province's own that is new."""
    new: dict = {name: text.clean(line.get(name) or "") for name in ("block", "unit", "kind", *WORDS[2:])}
    new |= {**_names(line, own=True), **_flags(line, ("shown", "in_table", "flow", *ASKED))}
    new |= {"code": "", "position": int(line["position"]), "function": MANUAL, "cumulative_unit": ""}
    return _plain_text(new)


def _plain_text(line: dict) -> dict:
    """A text has neither unit nor sum, and no column of the table."""
    if line["kind"] != TEXT:
        return line
    return line | {"unit": "", "summed": 0, "flow": 0, "source": 0, "in_table": 0}


def _flags(line: dict, of: tuple[str, ...]) -> dict[str, int]:
    return {name: int(bool(line[name])) for name in of}


def _names(line: dict, *, own: bool) -> dict[str, str]:
    """Both names; where the province's own has no English one, the Vietnamese stands for it."""
    vi, en = (text.clean(line.get(name) or "") for name in ("name_vi", "name_en"))
    return {"name_vi": vi, "name_en": en or (vi if own else "")}


def _fault(line: dict, blocks: dict[str, int]) -> Say | None:
    if not line["name_vi"] or not line["name_en"]:
        return Say(_NAMELESS)
    if any(len(line[name]) > LONGEST for name in WORDS):
        return Say(_LONG, {"limit": LONGEST})
    if line["kind"] not in (NUMBER, TEXT) or line["block"] not in blocks:
        return Say(N_("Choose the section, and whether to ask for a number or a text."))
    return _unit_fault(line) if line["function"] == MANUAL and line["kind"] == NUMBER else None


def _unit_fault(line: dict) -> Say | None:
    """Of a number that units enter; a share would have no numerator."""
    if not line["unit"]:
        return Say(N_("Enter the unit of measure, for example “mũi” or “người”."))
    if line["unit"] == "%":
        return Say(N_("A share must be calculated from two figures; add an indicator for each of them."))
    return Say(_LONG, {"limit": UNIT_LONGEST}) if len(line["unit"]) > UNIT_LONGEST else None


def _check_names(edited: list[dict], new: list[dict], faults: dict[str, Say]) -> None:
    """Two lines of one name could not be told apart in a document."""
    seen: set[str] = set()
    for typed, line in zip(edited, new, strict=True):
        name = line["name_vi"].casefold()
        if line["shown"] and name in seen:
            faults.setdefault(typed["code"], Say(N_("Another indicator already has this name; choose another name.")))
        seen |= {name} if line["shown"] else set()


def _check_most(new: list[dict]) -> None:
    """As many columns as a page holds, in each of the two tables by unit; and a form that people can fill in."""
    for entered in (False, True):
        of_table = [line for line in new if line["in_table"] and line["shown"]]
        if sum((line["function"] == MANUAL) == entered for line in of_table) > MOST_COLUMNS:
            raise Conflict(N_("At most {n} figures fit into the table by unit; remove some."), n=MOST_COLUMNS)
    if sum(is_own(line) and line["shown"] for line in new) > MOST_OWN:
        raise Conflict(N_("At most {n} indicators of your own; hide some."), n=MOST_OWN)


def _codes(db: Database, table: str) -> Callable[[], str]:
    """Gives codes that no version ever had."""
    start = OWN[table]
    last = value(
        db,
        f"select ifnull(max(cast(substr(code, :after) as integer)), 0) from {table} where code glob :own",
        {"after": len(start) + 1, "own": f"{start}[0-9]*"},
    )
    numbers = iter(range(last + 1, last + 1000))
    return lambda: f"{start}{next(numbers)}"
