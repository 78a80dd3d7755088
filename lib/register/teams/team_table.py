"""The only writer of teams and team_hamlets, inside an open write; columns are those of `fields.stored`."""

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from lib.core import database, sql


def insert(db: Database, team: Mapping, hamlets: Iterable[str]) -> int:
    """Insert a team with its further hamlets; return its id."""
    team_id = database.insert(db, f"insert into teams ({sql.names(team)}) values ({sql.marks(team)})", team)
    _insert_hamlets(db, team_id, hamlets)
    return team_id


def update(db: Database, team_id: int, columns: Mapping, hamlets: Iterable[str] | None = None) -> None:
    """Set these columns of a team and, where they are given, its further hamlets."""
    db.conn.execute(
        f"update teams set {sql.sets(columns)}, version = version + 1 where id = :team_id",
        {**columns, "team_id": team_id},
    )
    if hamlets is not None:
        db.conn.execute("delete from team_hamlets where team_id = ?", [team_id])
        _insert_hamlets(db, team_id, hamlets)


def _insert_hamlets(db: Database, team_id: int, hamlets: Iterable[str]) -> None:
    db.conn.executemany(
        "insert into team_hamlets (team_id, hamlet_code) values (?, ?)", [(team_id, code) for code in hamlets]
    )
