"""What Streamlit says in English whatever it is told, in the visitor's language: labels, hints, a few words.

A script of the page itself, fetched once, puts our words in their place as they appear. A sentence with a place in
braces stands for all that are built like it. It also loads a page again, once, whose parts are of another version.
"""

import json
from functools import cache
from pathlib import Path

from lib.screen.i18n import N_, catalogue
from lib.screen.shell import assets, bundle

_SCRIPT = bundle.expression(Path(__file__).with_name("spoken.js"))
WORDS = (
    N_("App pages"),
    N_("Clear all"),
    N_("Clear value"),
    N_("Choose an option"),
    N_("Choose options"),
    N_("Close"),
    N_("Close fullscreen"),
    N_("Collapse sidebar"),
    N_("Connecting"),
    N_("Connecting to Streamlit server"),
    N_("Connection error"),
    N_("Copy to clipboard"),
    N_("Decrement"),
    N_("Dismiss"),
    N_("Download as CSV"),
    N_("Expand sidebar"),
    N_("file upload"),
    N_("Fullscreen"),
    N_("Help for {name}"),
    N_("Hide password"),
    N_("Increment"),
    N_("Loading"),
    N_("Main menu"),
    N_("Markdown content"),
    N_("Network issue"),
    N_("No results"),
    N_("Notifications"),
    N_("Open"),
    N_("Page not found"),
    N_("progress"),
    N_("Remove {name}"),
    N_("Running..."),
    N_("Scroll tabs left"),
    N_("Scroll tabs right"),
    N_("Search"),
    N_("Select all"),
    N_("Select {name} matches"),
    N_("Selected values"),
    N_("Show password"),
    N_("Show suggestions"),
    N_("Show/hide columns"),
    N_("Sidebar"),
    N_("Skip to main content"),
    N_("Stop"),
    N_("Stop script"),
    N_("Suggestions"),
    N_("Toggle fullscreen"),
    N_("The page that you have requested does not seem to exist. Running the app's main page."),
    N_("Unable to connect to Streamlit server"),
    N_("visualization"),
    N_("{name}, selected"),
    N_("{name} option available."),
    N_("{name} options available."),
)


@cache
def tag(language: str) -> bytes:
    """The line of the page's head that fetches the script of a language."""
    translated = {words: catalogue(language).gettext(words) for words in WORDS}
    script_words = {words: ours for words, ours in translated.items() if ours != words}
    script = f"{_SCRIPT}.speak({json.dumps(script_words, ensure_ascii=False)});"
    return assets.tag(f"spoken-{language}", script)
