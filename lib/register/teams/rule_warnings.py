"""Warns of teams that break a rule: one query for each rule over the visitor's area, with its source and next step.

A query yields `team_id` and the values of its sentence. `looked_at` are the living teams, `people` their members on
the day. Households are only counted, by the open day's roll-up and assignments, so that a member, who may read the
names of a few, sees the same count as the commune.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from lib.core.database import rows
from lib.core.errors import N_, Say
from lib.core.sql import GONE_STATUSES, not_over
from lib.register import rule_sources, size_rules
from lib.register.rule_sources import PARTY, STATE, Source
from lib.register.size_rules import Rules
from lib.register.teams.member_fields import LEADER_POSTS

Sources = Mapping[str, Source | None]  # by rule_sources.SOURCES


@dataclass(frozen=True)
class Check:
    """One rule. `among_all` queries compare a team with the others of the area."""

    rule: str
    sentence: str
    source: Callable[[Rules, Sources], Say]
    step: str
    sql: str
    among_all: bool = False


TEAMS = f"""
    with looked_at as materialized (
        select id, commune_code, hamlet_code, name, model, decision_no, from_day from my_teams
        where {not_over()} and (:commune is null or commune_code = :commune) {{only}}),
    people as materialized (
        select m.id, m.team_id, m.full_name, m.name_folded, m.birth_year, m.phone, m.role, m.position, m.categories
        from my_members m join looked_at t on t.id = m.team_id
        where m.from_day <= max(:day, t.from_day) and {not_over("m")})
"""
ONLY = "and (:team is null or id = :team)"


def _source(by: str, named: str, rule: str, *sizes: str) -> Callable[[Rules, Sources], Say]:
    """Return a function that names a rule's source: the document entered for it, else its kind, with its content."""

    def source(in_force: Rules, entered: Sources) -> Say:
        document = entered[by]
        rule_ = Say(
            rule, {place: getattr(in_force, size) for place, size in zip(("least", "most"), sizes, strict=False)}
        )
        name = document.citation() if document else Say(named)
        return Say(N_("{document}: {rule}"), {"document": name, "rule": rule_})

    return source


_SIZE = N_("Rule on team size")
_size = _source(STATE, _SIZE, N_("{least}–{most} people per team"), "team_min", "team_max")
_load = _source(
    STATE, _SIZE, N_("{least}–{most} households per team, as conditions allow"), "households_min", "households_max"
)
_decision = _source(STATE, N_("Rule on creating teams"), N_("the commune creates each team by a decision"))
_leader = _source(
    PARTY,
    N_("Rule on who leads a team"),
    N_("a deputy Party-cell secretary, the head of the hamlet or of the Front work committee leads the team"),
)
_people = _source(
    PARTY,
    N_("Rule on who belongs to a team"),
    N_("Party members, Front work, members of the cell committee, police, hamlet health workers, volunteers"),
)
_overlap = _source(PARTY, N_("Rule on the models of teams"), N_("no overlap of functions and tasks"))


def _member_load(in_force: Rules, _entered: Sources) -> Say:
    return Say(N_("Provincial setting: at most {most} households per member"), {"most": in_force.member_load_max})


def _phone(_in_force: Rules, _entered: Sources) -> Say:
    return Say(N_("Check of the register: every member can be called"))


def _lacking(category: str) -> str:
    return f"""select t.id as team_id from looked_at t
        where exists (select 1 from people p where p.team_id = t.id)
            and not exists (select 1 from people p where p.team_id = t.id and instr(p.categories, '"{category}"'))"""


# A team's households on the open day, where they are too few or too many.
_LOADS = """select t.id as team_id, d.assigned as n, :households_min as least, :households_max as most
    from looked_at t
    join team_day d on d.day = :day and d.commune_code = t.commune_code and d.team_id = t.id
    where {}"""

CHECKS = (
    Check(
        "size",
        N_("The team has {n} members; the rule is {least} to {most}."),
        _size,
        N_("Add members or move one to another team."),
        """select t.id as team_id, count(p.id) as n, :team_min as least, :team_max as most
             from looked_at t left join people p on p.team_id = t.id
             group by t.id having n not between :team_min and :team_max""",
    ),
    Check(
        "idle",
        N_("No household is assigned to the team yet; the rule is {least} to {most}."),
        _load,
        N_("Assign households to the team."),
        _LOADS.format("d.assigned = 0"),
    ),
    Check(
        "load",
        N_("The team looks after {n} households; the rule is {least} to {most}."),
        _load,
        N_("Take over households from a neighbouring team, or register those that are missing."),
        _LOADS.format("d.assigned > 0 and d.assigned < :households_min"),
    ),
    Check(
        "load",
        N_("The team looks after {n} households; the rule is {least} to {most}."),
        _load,
        N_("Give households to a neighbouring team."),
        _LOADS.format("d.assigned > :households_max"),
    ),
    Check(
        "member_load",
        N_("{name} looks after {n} households; the rule is at most {most}."),
        _member_load,
        N_("Share the households more evenly among the members."),
        # Members who never had so many households are excluded first, because looking up statuses is the costly part.
        f"""select p.team_id, p.full_name as name, count(*) as n, :member_load_max as most
             from (select id, team_id, full_name from people where (select count(*)
                 from assignments ever  -- all: only counted
                 where ever.member_id = people.id) > :member_load_max) p
             cross join assigned_households a on a.day = :day and a.member_id = p.id
                 and (a.status is null or a.status not in {GONE_STATUSES})
             group by p.id having n > :member_load_max""",
    ),
    Check(
        "leader",
        N_("The team has no leader."),
        _leader,
        N_("Add the leader, or give a member this role."),
        """select t.id as team_id from looked_at t
             where not exists (select 1 from people p where p.team_id = t.id and p.role = 'leader')""",
    ),
    Check(
        "leader_post",
        N_("{name} leads the team without holding one of the three posts."),
        _leader,
        N_("Enter the leader's post, or choose another leader."),
        f"""select p.team_id, p.full_name as name from people p
              where p.role = 'leader' and ifnull(p.position, '') not in {LEADER_POSTS}""",
    ),
    Check(
        "health_worker",
        N_("No member is a hamlet health worker."),
        _people,
        N_("Mark a member who belongs to this group, or add one."),
        _lacking("health_worker"),
    ),
    Check(
        "party_member",
        N_("No member is a Party member."),
        _people,
        N_("Mark a member who belongs to this group, or add one."),
        _lacking("party_member"),
    ),
    Check(
        "decision",
        N_("The number of the decision creating the team is missing."),
        _decision,
        N_("Enter the number and date of the decision."),
        "select t.id as team_id from looked_at t where t.decision_no is null",
    ),
    Check(
        "models",
        N_("Teams of both models look after {hamlet}."),
        _overlap,
        N_("Keep one model in the hamlet: reassign the households, then dissolve the other team."),
        """, cared as materialized (
                 select id, model, hamlet_code from looked_at union
                 select t.id, t.model, h.hamlet_code from looked_at t join team_hamlets h on h.team_id = t.id)
             select c.id as team_id, x.kind || ' ' || x.name as hamlet from cared c
             join (select hamlet_code from cared group by hamlet_code having count(distinct model) > 1) met
                 on met.hamlet_code = c.hamlet_code
             join areas x on x.code = c.hamlet_code
             where :team is null or c.id = :team""",
        among_all=True,
    ),
    Check(
        "two_teams",
        N_("{name} is also in {other}."),
        _overlap,
        N_("End the person's membership in one of the two teams."),
        """, pairs as (
                 select a.team_id, a.full_name, b.team_id as other from people a
                 join people b on b.phone = a.phone and b.team_id <> a.team_id union
                 select a.team_id, a.full_name, b.team_id from people a
                 join people b on b.name_folded = a.name_folded and b.birth_year = a.birth_year
                     and b.team_id <> a.team_id)
             select p.team_id, p.full_name as name, min(t.name) as other
             from pairs p join looked_at t on t.id = p.other
             where :team is null or p.team_id = :team group by p.team_id, p.full_name""",
        among_all=True,
    ),
    Check(
        "phone",
        N_("{name} has no telephone number."),
        _phone,
        N_("Enter the telephone number."),
        "select p.team_id, p.full_name as name from people p where p.phone is null",
    ),
)


def warnings(
    db: Database,
    *,
    day: str,
    team_id: int | None = None,
    commune: str | None = None,
    only: tuple[str, ...] | None = None,
) -> list[dict]:
    """Return `{team_id, rule, say, source, step}` for every living team of the visitor's area that breaks a rule.

    `source` is a Say, `step` a sentence to translate; the day must be open (its roll-up is read). `only`
    limits the rules.
    """
    in_force, entered = size_rules.read(db), rule_sources.read(db)
    parameters = {"day": day, "team": team_id, "commune": commune, **asdict(in_force)}
    lines = []
    for check in (check for check in CHECKS if only is None or check.rule in only):
        sql = TEAMS.format(only="" if check.among_all else ONLY) + check.sql
        used = {name: place for name, place in parameters.items() if f":{name}" in sql}
        for line in rows(db, sql, used):
            about = {"team_id": line.pop("team_id"), "rule": check.rule, "say": Say(check.sentence, line)}
            source = check.source(in_force, entered)
            lines.append({**about, "source": source, "cited": cited(source), "step": check.step})
    return lines


def cited(source: Say) -> bool | None:
    """Whether a rule names a document; None for rules that need none."""
    return isinstance(source.places["document"], str) if "document" in source.places else None


def by_team(lines: Iterable[dict]) -> dict[int, list[dict]]:
    """Return the warnings by team."""
    gathered: dict[int, list[dict]] = {}
    for warning in lines:
        gathered.setdefault(warning["team_id"], []).append(warning)
    return gathered


def hamlets_without_team(db: Database, *, day: str, commune: str | None = None) -> list[dict]:
    """Return the hamlets of the visitor's communes without a living team on an open day (S0-19)."""
    return rows(
        db,
        """select h.code, h.kind, h.name, h.parent_code as commune_code, c.kind as commune_kind,
               c.name as commune_name, d.households
           from my_hamlets h join areas c on c.code = h.parent_code
           join hamlet_day d on d.day = :day and d.commune_code = h.parent_code and d.hamlet_code = h.code
           where d.teams = 0 and (:commune is null or h.parent_code = :commune)
           order by c.name_sort, h.parent_code, h.name_sort""",
        {"day": day, "commune": commune},
    )
