"""The fields of a household: checks the form, converts to columns, builds the search text."""

import json
from collections.abc import Collection

from sqlite_utils import Database

from lib.core import text
from lib.core.database import rows
from lib.core.errors import N_, Invalid, Say
from lib.core.form_input import Typed

DWELLINGS = ("house", "boarding_room", "flat", "dormitory", "shop")
VULNERABILITIES = ("poor", "elderly_alone", "disabled", "pregnant", "chronic", "child_under_5")  # S3-23
EXPOSURES = ("trader", "driver", "factory", "health_worker", "border")  # S4-11
FIELDS = (
    "head_name",
    "hamlet_code",
    "lane",
    "group_name",
    "house_number",
    "phone",
    "phone2",
    "person_count",
    "temporary_count",
    "dwelling",
    "vulnerabilities",
    "exposures",
    "commitment_day",
    "note",
)


def checked(db: Database, values: dict, *, commune: str, today: str, hamlets: Collection[str] | None = None) -> dict:
    """Return the checked fields of a household's form; raise Invalid with all faults at once.

    `hamlets` are the codes of the commune's hamlets, if the caller has read them already.
    """
    typed = Typed(values)
    if hamlets is None:
        hamlets = {h["code"] for h in rows(db, "select code from my_hamlets where parent_code = ?", [commune])}
    persons = typed.number("person_count", 1, 99, required=True)
    new = {
        "head_name": typed.person("head_name"),
        "hamlet_code": typed.choice("hamlet_code", hamlets, required=True),
        "lane": typed.text("lane", 60),
        "group_name": typed.text("group_name", 60),
        "house_number": typed.text("house_number", 80),
        "phone": typed.phone("phone"),
        "phone2": typed.phone("phone2"),
        "person_count": persons,
        # The number of temporary residents (S4-7) is part of the number of persons.
        "temporary_count": typed.number("temporary_count", 0, persons or 99) or 0,
        "dwelling": typed.choice("dwelling", DWELLINGS) or "house",
        "vulnerabilities": typed.choices("vulnerabilities", VULNERABILITIES),
        "exposures": typed.choices("exposures", EXPOSURES),
        "commitment_day": typed.day("commitment_day", today=today),
        "note": typed.text("note", 500),
    }
    typed.done()
    return new


def check_stays(old: dict, new: dict) -> None:
    """Raise Invalid for another hamlet, where the household's past days would be counted (see `relocation`)."""
    if new["hamlet_code"] != old["hamlet_code"]:
        sentence = N_(
            "Correcting details does not move a household to another hamlet. Open the household and use “Move” instead."
        )
        raise Invalid({"hamlet_code": Say(sentence)})


def stored(values: dict, code: str) -> dict:
    """Return checked values as columns of the table: lists as JSON, with the folded name and sort key."""
    return {
        **values,
        "vulnerabilities": json.dumps(values["vulnerabilities"]),
        "exposures": json.dumps(values["exposures"]),
        "head_folded": text.fold(values["head_name"]),
        "head_sort": text.person_sort_key(values["head_name"]),
        "search_text": search_text(values, code),
    }


def search_text(values: dict, code: str) -> str:
    """Return the folded text by which a household is found: name, code, lane, house number and telephones."""
    parts = [values["head_name"], code, *(values.get(n) for n in ("lane", "house_number", "phone", "phone2"))]
    return text.fold(" ".join(part for part in parts if part))
