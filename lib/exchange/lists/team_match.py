"""The teams of some communes and who is in them, as rows of a file mean them: by hamlet and name, by the person's."""

import json
from collections import defaultdict

from sqlite_utils import Database

from lib.core.database import rows
from lib.register.duplicates import similar_names
from lib.register.teams import fields, member_fields


class KnownTeams:
    """Living teams by commune, hamlet and name, and their members; read once."""

    def __init__(self, db: Database, communes: set[str]):
        places = {"communes": json.dumps(sorted(communes))}
        self.teams: dict[tuple, dict] = {}
        self._hamlets: dict[tuple, set[str]] = defaultdict(set)
        self.members: dict[int, list[dict]] = defaultdict(list)
        further = defaultdict(list)
        for line in rows(
            db,
            """select th.team_id, th.hamlet_code from team_hamlets th join my_teams t on t.id = th.team_id
               where t.commune_code in (select value from json_each(:communes)) order by th.hamlet_code""",
            places,
        ):
            further[line["team_id"]].append(line["hamlet_code"])
        for team in rows(
            db,
            f"""select id, commune_code, version, {", ".join(fields.COLUMNS)} from my_teams
                where status <> 'dissolved' and commune_code in (select value from json_each(:communes))
                order by hamlet_code, name_sort, id""",
            places,
        ):
            team |= {"equipment": json.loads(team["equipment"]), "hamlets": further[team["id"]]}
            name = similar_names.spoken(team["name"])
            self.teams[team["commune_code"], team["hamlet_code"], name] = team
            self._hamlets[team["commune_code"], name].add(team["hamlet_code"])
        for member in rows(
            db,
            f"""select m.id, m.team_id, m.version, {", ".join(f"m.{name}" for name in member_fields.COLUMNS)}
                from my_members m join my_teams t on t.id = m.team_id
                where m.until_day is null and t.commune_code in (select value from json_each(:communes))
                order by m.role <> 'leader', m.role <> 'deputy', m.name_sort, m.id""",
            places,
        ):
            self.members[member["team_id"]].append(member | {"categories": json.loads(member["categories"])})

    def hamlet(self, commune: str, name: str) -> str | None:
        """Where the commune's only team of this name is."""
        found = self._hamlets.get((commune, similar_names.spoken(name)), ())
        return next(iter(found)) if len(found) == 1 else None

    def member(self, team_id: int | None, given: dict, taken: set[int]) -> dict | None:
        """The member of the team whom these cells mean: of the same name, and of the same year where both have one."""
        name, year = similar_names.spoken(given["full_name"]), given.get("birth_year")
        same = [m for m in self.members[team_id] if similar_names.spoken(m["full_name"]) == name]
        same = [m for m in same if m["id"] not in taken]
        same = [m for m in same if year is None or m["birth_year"] in (None, year)]
        return next((m for m in same if m["birth_year"] == year), same[0] if same else None)
