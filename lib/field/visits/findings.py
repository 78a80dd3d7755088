"""Checks, cleans and compares the findings about the people of one row."""

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.errors import N_, Invalid, Say
from lib.core.words import dates
from lib.field.visits import screenings

SYMPTOMS = (
    "fever",
    "cough",
    "sore_throat",
    "dyspnoea",
    "taste_loss",
    "smell_loss",
    "flu_like",
    "fatigue",
    "runny_nose",
    "body_ache",
    "chest_pain",
    "diarrhoea",
)
ARRIVALS = ("guest", "returnee")
LEAST, MOST = 34.0, 42.0  # degrees a living person can have
DAYS_BACK = 60
LIMIT = 99  # people of one row, as many as a household has at most
NAME_LIMIT = 80

UNREADABLE = Say(N_("This row could not be read. Reload the page and enter it again."))
_STRANGE = Say(N_("This person does not belong to this household. Reload the page and choose again."))
_MANY = Say(N_("A row may name at most {limit} persons. Write the others in the note."), {"limit": LIMIT})
_NAMELESS = Say(N_("Type the name of the new person, or choose one of the household."))
_LONG = N_("The name “{name}…” is too long: at most {limit} characters.")
_TWICE = N_("{name} is entered twice. Keep one entry.")
_EMPTY = N_("Enter what was found with {name}, or remove this entry.")
_HEAT = N_("{name}: the temperature must be between 34 and 42 °C. Measure again or leave it empty.")
_DAY = N_("{name}: the day must be between {first} and {last}.")
_PROVINCE = N_("{name}: choose the province from the list.")


def cleaned(db: Database, household: int, sent: object, day: str) -> list[dict]:
    """Return the people of a row as stored, with `person` None for a new one; raise Invalid with the fault."""
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise Invalid({"row": UNREADABLE})
    if len(sent) > LIMIT:
        raise Invalid({"people": _MANY})
    listed = screenings.everybody(db, household)
    people = [one for one in (_finding(_who(one, listed, day), one, day) for one in sent) if one]
    seen = set()
    for one in people:
        who = one["person"] or (text.fold(one["name"]), one["year"])
        if who in seen:
            raise _fault(_TWICE, one["name"])
        seen.add(who)
    return people


def chosen(sent: object, among: tuple[str, ...]) -> list[str]:
    """Return the codes sent, in the list's order, each once; raise Invalid for others."""
    codes = sent or []
    if not isinstance(codes, list) or any(code not in among for code in codes):
        raise Invalid({"row": UNREADABLE})
    return [code for code in among if code in codes]


def same(some: list[dict], others: list[dict]) -> bool:
    """Whether two lists have the same findings about the same people, in any order."""
    return _content(some) == _content(others)


def _content(people: list[dict]) -> dict:
    columns = ("symptoms", "since", "temperature", "arrival", "province", "arrived_on")
    return {one["person"] or one["name"]: [one[name] for name in columns] for one in people}


def _who(one: dict, listed: list[dict], day: str) -> dict:
    """Return a person of the household by id, else by folded name and year, so that nobody is added twice."""
    number, name, year = one.get("person"), one.get("name"), one.get("year")
    if number is not None:
        person = next((line for line in listed if line["person"] == number and type(number) is int), None)
        if person is None:
            raise Invalid({"people": _STRANGE})
        return {**person}
    if not isinstance(name or "", str) or type(year) not in (int, type(None)):
        raise Invalid({"row": UNREADABLE})
    name = text.clean(name)
    if not name:
        raise Invalid({"people": _NAMELESS})
    if len(name) > NAME_LIMIT:
        raise Invalid({"people": Say(_LONG, {"name": name[:30], "limit": NAME_LIMIT})})
    living = [line for line in listed if line["until_day"] is None or line["until_day"] > day]
    same_persons = (line for line in living if (line["folded"], line["year"]) == (text.fold(name), year))
    return {**next(same_persons, {"person": None, "name": name, "year": year})}


def _finding(who: dict, one: dict, day: str) -> dict | None:
    """Return the finding about a person; None if there is none."""
    name, arrival = who["name"], one.get("arrival")
    symptoms = chosen(one.get("symptoms"), SYMPTOMS)
    heat = _temperature(one.get("temperature"), name)
    if arrival not in (None, *ARRIVALS):
        raise Invalid({"row": UNREADABLE})
    if not symptoms and heat is None and arrival is None:
        if who["person"] is None:
            raise _fault(_EMPTY, name)
        return None
    province = one.get("province") if arrival else None
    if province is not None and (not isinstance(province, str) or province not in screenings.provinces()):
        raise _fault(_PROVINCE, name)
    return {
        "person": who["person"],
        "name": name,
        "year": who["year"],
        "symptoms": symptoms,
        "since": _day(one.get("since"), name, day) if symptoms or heat else None,
        "temperature": heat,
        "arrival": arrival,
        "province": province,
        "arrived_on": _day(one.get("arrived_on"), name, day) if arrival else None,
    }


def _temperature(sent: object, name: str) -> float | None:
    if sent is None:
        return None
    if not isinstance(sent, int | float) or isinstance(sent, bool) or not LEAST <= round(sent, 1) <= MOST:
        raise _fault(_HEAT, name)
    return float(round(sent, 1))


def _day(sent: object, name: str, day: str) -> str | None:
    """Return a day of the two months before the visit; raise Invalid for any other."""
    first = clock.plus(day, -DAYS_BACK)
    if sent in (None, ""):
        return None
    if not isinstance(sent, str) or not dates.is_day(sent) or not first <= sent <= day:
        raise _fault(_DAY, name, first=dates.shown(first), last=dates.shown(day))
    return sent


def _fault(sentence: str, name: str, **places: str) -> Invalid:
    return Invalid({"people": Say(sentence, {"name": name, **places})})
