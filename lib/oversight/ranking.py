"""Ranks: by coverage as it is shown and nothing else, so that finding cases never costs a place.

Two units that show the same percentage share a rank; a unit with one household missing never shows, and never
ranks as, one that is complete.
"""

from lib.core.words.number_format import tenths

SMALLEST_RANKED = 20  # due households; below it a unit is listed, not ranked


def may_rank(figure: dict) -> bool:
    """Whether a unit has entered anything and is large enough to be compared."""
    return figure["reported"] and figure["due"] >= SMALLEST_RANKED


def ranked(figures: list[dict]) -> list[dict]:
    """The units with their `rank`, best first; what shows the same shares one (1, 2, 2, 4).

    They come in Vietnamese order, which stays the order within a rank and of those without one.
    """
    scores = {f["code"]: tenths(f["seen"], f["due"]) for f in figures if may_rank(f)}
    best_first = sorted(scores.values(), reverse=True)
    place = {}
    for number, score in enumerate(best_first, start=1):
        place.setdefault(score, number)
    for figure in figures:
        figure["rank"] = place.get(scores.get(figure["code"]))
    return sorted(figures, key=lambda f: (f["rank"] is None, f["rank"] or 0))
