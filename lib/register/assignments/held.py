"""Reads the assignments of households that are or will be in force (S2-24)."""

import json
from dataclasses import dataclass
from typing import NamedTuple

from sqlite_utils import Database

from lib.core.access import require
from lib.core.database import rows
from lib.core.errors import N_
from lib.core.sql import GONE_STATUSES, in_force


class Living(NamedTuple):
    """An assignment that is, or will be, in force."""

    id: int
    member_id: int
    team_id: int
    from_day: str
    until_day: str | None


@dataclass(frozen=True)
class Standing:
    """A household and its assignments not yet over on a day, oldest first.

    `goes` is the later day from which it will have moved away or been merged, so that nobody looks after it.
    """

    id: int
    code: str
    commune_code: str
    hamlet_code: str
    from_day: str
    gone: bool
    goes: str | None
    living: tuple[Living, ...]

    def minded_by(self, day: str) -> int | None:
        return next((a.member_id for a in self.living if a.from_day <= day), None)

    def stays(self, member_id: int | None, day: str) -> bool:
        """Whether this member (or nobody) already looks after it from the day on, for as long as it is there."""
        if member_id is None or len(self.living) != 1:
            return member_id is None and not self.living
        held = self.living[0]
        return (held.member_id, held.until_day) == (member_id, self.goes) and held.from_day <= max(day, self.from_day)


def standings(db: Database, codes: list[str], day: str) -> dict[str, Standing]:
    """Return the households of these codes with their assignments from the day on; NotFound for a stranger's."""
    households: dict[str, Standing] = {}
    for line in rows(
        db,
        f"""select h.id, h.code, h.commune_code, h.hamlet_code, h.from_day as counted_from,
               exists (select 1 from my_status s where s.household_id = h.id and s.status in {GONE_STATUSES}
                   and {in_force("s")}) as gone,
               (select min(s.from_day) from my_status s where s.household_id = h.id
                   and s.status in {GONE_STATUSES} and s.from_day > :day
                   and s.until_day is null) as goes,
               a.id as assignment_id, a.member_id, a.team_id, a.from_day, a.until_day
           from my_households h
           left join my_assignments a on a.household_id = h.id
               and (a.until_day is null or (a.until_day > :day and a.until_day > a.from_day))
           where h.code in (select value from json_each(:codes))
           order by h.hamlet_code, h.walk_order, h.code, a.from_day""",
        {"codes": json.dumps(codes), "day": day},
    ):
        earlier = households[line["code"]].living if line["code"] in households else ()
        households[line["code"]] = _standing(line, earlier)
    for code in codes:
        require(households.get(code), N_("There is no such household in your area; check the code."))
    return households


def _standing(line: dict, earlier: tuple[Living, ...]) -> Standing:
    held = Living(line["assignment_id"], line["member_id"], line["team_id"], line["from_day"], line["until_day"])
    return Standing(
        id=line["id"],
        code=line["code"],
        commune_code=line["commune_code"],
        hamlet_code=line["hamlet_code"],
        from_day=line["counted_from"],
        gone=bool(line["gone"]),
        goes=line["goes"],
        living=(*earlier, held) if held.id else earlier,
    )


def serving(db: Database, ids: set[int], day: str) -> dict[int, dict]:
    """Return the members of these ids in the visitor's area; `serves`: they serve on the day, with no end set."""
    members = rows(
        db,
        """select m.id, m.full_name, m.team_id, t.name as team_name, t.commune_code,
               m.from_day <= :day and m.until_day is null and t.from_day <= :day and t.until_day is null as serves
           from my_members m join my_teams t on t.id = m.team_id
           where m.id in (select value from json_each(:ids))""",
        {"ids": json.dumps(sorted(ids)), "day": day},
    )
    return {member["id"]: member for member in members}
