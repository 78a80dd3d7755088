"""Text that people typed, safe inside Streamlit's Markdown."""

import re

_MEANT = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")


def plain(text: str | None) -> str:
    """The text as it was typed: no letter of it is a mark, a link or a formula."""
    return _MEANT.sub(r"\\\1", text or "")
