"""One visit in sentences: the answer, how it came about, who was not well, what was needed. Plain text, no Markdown."""

from collections.abc import Iterator, Mapping

from lib.core import clock
from lib.oversight.figures import finding_times
from lib.oversight.figures.finding_times import Hours, Key
from lib.screen.i18n import _, area, day, hour, moment, number
from lib.screen.labels import ARRIVALS, FLAGS, NEEDS, OUTCOMES, SYMPTOMS, VIOLATIONS


def visit(event: dict) -> list[str]:
    """The answer, how it came about, and what was found."""
    sentences = [_answer(event)]
    if len(event["steps"]) > 1:
        sentences.append(_("{first}; {changes}.").format(first=_first(event), changes="; ".join(_later(event))))
    now = findings(event)
    earlier = [line for step in event["steps"][:-1] for line in findings(step) if line not in now]
    return (
        sentences
        + now
        + [_("Entered earlier, since removed: {what}").format(what=line) for line in dict.fromkeys(earlier)]
    )


def _answer(event: dict) -> str:
    outcome = _(OUTCOMES[event["outcome"]]) if event["outcome"] else _("No current result")
    parts = [f"{outcome} {_('(entered all at once)')}" if event["swept"] else outcome]
    if len(event["steps"]) == 1:
        parts.append(_("entered at {hour} by {who}").format(hour=_at(event, event["steps"][0]), who=_who(event)))
    if event["channel"]:
        parts.append(_("from paper"))
    if event["late"]:
        parts.append(_("after the 14:00 cut-off"))
    if event["member"] and event["member"] != event["who"]:
        parts.append(_("responsible: {member}").format(member=event["member"]))
    return "; ".join(parts)


def _first(event: dict) -> str:
    step = event["steps"][0]
    places = {"old": _outcome(step), "hour": _at(event, step), "who": _who(step)}
    return _("First entered as “{old}” at {hour} by {who}").format(**places)


def _later(event: dict) -> list[str]:
    """Each change after the first answer; of old stores the hour of a change of marks is not known."""
    sentences = []
    for step in event["steps"][1:]:
        if not step["anew"]:
            sentences.append(_details(event, step))
        elif step["outcome"]:
            places = {"new": _outcome(step), "hour": _at(event, step), "who": _who(step)}
            sentences.append(_("changed to “{new}” at {hour} by {who}").format(**places))
        else:
            sentences.append(_("undone at {hour} by {who}").format(hour=_at(event, step), who=_who(step)))
    return sentences


def _details(event: dict, step: dict) -> str:
    if not step["at"]:
        return _("details changed by {who}").format(who=_who(step))
    return _("details changed at {hour} by {who}").format(hour=_at(event, step), who=_who(step))


def _outcome(step: dict) -> str:
    return _(OUTCOMES[step["outcome"]]) if step["outcome"] else _("Marks and note")


def _at(event: dict, step: dict) -> str:
    return _hour(step["at"], event["day"])


def _hour(stamp: str, on: str) -> str:
    """The hour; with the day where it was entered on another."""
    return hour(stamp) if clock.day_of(clock.instant(stamp)) == on else moment(stamp)


def _who(line: dict) -> str:
    return line["who"] or _("The system")


def findings(event: dict, hours: Mapping[Key, Hours] | None = None) -> list[str]:
    """Persons, then needs, violations and the note; a mark without particulars by its word. With `hours` each has its
    own."""
    sentences = []
    for key, sentence in _each_finding(event):
        entry_hours = (hours or {}).get(key)
        sentences.append(f"{sentence} ({said_at(entry_hours, event['day'])})" if entry_hours else sentence)
    return sentences


def said_at(hours: Hours, on: str) -> str:
    """ "13:42", or "09:10, changed at 13:42"; with the day where it was entered on another than the visit's."""
    first, changed = (_hour(stamp, on) for stamp in hours)
    return first if first == changed else _("{first}, changed at {hour}").format(first=first, hour=changed)


def _each_finding(event: dict) -> Iterator[tuple[Key, str]]:
    """Each finding by the name its hours have."""
    for person in event["people"]:
        yield from _person(person)
    if event["needs"]:
        yield ("all", "needs"), f"{_('Need')}: {_listed(NEEDS, event['needs'])}"
    if event["violations"]:
        yield ("all", "violations"), f"{_('Undeclared or violation')}: {_listed(VIOLATIONS, event['violations'])}"
    for flag in event["flags"]:
        if flag in FLAGS and not _explained(event, flag):
            yield ("mark", flag), _(FLAGS[flag])
    if event["note"]:
        yield ("all", "note"), f"{_('Note')}: {event['note']}"


def _explained(event: dict, flag: str) -> bool:
    """Whether what a mark stands for is told with its particulars."""
    people = event["people"]
    return bool(
        {
            "s": [person for person in people if person["symptoms"] or person["temperature"]],
            "v": [person for person in people if person["arrival"]],
            "k": event["violations"],
            "n": event["needs"],
            "g": event["note"],
        }[flag]
    )


def _person(person: dict) -> Iterator[tuple[Key, str]]:
    """ "Lê Văn A (1985): Fever, cough, since 14/08/2021; temperature 38.5 °C", "Lê Văn A (1985): Guest from …"."""
    name = f"{person['full_name']} ({person['birth_year']})" if person["birth_year"] else person["full_name"]
    signs = []
    if person["symptoms"]:
        since = ", " + _("since {day}").format(day=day(person["symptoms_since"])) if person["symptoms_since"] else ""
        signs.append(_listed(SYMPTOMS, person["symptoms"]) + since)
    if person["temperature"]:
        signs.append(_("temperature {degrees} °C").format(degrees=number(person["temperature"], 1)))
    if signs:
        yield (finding_times.ILL, person["person"]), f"{name}: {'; '.join(signs)}"
    if person["arrival"]:
        yield (finding_times.ARRIVAL, person["person"]), f"{name}: {_arrival(person)}"


def _arrival(person: dict) -> str:
    words = _(ARRIVALS[person["arrival"]])
    if person["province_name"]:
        place = area(person["province_kind"], person["province_name"])
        words = _("{arrival} from {place}").format(arrival=words, place=place)
    return words + (", " + _("arrived on {day}").format(day=day(person["arrived_on"])) if person["arrived_on"] else "")


def _listed(words: dict[str, str], codes: list[str]) -> str:
    """Words for codes in one row, only the first with a capital."""
    listed = [_(words[code]) for code in codes if code in words]
    return ", ".join([*listed[:1], *map(_lower, listed[1:])]) or "–"


def _lower(word: str) -> str:
    return word[:1].lower() + word[1:]
