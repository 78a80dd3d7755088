"""Adds faults to the practice province, so that every warning shows, and numbers everything."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from lib.core import clock
from lib.practice.names import full_name, surname
from lib.practice.province_plan import HOUSEHOLDS, STAGE, Member, ProvincePlan, Team, hamlet_names, member

_TEAMS_OF_PRACTICE = 188


def add(random: Random, plan: ProvincePlan, *, founded: str, today: str) -> None:
    """Spoil a few teams, each in one way; leave some hamlets without a team; number everything."""
    year = int(today[:4])
    _gaps(random, plan)
    clean = [team for team in plan.founded if team.commune != STAGE or plan.size == "commune"]
    clean = [team for team in clean if (team.commune, team.number) != (STAGE, 1)]
    share = max(1, round(len(plan.founded) / _TEAMS_OF_PRACTICE))
    drawn = iter(random.sample(clean, sum(_KINDS.values()) * share))
    for spoil, count in _KINDS.items():
        for _team in range(count * share):
            spoil(random, next(drawn), year)
    _twice(random, plan, 2 * share)
    _balance(random, plan)
    for team in plan.teams:
        for one in team.members:
            one.from_day = one.from_day or founded
    _leave(random, plan, clean, share, today=today)
    _number(plan)


# Faults of one team


def _two_members(random: Random, team: Team, year: int) -> None:
    team.members = team.members[:2]


def _five_members(random: Random, team: Team, year: int) -> None:
    team.members += [member(random, place, year) for place in range(len(team.members), 5)]


def _few_households(random: Random, team: Team, year: int) -> None:
    team.households = 18


def _many_households(random: Random, team: Team, year: int) -> None:
    team.households = 34


def _heavy_load(random: Random, team: Team, year: int) -> None:
    team.households, team.members = 33, team.members[:2]


def _other_post(random: Random, team: Team, year: int) -> None:
    team.members[0].position = random.choice(("cell_secretary", "deputy_hamlet_head", "other"))


def _no_health_worker(random: Random, team: Team, year: int) -> None:
    for one in team.members:
        if "health_worker" in one.categories:
            one.categories, one.organisation = ["volunteer"], None


def _no_party_member(random: Random, team: Team, year: int) -> None:
    for one in team.members:
        one.categories = [category for category in one.categories if category != "party_member"] or ["volunteer"]


def _no_decision(random: Random, team: Team, year: int) -> None:
    team.decided = False


def _two_models(random: Random, team: Team, year: int) -> None:
    """Make a residential-area team also look after the neighbouring hamlet, which has its own hamlet team."""
    team.model = "residential_area"
    last = int(team.hamlet[5:])
    team.further = [f"{team.commune}{last - 1 if last > 1 else last + 1:02d}"]


def _no_phone(random: Random, team: Team, year: int) -> None:
    team.members[-1].phone = ""


def _isolating(random: Random, team: Team, year: int) -> None:
    team.members[-1].availability = "isolating"


def _reconstituting(random: Random, team: Team, year: int) -> None:
    """Leave a team without a leader."""
    team.status = "reconstituting"
    team.members[0].role, team.members[0].position = "member", None


def _pilot(random: Random, team: Team, year: int) -> None:
    team.pilot = True


_KINDS: dict[Callable[[Random, Team, int], None], int] = {
    _two_members: 3,
    _five_members: 2,
    _few_households: 3,
    _many_households: 3,
    _heavy_load: 1,
    _other_post: 3,
    _no_health_worker: 4,
    _no_party_member: 3,
    _no_decision: 4,
    _two_models: 2,
    _no_phone: 5,
    _isolating: 4,
    _reconstituting: 2,
    _pilot: 4,
}


# Faults of several teams


def _gaps(random: Random, plan: ProvincePlan) -> None:
    """Leave hamlets without a team: two with households on the list, two without."""
    communes = [area for area in plan.communes if area.code != STAGE or plan.size == "commune"]
    for turn, area in enumerate(random.sample(communes, min(4, len(communes)))):
        mine = [code for code in plan.hamlets if code.startswith(area.code)]
        code, taken = f"{area.code}{len(mine) + 1:02d}", {plan.hamlets[other] for other in mine}
        names = hamlet_names(random, area, len(mine) + 1)
        plan.hamlets[code] = next((name for name in reversed(names) if name not in taken), names[-1])
        if turn % 2 == 0:
            plan.teams.append(Team(area.code, code, 0, 20, founded=False))


def _twice(random: Random, plan: ProvincePlan, count: int) -> None:
    """Put the same person in two teams of a commune."""
    neighbours = [
        (one, other)
        for one, other in zip(plan.founded, plan.founded[1:], strict=False)
        if one.commune == other.commune != STAGE or plan.size == "commune" and one.number > 1
    ]
    for turn, (one, other) in enumerate(random.sample(neighbours, count), start=1):
        one.members[-1].phone = f"0311{turn:06d}"
        other.members[-1] = replace(one.members[-1], role="member")


def _leave(random: Random, plan: ProvincePlan, clean: list[Team], share: int, *, today: str) -> None:
    """Let members leave: for three a successor takes the households over, for two nobody does."""
    stage = next(team for team in plan.founded if (team.commune, team.number) == (STAGE, 2))
    whole = [team for team in clean if len(team.members) > 2 and team.members[-1].phone is None]
    for turn, team in enumerate([stage, *random.sample(whole, 5 * share - 1)]):
        gone = team.members[-1]
        if turn % 5 in (0, 1):
            gone.until_day = clock.plus(today, -1)
            continue
        gone.until_day = clock.plus(today, -random.randint(2, 6))
        age = random.randint(24, 58)
        name = full_name(random, surname(random), gone.sex, age)
        year = int(today[:4]) - age
        gone.successor = Member(name, gone.sex, year, "member", gone.categories, gone.organisation)
        gone.successor.from_day = gone.until_day
        team.members.append(gone.successor)


def _balance(random: Random, plan: ProvincePlan) -> None:
    """Take single households off ordinary teams until the total is the planned one again."""
    surplus = sum(team.households for team in plan.teams) - HOUSEHOLDS[plan.size]
    for team in random.sample([team for team in plan.founded if 23 < team.households < 30], surplus):
        team.households -= 1


def _number(plan: ProvincePlan) -> None:
    """Number teams, members and households, with telephone numbers that belong to nobody (0310 …)."""
    serial: dict[str, int] = {}
    household = member_id = team_id = 1
    for team in plan.teams:
        team.first_household, household = household, household + team.households
        team.serial = serial.get(team.commune, 1)
        team.walk = serial.get(team.hamlet, 1)
        serial[team.commune] = team.serial + team.households
        serial[team.hamlet] = team.walk + team.households
        team.id, team_id = team_id, team_id + team.founded
        for one in team.members:
            one.id, member_id = member_id, member_id + 1
            one.phone = f"0310{one.id:06d}" if one.phone is None else one.phone or None
