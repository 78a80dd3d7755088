"""From the hamlet to the visit in time: what is left at each step of a day, and what was lost on the way."""

from lib.oversight.measures import ATTEMPTED, DUE, SEEN, summed

STEPS = ("hamlets", "given", "attempted", "seen", "on_time")


def steps(figure: dict) -> list[dict]:
    """`{step, part, whole, lost}` of an area's figures; `lost` names the households that did not come further.

    Hamlets are shares of the hamlets, all other steps of all active households, so that each bar can be set
    against the one above it. A team has no hamlets of its own.
    """
    due, attempted, seen = summed(DUE, figure), summed(ATTEMPTED, figure), summed(SEEN, figure)
    households = figure["households"]
    hamlets = {
        "step": "hamlets",
        "part": figure["hamlets"] - figure["hamlets_without_team"],
        "whole": figure["hamlets"],
        "lost": {"hamlets_without_team": figure["hamlets_without_team"]},
    }
    doors = [
        ("given", households - figure["unassigned"], {"unassigned": figure["unassigned"]}),
        ("attempted", attempted, {"excluded": figure["excluded"], "not_attempted": due - attempted}),
        ("seen", seen, {"absent": figure["absent"], "refused": figure["refused"]}),
        ("on_time", figure["seen_on_time"], {"late": seen - figure["seen_on_time"]}),
    ]
    below = [{"step": step, "part": part, "whole": households, "lost": lost} for step, part, lost in doors]
    return ([hamlets] if figure["level"] not in ("hamlet", "team") else []) + below
