"""The only writer of the table members, inside an open write; columns are those of `member_fields.stored`."""

from collections.abc import Mapping

from sqlite_utils import Database

from lib.core import database, sql
from lib.core.sql import not_over


def insert(db: Database, member: Mapping) -> int:
    """Insert a member, `team_id` among the columns; return the id."""
    return database.insert(db, f"insert into members ({sql.names(member)}) values ({sql.marks(member)})", member)


def update(db: Database, member_id: int, columns: Mapping) -> None:
    """Set these columns of a member."""
    db.conn.execute(
        f"update members set {sql.sets(columns)}, version = version + 1 where id = :member_id",
        {**columns, "member_id": member_id},
    )


def end(db: Database, member_id: int, day: str) -> None:
    """End a member's time in the team on a day; one that begins later becomes empty."""
    db.conn.execute(
        "update members set until_day = max(from_day, ?), version = version + 1 where id = ?", [day, member_id]
    )


def end_team(db: Database, team_id: int, day: str) -> None:
    """End the rows of all members of a team on a day; those that begin later become empty."""
    db.conn.execute(
        f"""update members set until_day = max(from_day, :day), version = version + 1
            where team_id = :team and {not_over()}""",
        {"team": team_id, "day": day},
    )
