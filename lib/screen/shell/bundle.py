"""Modules of JavaScript as one script, so that over a slow line no import waits for the answer to another.

A file sees of the others what it imports from them, and nothing else. Few forms are read, each at the beginning of a
line: `import { one, two as other } from "./file.js";`, `export` before a `const`, `function`, `async function` or
`class`, and `export default function (`. Whatever else a file imports or exports stops the program as it starts.
"""

import re
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

_NAME = r"[A-Za-z_$][\w$]*"
_IMPORT = re.compile(r'^import \{([^{}]+)\} from "(\.\.?/[\w./-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(rf"^export (?=(?:const|class|function|async function) ({_NAME})\b)", re.MULTILINE)
_DEFAULT = re.compile(r"^export default function (?=\()", re.MULTILINE)
_OTHER = re.compile(r"^[ \t]*(?:import|export)\b.*|\bimport\s*[.(].*", re.MULTILINE)
_TAKEN = re.compile(rf"({_NAME})(?: as ({_NAME}))?")


@dataclass(frozen=True)
class Module:
    """One file: what it takes from others (its name there, its name here), what it exports, and its other lines."""

    takes: dict[Path, dict[str, str]]
    exports: tuple[str, ...]
    code: str


def component(file: Path) -> str:
    """The script of a component, whose function is the default of this file; what that imports is in it.

    Raises ValueError as `modules` does.
    """
    return f"export default {expression(file)}.default;\n"


def expression(file: Path) -> str:
    """An expression of JavaScript that runs this file and what it imports: an object of all that the file exports.

    Raises ValueError as `modules` does.
    """
    by_path = modules(file)
    names = {path: f"${place}" for place, path in enumerate(by_path)}
    scopes = "".join(_scope(path, module, names) for path, module in by_path.items())
    return f"(() => {{\n{scopes}return {names[file.resolve()]};\n}})()"


def modules(file: Path) -> dict[Path, Module]:
    """This file and whatever it imports by way of others, each behind those that it needs itself.

    Raises ValueError where a file takes what another does not export, where files need each other in a circle, and for
    a form of import or export that is not read; FileNotFoundError where one is missing.
    """
    read: dict[Path, Module] = {}
    _gather(file.resolve(), read)
    for path, module in read.items():
        for there, names in module.takes.items():
            if unknown := names.keys() - set(read[there].exports):
                raise ValueError(f"{path.name} imports what {there.name} does not export: {', '.join(sorted(unknown))}")
    order = TopologicalSorter({path: module.takes for path, module in read.items()}).static_order()
    return {path: read[path] for path in order}


def _gather(file: Path, read: dict[Path, Module]) -> None:
    read[file] = _read(file)
    for there in read[file].takes:
        if there not in read:
            _gather(there, read)


def _read(file: Path) -> Module:
    text = file.read_text("utf-8")
    takes: dict[Path, dict[str, str]] = {}
    for names, address in _IMPORT.findall(text):
        takes.setdefault((file.parent / address).resolve(), {}).update(_taken(names, file))
    exports = (*_EXPORT.findall(text), *("default" for _ in _DEFAULT.findall(text)))
    code = _DEFAULT.sub("function $default", _EXPORT.sub("", _IMPORT.sub("", text)))
    if other := _OTHER.search(code):
        raise ValueError(f"{file.name}: this form of import or export is not read: {other[0].strip()}")
    return Module(takes, exports, code)


def _taken(names: str, file: Path) -> dict[str, str]:
    """The names between the braces of an import, there and here."""
    matches = [(name, _TAKEN.fullmatch(name)) for part in names.split(",") if (name := part.strip())]
    if unread := [name for name, match in matches if match is None]:
        raise ValueError(f"{file.name}: this form of import or export is not read: {', '.join(unread)}")
    return {match[1]: match[2] or match[1] for _name, match in matches}


def _scope(file: Path, module: Module, names: dict[Path, str]) -> str:
    """A module as a function of its own, called once."""
    takes = "".join(
        f"const {{ {', '.join(f'{there}: {here}' for there, here in taken.items())} }} = {names[other]};\n"
        for other, taken in module.takes.items()
    )
    gives = ", ".join("default: $default" if name == "default" else name for name in module.exports)
    return f"const {names[file]} = (() => {{ // {file.name}\n{takes}{module.code}\nreturn {{ {gives} }};\n}})();\n"
