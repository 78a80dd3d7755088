"""Pickers without accents: Streamlit compares what is typed with the very letters of an option, whatever its filter.

The page names, by an import map, a copy of the one script of Streamlit that filters, with our comparison put into it;
so it holds for every select box and multiselect there is. Where the script is not found (another version of Streamlit)
or the browser knows no import maps, pickers filter as Streamlit does.
"""

import json
import re
from functools import cache
from pathlib import Path

import streamlit as st

from lib.screen.shell import assets, bundle

_STATIC = Path(st.__file__).parent / "static" / "static" / "js"
_FILTER = re.compile(r"function \w+\((\w+),(\w+),(\w+)\)\{if\(!\2\|\|\3===[\w.]+\.FILTER_MODE_NONE\)return \1;")


@cache
def tag() -> bytes:
    """The line of the page's head, before any script; empty where there is nothing to replace."""
    patch = patched()
    if patch is None:
        return b""
    name, script = patch
    imports = json.dumps({"imports": {f"/static/js/{name}": assets.script("pickers", script)}})
    return f'<script type="importmap">{imports}</script>'.encode()


def patched() -> tuple[str, str] | None:
    """The name of Streamlit's script that filters options, and the script with our filter in it."""
    for file in sorted(_STATIC.glob("*.js")):
        script = file.read_text("utf-8")
        if "FILTER_MODE_NONE" in script and _FILTER.search(script):
            ours = _FILTER.sub(lambda match: f"{match[0]}return tungNhaPicked({match[1]},{match[2]});", script, count=1)
            return file.name, f"{_elsewhere(ours)}\nconst tungNhaPicked = {comparison()};\n"
    return None


def _elsewhere(script: str) -> str:
    """The script as it stands in another folder: what it imports is named from the root."""
    return re.sub(r'\b(from|import)"\./', r'\1"/static/js/', script)


def comparison() -> str:
    """A function of JavaScript: the options that fit what was typed, the likeliest first."""
    return f"{bundle.expression(Path(__file__).with_name('pickers.js'))}.picked"
