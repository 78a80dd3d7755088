"""The rules of the rooms, as far as a machine can check them."""

import ast
import re
from pathlib import Path

from lib.core import access, database
from lib.operations import schema_file
from lib.screen.shell.rooms import ROOMS
from tests import papers, world

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))
DB = sorted((ROOT / "db").glob("*.py"))
LIB = sorted((ROOT / "lib").rglob("*.py"))
SCREEN = [file for file in LIB if "screen" in file.parts]
BELOW_THE_SCREEN = [file for file in LIB if "screen" not in file.parts]
BENCH = sorted((ROOT / "tests" / "bench").glob("*.py"))
FRONT = {"index.py", "setup.py"}  # the two doors that open before anybody is known

# An import only ever points to a room further down. Rooms of one floor do not know each other.
FLOORS = {
    "db": 0,
    "lib.core": 1,
    "lib.register": 2,
    "lib.oversight": 3,
    "lib.field": 4,
    "lib.exchange": 5,
    "lib.practice": 5,
    "lib.operations": 6,
    "lib.screen": 7,
    "pages": 8,
    "db.__main__": 8,
    "app": 9,
    "tests.bench": 10,
}
SCOPED = "teams|members|households|household_status|persons|assignments|visits|accounts|grants|audit_log"


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def room(module: str) -> str | None:
    return next((name for name in sorted(FLOORS, key=len, reverse=True) if (module + ".").startswith(name + ".")), None)


def imports(file: Path) -> set[str]:
    """What a file imports when it runs, wherever it says so; what only the types need is not among it."""
    whole = tree(file)
    of_types = [
        each for each in ast.walk(whole) if isinstance(each, ast.If) and "TYPE_CHECKING" in ast.unparse(each.test)
    ]
    unseen = {node for branch in of_types for node in ast.walk(branch)}
    found = set()
    for node in ast.walk(whole):
        if node in unseen:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


ALL = [*LIB, *PAGES, *DB, ROOT / "app.py", *BENCH]


def test_imports_point_down():
    assert not [
        f"{module(file)} imports {name}"
        for file in ALL
        for name in imports(file)
        if (there := room(name)) and there != (here := room(module(file))) and FLOORS[there] >= FLOORS[here]
    ]


def test_every_file_stands_on_a_floor():
    assert not [module(file) for file in ALL if room(module(file)) is None and module(file) != "lib.__init__"]


def test_no_imports_go_round_in_a_circle():
    known = {module(file).removesuffix(".__init__"): file for file in ALL}
    waiting = {
        name: {found for each in imports(file) if (found := _file_of(each, known)) not in (None, name)}
        for name, file in known.items()
    }
    while ready := {name for name, needed in waiting.items() if not needed}:
        waiting = {name: needed - ready for name, needed in waiting.items() if name not in ready}
    assert not waiting, "these need each other, or something that does"


def _file_of(name: str, known: dict[str, Path]) -> str | None:
    """The module that an imported name is, or lies in."""
    return name if name in known else next((name for name in [name.rpartition(".")[0]] if name in known), None)


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def opens_with_begin(body: list[ast.stmt]) -> bool:
    first = next(s for s in body if not isinstance(s, ast.Import | ast.ImportFrom) and not is_docstring(s))
    return ast.unparse(first).endswith("= begin(__file__)")


def is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def test_a_page_opens_with_its_door():
    assert not [file.name for file in PAGES if file.name not in FRONT and not opens_with_begin(tree(file).body)]


def test_a_fragment_opens_with_its_door():
    door = re.compile(r"= begin\((__file__|file)\)")
    assert not [
        f"{module(file)}.{node.name}"
        for file in [*PAGES, *SCREEN]
        for node in functions(file)
        if any("fragment" in ast.unparse(decorator) for decorator in node.decorator_list)
        and not door.search(ast.unparse(next(s for s in node.body if not is_docstring(s))))
    ]


def test_pages_hold_no_sql_and_no_store():
    rooms_below = ("sqlite", "pysqlite", "pandas", "altair", "streamlit_authenticator")
    assert not [
        file.name
        for file in PAGES
        if any(name.startswith(rooms_below) for name in imports(file)) or ".execute(" in file.read_text("utf-8")
    ]


def test_only_the_screen_knows_streamlit():
    assert not [
        f"{module(file)} imports {name}"
        for file in BELOW_THE_SCREEN
        for name in imports(file)
        if name.startswith("streamlit")
    ]


CLOCK_READERS = {"clock", "clockwork", "commands", "command_line"}


def test_no_room_reads_the_clock():
    now = re.compile(r"clock\.now\(|datetime\.now\(|date\.today\(|time\.time\(")
    assert not [
        module(file)
        for file in BELOW_THE_SCREEN
        if file.stem not in CLOCK_READERS and now.search(file.read_text("utf-8"))
    ]


READERS = [f for f in LIB if {"register", "oversight", "field", "exchange", "screen"} & set(f.parts)]


WHOLE = {"lib.oversight.figures.as_known", "lib.register.teams.sheet_numbers", "lib.register.undo.dangling_references"}


def words(file: Path) -> list[str]:
    """Every text that stands in a file, whole."""
    return [
        node.value for node in ast.walk(tree(file)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_scoped_rows_are_read_through_views():
    """A base table after from/join must be named in a line that says why, with the mark `-- all:`.

    Some modules ask of the whole store: a freeze counts the lists as they were known at an instant, sheets of paper are
    numbered for a team that was found in the visitor's area, an undo looks for what still refers to its rows.
    """
    plain = re.compile(rf"\b(from|join)\s+({SCOPED})\b")
    assert not [
        f"{module(file)}: {line.strip()}"
        for file in READERS
        if module(file) not in WHOLE
        for text in words(file)
        for line in text.splitlines()
        if plain.search(line) and "-- all:" not in line
    ]


# Who opens a write and logs nothing itself, and why.
WITHOUT_AN_ACT = {
    "lib.exchange.lists.loaded_files.take_back": "several acts are taken back together, each with its line",
    "lib.oversight.reports.acts.receive_all": "each report that is received has its line",
    "lib.oversight.reports.snapshots._seal": "`freeze` logs",
    "lib.oversight.report_template.versions.ensure": "the form that the program delivers, nobody's deed",
    "lib.register.areas.store_setup.load_province": "nobody has signed in to this store yet",
    "lib.register.areas.store_setup.found_province": "`accounts.create_first` logs",
    "lib.register.teams.sheet_numbers.fix": "numbers are no deed: they stand once paper is out",
    "lib.register.teams.sheet_numbers.fix_begun": "as `fix`",
    "lib.register.teams.printed_sheets.issue": "the print bears its own code and hour",
}


def test_writes_go_through_an_act():
    """Whoever opens a write on the store logs what is done there."""
    unlogged = {
        f"{module(file)}.{function.name}"
        for file in READERS
        for function in functions(file)
        if writes(file, function) and not {"act", "log"} & called(function)
    }
    assert unlogged == set(WITHOUT_AN_ACT)


def called(function: ast.FunctionDef) -> set[str]:
    """The bare names of what a function calls."""
    names = [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {name.rpartition(".")[2] for name in names}


def writes(file: Path, function: ast.FunctionDef) -> bool:
    """Whether it opens a write by `write` of the store, under this or its module's name."""
    names = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    return "database.write" in names or "write" in names and "lib.core.database.write" in imports(file)


def test_the_screen_holds_no_sql():
    sql = re.compile(r"\s*(select|insert|update|delete|with)\s[^.]*\b(from|into|set|as)\s")
    assert not [f"{module(file)}: {text[:60]}" for file in SCREEN for text in words(file) if sql.match(text)]


def test_every_action_has_a_role_and_every_room_an_action():
    assert all(roles and roles <= set(access.ROLES) for roles in access.CAN.values())
    assert {room.needs for room in ROOMS} <= set(access.CAN)
    assert {p.name for p in PAGES} == {room.file for room in ROOMS} | FRONT


def test_the_schema_on_paper_is_the_schema(tmp_path):
    db = database.connect(database.prepare(tmp_path / "fresh.db", now=world.NOW))
    assert (ROOT / "db" / "schema.sql").read_text("utf-8") == schema_file.written(db), "run make schema"
    db.close()


def test_functions_stay_small():
    long = [
        f"{module(file)}.{node.name}: {node.end_lineno - node.lineno + 1}"
        for file in [*LIB, *PAGES, ROOT / "app.py"]
        for node in functions(file)
        if node.end_lineno - node.lineno >= 40 and len(node.body) > 2  # a table of data may be long
    ]
    assert not long


def test_functions_take_few_parameters():
    many = [
        f"{module(file)}.{node.name}"
        for file in [*LIB, *PAGES, ROOT / "app.py"]
        for node in functions(file)
        if len(set(parameters(node)) - {"self", "cls"}) > 6
    ]
    assert not many


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]


# What a process remembers belongs to an instance of a class that says how it is changed.
CHANGES = set(
    [
        "add",
        "append",
        "clear",
        "discard",
        "extend",
        "insert",
        "move_to_end",
        "pop",
        "popitem",
        "remove",
        "reverse",
        "setdefault",
        "sort",
        "update",
    ]
)
CONTAINERS = {"Counter", "OrderedDict", "defaultdict", "deque", "dict", "list", "set"}


def test_no_module_changes_at_run_time():
    assert not [f"{module(file)}.{name}" for file in [*LIB, *PAGES] for name in changed_names(file)]


def changed_names(file: Path) -> set[str]:
    """The names of a module that its functions rebind by `global`, assign a part of, or, containers, fill and empty."""
    values = names_of_module(file)
    names = set()
    for node in (node for function in functions(file) for node in ast.walk(function)):
        if isinstance(node, ast.Global):
            names |= set(node.names)
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            names |= {ast.unparse(node.value)} & values.keys()
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            names |= {name for name in {ast.unparse(node.func.value)} & values.keys() if is_container(values[name])}
    return names


def names_of_module(file: Path) -> dict[str, ast.expr | None]:
    """The names that a module assigns, with their values."""
    assigned = [node for node in tree(file).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    return {
        name.id: node.value
        for node in assigned
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }


def is_container(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2].partition("[")[0] in CONTAINERS
    return isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp)


def test_folders_stay_small():
    folders = [folder for folder in (ROOT / "lib").rglob("*") if folder.is_dir()]
    counts = {folder.relative_to(ROOT).as_posix(): len(list(folder.glob("*.py"))) for folder in folders}
    assert not {folder: count for folder, count in counts.items() if count > 20}


def test_the_readme_lists_the_folders_from_top_to_bottom():
    listed = [
        name.strip("/").removesuffix(".py").replace("/", ".")
        for line in papers.README.read_text("utf-8").splitlines()
        if (row := re.match(r"\| (`(?:app\.py|db/|lib/|pages/|tests/bench/).*?) \|", line))
        for name in re.findall(r"`([^`]+)`", row[1])
    ]
    floors = [FLOORS[name] for name in listed]
    assert set(listed) == FLOORS.keys() - {"db.__main__"} and floors == sorted(floors, reverse=True)


def test_requirements_are_pinned_with_a_reason():
    assert not [
        f"{name}: {line}"
        for name in ("requirements.txt", "tests/requirements.txt")
        for line in (ROOT / name).read_text("utf-8").splitlines()
        if not re.fullmatch(r"[\w\[\]-]+==[\w.]+\s+# .+", line)
    ]


def test_the_readme_tells_the_truth():
    text = papers.README.read_text("utf-8")
    assert papers.filled(text) == text, "run python -m tests.papers"
    for target in re.findall(r"make ([a-z]+)", text):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")
    for image in re.findall(r"\]\((docs/[^)]+)\)", text):
        assert (ROOT / image).exists(), image
