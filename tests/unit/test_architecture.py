"""docs/architecture.md names files, functions and tables that exist, and its chains lead to SQL."""

import ast
import re

import pytest

from tests.test_house import FLOORS, ROOT, imports, module, tree

TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
SPANS = sorted(set(re.findall(r"`([^`]+)`", TEXT)))
PLACED = re.compile(r"([\w./-]+\.(?:py|js|csv|po))(?::(\w+))?")
CHAINS = [re.findall(r"`([^`]+)`", chain) for chain in re.findall(r"(?:`[^`]+` →\s+)+`[^`]+`", TEXT)]
SQL = re.compile(r"\s*(select|with)\s.*\bfrom\b", re.DOTALL)


def definitions(name: str, source: ast.AST) -> list[ast.AST]:
    """The functions, classes and constants of this name in a module, methods among them."""
    return [
        node
        for node in ast.walk(source)
        if getattr(node, "name", None) == name
        and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        or isinstance(node, ast.Assign | ast.AnnAssign)
        and name in map(ast.unparse, getattr(node, "targets", None) or [node.target])
    ]


def is_true(span: str) -> bool:
    """Whether what stands in a code span exists: a path, a name in its file, a table, a command."""
    if span.endswith("/"):
        return (ROOT / span).is_dir()
    if placed := PLACED.fullmatch(span):
        file, name = ROOT / placed[1], placed[2]
        return file.is_file() and (not name or defines(file, name))
    if command := re.fullmatch(r"python -m ([\w.]+)( \w+)?", span):
        folder = ROOT.joinpath(*command[1].split("."))
        return folder.is_dir() or folder.with_suffix(".py").is_file()
    if span.startswith("make "):
        return f"\n{span.removeprefix('make ')}:" in (ROOT / "Makefile").read_text("utf-8")
    return span in ("1", "now", "look", "write", "listed") or stored(span)


def defines(file, name: str) -> bool:
    if file.suffix == ".js":
        return bool(re.search(rf"^ +(?:async )?{name}\(.*\) {{", file.read_text("utf-8"), re.MULTILINE))
    return bool(definitions(name, tree(file)))


def stored(name: str) -> bool:
    """Whether this is a table, a trigger or a view of the store or of a visitor."""
    schema, views = ((ROOT / file).read_text("utf-8") for file in ("db/schema.sql", "lib/core/access.py"))
    return bool(re.search(rf'CREATE (TABLE|TRIGGER|VIEW) "?{name}\b', schema)) or f'"{name}": ' in views


@pytest.mark.parametrize("span", SPANS)
def test_what_the_page_names_exists(span):
    assert is_true(span)


def test_a_name_that_is_gone_is_found_out():
    gone = ("lib/core/audit.py:acted", "lib/core/gone.py", "lib/gone/", "make coffee", "python -m gone", "gone_day")
    assert not any(map(is_true, (*gone, "lib/screen/sheet/post.js:gone")))


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: chain[0])
def test_a_question_leads_to_its_sql(chain):
    files = [ROOT / span.partition(":")[0] for span in chain]
    assert len(files) <= 5
    for file, following in zip(files, files[1:], strict=False):
        assert any(f"{name}.".startswith(f"{module(following)}.") for name in imports(file)), (file, following)
    (last,) = definitions(chain[-1].partition(":")[2], tree(files[-1]))
    texts = [
        ast.unparse(node)[1:].strip("'\"") for node in ast.walk(last) if isinstance(node, ast.Constant | ast.JoinedStr)
    ]
    assert any(SQL.match(text) for text in texts), chain[-1]


def test_there_are_five_questions_and_a_picture_of_every_floor():
    assert len(CHAINS) == 5
    picture = (ROOT / "docs" / "architecture.svg").read_text("utf-8")
    floors = [floor for floor in FLOORS if floor != "db.__main__" and not floor.startswith("tests")]
    named = [f"{floor.replace('.', '/')}/" if floor != "app" else "app.py" for floor in floors]
    assert not [name for name in named if f">{name}<" not in picture]


def test_the_readme_leads_to_the_page():
    assert "(docs/architecture.md)" in (ROOT / "README.md").read_text("utf-8")
