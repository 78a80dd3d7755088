"""The definition of each figure of a board: its word, its formula, its numerator and its denominator.

The only such list: figures are computed, named and explained by it.
"""

from dataclasses import dataclass

from lib.core.errors import N_

Sum = dict[str, int]  # column of a unit's counts -> +1 (added) or -1 (taken out)

SEEN: Sum = {"seen_met": 1, "seen_phone": 1}
ATTEMPTED: Sum = SEEN | {"absent": 1, "refused": 1}
DUE: Sum = {"assigned": 1, "excluded": -1}

# Outcome at a door -> the count it adds to.
OUTCOMES = {"met": "seen_met", "phone": "seen_phone", "absent": "absent", "refused": "refused"}


@dataclass(frozen=True)
class Measure:
    """One figure. `column` is its name in `figures`; `beside` are counts shown with it that are not in it.

    `kind`: 'share' and 'count' are sums; 'units' counts the units themselves; 'change' sets a share against that
    of the day before; 'rank' compares with the neighbours; 'latest' is the newest hour.
    """

    code: str
    column: str
    label: str
    formula: str
    part: Sum
    whole: Sum | None = None
    beside: tuple[str, ...] = ()
    kind: str = "share"

    @property
    def moved_by(self) -> set[str]:
        """Outcomes whose coming or going moves the figure; empty where only statuses and assignments do."""
        if self.kind in ("latest", "units"):
            return set(OUTCOMES)
        if "seen_on_time" in self.part:
            return {"met", "phone"}
        return {outcome for outcome, column in OUTCOMES.items() if column in self.part}


MEASURES = {
    measure.code: measure
    for measure in (
        Measure(
            "coverage",
            "coverage",
            N_("Coverage"),
            N_("Households met or reached by phone ÷ due households."),
            SEEN,
            DUE,
            ("unassigned",),
        ),
        Measure(
            "on_time",
            "on_time_coverage",
            N_("On time"),
            N_("As coverage, but only what was recorded by 14:00. Late entries never change it."),
            {"seen_on_time": 1},
            DUE,
            ("unassigned",),
        ),
        Measure(
            "attempted",
            "attempted_share",
            N_("Attempted"),
            N_("Households with any visit that day, including absent and refused ÷ due households."),
            ATTEMPTED,
            DUE,
            ("unassigned",),
        ),
        Measure(
            "reach",
            "reach",
            N_("Reach"),
            N_(
                "Households met or reached by phone ÷ all active households, including those without a "
                "responsible member."
            ),
            SEEN,
            {"households": 1},
            ("excluded", "unassigned"),
        ),
        Measure(
            "registered",
            "registered_share",
            N_("On the lists"),
            N_("Households on the lists ÷ households expected, of the communes whose expected number is known."),
            {"registered": 1},
            {"expected_households": 1},
            ("unregistered",),
        ),
        Measure(
            "reporting",
            "reporting",
            N_("Units with entries"),
            N_(
                "Every unit is counted. A unit that has entered nothing is neither shown as 0 % nor left out; "
                "a unit without lists is shown as missing."
            ),
            {"reporting": 1},
            {"asked": 1},
            kind="units",
        ),
        Measure(
            "rank",
            "rank",
            N_("Rank"),
            N_(
                "By coverage alone, as shown; equal percentages share a rank. Units with fewer than 20 due "
                "households or without any entry are listed, not ranked."
            ),
            SEEN,
            DUE,
            kind="rank",
        ),
        Measure(
            "change",
            "change",
            N_("Change"),
            N_(
                "Coverage minus that of the day before at the same minute, both as shown, in percentage "
                "points. Only what was recorded by the first second of the minute counts."
            ),
            SEEN,
            DUE,
            kind="change",
        ),
        Measure(
            "due",
            "due",
            N_("Due"),
            N_("Households with a responsible member, minus those excluded that day."),
            DUE,
            None,
            ("unassigned",),
            "count",
        ),
        Measure("seen", "seen", N_("Reached"), N_("Due households met or reached by phone."), SEEN, kind="count"),
        Measure(
            "absent", "absent", N_("Absent"), N_("Due households where nobody answered."), {"absent": 1}, kind="count"
        ),
        Measure("refused", "refused", N_("Refused"), N_("Due households that declined."), {"refused": 1}, kind="count"),
        Measure(
            "excluded",
            "excluded",
            N_("Excluded"),
            N_("Whole household in central quarantine or locked down elsewhere."),
            {"excluded": 1},
            kind="count",
        ),
        Measure(
            "unassigned",
            "unassigned",
            N_("Unassigned"),
            N_("Active households without a responsible member."),
            {"unassigned": 1},
            kind="count",
        ),
        Measure("teams", "teams", N_("Number of teams"), N_("Teams active that day."), {"teams": 1}, kind="count"),
        Measure(
            "last_entry",
            "last_entry_at",
            N_("Last entry"),
            N_("Time of the last recorded row, with the date if it was another day."),
            {},
            kind="latest",
        ),
    )
}

# The counts that sums are made of, in words.
TERMS = {
    "seen_met": N_("Met in person"),
    "seen_phone": N_("By phone"),
    "absent": N_("Absent"),
    "refused": N_("Refused"),
    "seen_on_time": N_("Met or by phone, recorded by 14:00"),
    "assigned": N_("Households with a responsible member"),
    "excluded": N_("Excluded"),
    "unassigned": N_("Unassigned"),
    "households": N_("Active households"),
    "teams": N_("Number of teams"),
    "reporting": N_("Units with entries"),
    "asked": N_("All units"),
    "registered": N_("Households on the lists, where the expected number is known"),
    "expected_households": N_("Households expected"),
    "unregistered": N_("Households missing on the lists"),
}


def summed(terms: Sum, counts: dict) -> int:
    """The sum of a unit's counts by these terms."""
    return sum(sign * counts[name] for name, sign in terms.items())


def fraction(measure: Measure, counts: dict) -> tuple[int, int | None]:
    """Numerator and denominator of a unit; a plain count has no denominator."""
    return summed(measure.part, counts), None if measure.whole is None else summed(measure.whole, counts)


def share(part: int, whole: int | None) -> float | None:
    """A fraction, or None where there is nothing to divide by. Whether to show it is told by `reported`."""
    return part / whole if whole else None


def shares(counts: dict) -> dict[str, float | None]:
    """`{column: share}` of the figures that are shares."""
    return {m.column: share(*fraction(m, counts)) for m in MEASURES.values() if m.kind == "share"}
