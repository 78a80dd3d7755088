"""The only writer of the table areas, inside an open write; a unit is `{code, level, kind, name, parent_code}`."""

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from lib.core import text

_INSERT = """insert into areas (code, level, kind, name, parent_code, name_folded, name_sort)
    values (:code, :level, :kind, :name, :parent_code, :name_folded, :name_sort)"""


def insert_missing(db: Database, units: Iterable[Mapping]) -> int:
    """Insert the units that the store lacks; return how many."""
    cursor = db.conn.executemany(f"{_INSERT} on conflict (code) do nothing", map(_stored, units))
    return cursor.rowcount


def put_hamlets(db: Database, hamlets: Iterable[Mapping]) -> None:
    """Insert hamlets `{code, kind, name}`, or rename those whose code exists; a code begins with its commune's."""
    db.conn.executemany(
        f"""{_INSERT} on conflict (code) do update set kind = excluded.kind, name = excluded.name,
                name_folded = excluded.name_folded, name_sort = excluded.name_sort""",
        [_stored({**hamlet, "level": "hamlet", "parent_code": hamlet["code"][:5]}) for hamlet in hamlets],
    )


def delete_hamlet(db: Database, code: str) -> None:
    db.conn.execute("delete from areas where code = ? and level = 'hamlet'", [code])


def _stored(unit: Mapping) -> dict:
    return {**unit, "name_folded": text.fold(unit["name"]), "name_sort": text.sort_key(unit["name"])}
