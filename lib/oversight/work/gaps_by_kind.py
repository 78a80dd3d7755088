"""Every gap of an area by its kind: the rows of a commune, the numbers of all communes of the visitor's."""

from collections import Counter
from collections.abc import Iterator

from sqlite_utils import Database

from lib.core.errors import N_
from lib.oversight.figures import list_completeness, units
from lib.oversight.work import gaps, refused_files
from lib.register.duplicates import pair_cache
from lib.register.teams import rule_warnings, teams
from lib.register.teams.teams import TeamFilters

# In the order of the page: what leaves a house out comes first.
KINDS = {
    "unlisted": N_("Communes without lists of households"),
    "missing": N_("Expected households that are not on the lists"),
    "empty": N_("Hamlets without any household"),
    "nobody": N_("Households without a responsible member"),
    "away": N_("Members ill, isolating or on leave who still have households"),
    "teamless": N_("Hamlets without a team"),
    "models": N_("Hamlets with teams of both models"),
    "silent": N_("Teams that entered nothing for two days"),
    "load": N_("Members with more households than allowed"),
    "idle": N_("Teams without households"),
    "size": N_("Teams not within the size rules"),
    "leader": N_("Teams without a leader in one of the three posts"),
    "phone": N_("Leaders and members who cannot be called"),
    "imports": N_("Files with refused rows"),
    "duplicates": N_("Likely duplicates"),
}
# Kind -> rules of the register.
_RULES = {
    "models": ("models",),
    "load": ("member_load",),
    "idle": ("idle",),
    "size": ("size", "load"),
    "leader": ("leader", "leader_post"),
}
_ASKED = tuple(rule for rules in _RULES.values() for rule in rules)


def of_commune(db: Database, commune: str, day: str) -> Iterator[tuple[str, list[dict]]]:
    """Each kind with its rows in the order of the page; likely duplicates are asked for when their turn comes."""
    warnings = rule_warnings.warnings(db, day=day, commune=commune, only=_ASKED)
    named = {team["id"]: team for team in teams.listed(db, TeamFilters(commune), day=day)} if warnings else {}
    for warning in warnings:
        warning["team"] = named[warning["team_id"]]
    listed = _listed(list_completeness.by_commune(db, None, commune, day))
    by_kind = listed | {
        "missing": [] if listed["unlisted"] else listed["missing"],
        "empty": gaps.empty_hamlets(db, day, commune),
        "nobody": gaps.nobodys(db, day, commune),
        "away": gaps.away(db, day, commune),
        "teamless": rule_warnings.hamlets_without_team(db, day=day, commune=commune),
        "silent": gaps.silent(db, day, commune),
        "phone": gaps.unreachable(db, day, commune),
        "imports": refused_files.listed(db, commune),
    }
    by_kind |= {kind: [w for w in warnings if w["rule"] in rules] for kind, rules in _RULES.items()}
    yield from ((kind, by_kind[kind]) for kind in KINDS if kind in by_kind)
    yield "duplicates", pair_cache.pairs(db, commune)


def _listed(communes: list[dict]) -> dict[str, list[dict]]:
    """Communes without lists, and those of which many expected households are missing, these without lists too."""
    communes_missing = list_completeness.missing(communes)
    return {
        "unlisted": [line for line in communes_missing if not line["communes_listed"]],
        "missing": [line for line in communes_missing if line["unregistered"]],
    }


def count(kind: str, rows: list[dict]) -> int:
    """How many gaps the rows are: teams and hamlets count once, whatever is said of them."""
    if kind == "models":
        return len({row["say"].places["hamlet"] for row in rows})
    if kind == "missing":
        return sum(row["unregistered"] for row in rows)
    if kind in ("size", "leader"):
        return len({row["team_id"] for row in rows})
    return len(rows)


def by_unit(db: Database, unit: dict, children: list[dict], day: str) -> list[dict]:
    """`{code, kind, name, gaps: {kind: n}, unknown}` for each child of a district or province.

    `unknown` are communes whose duplicates nobody has looked for yet.
    """
    numbers = _by_commune(db, unit["code"], day)
    return [_sums(db, child, numbers) for child in children]


def _sums(db: Database, child: dict, numbers: dict[str, dict[str, int]]) -> dict:
    communes = units.communes(db, child)
    pairs = pair_cache.known(communes)
    sums = {
        kind: sum(by_commune.get(code, 0) for code in {*communes, child["code"]})
        for kind, by_commune in numbers.items()
    }
    return {
        **child,
        "gaps": {kind: (sums | {"duplicates": sum(pairs.values())})[kind] for kind in KINDS},
        "unknown": [code for code in communes if code not in pairs],
    }


def _by_commune(db: Database, code: str, day: str) -> dict[str, dict[str, int]]:
    listed = _listed(list_completeness.by_commune(db, None, code, day))
    by_kind = {
        "unlisted": {line["code"]: 1 for line in listed["unlisted"]},
        "missing": {line["code"]: line["unregistered"] for line in listed["missing"]},
        "empty": Counter(h["commune_code"] for h in gaps.empty_hamlets(db, day)),
        "nobody": gaps.nobodys_by_commune(db, day),
        "away": gaps.away_by_commune(db, day),
        "teamless": Counter(h["commune_code"] for h in rule_warnings.hamlets_without_team(db, day=day)),
        "silent": gaps.silent_by_commune(db, day),
        "phone": gaps.unreachable_by_commune(db, day),
        "imports": refused_files.by_area(db),
    }
    warnings = rule_warnings.warnings(db, day=day, only=_ASKED)
    communes = gaps.communes_of_teams(db)
    for kind, rules in _RULES.items():
        of_kind = {_which(kind, w, communes[w["team_id"]]) for w in warnings if w["rule"] in rules}
        by_kind[kind] = Counter(commune for commune, *_which_one in of_kind)
    return by_kind


def _which(kind: str, warning: dict, commune: str) -> tuple:
    """What a warning is about, so that each is counted once: a hamlet, a member, a team."""
    if kind == "models":
        return commune, warning["say"].places["hamlet"]
    return commune, id(warning) if kind == "load" else warning["team_id"]
