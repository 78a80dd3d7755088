"""The doors behind the figures: the outcome at each on a day, and the member to call about those not seen yet.

Names come through `my_*` only. A door has the same counts as a unit's figures, each 0 or 1, so that doors add up.
"""

from sqlite_utils import Database

from lib.core.database import rows, value
from lib.core.rollup import OUTCOME_AT
from lib.core.sql import GONE_STATUSES, in_force
from lib.oversight.figures import counts
from lib.oversight.figures.measures import ATTEMPTED, OUTCOMES, summed

PAGE = 60  # doors of one page of the list

# The kinds of doors that a list can be narrowed to, with the condition on a door.
KINDS = {
    "unseen": "due and (outcome is null or outcome not in ('met', 'phone'))",
    "unvisited": "due and outcome is null",
    "absent": "due and outcome = 'absent'",
    "refused": "due and outcome = 'refused'",
    "nobody": "team_id is null and not gone",
}

_WITHIN = {"commune": "h.commune_code = :key", "hamlet": "h.hamlet_code = :key", "team": "a.team_id = :key"}

_DOORS = f"""
    with stand as (
        select h.id, h.code, h.head_name, h.house_number, h.lane, h.group_name, h.hamlet_code, h.walk_order,
            a.team_id, a.member_id,
            (select s.status from household_status s -- all: of a household found in my area
             where s.household_id = h.id and {in_force("s")}) as status
        from my_households h left join assignments a -- all: of a household found in my area
            on a.household_id = h.id and {in_force("a")}
        where h.from_day <= :day and {{within}} and exists (select 1 from days where day = :day)
            and (a.team_id is null or exists (select 1 from my_teams mine where mine.id = a.team_id))
    ), doors as (
        select stand.*, ifnull(status in {GONE_STATUSES}, 0) as gone,
            team_id is not null and status is null as due, v.outcome, v.recorded_at,
            {OUTCOME_AT.format(at=":cutoff")} as on_time
        from stand left join visits v -- all: of a household found in my area
            on v.day = :day and v.household_id = stand.id and status is null and team_id is not null
    )
"""


def may_see(db: Database, unit: dict) -> bool:
    """Whether the names behind this unit's doors lie in the visitor's own area (design §5)."""
    return value(db, "select 1 from my_communes where code = ?", [unit["commune_code"]]) is not None


def _doors_of(db: Database, unit: dict, day: str) -> tuple[str, dict]:
    """The query's common part for a unit, and its parameters."""
    parameters = {"day": day, "key": unit["key"], "cutoff": counts.cutoff(db, day)}
    return _DOORS.format(within=_WITHIN[unit["level"]]), parameters


def numbers(db: Database, unit: dict, day: str) -> dict[str, int]:
    """`{kind: doors}` of a commune, hamlet or team that the visitor may see, and how many are `due`."""
    doors, parameters = _doors_of(db, unit, day)
    sums = ", ".join(f"count(*) filter (where {which}) as {kind}" for kind, which in KINDS.items())
    return rows(db, f"{doors} select {sums}, count(*) filter (where due) as due from doors", parameters)[0]


def listed(db: Database, unit: dict, day: str, kind: str, page: int | None) -> list[dict]:
    """One page of the list, or all of it, team by team in walking order, each with the member responsible to call.

    `{code, head_name, house_number, lane, group_name, hamlet_kind, hamlet_name, outcome, recorded_at, team_id, team,
    member, phone}`.
    """
    doors, parameters = _doors_of(db, unit, day)
    return rows(
        db,
        f"""{doors}, narrowed as materialized (
                select * from doors where {KINDS[kind]}
            ), page as materialized (
                select narrowed.*, t.name as team, t.name_sort
                from narrowed left join my_teams t on t.id = narrowed.team_id
                order by t.name_sort, t.id, narrowed.hamlet_code, narrowed.walk_order, narrowed.code
                limit :limit offset :offset
            )
            select page.code, page.head_name, page.house_number, page.lane, page.group_name,
                areas.kind as hamlet_kind, areas.name as hamlet_name, page.outcome, page.recorded_at, page.team_id,
                page.team, m.full_name as member, m.phone
            from page
            join areas on areas.code = page.hamlet_code
            left join my_members m on m.id = page.member_id
            order by page.name_sort, page.team_id, page.hamlet_code, page.walk_order, page.code""",
        parameters | {"limit": PAGE if page else -1, "offset": PAGE * (page - 1) if page else 0},
    )


def standing(db: Database, unit: dict, day: str) -> list[dict]:
    """Every door of a hamlet or team that the visitor may see, with its counts, each 0 or 1."""
    doors, parameters = _doors_of(db, unit, day)
    standing = rows(
        db,
        f"""{doors}
            select d.code, d.head_name as name, d.outcome, d.recorded_at, d.status, d.gone, d.due, d.on_time,
                t.id as team_id, t.name as team
            from doors d left join my_teams t on t.id = d.team_id
            order by t.name_sort, t.id, d.hamlet_code, d.walk_order, d.code""",
        parameters,
    )
    return [door | _counts(door) | {"level": "door"} for door in standing if not door["gone"]]


def _counts(door: dict) -> dict[str, int]:
    assigned = door["team_id"] is not None
    return {
        "households": 1,
        "assigned": int(assigned),
        "unassigned": int(not assigned),
        "excluded": int(assigned and not door["due"]),
        **{column: int(door["outcome"] == outcome) for outcome, column in OUTCOMES.items()},
        "seen_on_time": int(door["on_time"] in ("met", "phone")),
    }


def by_team(doors: list[dict]) -> list[dict]:
    """The doors of a hamlet added up by team; those without a team stand last, without a code."""
    sums: dict[int | None, dict] = {}
    for door in sorted(doors, key=lambda door: door["team_id"] is None):
        counts_of_door = _counts(door)
        team = sums.setdefault(
            door["team_id"],
            {"code": door["team_id"] and f"team:{door['team_id']}", "name": door["team"], "kind": "", "level": "team"}
            | dict.fromkeys(counts_of_door, 0),
        )
        for name, n in counts_of_door.items():
            team[name] += n
    return [team | {"reported": summed(ATTEMPTED, team) > 0} for team in sums.values()]
