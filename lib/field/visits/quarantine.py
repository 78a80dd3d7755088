"""Sets and ends a household's central quarantine, key 5 of the sheet, as a dated status (S1-28)."""

import json

from sqlite_utils import Database

from lib.core import rollup
from lib.core.database import rows
from lib.core.sql import not_over
from lib.field.visits.answers import QUARANTINE
from lib.register.households import statuses


def move(db: Database, old: dict, new: dict, day: str) -> None:
    """Begin the status if the answer is quarantine, end it on the day for any other; inside an open act."""
    if new["outcome"] == QUARANTINE != old["outcome"]:
        statuses.begin_status(db, old["id"], QUARANTINE, day)
    elif old["outcome"] == QUARANTINE != new["outcome"]:
        statuses.finish_status(db, old["id"], day)


def recount(db: Database, changed: list[tuple[dict, dict]], day: str) -> None:
    """Recount the teams that have these households on that day or later, and their hamlets.

    A hamlet counts the households that live there, and the answer may have ended a later status.
    """
    households = [new["id"] for old, new in changed if QUARANTINE in (old["outcome"], new["outcome"])]
    if not households:
        return
    parameters = {"ids": json.dumps(households), "day": day}
    teams = rows(
        db,
        f"""select distinct team_id from my_assignments where household_id in (select value from json_each(:ids))
               and {not_over()}""",
        parameters,
    )
    hamlets = rows(
        db,
        "select distinct hamlet_code from my_households where id in (select value from json_each(:ids))",
        {"ids": parameters["ids"]},
    )
    rollup.recount(
        db, teams={line["team_id"] for line in teams}, hamlets={line["hamlet_code"] for line in hamlets}, since=day
    )
