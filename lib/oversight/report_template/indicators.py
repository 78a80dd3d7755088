"""What a report counts: each function an indicator may name, as sums of counts frozen by commune.

Counts add up from commune to district to province; a share is a sum over a sum, never a mean of shares.
"""

from dataclasses import dataclass

from lib.oversight.figures.measures import ATTEMPTED, DUE, SEEN, Sum, share, summed

MANUAL = "manual"  # entered by the unit with its report, not counted
NUMBER, TEXT = "number", "text"  # what a unit enters
PARTS = ("I", "II", "III")  # of the report; the sections of the form lie in these


@dataclass(frozen=True)
class Indicator:
    """`part`, divided by `whole` where there is one. `flow` counts what happened that day, and so adds up over days.

    `of_visits` says that it means nothing where no visit was entered, `of_communes` that it counts communes, so that
    it means nothing in a commune's own report.
    """

    part: Sum
    whole: Sum | None = None
    flow: bool = False
    of_visits: bool = False
    of_communes: bool = False


def _plain(*names: str, flow: bool = False, of_visits: bool = False, of_communes: bool = False) -> dict[str, Indicator]:
    return {name: Indicator({name: 1}, None, flow, of_visits, of_communes) for name in names}


FUNCTIONS: dict[str, Indicator] = {
    **_plain(
        "teams",
        "teams_reconstituting",
        "teams_hamlet",
        "teams_residential",
        "members",
        "members_available",
        "hamlets_without_team",
        "hamlets_two_models",
        "teams_off_size",
        "teams_silent",
        "households",
        "excluded",
    ),
    **_plain("communes_reporting", "communes_below", of_communes=True),
    **_plain("teams_founded", "teams_dissolved", flow=True),
    **_plain("absent", "refused", "persons_seen", of_visits=True),
    **_plain(
        "symptomatic",
        "households_symptoms",
        "arrivals",
        "households_violating",
        "households_needing",
        flow=True,
        of_visits=True,
    ),
    "unassigned": Indicator({"households": 1, "housed": -1}),
    "due": Indicator(DUE),
    "seen": Indicator(SEEN, flow=True, of_visits=True),
    "not_attempted": Indicator(DUE | {name: -1 for name in ATTEMPTED}),
    "coverage": Indicator(SEEN, DUE, of_visits=True),
    "on_time": Indicator({"seen_on_time": 1}, DUE, of_visits=True),
    "reach": Indicator(SEEN, {"households": 1}, of_visits=True),
}


def entered(line: dict, kind: str = NUMBER) -> bool:
    """Whether a line of the form asks units for a number, or for a text."""
    return (line["function"], line["kind"]) == (MANUAL, kind)


def meant(line: dict, level: str) -> bool:
    """Whether the report of an area of this level has the line: no commune counts how many communes it is."""
    return line["function"] == MANUAL or level != "commune" or not FUNCTIONS[line["function"]].of_communes


def flows(line: dict) -> bool:
    """Whether it tells what happened that day and so adds up over days; a stock, as persons in isolation, does not."""
    return bool(line["flow"]) if line["function"] == MANUAL else FUNCTIONS[line["function"]].flow


def cumulative_unit(line: dict) -> str:
    """What its sum over days counts: households seen daily add up to visits ("lượt"), not to households."""
    return str(line["cumulative_unit"] or line["unit"])


def fraction(function: str, counts: dict) -> tuple[int, int | None]:
    """Numerator and denominator; a plain count has no denominator."""
    indicator = FUNCTIONS[function]
    return summed(indicator.part, counts), None if indicator.whole is None else summed(indicator.whole, counts)


def value(function: str, counts: dict | None) -> float | int | None:
    """The number, or None where it is not reported: no counts, no entry, or nothing to divide by."""
    if counts is None or FUNCTIONS[function].of_visits and not counts["communes_reporting"]:
        return None
    part, whole = fraction(function, counts)
    return part if FUNCTIONS[function].whole is None else share(part, whole)
