"""One module writes a table."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.test_house import LIB, ROOT, module

WRITES = re.compile(r"\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update|delete\s+from)\s+(?:temp\.)?(\w+|\{\})")
TABLES = set(re.findall(r"create table (\w+)", (ROOT / "db" / "schema.sql").read_text("utf-8"), re.IGNORECASE))

# Who writes a table that is another module's, and why.
BESIDE = {
    ("accounts", "lib.core.identity.authentication"): "its owner's own password and devices, where sign-in checks them",
    ("change", "lib.core.audit"): "the hour of the newest act, which only the log knows",
    ("settings", "lib.core.identity.authentication"): "the key of the cookies, made once by whoever comes first",
    ("settings", "lib.operations.backup_places"): "in a copy, before it leaves the machine",
    ("settings", "lib.operations.restore"): "in a store that is not in use yet",
}
# Whose table is named only at run time, and which those are.
NAMED_LATER = {"lib.oversight.report_template.versions": {"sections", "indicators"}}
# These write rows of any table: a practice store is laid in bulk, undo puts rows back as they were.
ANY = ("lib.practice.", "lib.core.change_capture")


def test_one_module_writes_a_table():
    """The program's words for SQL lie in its texts; a table that two modules write has two meanings of a right row."""
    writers = defaultdict(set)
    for file in LIB:
        for table in written(file):
            writers[table].add(module(file))
    assert "{}" not in writers, "the table is named at run time; say which ones in NAMED_LATER"
    for table, name in BESIDE:
        assert name in writers[table], f"{name} does not write {table} any more"
        writers[table].remove(name)
    assert not {table: names for table, names in writers.items() if len(names) > 1}


def written(file: Path) -> set[str]:
    """The tables that a file's texts insert into, update or delete from."""
    if (module(file) + ".").startswith(ANY):
        return set()
    tables = {name for text in texts(file) for name in WRITES.findall(text.lower())}
    later = NAMED_LATER.get(module(file), {"{}"}) if "{}" in tables else set()
    return tables & TABLES | later


def texts(file: Path) -> list[str]:
    """Every text of a file; what an f-string fills in at run time stands as `{}`."""
    whole = ast.parse(file.read_text("utf-8"))
    parts = {part for node in ast.walk(whole) if isinstance(node, ast.JoinedStr) for part in node.values}
    plain = [
        node.value
        for node in ast.walk(whole)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in parts
    ]
    filled = [
        "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        for node in ast.walk(whole)
        if isinstance(node, ast.JoinedStr)
    ]
    return plain + filled
