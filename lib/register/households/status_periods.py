"""Reads and writes household_status, without rights, log or recount; writing needs an open act.

The functions take the id of a household that the caller found through `my_households`.
"""

from sqlite_utils import Database

from lib.core.database import row, rows
from lib.core.sql import in_force, not_over
from lib.register.assignments import assignment_table


def begin_status(
    db: Database, household_id: int, status: str, from_day: str, reason: str | None = None, until_day: str | None = None
) -> bool:
    """Insert a period and end what was in force from that day on; return False if the period was already there."""
    period = {
        "household": household_id,
        "status": status,
        "from_day": from_day,
        "until_day": until_day,
        "reason": reason,
    }
    db.conn.execute(
        f"""update household_status set until_day = max(from_day, :from_day)
           where household_id = :household and {not_over(day=":from_day")}
               and not (status = :status and from_day <= :from_day and until_day is :until_day)""",
        period,
    )
    inserted = db.conn.execute(
        """insert into household_status (household_id, status, from_day, until_day, reason)
           select :household, :status, :from_day, :until_day, :reason
           where not exists (select 1 from household_status  -- all: this household's own
               where household_id = :household and status = :status and from_day <= :from_day
                   and until_day is :until_day)""",
        period,
    )
    if status == "moved":
        assignment_table.end_of_household(db, household_id, from_day)
    return bool(inserted.rowcount)


def finish_status(db: Database, household_id: int, until_day: str) -> bool:
    """End the status in force on that day or later; a later period becomes empty. Return False if there was none."""
    done = db.conn.execute(
        f"""update household_status set until_day = max(from_day, :until_day)
           where household_id = :household and {not_over(day=":until_day")}""",
        {"household": household_id, "until_day": until_day},
    )
    return bool(done.rowcount)


def on(db: Database, household_id: int, day: str) -> dict | None:
    """Return the status in force on a day: `{status, from_day, until_day, reason}`."""
    return row(
        db,
        f"""select status, from_day, until_day, reason
           from household_status  -- all: this household's own
           where household_id = :household and {in_force()}""",
        {"household": household_id, "day": day},
    )


def history(db: Database, household_id: int) -> list[dict]:
    """Return every period of a household that is not empty, newest first."""
    return rows(
        db,
        f"""select status, from_day, until_day, reason
           from household_status  -- all: this household's own
           where household_id = :household and {not_over(day="from_day")}
           order by from_day desc""",
        {"household": household_id},
    )


def living(db: Database, household_id: int, today: str) -> dict | None:
    """Return the status in force today, else the next one set for later."""
    return row(
        db,
        f"""select status, from_day, until_day
           from household_status  -- all: this household's own
           where household_id = :household and {not_over(day="max(from_day, :today)")}
           order by from_day limit 1""",
        {"household": household_id, "today": today},
    )


def teams(db: Database, household_id: int, since: str) -> set[int]:
    """Return the teams to which this household is assigned on the day or later."""
    return {
        team
        for (team,) in db.conn.execute(
            f"""select team_id
               from assignments  -- all: this household's own
               where household_id = ? and {not_over(day="?")}""",
            [household_id, since],
        )
    }
