"""Write db/schema.sql: the schema as the migrations leave it, with what db/columns.csv says of each table and column.

A row of db/columns.csv without a column speaks of the table itself, or of an index, a view or a trigger.
"""

import csv
import re
import tempfile
import textwrap
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from lib.core import ROOT, database

_NOW = datetime(2021, 8, 16, tzinfo=UTC)  # the hour of a store that nobody keeps

HEAD = """-- The store as the migrations leave it: `make schema` writes this file, and a test compares it with them.
-- What is said of tables and columns is kept in columns.csv. Days are those of Viet Nam, instants are UTC.
"""
ABOVE, WIDTH, BESIDE = 120, 140, 58  # of words above; of a line; where words beside a column begin at the latest
_TABLE = re.compile(r"(create table [^(]+)\((.*)\)([^)]*)", re.IGNORECASE | re.DOTALL)
_CONDITION = re.compile(r" (?=check \(|as \()")
_PARTS = re.compile(r"'[^']*'|[(),]|[^'(),]+")


def written(db: Database) -> str:
    """The schema of a store as the text of db/schema.sql."""
    meaning_of = meanings()
    return "\n".join([HEAD, *(_statement(item, meaning_of) for item in database.schema(db))])


def meanings() -> dict[tuple[str, str], str]:
    """`{(table, column): sentence}`; the column is empty for the table itself."""
    with (ROOT / "db" / "columns.csv").open(encoding="utf-8", newline="") as file:
        return {(line["table"], line["column"]): line["meaning"] for line in csv.DictReader(file)}


def _statement(item: dict, meaning_of: dict[tuple[str, str], str]) -> str:
    """One statement under the words about it; a table with each column on a line of its own."""
    above = textwrap.wrap(meaning_of.get((item["name"], ""), ""), ABOVE - len("-- "), break_on_hyphens=False)
    sql = _table(item, meaning_of) if item["type"] == "table" else item["sql"].rstrip()
    return "".join(f"-- {line}\n" for line in above) + f"{sql};\n"


def _table(table: dict, meaning_of: dict[tuple[str, str], str]) -> str:
    begin, inside, end = _TABLE.fullmatch(table["sql"].strip()).groups()
    parts = _parts(inside)
    lines = [_split(part) for part in [*(part + "," for part in parts[:-1]), parts[-1]]]
    beside = max((len(head) for head, _condition in lines if len(head) < BESIDE), default=BESIDE)
    body = [_with(*line, meaning_of.get((table["name"], line[0].split()[0]), ""), beside) for line in lines]
    return "\n".join([f"{begin}(", *body, f"){end}"])


def _parts(inside: str) -> list[str]:
    """The columns and conditions of a table, each on one line: cut at the commas outside of brackets."""
    parts, depth = [""], 0
    for piece in _PARTS.findall(inside):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [re.sub(r"\s+", " ", part).strip() for part in parts]


def _split(line: str) -> tuple[str, str]:
    """A column and, where the words beside it would have no room, its condition for a line of its own."""
    head, *condition = _CONDITION.split(line, maxsplit=1) if len(line) >= BESIDE else [line]
    return head, "".join(condition)


def _with(head: str, condition: str, words: str, beside: int) -> str:
    """A column with the words beside it, then its condition."""
    first, *more = textwrap.wrap(words, WIDTH - beside - len("     -- "), break_on_hyphens=False) or [""]
    lines = [f"{head:{beside}} -- {first}" if first else head, *(f"{'':{beside}} -- {text}" for text in more)]
    return "\n".join(f"    {line}" for line in [*lines, *([f"    {condition}"] if condition else [])])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        db = database.connect(database.prepare(Path(folder) / "fresh.db", now=_NOW))
        (ROOT / "db" / "schema.sql").write_text(written(db), "utf-8")
        db.close()
