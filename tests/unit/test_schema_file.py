"""db/schema.sql: SQL that makes the store anew, and what each table and column holds beside it."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from lib.core import database
from lib.operations import schema_file
from tests import world

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    db = database.connect(database.prepare(tmp_path_factory.mktemp("fresh") / "fresh.db", now=world.NOW))
    yield db
    db.close()


def bare(sql: str) -> str:
    """Without comments, and without blanks where they say nothing."""
    told = " ".join(re.sub(r"--[^\n]*", "", sql).split())
    return re.sub(r" ?([(),]) ?", r"\1", told)


def made(db) -> list[dict]:
    return [each | {"sql": bare(each["sql"])} for each in database.schema(db)]


def executed(sql: str) -> list[tuple]:
    """What a file of SQL makes of an empty store: `(type, name, sql)`."""
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(sql)
        found = conn.execute("""select type, name, sql from sqlite_master
            where sql is not null and name not like 'sqlite_%' order by rowid""")
        return [(kind, name, bare(sql)) for kind, name, sql in found]


def columns(db) -> set[tuple[str, str]]:
    """Every column of every table, those that are computed among them."""
    tables = [each["name"] for each in database.schema(db) if each["type"] == "table"]
    return {
        (table, name)
        for table in tables
        for (name,) in db.conn.execute("select name from pragma_table_xinfo(?)", [table])
    }


def test_the_file_makes_the_schema_of_the_migrations(fresh):
    of_file = executed((ROOT / "db" / "schema.sql").read_text("utf-8"))
    assert of_file == [tuple(each.values()) for each in made(fresh)]
    assert {kind for kind, *_rest in of_file} == {"table", "index", "view", "trigger"}


def test_every_column_says_what_it_holds_and_no_other_is_spoken_of(fresh):
    told, there = schema_file.meanings(), columns(fresh)
    objects = {each["name"]: each for each in database.schema(fresh)}
    spoken = {name for name, each in objects.items() if each["type"] != "index" or "UNIQUE" in each["sql"]}
    assert {key for key in told if key[1]} == there
    assert {table for table, column in told if not column} == spoken
    assert not [key for key, words in told.items() if not re.fullmatch(r"\S.*\.", words)], "a sentence ends with a dot"


def test_every_column_has_a_line_of_its_own_with_its_words_beside_it(fresh):
    lines = (ROOT / "db" / "schema.sql").read_text("utf-8").splitlines()
    told, begins, table = schema_file.meanings(), set(), ""
    for above, line in zip(lines, lines[1:], strict=False):
        if found := re.match(r'CREATE TABLE "?(\w+)', line):
            table = found[1]
            assert above.startswith("-- "), table
        elif found := re.match(r"    (\w+) .*?-- (.+)", line):
            assert told[table, found[1]].startswith(found[2]), line
            begins.add((table, found[1]))
    assert begins == columns(fresh)


def test_every_view_and_trigger_stands_below_its_sentence():
    text = (ROOT / "db" / "schema.sql").read_text("utf-8")
    for found in re.finditer(r"(.*)\nCREATE (?:VIEW|TRIGGER|UNIQUE INDEX) (\w+)", text):
        words = schema_file.meanings()[found[2], ""]
        assert found[1].startswith("-- ") and words.endswith(found[1].removeprefix("-- "))


def test_a_table_names_every_room_that_writes_it(fresh):
    """A room that writes a table is named in its sentence; a table that two rooms write says so.

    The practice province fills an empty store on its own.
    """
    told, unnamed = schema_file.meanings(), []
    for table in sorted({table for table, _column in columns(fresh)}):
        assert re.search(r"\b[Ww]ritten (by|at)\b", told[table, ""]), table
        writes = re.compile(rf"\b(insert (or \w+ )?into|update (or \w+ )?|delete from)\s*{table}\b")
        for file in sorted((ROOT / "lib").rglob("*.py")):
            room = "/".join(file.relative_to(ROOT).parts[:2])
            if room != "lib/practice" and writes.search(file.read_text("utf-8")) and room not in told[table, ""]:
                unnamed.append(f"{file.relative_to(ROOT)} writes {table}")
    assert not unnamed


def test_what_is_added_to_a_table_gets_a_line_of_its_own(tmp_path):
    db = database.connect(database.prepare(tmp_path / "added.db", now=world.NOW))
    db.execute("alter table teams add column shift text default 'a, (b' check (shift in ('a, (b', 'c'))")
    text = schema_file.written(db)
    assert "\n    shift text default 'a, (b'" in text
    assert executed(text) == [tuple(each.values()) for each in made(db)]
    db.close()
