"""The only writer of the table assignments, inside an open write; rows and past days never change (S2-24)."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from sqlite_utils import Database

from lib.core.sql import not_over


class Assignment(NamedTuple):
    """A row to insert: a member looks after a household from `from_day` until before `until_day`, None for good."""

    household_id: int
    member_id: int
    team_id: int
    from_day: str
    until_day: str | None


def insert_many(db: Database, assignments: Iterable[Assignment]) -> None:
    """Insert assignments."""
    db.conn.executemany(
        "insert into assignments (household_id, member_id, team_id, from_day, until_day) values (?, ?, ?, ?, ?)",
        assignments,
    )


def end(db: Database, ids: Iterable[int], day: str) -> None:
    """End these assignments on the day; one that would begin on it or later becomes empty."""
    db.conn.execute(
        "update assignments set until_day = max(from_day, :day) where id in (select value from json_each(:ids))",
        {"day": day, "ids": json.dumps(list(ids))},
    )


def end_of_household(db: Database, household_id: int, day: str) -> None:
    """End a household's present and later assignments on the day."""
    db.conn.execute(
        f"update assignments set until_day = max(from_day, :day) where household_id = :household and {not_over()}",
        {"day": day, "household": household_id},
    )
