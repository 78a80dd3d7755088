"""The scripts are modules: each says what it takes and gives, and one answer brings a component all it needs."""

import re
from collections import Counter
from graphlib import CycleError
from pathlib import Path

import pytest

from lib.screen.gate import pickers
from lib.screen.shell import assets, bundle, spoken
from tests.conftest import ROOT
from tests.javascript import script
from tests.table import tabled

FILES = sorted((ROOT / "lib").rglob("*.js"))
PYTHON = "\n".join(file.read_text("utf-8") for file in (ROOT / "lib").rglob("*.py"))
OF_THE_BROWSER = {
    *("Array", "Boolean", "Date", "Error", "Infinity", "JSON", "Map", "Math", "Number", "Object", "Promise", "RegExp"),
    *("Set", "String", "WeakMap", "AbortController", "Blob", "CSS", "CSSFontFaceRule", "Event", "FileReader", "Image"),
    *("InputEvent", "KeyboardEvent", "MutationObserver", "Node", "NodeFilter", "ResizeObserver", "URL"),
    *("URLSearchParams", "XMLSerializer", "addEventListener", "clearInterval", "clearTimeout", "document"),
    *("encodeURIComponent", "fetch", "history", "innerHeight", "localStorage", "location", "matchMedia", "navigator"),
    *("performance", "requestAnimationFrame", "sessionStorage", "setInterval", "setTimeout", "window"),
}


def named(file: Path) -> str:
    return file.relative_to(ROOT / "lib").as_posix()


def own(file: Path) -> bundle.Module:
    return bundle.modules(file)[file]


def taken(file: Path) -> list[str]:
    """The names under which a file knows what it imports."""
    return [here for names in own(file).takes.values() for here in names.values()]


def test_a_script_uses_what_it_declares_or_imports_and_what_every_browser_has():
    unknown = {named(file): script(own(file).code).free() - {*taken(file), *OF_THE_BROWSER} for file in FILES}
    assert {file: names for file, names in unknown.items() if names} == {}


def test_a_script_uses_all_that_it_imports_and_has_each_name_once():
    for file in FILES:
        read = script(own(file).code)
        assert set(taken(file)) <= read.free(), named(file)
        twice = [name for name, times in Counter([*read.declared(), *taken(file)]).items() if times > 1]
        assert not twice, named(file)


def test_whatever_is_exported_is_imported_by_another_or_called_by_the_server():
    wanted = {(there, name) for file in FILES for there, names in own(file).takes.items() for name in names}
    asked = set(re.findall(r"\}\.(\w+)", PYTHON))
    assert not [
        f"{named(file)}: {name}"
        for file in FILES
        for name in own(file).exports
        if name != "default" and (file, name) not in wanted and name not in asked
    ]


def test_a_script_sent_as_it_stands_is_no_module():
    alone = set(re.findall(r'"(\w+\.js)"\)\.read_text', PYTHON))
    assert len(alone) > 1
    for file in FILES:
        assert file.name not in alone or not own(file).exports and not own(file).takes, named(file)
    assert '}.js").read_text' not in PYTHON, "joined by hand"


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return folder / "first.js"


def test_each_module_stands_once_and_behind_those_it_needs(tmp_path):
    first = written(
        tmp_path,
        first='import { two } from "./second.js";\nimport {\n  three as x,\n} from "./third.js";\nexport const n = 1;',
        second='import { three } from "./third.js";\nexport const two = three;\n',
        third="let own = 3;\nexport const three = own;\nexport async function four() {}\nexport class Five {}\n",
    )
    assert [file.stem for file in bundle.modules(first)] == ["third", "second", "first"]
    joined = bundle.expression(first)
    assert joined.count("let own = 3;") == 1 and not re.search(r"\b(import|export)\b", joined)
    assert "const { three: x } = $0;" in joined and "return { three, four, Five };" in joined


def test_a_change_in_any_module_changes_the_address_of_the_whole(tmp_path):
    def address() -> str:
        return assets.script("it", bundle.component(first))

    first = written(
        tmp_path, first='import { a } from "./b.js";\nexport default function () {}\n', b="export const a = 1;"
    )
    before = address()
    assert address() == before
    written(tmp_path, b="export const a = 2;")
    assert address() != before


FORMS = {
    "a default": 'import a from "./b.js";',
    "everything": 'import * as b from "./b.js";',
    "nothing": 'import "./b.js";',
    "not at the beginning": '  import { a } from "./b.js";',
    "a string": 'import { "a" as b } from "./b.js";',
    "another line's end": 'import { a } from "./b.js"',
    "another quotation mark": "import { a } from './b.js';",
    "from a package": 'import { a } from "b";',
    "while it runs": 'const b = await import("./b.js");',
    "where it is": "const here = import.meta.url;",
    "what changes": "export let a = 1;",
    "a list": "const a = 1;\nexport { a };",
    "handed on": 'export { a } from "./b.js";',
    "all handed on": 'export * from "./b.js";',
    "a class as default": "export default class {}",
    "a value as default": "export default 1;",
    "several of a pattern": "export const { a, c } = {};",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_form_of_import_or_export_that_is_not_read_is_refused(tmp_path, text):
    with pytest.raises(ValueError, match=r"first\.js: this form of import or export is not read"):
        bundle.component(written(tmp_path, first=f"{text}\n", b="export const a = 1;\n"))


def test_a_name_that_nobody_exports_is_refused(tmp_path):
    first = written(tmp_path, first='import { a, c } from "./b.js";\n', b="export const a = 1;\nconst c = 2;\n")
    with pytest.raises(ValueError, match=r"first\.js imports what b\.js does not export: c$"):
        bundle.component(first)
    with pytest.raises(FileNotFoundError):
        bundle.component(written(tmp_path, first='import { a } from "./nowhere.js";\n'))


def test_modules_that_need_each_other_are_refused(tmp_path):
    first = written(
        tmp_path,
        first='import { b } from "./b.js";\nexport const a = () => b;\n',
        b='import { a } from "./first.js";\nexport const b = () => a;\n',
    )
    with pytest.raises(CycleError):
        bundle.component(first)


def test_scripts_of_the_page_are_bundled_too():
    assert "export" not in pickers.comparison() and pickers.comparison().endswith("})().picked")
    spoken.tag("vi")
    (address,) = (name for name in assets.FILES.names() if name.startswith("spoken-vi-"))
    assert re.search(r'\}\)\(\)\.speak\(\{.*"Close": .*\}\);$', assets.FILES.read(address))


HIDDEN = {
    "const a = (b) => b + c;": {"c"},
    "const { a, b: c = d, ...e } = f; use(a, b, c, e);": {"b", "d", "f", "use"},
    "function f([a], { b } = {}) { return a.c?.b + b; } x(f);": {"x"},
    "class A extends B { static c = d; e(f) { return this.e(f, g); } get h() { return { i: 1, j }; } }": {
        "B",
        "d",
        "g",
        "j",
    },
    "for (const [a, b] of c) d(a, b); a;": {"c", "d", "a"},
    "try { a(); } catch (b) { c(b); }": {"a", "c"},
    "const t = `a ${b} c ${`${d}`} e`; // f\n/* g */ 'h' + \"i\";": {"b", "d"},
    "const r = /[/a]\\/b/g.test(c) / d / e;": {"c", "d", "e"},
    "if (a) { let b = 1; } b;": {"a", "b"},
    "const f = async (a) => { await a; }; a;": {"a"},
}


@tabled("text", HIDDEN)
def test_the_reader_of_scripts_finds_the_names_from_outside(text):
    assert script(text).free() == HIDDEN[text]
