"""The filter of pickers is put into Streamlit's own script; a version of Streamlit that has none is noticed here."""

import re

from lib.screen.gate import guard, pickers
from lib.screen.shell import assets


def test_the_script_that_filters_is_found_and_replaced():
    name, script = pickers.patched()
    assert "return tungNhaPicked(" in script and not re.search(r'(from|import)"\.', script)
    users = [file for file in pickers._STATIC.glob("*.js") if f"./{name}" in file.read_text("utf-8")]
    assert {"Selectbox", "Multiselect"} <= {file.name.partition(".")[0] for file in users}


def test_the_page_names_it_before_any_script():
    html = guard._translated(b"<html><head><script type=module src=x></script></head></html>", b"vi")
    assert html.index(b'<script type="importmap">') < html.index(b"<script type=module")
    (address,) = re.findall(rb'"(/parts/pickers-[^"]+)"', html)
    assert assets.FILES.read(address.decode().removeprefix("/parts/")) == pickers.patched()[1]
