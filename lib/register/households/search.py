"""Searches households by the name of the head or of any person living there, in any word order and without marks."""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from lib.core import text
from lib.core.database import rows, value
from lib.core.sql import GONE_STATUSES, in_force, not_over
from lib.core.words import namesakes

_MOST_WORDS = 8


@dataclass(frozen=True)
class HouseholdFilters:
    """Which households are searched: `status` is one in force on the day, or "none" for households that are visited;
    with `among` only those of these codes."""

    commune: str | None = None
    hamlet: str | None = None
    lane: str | None = None
    status: str | None = None
    unassigned: bool = False
    among: list[str] | None = None


ALL_HOUSEHOLDS = HouseholdFilters()


def search(
    db: Database, query: str, filters: HouseholdFilters = ALL_HOUSEHOLDS, *, day: str, limit: int = 50, page: int = 1
) -> list[dict]:
    """Return one page of `limit` of the visitor's households; each row has the number of all hits in `total`.

    Hits are by the head's name, code, lane, house number or telephone, and by name or telephone of other residents,
    whom `people` lists as `[{name, year}]`. For a name that half a province has, only heads are searched
    (`heads_only`). Without a query the order is that of walking, or of `among`, which limits the codes.
    """
    parameters = asdict(filters) | {
        "day": day,
        "among": None if filters.among is None else json.dumps(filters.among),
        "limit": limit,
        "offset": max(limit, 0) * (page - 1),
    }
    words = [word for word in text.name(query)[:120].split() if text.fold(word)][:_MOST_WORDS]
    _bind(words, parameters)
    way = _way(db, words, parameters) if words else HEADS
    hits = _hits(words, parameters, way)
    listed = _LISTED.replace(":hits:", hits).replace(":people:", _people(words, parameters))
    only = bool(words) and way == HEADS
    return [line | {"people": json.loads(line["people"]), "heads_only": only} for line in rows(db, listed, parameters)]


def _hits(words: list[str], parameters: dict, way: str) -> str:
    """Build the query of hits by head and address and by persons; a household counts with its best hit."""
    among = parameters["among"] is not None
    order = ("h.head_sort", "0") if words else ("''", "chosen.key") if among else ("h.hamlet_code", "h.walk_order")
    conditions = _conditions(parameters)
    heads = f"""
        select h.id, 2 * ({_score(words, parameters, "h.head_name", "h.head_folded")}) + 1 as score,
            {order[0]} as place_text, {order[1]} as place_number
        from {_AMONG if among else ""} my_households h where {conditions} and {_matches(words, parameters)}"""
    if not words:
        return heads
    people = _of_people(words, parameters, conditions, way)
    return f"select id, max(score) as score, place_text, place_number from ({heads}{people}) group by id"


_LIVING = f"p.merged_into is null and {not_over('p')}"


DOORS, NAMES, HEADS = "doors", "names", "heads"
_COMMON = 30_000  # persons of whom a part of a name says too little
_DISTRICT = 60  # communes; more of them are a province


def _way(db: Database, words: list[str], parameters: dict) -> str:
    """Choose how persons are searched: household by household up to a district; in a province by the index of names if
    the name is rare, and not at all if it is common."""
    narrow = parameters["commune"] or parameters["hamlet"] or parameters["among"] is not None
    if narrow or value(db, "select count(*) from my_communes") <= _DISTRICT:
        return DOORS
    common = value(
        db,
        f"""select count(*) from (select 1
            from persons  -- all: only how common a name is
            where {_named(words, parameters, "")} limit {_COMMON})""",
        parameters,
    )
    return NAMES if common < _COMMON else HEADS


def _of_people(words: list[str], parameters: dict, conditions: str, way: str) -> str:
    """Build the query of hits by a person living there."""
    score = f"2 * ({_score(words, parameters, 'p.full_name', 'p.name_folded')}) as score, p.name_sort, 0"
    if way == DOORS:
        return f""" union all
            select h.id, {score}
            from {_AMONG if parameters["among"] is not None else ""} my_households h
            cross join persons p  -- all: of households of the visitor's
            where p.household_id = h.id and {conditions} and {_LIVING} and {_named(words, parameters, "p.")}"""
    if way == NAMES:
        return f""" union all
            select h.id, {score}
            from persons p  -- all: those in households of the visitor's are kept
            cross join my_households h
            where h.id = p.household_id and {conditions} and {_LIVING} and p.id in (
                select id
                from persons  -- all: the same
                where {_named(words, parameters, "")})"""
    return ""


def _named(words: list[str], parameters: dict, row: str) -> str:
    """Build the condition that a person's name contains every word, or the telephone number the digits."""
    if "digits" in parameters:
        return f"{row}phone is not null and {row}phone like :digits"
    return " and ".join(_held(place, parameters, f"{row}name_folded") for place in range(len(words)))


def _held(place: int, parameters: dict, column: str) -> str:
    """Build the condition that a text contains a word, or as a whole word its spelling with i for y."""
    word = f"{column} like :word{place} escape '\\'"
    return f"({word} or ' ' || {column} || ' ' glob :other{place})" if parameters[f"other{place}"] else word


def _people(words: list[str], parameters: dict) -> str:
    """Build the JSON of the residents of `h` that match, without the head unless a head's own telephone matches."""
    if not words:
        return "'[]'"
    other = "" if "digits" in parameters else "and p.name_folded <> h.head_folded"
    return f"""(select json_group_array(json_object('name', full_name, 'year', birth_year))
        from (select p.full_name, p.birth_year
            from persons p  -- all: of a household of the visitor's
            where p.household_id = h.id and {_LIVING} and {_named(words, parameters, "p.")} {other}
            order by p.name_sort, p.id))"""


# The cross join looks up the few codes of `among` instead of scanning all households.
_AMONG = "json_each(:among) chosen cross join"
_IN_FORCE = in_force("a")
_STATUS = f"""(select s.status
    from household_status s  -- all: of a household of the visitor's
    where s.household_id = h.id and {in_force("s")})"""
_ASSIGNED = f"""exists (select 1
    from assignments a  -- all: of a household of the visitor's
    where a.household_id = h.id and {_IN_FORCE})"""


# The shown columns are read for one page only, not for all hits.
_LISTED = f"""
    with hits as materialized (:hits:),
    shown as materialized (
        select id, score, place_text, place_number, (select count(*) from hits) as total
        from hits order by score desc, place_text, place_number, id limit :limit offset :offset)
    select h.code, h.head_name, h.commune_code, h.hamlet_code, h.lane, h.house_number, h.phone, h.person_count,
        h.walk_order, hamlets.kind as hamlet_kind, hamlets.name as hamlet_name,
        communes.kind as commune_kind, {namesakes.full("communes")} as commune_name,
        m.full_name as member_name, t.name as team_name, {_STATUS} as status, shown.total, :people: as people
    from shown join my_households h on h.id = shown.id
    join areas hamlets on hamlets.code = h.hamlet_code
    join areas communes on communes.code = h.commune_code
    left join assignments a  -- all: of a household of the visitor's
        on a.household_id = h.id and {_IN_FORCE}
    left join members m on m.id = a.member_id  -- all: who comes to this door
    left join teams t on t.id = a.team_id  -- all: who comes to this door
    order by shown.score desc, shown.place_text, shown.place_number, shown.id"""


def _conditions(parameters: dict) -> str:
    """Build only the conditions in use: an index serves them, which `:x is null or` would prevent."""
    columns = {"commune": "h.commune_code", "hamlet": "h.hamlet_code", "lane": "h.lane"}
    conditions = [f"{column} = :{name}" for name, column in columns.items() if parameters[name]]
    conditions += ["h.code = chosen.value"] if parameters["among"] is not None else []
    if parameters["status"] == "none":
        conditions.append(f"{_STATUS} is null")
    elif parameters["status"]:
        conditions.append(f"{_STATUS} = :status")
    if parameters["unassigned"]:
        conditions.append(f"not {_ASSIGNED} and ifnull({_STATUS}, '') not in {GONE_STATUSES}")
    return " and ".join(conditions or ["1"])


def _bind(words: list[str], parameters: dict) -> None:
    """Add the parameters of the words: each anywhere in a text, and all of them as a telephone number."""
    for place, word in enumerate(words):
        parameters[f"word{place}"] = _anywhere(text.fold(word))
        parameters[f"other{place}"] = text.whole_word(text.other_spelling(text.fold(word)))
    if (digits := _telephone(" ".join(words))) is not None:
        parameters["digits"] = _anywhere(digits)


def _matches(words: list[str], parameters: dict) -> str:
    """Build the condition that the search text contains every word, or the telephone number."""
    every = " and ".join(_held(place, parameters, "h.search_text") for place in range(len(words))) or "1"
    return f"({every} or h.search_text like :digits)" if "digits" in parameters else every


def _anywhere(folded: str) -> str:
    """Return a LIKE pattern that takes a typed % or _ literally."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", folded) + "%"


def _telephone(typed: str) -> str | None:
    """Return the digits as stored, if only a telephone number or a part of one was typed."""
    if not re.fullmatch(r"\+?[\d\s.()\-]{3,20}", typed):
        return None
    digits = re.sub(r"\D", "", typed)
    return re.sub(r"^(0084|84(?=\d{9,10}$))", "0", digits) if not typed.startswith("+84") else f"0{digits[2:]}"


def _score(words: list[str], parameters: dict, name: str, folded: str) -> str:
    """Build the score: typed marks weigh most (twice at a word's start), then whole words, then their order."""
    terms = ["0"]
    for place, word in enumerate(words):
        for which, spelling in enumerate(_placements(word)):
            key = f"exact{place}_{which}"
            parameters |= {f"{key}a": text.capitalised(spelling), f"{key}b": spelling.upper(), f"{key}c": spelling}
            terms.append(f"8 * (instr({name}, :{key}a) or instr({name}, :{key}b))")
            terms.append(f"4 * (instr({name}, :{key}c) > 0)")
        parameters[f"whole{place}"] = f" {text.fold(word)} "
        terms.append(f"2 * (instr(' ' || {folded} || ' ', :whole{place}) > 0)")
        if parameters[f"other{place}"]:
            terms.append(f"(' ' || {folded} || ' ' glob :other{place})")
    parameters["phrase"] = text.fold(" ".join(words))
    return " + ".join([*terms, f"(instr({folded}, :phrase) > 0)"])


def _tone_pairs() -> dict[str, str]:
    """Return the two spellings of each toned vowel pair: oà -> òa and so on."""
    tones = "\u0300\u0301\u0309\u0303\u0323"
    pairs = [(first, second, tone) for first, second in ("oa", "oe", "uy") for tone in tones]
    nfc = unicodedata.normalize
    return {nfc("NFC", f"{one}{two}{tone}"): nfc("NFC", f"{one}{tone}{two}") for one, two, tone in pairs}


_PAIRS = _tone_pairs()


def _placements(word: str) -> list[str]:
    """Return a word as typed, and with its tone on the other vowel (hoà, hòa) where both are in use."""
    lower = word.casefold()
    new, old = lower, lower
    for late, early in _PAIRS.items():
        new, old = new.replace(early, late), old.replace(late, early)
    return list(dict.fromkeys([lower, new, old]))
