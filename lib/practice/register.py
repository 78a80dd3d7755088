"""Writes the plan in bulk SQL: areas, teams, members, households with their people, assignments."""

import json
from random import Random

from sqlite_utils import Database

from lib.core import clock, text
from lib.practice import draft_tables, findings
from lib.practice.draft_tables import DICE
from lib.practice.names import full_name, surname
from lib.practice.province_plan import PROVINCE, ProvincePlan
from lib.register.areas import official_units


def write(db: Database, random: Random, plan: ProvincePlan, *, founded: str, today: str) -> None:
    """Insert everything of the register that does not change from day to day."""
    draft_tables.lay(db, random, plan, today=today)
    official_units.load(db, PROVINCE)
    findings.lay(db)
    db.conn.executemany(
        "insert into areas values (?, 'hamlet', ?, ?, ?, ?, ?)",
        [
            (code, kind, name, code[:5], text.fold(name), text.sort_key(name))
            for code, (kind, name) in plan.hamlets.items()
        ],
    )
    _write_teams(db, random, plan, founded=founded)
    _write_members(db, plan)
    _write_households(db, founded=founded)
    _write_assignments(db, plan, founded=founded)
    _write_status(db, random, plan, founded=founded, today=today)


def _write_teams(db: Database, random: Random, plan: ProvincePlan, *, founded: str) -> None:
    signers = {area.code: full_name(random, surname(random), "male", 50) for area in plan.communes}
    issuers = {area.code: f"UBND {area.kind.lower()} {area.name}" for area in plan.communes}
    decided, trained = clock.plus(founded, -3), clock.plus(founded, 2)
    for team in plan.founded:
        area = "khu dân cư " if team.model == "residential_area" else ""
        name = f"Tổ Covid cộng đồng {area}số {team.number:02d}"
        db.conn.execute(
            """insert into teams (id, commune_code, hamlet_code, name, name_folded, name_sort, model, group_name,
                   decision_no, decision_day, decision_issuer, decision_signer, from_day, status, phone, is_pilot,
                   equipment, training_day)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                team.id,
                team.commune,
                team.hamlet,
                name,
                text.fold(name),
                text.sort_key(name),
                team.model,
                f"Tổ tự quản {team.number}",
                f"{40 + team.number}/QĐ-UBND" if team.decided else None,
                decided if team.decided else None,
                issuers[team.commune] if team.decided else None,
                signers[team.commune] if team.decided else None,
                founded,
                team.status,
                team.members[0].phone,
                int(team.pilot),
                json.dumps(team.equipment),
                trained if team.trained else None,
            ],
        )
        for hamlet in team.further:
            db.conn.execute("insert into team_hamlets values (?, ?)", [team.id, hamlet])


def _write_members(db: Database, plan: ProvincePlan) -> None:
    db.conn.executemany(
        """insert into members (id, team_id, full_name, name_folded, name_sort, sex, birth_year, phone, role, position,
               position_words, categories, organisation, availability, from_day, until_day)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                one.id,
                team.id,
                one.full_name,
                text.fold(one.full_name),
                text.person_sort_key(one.full_name),
                one.sex,
                one.birth_year,
                one.phone,
                one.role,
                one.position,
                one.position_words,
                json.dumps(one.categories),
                one.organisation,
                one.availability,
                one.from_day,
                one.until_day,
            )
            for team in plan.founded
            for one in team.members
        ],
    )


def _write_households(db: Database, *, founded: str) -> None:
    """Insert households along each round, and their people; 0300 … and 02760 … are numbers of nobody."""
    families = db.conn.execute("select count(*) from demo_family").fetchone()[0]
    db.conn.execute(
        """insert into households (id, code, commune_code, hamlet_code, head_name, head_folded, head_sort, search_text,
               lane, group_name, house_number, walk_order, phone, person_count, temporary_count, dwelling,
               vulnerabilities, exposures, commitment_day, from_day)
           select id, code, commune, hamlet, name, folded, sort,
               folded || ' ' || code || ' ' || lane_folded || ifnull(' ' || house_folded, '')
                   || ifnull(' ' || phone, ''),
               lane, group_name, house, walk, phone, persons, temporary, dwelling, vulnerabilities, exposures,
               iif(sweep % 10 < 7, :founded, null), :founded
           from (
               select r.first + n as id, r.commune || '-' || printf('%04d', r.serial + n) as code, r.commune, r.hamlet,
                   f.name, f.folded, f.sort, l.lane, l.folded as lane_folded, r.group_name, r.walk + n as walk,
                   case when l.numbered then 2 * n + 1 + d.luck % 2 when d.luck % 10 < 4 then k.name end as house,
                   case when l.numbered then 2 * n + 1 + d.luck % 2 when d.luck % 10 < 4 then k.folded end
                       as house_folded,
                   case when d.hour % 100 < 10 then iif(d.hour % 100 < 6, null, printf('02760%06d', r.first + n))
                       else printf('0300%06d', r.first + n) end as phone,
                   f.persons, f.temporary, f.dwelling, f.vulnerabilities, f.exposures, d.sweep
               from demo_round r
               join demo_number on n < r.size
               join demo_family f on f.id = (r.first + n) % :families
               join demo_lane l on l.round = r.id and l.place = n * 3 / r.size
               join demo_dice d on d.id = (r.first + n) % :dice
               join demo_landmark k on k.id = 1 + d.luck / 10 % 10
           ) order by id""",
        {"founded": founded, "families": families, "dice": DICE},
    )
    db.conn.execute(
        """insert into persons (household_id, full_name, name_folded, name_sort, birth_year, sex, relation, residence)
           select h.id, p.name, p.folded, p.sort, p.birth_year, p.sex, p.relation, p.residence
           from households h join demo_person p on p.family = h.id % :families order by h.id, p.place""",
        {"families": families},
    )


def _write_assignments(db: Database, plan: ProvincePlan, *, founded: str) -> None:
    """Assign contiguous parts of each round; from a member who left, to the successor or to nobody."""
    db.conn.execute(
        """insert into assignments (household_id, member_id, team_id, from_day)
           select r.first + n, h.member, r.team, :founded
           from demo_round r join demo_number on n < r.size
           join demo_holder h on h.team = r.team and h.place = n * r.members / r.size order by r.first, n""",
        {"founded": founded},
    )
    for gone in [one for team in plan.founded for one in team.members if one.until_day]:
        end = {"member": gone.id, "day": gone.until_day}
        db.conn.execute("update assignments set until_day = :day where member_id = :member", end)
        if gone.successor:
            db.conn.execute(
                """insert into assignments (household_id, member_id, team_id, from_day)
                   select household_id, :successor, team_id, :day from assignments
                   where member_id = :member order by household_id""",
                {**end, "successor": gone.successor.id},
            )


def _write_status(db: Database, random: Random, plan: ProvincePlan, *, founded: str, today: str) -> None:
    """Insert statuses: half a percent in quarantine today, some returned, some locked down elsewhere or moved."""
    last = max(team.first_household + team.households for team in plan.teams)
    count = max(4, round(last / 1000))
    drawn = iter(random.sample(range(1, last), 9 * count))
    for status, times in (("central_quarantine", 5), ("back", 2), ("locked_down_elsewhere", 1), ("moved", 1)):
        for household in [next(drawn) for _household in range(times * count)]:
            begun = max(founded, clock.plus(today, -random.randint(0, 12) - (14 if status == "back" else 0)))
            ended = clock.plus(begun, 14) if status == "back" else None
            stored = "central_quarantine" if status == "back" else status
            db.conn.execute(
                "insert into household_status (household_id, status, from_day, until_day) values (?, ?, ?, ?)",
                [household, stored, begun, ended],
            )
    db.conn.execute(
        """update assignments set until_day = max(assignments.from_day, s.from_day) from household_status s
           where s.status = 'moved' and s.household_id = assignments.household_id
               and (assignments.until_day is null or assignments.until_day > s.from_day)"""
    )
