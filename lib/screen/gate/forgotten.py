"""What a browser keeps of unsaved work is dropped after three days, and what needs no keeping when somebody signs out.

A script of every page, fetched once. What waits unsaved stays until then under its account; nobody else is shown it.
"""

from functools import cache
from pathlib import Path

from lib.screen.shell import assets

SIGNED_OUT = "tungnha:out"  # the event by which a page says whose session ends


@cache
def tag() -> bytes:
    """The line of the page's head that fetches the script."""
    return assets.tag("forgotten", Path(__file__).with_name("forgotten.js").read_text("utf-8"))
