"""The steps from a hamlet to a visit in time: how many are left at each step of a day, and how many were lost."""

from lib.oversight.figures.measures import ATTEMPTED, DUE, SEEN, summed

STEPS = ("hamlets", "due", "attempted", "seen", "on_time")


def steps(figure: dict) -> list[dict]:
    """`{step, part, whole, lost}` of an area's figures; `lost` counts those that do not reach the step, by reason.

    Hamlets are shares of the hamlets, due households of all active ones, and all below of the due households: each
    is the same share as on the board. A team has no hamlets of its own.
    """
    due, attempted, seen = summed(DUE, figure), summed(ATTEMPTED, figure), summed(SEEN, figure)
    hamlets, without = figure["hamlets"], figure["hamlets_without_team"]
    lines = [
        ("hamlets", hamlets - without, hamlets, {"hamlets_without_team": without}),
        ("due", due, figure["households"], {"unassigned": figure["unassigned"], "excluded": figure["excluded"]}),
        ("attempted", attempted, due, {"not_attempted": due - attempted}),
        ("seen", seen, due, {"absent": figure["absent"], "refused": figure["refused"]}),
        ("on_time", figure["seen_on_time"], due, {"late": seen - figure["seen_on_time"]}),
    ]
    below = figure["level"] in ("hamlet", "team")
    return [
        {"step": step, "part": part, "whole": whole, "lost": lost} for step, part, whole, lost in lines[int(below) :]
    ]
