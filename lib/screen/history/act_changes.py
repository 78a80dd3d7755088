"""What an act changed, as phrases: what stood there before and what stands there now, in words.

Pure functions over `audit_log.detail`; `names` maps codes of households and hamlets to what people call them, as far as
the reader may know them. Phrases are plain text and begin small, to be joined to a sentence.
"""

import json
from collections.abc import Mapping
from functools import cache

from lib.oversight.report_template import versions
from lib.screen import i18n, labels
from lib.screen.excel.file_words import KINDS
from lib.screen.history.act_households import Names, household, serial, small
from lib.screen.i18n import N_, _, day, moment, ngettext, number

_FACTS = 6  # particulars of a new thing told in the sentence itself

# Columns whose values are codes.
CODES = {
    "availability": labels.AVAILABILITY,
    "categories": labels.CATEGORIES,
    "duty": labels.DUTIES,
    "dwelling": labels.DWELLINGS,
    "equipment": labels.EQUIPMENT,
    "exposures": labels.EXPOSURES,
    "kind": {level: labels.ROLES[level] for level in ("district", "province")},
    "list": KINDS,
    "model": labels.TEAM_MODELS,
    "organisation": labels.ORGANISATIONS,
    "position": labels.POSITIONS,
    "relation": labels.RELATIONS,
    "residence": labels.RESIDENCES,
    "role": {**labels.ROLES, **labels.MEMBER_ROLES},
    "sex": labels.SEXES,
    "status": {**labels.TEAM_STATUS, **labels.HOUSEHOLD_STATUS},
    "vulnerabilities": labels.VULNERABILITIES,
}
_YES_NO = ("active", "alive", "is_pilot")
_PLACES = ("hamlet_code", "hamlets")
_DAYS = {"from_day": N_("from {day}"), "until_day": N_("until {day}")}


# Fields


def changes(detail: Mapping, names: Names) -> list[str]:
    """`{field: [old, new]}` in words: "lane from “Hẻm 1” to “Hẻm 2”"; of a new thing what it is: "lane: Hẻm 1"."""
    pairs = {name: pair for name, pair in detail.items() if _is_pair(pair)}
    if all(_empty(old) for old, _new in pairs.values()) and len(pairs) > 1:
        return [_fact(name, new, names) for name, (_old, new) in pairs.items() if not _empty(new)]
    return [_change(name, old, new, names) for name, (old, new) in pairs.items()]


def facts(detail: Mapping, names: Names) -> list[str]:
    """What the line says of a thing without an old value: its status, its first day, its role."""
    known_facts = {name: fact for name, fact in detail.items() if name in labels.FIELDS and isinstance(fact, str | int)}
    return [_fact(name, fact, names) for name, fact in known_facts.items() if not _empty(fact)]


def shortened(phrases: list[str]) -> list[str]:
    """The first of many, and how many more there are."""
    if len(phrases) <= _FACTS + 1:
        return phrases
    more = len(phrases) - _FACTS
    return [*phrases[:_FACTS], ngettext("{n} more item", "{n} more items", more).format(n=number(more))]


def is_change(fact: object) -> bool:
    """Whether something stood there before."""
    return _is_pair(fact) and not _empty(fact[0])


def _is_pair(fact: object) -> bool:
    return isinstance(fact, list) and len(fact) == 2


def _empty(value: object) -> bool:
    return value in (None, "", "[]", "–") or value == []


def _change(name: str, old: object, new: object, names: Names) -> str:
    if name in _DAYS and _empty(old):
        return _fact(name, new, names)
    old, new = (_("empty") if _empty(one) else f"“{value(name, one, names)}”" for one in (old, new))
    return _("{field} from {old} to {new}").format(field=_field(name, names), old=old, new=new)


def _fact(name: str, fact: object, names: Names) -> str:
    if name in _DAYS:
        return _(_DAYS[name]).format(day=day(str(fact)))
    return f"{_field(name, names)}: {value(name, fact, names)}"


def _field(name: str, names: Names) -> str:
    """A column's word, a figure's name; of an indicator of the province's own what the line's `names` call it."""
    if name in labels.FIELDS:
        return small(_(labels.FIELDS[name]))
    own = names.get(f"{name}:{i18n.language()}")
    return small(own) if own else i18n.in_place(_figure(name, i18n.language())) or name


@cache
def _figure(code: str, language: str) -> str:
    """A figure of the report by the name it came with; texts may have been edited since, codes never are."""
    line = next((line for line in versions.delivered() if line["code"] == code), None)
    return small(line[f"name_{language}"]) if line else ""


def value(name: str, stored: object, names: Names) -> str:
    """A stored value in words: a code by its label, a day the Vietnamese way."""
    if name in _YES_NO or isinstance(stored, bool):
        return _("yes") if stored else _("no")
    if name.endswith("_day"):
        return day(str(stored))
    if name == "as_of":
        return moment(str(stored))
    codes = name in CODES and isinstance(stored, str) and stored.startswith("[")  # words in brackets are no list
    many = json.loads(stored) if codes else stored
    many = many if isinstance(many, list) else [many]
    if name in _PLACES:
        return ", ".join(names.get(code, code) for code in many)
    return ", ".join(_(CODES.get(name, {}).get(code, "")) or _household_or(code, names) for code in many)


def _household_or(code: object, names: Names) -> str:
    text = str(code)
    return household(text, names) if serial(text) != text else text
