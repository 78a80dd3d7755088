"""Recognise signs that mean "as above": “ " ”, 〃, nt, "như trên"."""

import re

from lib.core import text

_BEGINS = frozenset("\"“”″〃'’´`,-–/nN=(")
_SIGNS = re.compile(r"[-–_ ]*(?:[\"“”″〃]+|''|’’|´´|``|,,|//|n ?/ ?t|nt|n\. ?t\.?|nhu tren|n ?h ?u tren|=)[-–_ .]*")


def is_ditto(cell: str) -> bool:
    """Whether a cell only says that it repeats the one above it."""
    return cell[:1] in _BEGINS and len(cell) < 14 and bool(_SIGNS.fullmatch(text.fold(cell).strip("()")))
