"""Text that people typed, safe inside Streamlit's Markdown."""

import re

_MEANT = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")
# A colon that may begin ":smile:", ":material/home:", ":+1:" or ":100:"; escaping it does not keep the sign away.
# The one of a time, 14:00, has a digit before and behind it.
_SIGN = re.compile(r":(?=[^\W\d]|[_+-])|(?<!\d):(?=\d)")


def plain(text: str | None) -> str:
    """The text as it was typed: no letter of it is a mark, a link, a formula or the name of a sign."""
    return _MEANT.sub(r"\\\1", _SIGN.sub(":\u200b", text or ""))
