"""The rules of the rooms, as far as a machine can check them."""

import ast
import re
from pathlib import Path

import pytest

from lib.core import access, database
from lib.screen.rooms import ROOMS
from tests import world

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))
DB = sorted((ROOT / "db").glob("[!_]*.py"))  # not __main__, which stands above everything
LIB = sorted((ROOT / "lib").rglob("*.py"))
FRONT = {"index.py", "setup.py"}  # the two doors that open before anybody is known

# An import only ever points to a room further down. Rooms of one floor do not know each other.
FLOORS = {
    "db.migrations": 0,
    "lib.core": 1,
    "db": 2,
    "lib.register": 3,
    "lib.oversight": 3,
    "lib.field": 4,
    "lib.exchange": 4,
    "lib.jobs": 5,
    "lib.screen": 5,
    "pages": 6,
}
SCOPED = "teams|members|households|household_status|persons|assignments|visits|accounts|grants|audit_log"


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def room(module: str) -> str | None:
    return next((name for name in sorted(FLOORS, key=len, reverse=True) if (module + ".").startswith(name + ".")), None)


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("file", [*LIB, *PAGES, *DB], ids=module)
def test_imports_point_down(file):
    here = room(module(file))
    for name in imports(file):
        there = room(name)
        if there and there != here:
            assert FLOORS[there] < FLOORS[here], f"{module(file)} imports {name}, which is not below it"


def opens_with_begin(body: list[ast.stmt]) -> bool:
    first = next(s for s in body if not isinstance(s, ast.Import | ast.ImportFrom) and not is_docstring(s))
    return ast.unparse(first).endswith("= begin(__file__)")


def is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


@pytest.mark.parametrize("file", [p for p in PAGES if p.name not in FRONT], ids=lambda p: p.name)
def test_a_page_opens_with_its_door(file):
    assert opens_with_begin(tree(file).body)


@pytest.mark.parametrize("file", [*PAGES, *sorted((ROOT / "lib" / "screen").rglob("*.py"))], ids=module)
def test_a_fragment_opens_with_its_door(file):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef) and any("fragment" in ast.unparse(d) for d in node.decorator_list):
            first = next(s for s in node.body if not is_docstring(s))
            assert re.search(r"= begin\((__file__|file)\)", ast.unparse(first)), f"{file.name}: {node.name}"


@pytest.mark.parametrize("file", PAGES, ids=lambda p: p.name)
def test_pages_hold_no_sql_and_no_store(file):
    for name in imports(file):
        assert not name.startswith(("sqlite", "pysqlite", "pandas", "altair", "streamlit_authenticator")), name
    assert ".execute(" not in file.read_text("utf-8")


@pytest.mark.parametrize("file", [f for f in LIB if "screen" not in f.parts], ids=module)
def test_only_the_screen_knows_streamlit(file):
    assert not [name for name in imports(file) if name.startswith("streamlit")]


@pytest.mark.parametrize(
    "file", [f for f in LIB if "screen" not in f.parts and f.stem not in ("clock", "jobs")], ids=module
)
def test_no_room_reads_the_clock(file):
    assert not re.search(r"clock\.now\(|datetime\.now\(|date\.today\(|time\.time\(", file.read_text("utf-8"))


READERS = [f for f in LIB if f.parent.name in ("register", "oversight", "field", "screen")]


@pytest.mark.parametrize("file", READERS, ids=module)
def test_scoped_rows_are_read_through_views(file):
    """A base table after from/join must be named in a line that says why, with the mark `-- all:`."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for line in node.value.splitlines():
                assert "-- all:" in line or not re.search(rf"\b(from|join)\s+({SCOPED})\b", line), (
                    f"{file}: {line.strip()}"
                )


@pytest.mark.parametrize("file", READERS, ids=module)
def test_writes_go_through_an_act(file):
    assert "database.write(" not in file.read_text("utf-8") or file.stem in ("signin", "practice", "founding")


def test_every_action_has_a_role_and_every_room_an_action():
    assert all(roles and roles <= set(access.ROLES) for roles in access.CAN.values())
    assert {room.needs for room in ROOMS} <= set(access.CAN)
    assert {p.name for p in PAGES} == {room.file for room in ROOMS} | FRONT


def test_the_schema_on_paper_is_the_schema(tmp_path):
    db = database.connect(database.prepare(tmp_path / "fresh.db", now=world.NOW))
    assert (ROOT / "db" / "schema.sql").read_text("utf-8") == database.schema(db), "run make schema"
    db.close()


def test_functions_stay_small():
    long = [
        f"{module(file)}.{node.name}: {node.end_lineno - node.lineno + 1}"
        for file in [*LIB, *PAGES, ROOT / "app.py"]
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= 40
        and len(node.body) > 2  # a table of data may be long
    ]
    assert not long


def test_requirements_are_pinned_with_a_reason():
    for name in ("requirements.txt", "tests/requirements.txt"):
        for line in (ROOT / name).read_text("utf-8").splitlines():
            assert re.fullmatch(r"[\w\[\]-]+==[\w.]+\s+# .+", line), f"{name}: {line}"


def test_the_readme_tells_the_truth():
    from tests import papers

    text = papers.README.read_text("utf-8")
    assert papers.filled(text) == text, "run python -m tests.papers"
    for target in re.findall(r"make ([a-z]+)", text):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")
    for image in re.findall(r"\]\((docs/[^)]+)\)", text):
        assert (ROOT / image).exists(), image
