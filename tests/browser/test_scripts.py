"""The files of the scripts are modules of the language itself, and joined they give the same."""

from pathlib import Path

import pytest

from lib.screen.shell import bundle

ROOT = Path(bundle.__file__).resolve().parents[1]  # lib/screen
MODULES = [file for file in sorted(ROOT.rglob("*.js")) if bundle.modules(file)[file].exports]
HOST = "http://modules.invalid"


@pytest.fixture(scope="module")
def page(browser):
    """A page that fetches each file by itself, as it stands."""
    page = browser.new_page()

    def answer(route):
        file = ROOT / route.request.url.removeprefix(f"{HOST}/")
        body = file.read_text("utf-8") if file.is_file() else "<!doctype html>"
        route.fulfill(body=body, content_type="text/javascript" if file.is_file() else "text/html")

    page.route(f"{HOST}/**", answer)
    page.goto(f"{HOST}/")
    yield page
    page.close()


def test_the_browser_links_the_files_as_the_server_does(page):
    for file in MODULES:
        address = f"/{file.relative_to(ROOT).as_posix()}"
        linked = page.evaluate("async (address) => Object.keys(await import(address)).sort()", address)
        joined = page.evaluate(f"() => Object.keys({bundle.expression(file)}).sort()")
        assert linked == joined == sorted(bundle.modules(file)[file].exports), address


def test_a_component_is_one_script_whose_default_is_its_function(page):
    kind = """async (text) => {
        const file = new Blob([text], { type: "text/javascript" });
        return typeof (await import(URL.createObjectURL(file))).default;
    }"""
    components = [file for file in MODULES if "default" in bundle.modules(file)[file].exports]
    assert [page.evaluate(kind, bundle.component(file)) for file in components] == ["function"] * len(components)
