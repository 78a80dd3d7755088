"""The sentences of the code, and the Vietnamese catalogue kept in step with them; `make translations`."""

import ast
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
VI = ROOT / "lib" / "screen" / "locale" / "vi" / "LC_MESSAGES"
_ARGUMENTS = {"_": 1, "N_": 1, "ngettext": 2}
_ALWAYS = datetime(2021, 8, 3, tzinfo=UTC)  # so that the same sentences compile to the same file
_HEADER = "# Vietnamese of Từng Nhà. Complete and current by test; `make translations` adds new sentences.\n"


def used() -> set[str | tuple[str, ...]]:
    """Every sentence the code marks for translation; a pair where it counts something.

    Read from the syntax tree: Babel's own extraction misses calls inside f-strings and takes keys for sentences.
    """
    found = set()
    for folder in ("pages", "lib"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ARGUMENTS:
                    found.add(_marked(node))
    return found - {None, ""}


def _marked(call: ast.Call) -> str | tuple[str, ...] | None:
    """The sentence of `_("…")`, the two of `ngettext("…", "…", n)`; None for `_(variable)`."""
    texts = tuple(a.value for a in call.args[: _ARGUMENTS[call.func.id]] if isinstance(a, ast.Constant))
    if len(texts) < _ARGUMENTS[call.func.id]:
        return None
    return texts if len(texts) > 1 else texts[0]


def read() -> Catalog:
    with (VI / "app.po").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    catalogue.creation_date = catalogue.revision_date = _ALWAYS
    return catalogue


def update() -> list[str]:
    """Rewrite app.po and app.mo: known translations kept, new sentences empty, old ones gone; what is empty."""
    known = {message.id: message.string for message in read() if message.id}
    fresh = Catalog(locale="vi", header_comment=_HEADER, fuzzy=False)
    for sentence in used():
        fresh.add(sentence, known.get(sentence))
    with (VI / "app.po").open("wb") as file:
        write_po(file, fresh, width=110, sort_output=True, omit_header=True)
    _put_header()
    with (VI / "app.mo").open("wb") as file:
        write_mo(file, read())
    return sorted(str(message.id) for message in read() if message.id and not all(_strings(message.string)))


def _put_header() -> None:
    head = _HEADER + 'msgid ""\nmsgstr ""\n'
    for line in (
        "Project-Id-Version: Từng Nhà",
        "Language: vi",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "Plural-Forms: nplurals=1; plural=0;",
    ):
        head += f'"{line}\\n"\n'
    po = VI / "app.po"
    po.write_text(head + "\n" + po.read_text("utf-8").lstrip(), "utf-8")


def _strings(text) -> tuple:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


if __name__ == "__main__":
    missing = update()
    print(f"{len(missing)} sentences wait for their Vietnamese in {(VI / 'app.po').relative_to(ROOT)}")
    for sentence in missing[:20]:
        print(f"  {sentence}")
