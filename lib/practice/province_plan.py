"""Plans an invented Tây Ninh: how many hamlets, teams, members and households each commune gets; writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from lib.practice.names import full_name, pick, surname, words
from lib.register.areas import official_units

PROVINCE = "72"
STAGE = "25678"  # Xã Thanh Phước, Huyện Gò Dầu: where the sign-ins of the commune, station, leader and member work
HOUSEHOLDS = {"small": 4_700, "commune": 3_550, "province": 334_000}
TEAMS = {"small": 188, "commune": 140, "province": 13_360}
HAMLETS = {"small": 188, "commune": 7, "province": 540}

# Households of each district at 3.5 persons, from the census of 2019.
DISTRICT_WEIGHT = {
    "703": 38_230,
    "705": 28_620,
    "706": 38_500,
    "707": 34_050,
    "708": 40_220,
    "709": 42_190,
    "710": 45_550,
    "711": 19_960,
    "712": 46_240,
}

# Names of hamlets are put together from these pairs: "Phước Đức", "Bàu Sen".
_PAIRS = (
    (
        words("Phước Long Tân Thạnh Bình Hòa Hiệp Trường An Lộc Thanh Ninh"),
        words("Đức Lợi An Bình Thành Hưng Hiệp Trung Phú Tây Đông Hòa Hội Thuận Mỹ"),
    ),
    (words("Bàu Suối Cầu Gò Xóm Rạch"), words("Sen Dài Đá Tràm Giữa Mới Cao Dầu Trăm Sim")),
)
_POSTS = {"deputy_cell_secretary": 38, "hamlet_head": 40, "front_head": 22}
_EQUIPMENT = ("badge", "masks", "sanitiser", "thermometer", "loudspeaker", "notebook")

# What the others of a team are: categories and organisation.
_OTHERS = {
    (("health_worker",), "health"): 26,
    (("police",), "police"): 16,
    (("front_worker", "party_member"), "front"): 10,
    (("association",), "women"): 16,
    (("association",), "farmers"): 9,
    (("association",), "veterans"): 7,
    (("association", "volunteer"), "youth"): 9,
    (("hamlet_cadre", "party_member"), "other"): 7,
    (("volunteer",), None): 9,
}


# Posts of no list, in words.
_OTHER_POSTS = {"women": "Chi hội trưởng Hội Phụ nữ", "veterans": "Chi hội phó Hội Cựu chiến binh"}


@dataclass
class Member:
    full_name: str
    sex: str
    birth_year: int
    role: str
    categories: list[str]
    organisation: str | None = None
    position: str | None = None
    phone: str | None = None
    availability: str = "available"
    from_day: str = ""
    until_day: str | None = None
    successor: "Member | None" = None
    position_words: str | None = None
    id: int = 0


@dataclass
class Team:
    """A team and its round. `founded` is False for households of a hamlet that nobody looks after."""

    commune: str
    hamlet: str
    number: int
    households: int
    members: list[Member] = field(default_factory=list)
    model: str = "hamlet"
    decided: bool = True
    founded: bool = True
    pilot: bool = False
    status: str = "active"
    further: list[str] = field(default_factory=list)
    equipment: list[str] = field(default_factory=list)
    trained: bool = True
    id: int = 0
    first_household: int = 0
    serial: int = 0
    walk: int = 0


@dataclass
class ProvincePlan:
    size: str
    communes: list[official_units.Area]
    hamlets: dict[str, tuple[str, str]]
    teams: list[Team]

    @property
    def founded(self) -> list[Team]:
        return [team for team in self.teams if team.founded]


def apportion(total: int, weights: Iterable[float]) -> list[int]:
    """Return whole shares that add up to the total, by largest remainders."""
    weights = list(weights)
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda n: shares[n] - exact[n])
    for n in by_remainder[: total - sum(shares)]:
        shares[n] += 1
    return shares


def make(random: Random, size: str, year: int) -> ProvincePlan:
    """Return the communes, hamlets and teams of a size, each team with its members and number of households."""
    communes = [area for area in official_units.of_province(PROVINCE) if area.level == "commune"]
    if size == "commune":
        communes = [area for area in communes if area.code == STAGE]
    plan = ProvincePlan(size, communes, {}, [])
    weights = [_weight(random, size, area, communes) for area in communes]
    hamlets = apportion(HAMLETS[size], [1 + (size == "province") * weight / max(weights) for weight in weights])
    teams = apportion(TEAMS[size], weights)
    households = apportion(HOUSEHOLDS[size], weights)
    for area, *counts in zip(communes, hamlets, teams, households, strict=True):
        _fill(random, plan, area, Counts(*counts), year=year)
    return plan


def _weight(random: Random, size: str, area: official_units.Area, communes: list[official_units.Area]) -> float:
    if size == "small":
        return 1
    in_district = sum(other.parent_code == area.parent_code for other in communes)
    return DISTRICT_WEIGHT[area.parent_code] / in_district * random.uniform(0.75, 1.3)


class Counts(NamedTuple):
    """The numbers of hamlets, teams and households of a commune."""

    hamlets: int
    teams: int
    households: int


def _fill(random: Random, plan: ProvincePlan, area: official_units.Area, counts: Counts, *, year: int) -> None:
    """Invent the hamlets of a commune and their teams, each with some 25 households."""
    codes = [f"{area.code}{serial:02d}" for serial in range(1, counts.hamlets + 1)]
    for code, name in zip(codes, hamlet_names(random, area, counts.hamlets), strict=True):
        plan.hamlets[code] = name
    sizes = apportion(counts.households, [random.uniform(0.85, 1.15) for _team in range(counts.teams)])
    for number, size in enumerate(sizes, start=1):
        team = Team(area.code, codes[(number - 1) * counts.hamlets // counts.teams], number, size)
        team.members = [member(random, place, year) for place in range(random.choice((3, 3, 4)))]
        team.equipment = [thing for thing in _EQUIPMENT if random.random() < (0.5 if thing == "loudspeaker" else 0.92)]
        team.trained = random.random() < 0.9
        plan.teams.append(team)


def hamlet_names(random: Random, area: official_units.Area, count: int) -> list[tuple[str, str]]:
    """Return (kind, name) of hamlets: numbered quarters in a ward or town, named hamlets in the country."""
    if area.kind != "Xã":
        return [("khu phố", str(number)) for number in range(1, count + 1)]
    names: list[str] = []
    while len(names) < count:
        first, second = random.choices(_PAIRS, (3, 1))[0]
        name = f"{random.choice(first)} {random.choice(second)}"
        if name not in names and len(set(name.split())) == 2:
            names.append(name)
    return [("ấp", name) for name in names]


def member(random: Random, place: int, year: int) -> Member:
    """Return a member: the leader at place 0, mostly the hamlet's health worker at place 1."""
    if place == 0:
        return _leader(random, year)
    chosen = random.choices(list(_OTHERS), _OTHERS.values())[0]
    categories, organisation = (("health_worker",), "health") if place == 1 else chosen
    sex = "female" if organisation == "women" else random.choice(("female", "male"))
    age = random.randint(24, 60)
    name = full_name(random, surname(random), sex, age)
    role = "deputy" if place == 1 and random.random() < 0.3 else "member"
    post = _OTHER_POSTS.get(organisation) if age % 3 == 0 else None
    return Member(name, sex, year - age, role, list(categories), organisation, post and "other", position_words=post)


def _leader(random: Random, year: int) -> Member:
    sex, age = random.choices(("male", "female"), (7, 3))[0], random.randint(38, 62)
    position = pick(random, _POSTS)
    category = {"deputy_cell_secretary": "cell_committee", "hamlet_head": "hamlet_cadre", "front_head": "front_worker"}
    name = full_name(random, surname(random), sex, age)
    organisation = "front" if position == "front_head" else "other"
    return Member(name, sex, year - age, "leader", ["party_member", category[position]], organisation, position)
