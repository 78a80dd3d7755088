"""Finding a household while its name is typed: any word order, with or without marks, exact marks first."""

import json
import re
import unicodedata

from sqlite_utils import Database

from lib.core import namesakes, text
from lib.core.database import rows

_MOST_WORDS = 8


def search(
    db: Database,
    query: str,
    *,
    day: str,
    commune: str | None = None,
    hamlet: str | None = None,
    lane: str | None = None,
    status: str | None = None,
    unassigned: bool = False,
    among: list[str] | None = None,
    limit: int = 50,
    page: int = 1,
) -> list[dict]:
    """One page of `limit` of the visitor's households; each row says in `total` how many were found.

    Found by name, code, lane, house number or telephone. Without a query they come in walking order, or in the order
    of `among` where only these codes are asked for. `status` is a status in force on the day, or "none" for
    households that are visited.
    """
    places = {
        "day": day,
        "commune": commune,
        "hamlet": hamlet,
        "lane": lane,
        "status": status,
        "among": None if among is None else json.dumps(among),
        "limit": limit,
        "offset": max(limit, 0) * (page - 1),
    }
    words = [word for word in text.clean(query)[:120].split() if text.fold(word)][:_MOST_WORDS]
    among_them = among is not None
    order = ("h.head_sort", "0") if words else ("''", "chosen.key") if among_them else ("h.hamlet_code", "h.walk_order")
    hits = f"""
        select h.id, {_score(words, places)} as score, {order[0]} as place_text, {order[1]} as place_number
        from {_AMONG if among_them else ""} my_households h where {_conditions(words, places, unassigned)}"""
    return rows(db, _LISTED.replace(":hits:", hits), places)


# The cross join looks up the few that were asked for instead of walking all the others.
_AMONG = "json_each(:among) chosen cross join"
_IN_FORCE = "a.from_day <= :day and (a.until_day is null or a.until_day > :day)"
_STATUS = """(select s.status
    from household_status s  -- all: of a household of the visitor's
    where s.household_id = h.id and s.from_day <= :day and (s.until_day is null or s.until_day > :day))"""
_ASSIGNED = f"""exists (select 1
    from assignments a  -- all: of a household of the visitor's
    where a.household_id = h.id and {_IN_FORCE})"""


# What is shown is looked up for the few that fit on a page, not for all that were hit.
_LISTED = f"""
    with hits as materialized (:hits:),
    shown as materialized (
        select id, score, place_text, place_number, (select count(*) from hits) as total
        from hits order by score desc, place_text, place_number, id limit :limit offset :offset)
    select h.code, h.head_name, h.commune_code, h.hamlet_code, h.lane, h.house_number, h.phone, h.person_count,
        h.walk_order, hamlets.kind as hamlet_kind, hamlets.name as hamlet_name,
        communes.kind as commune_kind, {namesakes.full("communes")} as commune_name,
        m.full_name as member_name, t.name as team_name, {_STATUS} as status, shown.total
    from shown join my_households h on h.id = shown.id
    join areas hamlets on hamlets.code = h.hamlet_code
    join areas communes on communes.code = h.commune_code
    left join assignments a  -- all: of a household of the visitor's
        on a.household_id = h.id and {_IN_FORCE}
    left join members m on m.id = a.member_id  -- all: who comes to this door
    left join teams t on t.id = a.team_id  -- all: who comes to this door
    order by shown.score desc, shown.place_text, shown.place_number, shown.id"""


def _conditions(words: list[str], places: dict, unassigned: bool) -> str:
    """Only conditions that were asked for: an index serves them, which `:x is null or` would prevent."""
    columns = {"commune": "h.commune_code", "hamlet": "h.hamlet_code", "lane": "h.lane"}
    asked = [f"{column} = :{name}" for name, column in columns.items() if places[name]]
    asked += ["h.code = chosen.value"] if places["among"] is not None else []
    if places["status"] == "none":
        asked.append(f"{_STATUS} is null")
    elif places["status"]:
        asked.append(f"{_STATUS} = :status")
    if unassigned:
        asked.append(f"not {_ASSIGNED} and ifnull({_STATUS}, '') not in ('moved', 'merged')")
    return " and ".join([*asked, _matches(words, places)])


def _matches(words: list[str], places: dict) -> str:
    """Every word somewhere in the search text; or, for digits with dots and spaces, the telephone number."""
    if not words:
        return "1"
    for place, word in enumerate(words):
        places[f"word{place}"] = _anywhere(text.fold(word))
    every = " and ".join(f"h.search_text like :word{place} escape '\\'" for place in range(len(words)))
    digits = _telephone(" ".join(words))
    if digits is None:
        return every
    places["digits"] = _anywhere(digits)
    return f"({every} or h.search_text like :digits)"


def _anywhere(folded: str) -> str:
    """A LIKE pattern in which % and _ are what was typed."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", folded) + "%"


def _telephone(typed: str) -> str | None:
    """Digits as numbers are stored, when nothing but a (part of a) telephone number was typed."""
    if not re.fullmatch(r"\+?[\d\s.()\-]{3,20}", typed):
        return None
    digits = re.sub(r"\D", "", typed)
    return re.sub(r"^(0084|84(?=\d{9,10}$))", "0", digits) if not typed.startswith("+84") else f"0{digits[2:]}"


def _score(words: list[str], places: dict) -> str:
    """Words with the very marks typed weigh most (at the start of a word twice), then whole words, then their order."""
    terms = ["0"]
    for place, word in enumerate(words):
        for which, spelling in enumerate(_placements(word)):
            name = f"exact{place}_{which}"
            places |= {f"{name}a": text.capitalised(spelling), f"{name}b": spelling.upper(), f"{name}c": spelling}
            terms.append(f"8 * (instr(h.head_name, :{name}a) or instr(h.head_name, :{name}b))")
            terms.append(f"4 * (instr(h.head_name, :{name}c) > 0)")
        places[f"whole{place}"] = f" {text.fold(word)} "
        terms.append(f"2 * (instr(' ' || h.head_folded || ' ', :whole{place}) > 0)")
    places["phrase"] = text.fold(" ".join(words))
    return " + ".join([*terms, "(instr(h.head_folded, :phrase) > 0)"])


def _tone_pairs() -> dict[str, str]:
    """oà -> òa and the like: two ways to write one word."""
    tones = "\u0300\u0301\u0309\u0303\u0323"
    pairs = [(first, second, tone) for first, second in ("oa", "oe", "uy") for tone in tones]
    nfc = unicodedata.normalize
    return {nfc("NFC", f"{one}{two}{tone}"): nfc("NFC", f"{one}{tone}{two}") for one, two, tone in pairs}


_PAIRS = _tone_pairs()


def _placements(word: str) -> list[str]:
    """A word as typed, and with its tone on the other vowel (hoà, hòa) where both are in use."""
    lower = word.casefold()
    new, old = lower, lower
    for late, early in _PAIRS.items():
        new, old = new.replace(early, late), old.replace(late, early)
    return list(dict.fromkeys([lower, new, old]))
