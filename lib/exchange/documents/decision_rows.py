"""Teams, members and households of a commune, as its decision lists them; read as far as the taker may see names."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from lib.core import access
from lib.core.access import User, require
from lib.core.database import rows, value
from lib.core.errors import N_, Conflict
from lib.core.sql import GONE_STATUSES, in_force
from lib.core.words import phone, place_words
from lib.core.words.place_words import PlaceWords
from lib.exchange.columns.code_words import CATEGORIES, POSITIONS
from lib.exchange.documents import letterheads
from lib.exchange.letters import official
from lib.exchange.paper import words as paper_words
from lib.register import rule_sources
from lib.register.areas import choices

_HEADS = {"Trưởng tổ dân phố": "Tổ trưởng tổ dân phố", "Phó trưởng tổ dân phố": "Tổ phó tổ dân phố"}
RIGHT = "sheet.export"  # names leave the register only with those who take lists

_TEAMS = f"""
    select t.id, t.name, h.kind, h.kind || ' ' || h.name as hamlet, t.decision_no, t.decision_day
    from my_teams t join areas h on h.code = t.hamlet_code
    where t.commune_code = :commune and {in_force("t")}
    order by t.name_sort, t.id
"""
_MEMBERS = f"""
    select m.team_id, m.full_name, m.birth_year, m.phone, m.role, m.position, m.position_words,
        m.categories ->> 0 as category
    from my_members m join my_teams t on t.id = m.team_id
    where t.commune_code = :commune and {in_force("m")}
    order by m.team_id, case m.role when 'leader' then 0 when 'deputy' then 1 else 2 end, m.name_sort, m.id
"""
_HOUSEHOLDS = f"""
    select a.team_id, m.full_name as member, h.code, h.head_name, h.person_count as persons,
        h.house_number, h.lane, h.group_name
    from my_assignments a
    join my_households h on h.id = a.household_id
    join my_members m on m.id = a.member_id
    where h.commune_code = :commune and {in_force("a")}
        and not exists (select 1 from my_status s where s.household_id = h.id and s.status in {GONE_STATUSES}
            and {in_force("s")})
    order by a.team_id, case m.role when 'leader' then 0 when 'deputy' then 1 else 2 end, m.name_sort, m.id,
        h.walk_order, h.code
"""


def gathered(
    db: Database, user: User, commune: str, *, day: str, founding: bool | None = None, number: str = ""
) -> dict:
    """What `decision_letter.decision` takes; NotFound for a stranger, Conflict while the commune has no team.

    Unless told, it founds the teams when none of them has an earlier decision, else it reorganises them.
    """
    access.check(user, RIGHT)
    require(access.holds_area(db, user, commune) or None, N_("There is no such unit in your area; choose another."))
    above = [choices.get(db, line["code"]) for line in choices.path(db, commune)]
    values = {"commune": commune, "day": day}
    listed = rows(db, _TEAMS, values)
    if not listed:
        raise Conflict(N_("This commune has no team on that day, so there is nothing to decide."))
    words = place_words.of(db, commune)
    members, households = _by_team(db, _MEMBERS, values), _by_team(db, _HOUSEHOLDS, values)
    return {
        **dict(zip(("province", "district", "commune"), above, strict=True)),
        "day": day,
        "founding": founds(db, commune, day) if founding is None else founding,
        "number": number.strip(),
        "bases": _bases(db),
        "replaced": _earlier(listed, day),
        "words": words,
        "head": letterheads.of(db, commune, "state"),
        "unassigned": _left_out(db, values, households),
        "teams": [
            {
                "name": _bare(team),
                "hamlet": team["hamlet"],
                "members": [_member(line, team["kind"]) for line in members.get(team["id"], [])],
                "households": [line | {"address": paper_words.place(line)} for line in households.get(team["id"], [])],
            }
            for team in listed
        ],
    }


def _left_out(db: Database, values: dict, listed: dict[int, list[dict]]) -> int:
    """Households of the commune that no member of these teams is named for."""
    living = value(
        db,
        f"""select count(*) from my_households h where h.commune_code = :commune and h.from_day <= :day
               and not exists (select 1 from my_status s where s.household_id = h.id and s.status in {GONE_STATUSES}
                   and {in_force("s")})""",
        values,
    )
    return living - sum(len(lines) for lines in listed.values())


def founds(db: Database, commune: str, day: str) -> bool:
    """Whether none of the commune's teams has a decision of an earlier day."""
    listed = rows(db, _TEAMS, {"commune": commune, "day": day})
    return not any(team["decision_no"] and (team["decision_day"] or "") < day for team in listed)


def _bases(db: Database) -> list[str]:
    """The State's document on the teams, where the province entered it."""
    source = rule_sources.read(db)[rule_sources.STATE]
    if source is None:
        return []
    about = f" {source.about}" if source.about else ""
    return [f"Căn cứ {source.citation(official.long_date(source.day))}{about}"]


def _earlier(listed: list[dict], day: str) -> list[tuple[str, str]]:
    """Number and day of each decision the teams stand on, those of earlier days, the oldest first."""
    decisions = {(team["decision_no"], team["decision_day"]) for team in listed if team["decision_no"]}
    return sorted((pair for pair in decisions if pair[1] and pair[1] < day), key=itemgetter(1, 0))


def _bare(team: dict) -> str:
    """Without the hamlet that stands beside it anyway; any other addition tells teams apart."""
    bare, _dash, where = team["name"].partition(" – ")
    return bare if where.casefold() == team["hamlet"].casefold() else team["name"]


def _by_team(db: Database, sql: str, values: dict) -> dict[int, list[dict]]:
    return {team: list(lines) for team, lines in groupby(rows(db, sql, values), itemgetter("team_id"))}


def _member(line: dict, kind: str) -> dict:
    """With the post as the member's own hamlet says it: "Trưởng ấp", "Tổ trưởng tổ dân phố"; another in its words."""
    words = line.pop("position_words")
    post = POSITIONS.get(line["position"]) if line["position"] != "other" else words and (words,)
    post_words = PlaceWords((kind,)).put((post or CATEGORIES.get(line["category"]) or ("",))[0])
    return line | {"position": _HEADS.get(post_words, post_words), "phone": phone.spaced(line["phone"])}


def communes(db: Database, user: User, area: str, day: str) -> list[str]:
    """Codes of the communes of an area that have a team on the day; NotFound for a stranger."""
    require(access.holds_area(db, user, area) or None, N_("There is no area with this code; check the code."))
    inside = (
        [area]
        if choices.get(db, area)["level"] == "commune"
        else [line["code"] for line in choices.below(db, area, "commune")]
    )
    teams = rows(
        db,
        f"""select distinct commune_code from my_teams
           where {in_force()}""",
        {"day": day},
    )
    codes = {line["commune_code"] for line in teams}
    return [code for code in inside if code in codes]


def each(db: Database, user: User, codes: list[str], *, day: str, founding: bool | None = None) -> Iterator[dict]:
    """One commune after the other, in memory only while its file is made."""
    for code in codes:
        yield gathered(db, user, code, day=day, founding=founding)
