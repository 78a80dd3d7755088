"""Households in the log: what was entered for them, who was given them; three in words, then "and 12 more".

Pure functions; `names` maps codes of households to what people call them, as far as the reader may know.
"""

import re
from collections.abc import Mapping

from lib.screen import labels
from lib.screen.i18n import N_, _, ngettext, number

Names = Mapping[str, str]
SHOWN = 3  # told in the sentence itself
_HOUSEHOLD = re.compile(r"\d{5}-(\d{4,5})")


def household(code: str, names: Names) -> str:
    """ "household 17 (Trần Thị B)"; without the name where the reader may not know it."""
    if name := names.get(code):
        return _("household {number} ({name})").format(number=serial(code), name=name)
    return _("household {number}").format(number=serial(code))


def serial(code: str) -> str:
    """17 of 25456-0017; what is no code stays as it is."""
    match = _HOUSEHOLD.fullmatch(code)
    return match[1].lstrip("0") if match else code


def households(codes: list[str], names: Names) -> str:
    """Up to three in words, then "and 12 more"."""
    return _and_more(", ".join(household(code, names) for code in codes[:SHOWN]), len(codes) - SHOWN)


def _and_more(words: str, rest: int) -> str:
    if rest <= 0:
        return words
    sentence = ngettext("{told} and {n} more household", "{told} and {n} more households", rest)
    return sentence.format(told=words, n=number(rest))


def moves(detail: Mapping, names: Names) -> list[str]:
    """Households that changed hands: "2 households from Lan to Tâm: household 1 (…), household 2 (…)"."""
    return [f"{_hands(*hands, len(codes))}: {households(codes, names)}" for hands, codes in _moves(detail)]


def each_move(detail: Mapping, names: Names) -> list[str]:
    """Every household with its old and new hands."""
    rows = [(code, *hands) for hands, codes in _moves(detail) for code in codes]
    return [f"{household(code, names)}: {old or _('no one yet')} → {new or _('no one yet')}" for code, old, new in rows]


def _moves(detail: Mapping) -> list[tuple[tuple[str, str], list[str]]]:
    """Old and new hands without their numbers; nobody is empty."""
    pairs = []
    for move, codes in detail.get("moves", {}).items():
        old, new = (re.sub(r" \(\d+\)$", "", hand).replace("–", "") for hand in move.split(" → ", 1))
        pairs.append(((old, new), codes))
    return pairs


def _hands(old: str, new: str, n: int) -> str:
    if not old:
        words = ngettext("{n} unassigned household given to {new}", "{n} unassigned households given to {new}", n)
    elif not new:
        words = ngettext("{n} household of {old} left unassigned", "{n} households of {old} left unassigned", n)
    else:
        words = ngettext("{n} household from {old} to {new}", "{n} households from {old} to {new}", n)
    return words.format(n=number(n), old=old, new=new)


def every(codes: list[str], names: Names) -> str:
    return ", ".join(household(code, names) for code in codes)


# Visits


def visits(rows: Mapping, names: Names) -> str:
    """A save of the sheet, corrections first: "changed “absent” to “met” for household 17 (Trần Thị B)"."""
    lines = sorted(rows.items(), key=lambda line: (answer(line[1][0]) == "", line[0]))
    groups: dict[tuple, list[str]] = {}
    for code, pair in lines[:SHOWN]:
        groups.setdefault((answer(pair[0]), answer(pair[1])), []).append(code)
    words = ", ".join(_visit(old, new, every(codes, names)) for (old, new), codes in groups.items())
    return _and_more(words, len(lines) - SHOWN)


def each_visit(rows: Mapping, names: Names) -> list[str]:
    return [_visit(answer(pair[0]), answer(pair[1]), household(code, names)) for code, pair in sorted(rows.items())]


def _visit(old: str, new: str, households: str) -> str:
    if not old:
        return _("entered “{new}” for {households}").format(new=new or "–", households=households)
    if not new:
        return _("cleared “{old}” of {households}").format(old=old, households=households)
    if old == new:
        return _("changed the details of “{new}” for {households}").format(new=new, households=households)
    return _("changed “{old}” to “{new}” for {households}").format(old=old, new=new, households=households)


_HOW = {"swept": N_("(entered all at once)"), "paper": N_("(from paper)")}


def answer(short: object) -> str:
    """The log's "met swept s" in words; nothing where nothing stood."""
    outcome, *marks = str(short or "–").split()
    words = [small(_(labels.OUTCOMES[outcome]))] if outcome in labels.OUTCOMES else []
    flags = "".join(mark for mark in marks if mark not in _HOW)
    words += [small(_(labels.FLAGS[flag])) for flag in flags if flag in labels.FLAGS]
    how = [_(word) for mark, word in _HOW.items() if mark in marks and words]
    return " ".join([", ".join(words), *how])


def small(words: str) -> str:
    """A label inside a sentence."""
    return words[:1].lower() + words[1:]
