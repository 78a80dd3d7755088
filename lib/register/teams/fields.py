"""The fields of a team: reads the form, checks name, hamlets and first day, converts to columns."""

import json

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.access import require
from lib.core.database import row, value
from lib.core.errors import N_, Invalid, Say
from lib.core.form_input import Typed

MODELS = ("hamlet", "residential_area")
STATUS = ("active", "reconstituting")  # "dissolved" is reached by teams.dissolve only
LATEST = 366  # days from today that a team may be founded or a decision bear
EQUIPMENT = ("badge", "masks", "sanitiser", "thermometer", "loudspeaker", "notebook")
COLUMNS = (
    "hamlet_code",
    "name",
    "model",
    "group_name",
    "decision_no",
    "decision_day",
    "decision_issuer",
    "decision_signer",
    "from_day",
    "status",
    "phone",
    "is_pilot",
    "equipment",
    "training_day",
    "note",
)


def read(values: dict, *, today: str, named: bool = False) -> tuple[dict, list[str]]:
    """Return a team's columns and further hamlets as typed; raise Invalid with every field at fault."""
    typed = Typed({"status": "active", **values})
    hamlet = typed.text("hamlet_code", 7, required=True)
    latest = clock.plus(today, LATEST)
    new = {
        "hamlet_code": hamlet,
        "name": typed.name("name", 120, required=named),
        "model": typed.choice("model", MODELS, required=True),
        "group_name": typed.text("group_name", 200),
        "decision_no": typed.text("decision_no", 60),
        "decision_day": typed.day("decision_day", today=today, latest=latest),
        "decision_issuer": typed.text("decision_issuer", 120),
        "decision_signer": typed.text("decision_signer", 80),
        "from_day": typed.day("from_day", today=today, latest=latest, required=True),
        "status": typed.choice("status", STATUS, required=True),
        "phone": typed.phone(),
        "is_pilot": typed.flag("is_pilot"),
        "equipment": typed.choices("equipment", EQUIPMENT),
        "training_day": typed.day("training_day", today=today, latest=latest),
        "note": typed.text("note", 500),
    }
    typed.done()
    return new, sorted({str(code) for code in values.get("hamlets") or []} - {hamlet})


def check(db: Database, old: dict | None, new: dict, further: list[str]) -> str:
    """Return the commune of the hamlets; raise Invalid if they lie in two, or if the name or first day does not fit."""
    commune: str = hamlet(db, new["hamlet_code"])["parent_code"]
    for code in further:
        if hamlet(db, code)["parent_code"] != commune:
            raise Invalid({"hamlets": Say(N_("All hamlets of a team must be in one commune."))})
    if old and commune != old["commune_code"]:
        raise Invalid({"hamlet_code": Say(N_("A team stays in its commune; create a new team in the other one."))})
    team = {
        "team": old and old["id"],
        "name": new["name"],
        "commune": commune,
        "hamlet": new["hamlet_code"],
        "day": new["from_day"],
    }
    if value(
        db,
        """select 1 from my_teams where commune_code = :commune and hamlet_code = :hamlet
               and casefold(name) = casefold(:name)
               and status <> 'dissolved' and id is not :team""",
        team,
    ):
        raise Invalid({"name": Say(N_("Another team of this hamlet already has this name."))})
    if value(db, "select 1 from my_assignments where team_id = :team and from_day < :day", team):
        raise Invalid(
            {"from_day": Say(N_("Households were assigned to the team before this day; choose an earlier day."))}
        )
    return commune


def hamlet(db: Database, code: str) -> dict:
    sql = "select code, kind, name, parent_code from my_hamlets where code = ?"
    return require(row(db, sql, [code]), N_("There is no such hamlet in your area; choose another."))


def stored(new: dict, commune: str) -> dict:
    """Return checked values as columns of the table: equipment as JSON, with the folded name and sort key."""
    return {
        **{name: new[name] for name in COLUMNS},
        **named(new["name"]),
        "commune_code": commune,
        "equipment": json.dumps(new["equipment"]),
    }


def named(name: str) -> dict:
    """Return a name as columns of the table: as typed, folded, and as sort key."""
    return {"name": name, "name_folded": text.fold(name), "name_sort": text.sort_key(name)}
