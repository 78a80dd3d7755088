"""Every count a report is made of, by commune, as known at an instant.

Visits and who was due are counted as recorded by then. Lists of teams, members and hamlets, and the persons of a
household, are taken as they stand when the counting is done, which for a frozen report is noted with it.
"""

import json

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows
from lib.core.rollup import OUTCOME_AT
from lib.core.sql import in_force
from lib.oversight.figures import as_known, counts
from lib.oversight.figures.measures import ATTEMPTED, DUE, SEEN, summed
from lib.register import size_rules

_TEAMS = """
    select t.commune_code as key,
        count(*) filter (where {in_force} and t.from_day = :day) as teams_founded,
        count(*) filter (where t.until_day = :day) as teams_dissolved,
        count(*) filter (where {in_force} and t.status = 'reconstituting') as teams_reconstituting,
        count(*) filter (where {in_force} and t.model = 'hamlet') as teams_hamlet,
        count(*) filter (where {in_force} and t.model = 'residential_area') as teams_residential,
        ifnull(sum(m.n) filter (where {in_force}), 0) as members,
        ifnull(sum(m.available) filter (where {in_force}), 0) as members_available,
        count(*) filter (where {in_force} and ifnull(m.n, 0) not between :least and :most) as teams_off_size
    from teams t -- all: for sums only
    left join (
        select team_id, count(*) as n, sum(availability = 'available') as available
        from members -- all: for sums only
        where {member} group by team_id
    ) m on m.team_id = t.id
    group by t.commune_code
""".format(in_force=in_force("t"), member=in_force())

_TWO_MODELS = f"""
    select substr(hamlet_code, 1, 5) as key, count(*) as hamlets_two_models from (
        select h.hamlet_code from (
            select id as team_id, hamlet_code
            from teams -- all: for sums only
            union select team_id, hamlet_code from team_hamlets
        ) h join teams t -- all: for sums only
            on t.id = h.team_id and {in_force("t")}
        group by h.hamlet_code having count(distinct t.model) > 1)
    group by 1
"""

# Teams with households due on both days that visited nobody, by what was recorded by :at. Where lists changed since,
# households are those of that instant; else the look at a team stops at its first door.
_QUIET = """
    select d.commune_code as key, count(*) as teams_silent
    from team_day d
    join team_day b on b.day = :before and b.commune_code = d.commune_code and b.team_id = d.team_id and b.due > 0
    where d.day = :day and d.due > 0 and {quiet}
    group by d.commune_code
"""
_VISITED = f"""
    join visits v -- all: for sums only
        on v.day in (:day, :before) and v.household_id = a.household_id
    where {in_force("a", "v.day")}
        and {OUTCOME_AT.format(at=":at")} is not null
"""
_SILENT = _QUIET.format(
    quiet=f"""not exists (
        select 1
        from assignments a -- all: for sums only
        {_VISITED} and a.team_id = d.team_id)"""
)
_SILENT_KNOWN = f"""
    with given as materialized ({as_known.ASSIGNMENTS}),
    visited as materialized (select distinct a.team_id from given a {_VISITED})
""" + _QUIET.format(quiet="d.team_id not in (select team_id from visited)")

# The version of each visit written by :at, as far as it carries a mark.
_FOUND = """
    with marked as materialized (
        select household_id, version, flags, outcome
        from visits -- all: for sums only
        where day = :day and flags <> '' and ifnull(changed_at, recorded_at) <= :at
        union all
        select p.household_id, p.version, p.flags, p.outcome from visit_past p
        where p.day = :day and p.flags <> '' and ifnull(p.changed_at, p.recorded_at) <= :at
            and p.version = (
                select max(q.version) from visit_past q
                where q.day = :day and q.household_id = p.household_id and ifnull(q.changed_at, q.recorded_at) <= :at)
            and not exists (
                select 1
                from visits v -- all: for sums only
                where v.day = :day and v.household_id = p.household_id and ifnull(v.changed_at, v.recorded_at) <= :at)
    )
    select h.commune_code as key,
        count(*) filter (where instr(flags, 's')) as households_symptoms,
        count(*) filter (where instr(flags, 'k')) as households_violating,
        count(*) filter (where instr(flags, 'n')) as households_needing,
        sum((select count(*) from screenings s where s.day = :day and s.household_id = marked.household_id
            and s.version = marked.version and s.symptoms <> '[]')) as symptomatic,
        sum((select count(*) from screenings s where s.day = :day and s.household_id = marked.household_id
            and s.version = marked.version and s.arrival is not null)) as arrivals
    from marked join households h on h.id = marked.household_id -- all: for sums only
    group by h.commune_code
"""

_MORE = (
    "teams_founded",
    "teams_dissolved",
    "teams_reconstituting",
    "teams_hamlet",
    "teams_residential",
    "members",
    "members_available",
    "teams_off_size",
    "hamlets_two_models",
    "teams_silent",
    "households_symptoms",
    "households_violating",
    "households_needing",
    "symptomatic",
    "arrivals",
)


def of_communes(db: Database, day: str, at: str, *, only: list[str] | None = None) -> dict[str, dict]:
    """`{commune: counts}` of every commune, or of these only, as recorded by the stamp `at`, by the rules in force."""
    rules = size_rules.read(db)
    communes = [line["code"] for line in rows(db, "select code from areas where level = 'commune' order by code")]
    communes = communes if only is None else only
    values = {"day": day, "before": clock.plus(day, -1), "at": at, "least": rules.team_min, "most": rules.team_max}
    by_commune = counts.by_key(db, "commune_code", communes, counts.AsOf(day, at))
    by_code = {code: dict.fromkeys(_MORE, 0) | counts.nothing() | by_commune.get(code, {}) for code in communes}
    silent = _SILENT_KNOWN if as_known.changed(db, at).teams else _SILENT
    for sql in (_TEAMS, _TWO_MODELS, silent, _FOUND):
        for line in rows(db, sql, {name: value for name, value in values.items() if f":{name}" in sql}):
            if (key := line.pop("key")) in by_code:
                by_code[key].update(line)
    for sums in by_code.values():
        sums |= _standing(_named(sums), rules.coverage_target / 100)
    return by_code


def _named(sums: dict) -> dict:
    """The counts under the names that measures sum."""
    sums["seen_met"], sums["seen_phone"] = sums.pop("met"), sums.pop("phone")
    return sums


def _standing(sums: dict, target: float) -> dict[str, int]:
    """Without entries a commune is not reported, which is not below the target."""
    due, reports = summed(DUE, sums), summed(ATTEMPTED, sums) > 0
    below = reports and due > 0 and summed(SEEN, sums) / due < target
    return {"communes_asked": int(due > 0), "communes_reporting": int(reports), "communes_below": int(below)}


def total(parts: list[dict]) -> dict:
    """Counts of an area from those of its communes; the latest of the hours."""
    names = [name for name in parts[0] if name != "last_entry_at"] if parts else []
    summed_up = {name: sum(part[name] for part in parts) for name in names}
    return summed_up | {"last_entry_at": max((part["last_entry_at"] or "" for part in parts), default="") or None}


def by_area(db: Database, communes: dict[str, dict]) -> dict[str, dict]:
    """`{code: counts}` of the communes, the districts they lie in, and the province."""
    by_code = dict(communes)
    areas = rows(db, "select code, parent_code, level from areas where level in ('commune', 'district')")
    above = {line["code"]: line["parent_code"] for line in areas}
    for level in ("commune", "district"):
        inside: dict[str, list[dict]] = {}
        for code in (line["code"] for line in areas if line["level"] == level and line["code"] in by_code):
            inside.setdefault(above[code], []).append(by_code[code])
        by_code |= {code: total(parts) for code, parts in inside.items()}
    return by_code


def as_json(sums: dict) -> str:
    return json.dumps(sums, sort_keys=True, separators=(",", ":"))
