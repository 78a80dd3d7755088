"""Figures and deeds of a report in words: names in the reader's language, numbers, differences, who did what."""

import re

from lib.oversight.report_template.indicators import MANUAL
from lib.screen import i18n
from lib.screen.i18n import N_, _, area, ngettext, number, points, share
from lib.screen.markdown import plain
from lib.screen.report.state_words import minutes, sent_at, when

NARRATIVES = {
    "leadership": N_("I. Leadership and direction of the day"),
    "difficulties": N_("IV. Difficulties"),
    "proposals": N_("V. Proposals"),
    "assessment": N_("Assessment of the whole province"),
}
UNITS = {"lượt": N_("times")}  # units of sums over days, where another than the day's
TITLES = {
    "commune": N_("Report of the commune"),
    "district": N_("14:00 report of the district"),
    "province": N_("15:00 quick report of the province"),
}


def name(line: dict) -> str:
    """An indicator's name in the reader's language; the Vietnamese where a new one has no other yet."""
    return line[f"name_{i18n.language()}"] or line["name_vi"]


def short(line: dict) -> str:
    """The name, or the sign in brackets at its end where it has one: "F0" of "New cases today (F0)"."""
    sign = re.search(r"\(([A-Z]\w{0,3})\)$", name(line))
    return sign[1] if sign else name(line)


def section(block: dict) -> str:
    """ "II.2. Household visits"; a section that is not shown has no number."""
    return f"{block['number']}. {name(block)}" if block["number"] else name(block)


def cumulative(line: dict, value: int | None) -> str:
    """What a figure has come to over days; households seen daily add up to visits, not to households."""
    if value is None:
        return "–"
    unit = line["cumulative_unit"]
    return f"{number(value)} {_(UNITS[unit])}" if unit != line["unit"] and unit in UNITS else number(value)


def formula(line: dict) -> str:
    return line[f"formula_{i18n.language()}"]


def with_unit(line: dict) -> str:
    """ "Households due (hộ)"; the unit only in Vietnamese, in which it is written."""
    return f"{name(line)} ({line['unit']})" if i18n.language() == "vi" and line["unit"] != "%" else name(line)


def version(content: dict) -> str:
    """Which version of the form the figures are of."""
    return _("Version {n} of the form.").format(n=number(max(content["template"], 1)))


def said(line: dict, value: float | None, part: int | None = None, whole: int | None = None) -> str:
    """A figure as it stands in the report; never 100 % while one is missing. What is not known has its own word."""
    if value is None and whole != 0:
        return _("not reported") if line["function"] == MANUAL else _("no entries yet")
    if value is None:
        return "–"
    if line["unit"] != "%":
        return number(value)
    return share(part, whole) if whole else share(round(value * 10**9), 10**9)


def difference(line: dict, was: float | None, now: float | None) -> str:
    """How far the final figure lies from the frozen one, signed; empty where they are the same."""
    if was is None or now is None or was == now:
        return ""
    if line["unit"] == "%":
        return _("{points} points").format(points=points(now - was))
    return f"{'+' if now > was else '−'}{number(abs(now - was))}"


def unit(area_row: dict) -> str:
    return area(area_row["kind"], area_row["name"])


def deed(event: dict, on: str, due_at: str) -> str:
    """One deed as a sentence: "13:52 · Đặng Tiến Dũng sent version 1, on time"."""
    who = plain(event["who"])
    if event["for_whom"]:
        who = _("{name} in place of {whom}").format(name=who, whom=plain(event["for_whom"]))
    at = sent_at(event["at"], on, due_at) if event["deed"] == "submit" else when(event["at"], on)
    return f"{at} · {_deed(event).format(who=who, n=number(event['version']))}"


def _deed(event: dict) -> str:
    if event["deed"] == "submit" and event["version"] > 1 and not event["late_minutes"]:
        return _("{who} sent version {n}")
    if event["deed"] == "submit":
        late = event["late_minutes"]
        sentence = _("{{who}} sent version {{n}}, {minutes} late").format(minutes=minutes(late))
        return sentence if late else _("{who} sent version {n}, on time")
    if event["deed"] == "receive":
        return _("{who} received version {n}")
    if event["deed"] == "return":
        reason = plain(event["reason"]).replace("{", "{{").replace("}", "}}")
        return _("{{who}} returned version {{n}}: {reason}").format(reason=reason)
    if event["deed"] == "recall":
        return _recalled(event)
    return _("{who} added addendum No. {n}")


def _recalled(event: dict) -> str:
    if not event["reason"]:
        return _("{who} recalled version {n} for correction")
    reason = plain(event["reason"]).replace("{", "{{").replace("}", "}}")
    return _("{{who}} recalled version {{n}} for correction: {reason}").format(reason=reason)


BELOW = {"district": N_("total of {n}/{of} communes"), "province": N_("total of {n}/{of} districts")}


def summed(level: str, n: int, of: int) -> str:
    """ "sum of 3/12 communes": of how many units below an entered number of an area of this level is."""
    return _(BELOW[level]).format(n=number(n), of=number(of))


def silent(unit: dict) -> str:
    """What of a unit lacks lists or entries."""
    if unit["level"] == "commune":
        return _("no lists yet") if unit["unlisted"] else _("no visits entered")
    phrases = []
    if n := unit["unlisted"]:
        phrases.append(ngettext("{n} commune without lists", "{n} communes without lists", n).format(n=number(n)))
    if n := unit["silent"]:
        phrases.append(ngettext("{n} commune without entries", "{n} communes without entries", n).format(n=number(n)))
    return ", ".join(phrases)
