"""What does not fit the rules yet: live checks of teams that warn and never block (S2-23, S0-15, S0-16, S0-20)."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlite_utils import Database

from lib.core.database import rows
from lib.core.errors import Say
from lib.register import rule_sources, rules
from lib.register.checks import CHECKS, ONLY, TEAMS


def warnings(
    db: Database,
    *,
    day: str,
    team_id: int | None = None,
    commune: str | None = None,
    only: tuple[str, ...] | None = None,
) -> list[dict]:
    """`{team_id, rule, say, source, step}` for every living team of the visitor's area that breaks a rule.

    `source` is a Say, `step` a sentence to translate; the day must be open (its roll-up is read). `only` names the
    rules that are asked for.
    """
    in_force, entered = rules.read(db), rule_sources.read(db)
    places = {"day": day, "team": team_id, "commune": commune, **asdict(in_force)}
    found = []
    for check in (check for check in CHECKS if only is None or check.rule in only):
        sql = TEAMS.format(only="" if check.among_all else ONLY) + check.sql
        used = {name: place for name, place in places.items() if f":{name}" in sql}
        for line in rows(db, sql, used):
            about = {"team_id": line.pop("team_id"), "rule": check.rule, "say": Say(check.sentence, line)}
            source = check.source(in_force, entered)
            found.append({**about, "source": source, "cited": cited(source), "step": check.step})
    return found


def cited(source: Say) -> bool | None:
    """Whether a rule names a document; None for what needs none, as a check of the register."""
    return isinstance(source.places["document"], str) if "document" in source.places else None


def by_team(found: Iterable[dict]) -> dict[int, list[dict]]:
    """The same, gathered by team."""
    gathered: dict[int, list[dict]] = {}
    for warning in found:
        gathered.setdefault(warning["team_id"], []).append(warning)
    return gathered


def hamlets_without_team(db: Database, *, day: str, commune: str | None = None) -> list[dict]:
    """Hamlets of the visitor's communes that no living team looks after on an open day (S0-19)."""
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
