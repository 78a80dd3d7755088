"""The position of each district's tile on the schematic map of its province; no boundaries, no licence, prints well."""

# Line and column of each district, after their positions on the map.
_GROUND = {
    "72": {
        "705": (0, 0),
        "706": (0, 2),
        "708": (1, 0),
        "703": (1, 1),
        "707": (1, 2),
        "709": (2, 1),
        "710": (2, 2),
        "711": (3, 1),
        "712": (3, 2),
    },
    "27": {
        "258": (0, 0),
        "256": (0, 1),
        "259": (0, 2),
        "261": (1, 0),
        "260": (1, 1),
        "263": (1, 2),
        "262": (2, 1),
        "264": (2, 2),
    },
    "12": {
        "107": (0, 0),
        "109": (0, 2),
        "105": (0, 3),
        "112": (1, 1),
        "108": (1, 2),
        "106": (1, 3),
        "111": (2, 3),
        "110": (3, 3),
    },
}


def ground(area_code: str, codes: list[str]) -> dict[str, tuple[int, int]]:
    """`{code: (line, column)}` of units of an area; empty unless the position of every one is known."""
    positions = _GROUND.get(area_code, {})
    return {code: positions[code] for code in codes} if codes and set(codes) <= set(positions) else {}
