"""The log as the visitor may read it, newest first."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sqlite_utils import Database

from lib.core import clock, text
from lib.oversight.report_template import versions

DAYS, MOST = 31, 200
_OWN = re.compile(r'"(own\d+)"')  # of an indicator that the province added to the form of the report
_CODE = re.compile(r"\b\d{5}-\d{4,5}\b|\b\d{7}\b")  # of a household, of a hamlet
_MOST_WORDS = 8
_FOUND = 20  # a name that more households have is too common to look their acts up by


def of_day(db: Database, day: str, query: str = "", limit: int = MOST, *, days: int = 1) -> list[dict]:
    """Acts of one day (or of the `days` up to it) in the visitor's area, newest first.

    `{id, at, who, role, action, subject, detail, area_code, area_kind, area_name, names}`; `query` is matched without
    accents against the person, the subject, the area and the records named: a household's code or the name of
    anybody in it finds everything done to it. `names` holds what the households and hamlets of all lines are called.
    """
    words, matching = text.fold(query).split(), []
    called = _called(db, words)
    for line in _log_lines(db, clock.plus(day, 1 - days), day):
        if _holds(line, words) or (called and called.search(f"{line['subject']} {line['detail']}")):
            matching.append(line)
        if len(matching) == limit:
            break
    names_known = names(db, matching)
    return [line | {"detail": json.loads(line["detail"]), "names": names_known} for line in matching]


def names(db: Database, lines: Iterable[dict]) -> dict[str, str]:
    """What households and hamlets in these lines (`detail` as JSON) are called; only what the visitor may know."""
    codes = {code for line in lines for code in _CODE.findall(f"{line['subject'] or ''} {line['detail']}")}
    names_found = db.conn.execute(
        """select code, head_name from my_households where code in (select value from json_each(:codes))
           union all
           select code, kind || ' ' || name from areas
           where level = 'hamlet' and code in (select value from json_each(:codes))""",
        {"codes": json.dumps(sorted(codes))},
    )
    return dict(names_found.fetchall()) | _indicators(db, lines)


def _indicators(db: Database, lines: Iterable[dict]) -> dict[str, str]:
    """`{"own3:vi": name, "own3:en": name}` of the province's own indicators in these lines."""
    codes = {code for line in lines for code in _OWN.findall(line["detail"])}
    called = versions.names(db) if codes else {}
    return {
        f"{code}:{name[-2:]}": called[code][name] for code in codes & called.keys() for name in ("name_vi", "name_en")
    }


def _called(db: Database, words: list[str]) -> re.Pattern | None:
    """Finds the codes of the households whose head, or somebody in them, is called so."""
    if not words or any(word[0].isdecimal() for word in words):
        return None
    words = words[:_MOST_WORDS]
    named = " and ".join(text.HOLDS.format("{0}", f":word{place}", f":other{place}") for place in range(len(words)))
    values: dict[str, str | int | None] = {f"word{place}": word for place, word in enumerate(words)}
    values |= {f"other{place}": text.whole_word(text.other_spelling(word)) for place, word in enumerate(words)}
    codes = db.conn.execute(
        f"""select distinct code from (
                select code from my_households where {named.format("head_folded")}
                union all
                select h.code
                from persons p  -- all: those in households of the visitor's are kept
                cross join my_households h
                where h.id = p.household_id and p.merged_into is null and p.id in (
                    select id
                    from persons  -- all: the same
                    where {named.format("name_folded")}))
            limit :most""",
        values | {"most": _FOUND + 1},
    ).fetchall()
    return re.compile("|".join(code for (code,) in codes)) if 0 < len(codes) <= _FOUND else None


def _log_lines(db: Database, first: str, last: str) -> Iterator[dict]:
    """The log's lines as they are read, so that a search stops when it has enough."""
    cursor = db.conn.execute(
        """select log.id, log.at, accounts.full_name as who, log.role, log.action, log.subject, log.detail,
               log.area_code, areas.kind as area_kind, areas.name as area_name
           from my_audit log left join accounts on accounts.id = log.account_id -- all: the name of who acted
           left join areas on areas.code = log.area_code
           where log.at >= :start and log.at < :end
           order by log.id desc""",
        {"start": clock.at(first, "00:00"), "end": clock.at(clock.plus(last, 1), "00:00")},
    )
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, line, strict=True)) for line in cursor)


def _holds(line: dict, words: list[str]) -> bool:
    line_words = " ".join(
        map(_folded, (line["who"] or "", line["subject"] or "", line["area_name"] or "", line["detail"]))
    )
    return all(text.holds(line_words, word) for word in words)


def _folded(words: str) -> str:
    """Saves of the sheet, most of the log, are long and hold codes only: those need no table of letters."""
    codes = words.replace("–", "-")
    return codes.lower() if codes.isascii() else _fold(words)


_fold = lru_cache(4096)(text.fold)  # the same people, teams and places on line after line
