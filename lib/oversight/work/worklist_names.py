"""The names behind a work list: doors, teams, members, communes, hamlets and accounts the visitor may see."""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User, can
from lib.core.database import row, rows
from lib.core.sql import in_force
from lib.oversight.figures import finding_times

_IN_FORCE = in_force("a")


def doors(db: Database, day: str) -> list[dict]:
    """Doors of today that ask for more: symptoms, nobody at home, a refusal; the newest entry first.

    `ill` counts the persons with symptoms or a fever, as far as they were entered by name; `told` are the hours of
    the newest word on them, whenever the door itself was answered.
    """
    doors_found = rows(
        db,
        f"""select v.day, h.id, h.code, h.head_name, h.lane, h.house_number, h.phone, v.outcome, v.flags, v.recorded_at,
                hamlets.kind as hamlet_kind, hamlets.name as hamlet_name, a.team_id, m.full_name as member,
                m.phone as member_phone,
                (select count(*) from screenings s where s.day = v.day and s.household_id = v.household_id
                    and s.version = v.version and (s.symptoms <> '[]' or s.temperature is not null)) as ill
            from my_households h
            cross join visits v on v.day = :day and v.household_id = h.id -- all: of my households, in this order
            join areas hamlets on hamlets.code = h.hamlet_code
            left join assignments a  -- all: of my households
                on a.household_id = h.id and {_IN_FORCE}
            left join members m on m.id = a.member_id  -- all: who comes to this door
            where instr(v.flags, 's') or v.outcome in ('absent', 'refused')
            order by v.recorded_at desc, h.hamlet_code, h.walk_order""",
        {"day": day},
    )
    hours = finding_times.hours(db, day, [door["id"] for door in doors_found if "s" in door["flags"]])
    return [door | {"told": finding_times.illness(hours.get(door["id"], {}))} for door in doors_found]


def ill(doors_open: list[dict]) -> list[dict]:
    """Of these doors those with symptoms, the newest word first."""
    ill_doors = [door for door in doors_open if door["told"]]
    return sorted(ill_doors, key=lambda door: door["told"].changed, reverse=True)


def own_doors(db: Database, user: User, day: str) -> dict:
    """A member's due doors of the day: `{due, seen, attempted}`."""
    [counts] = rows(
        db,
        """select count(*) as due, count(*) filter (where v.outcome in ('met', 'phone')) as seen,
               count(v.day) as attempted
           from due_households d
           left join visits v on v.day = d.day -- all: of the visitor's own due households
               and v.household_id = d.household_id and v.outcome is not null
           where d.day = :day and d.member_id = :member""",
        {"day": day, "member": user.member_id},
    )
    return counts


def leader(db: Database, user: User) -> dict | None:
    """Who leads the visitor's team: `{full_name, phone}`."""
    return row(
        db,
        "select full_name, phone from my_members where team_id = ? and role = 'leader' and until_day is null",
        [user.team_id],
    )


def unfinished_teams(db: Database, day: str) -> list[dict]:
    """Teams with due households left, by name."""
    return rows(
        db,
        """select t.id, t.name, h.kind as hamlet_kind, h.name as hamlet_name, d.due, d.attempted,
               d.due - d.attempted as left, d.last_entry_at
           from team_day d join my_teams t on t.id = d.team_id join areas h on h.code = t.hamlet_code
           where d.day = :day and d.attempted < d.due and d.commune_code in (select code from my_communes)
           order by t.name_sort, t.id""",
        {"day": day},
    )


def unfinished_members(db: Database, user: User, day: str) -> list[dict]:
    """Members of the visitor's team with due households left, most first."""
    return rows(
        db,
        """select m.id, m.full_name, m.phone, count(*) as due, count(*) - count(v.day) as left
           from due_households d
           join my_members m on m.id = d.member_id
           left join visits v on v.day = d.day -- all: of the visitor's own team
               and v.household_id = d.household_id and v.outcome is not null
           where d.day = :day and d.team_id = :team
           group by m.id having left > 0 order by left desc, m.name_sort""",
        {"day": day, "team": user.team_id},
    )


def gaps(db: Database, day: str) -> list[dict]:
    """Hamlets where households have nobody, or without a team, by commune and name."""
    return rows(
        db,
        """select h.hamlet_code as code, a.kind, a.name, c.code as commune, c.kind as commune_kind,
               c.name as commune_name, d.kind as district_kind, d.name as district_name, h.teams,
               h.households - h.assigned as nobody
           from hamlet_day h
           join areas a on a.code = h.hamlet_code
           join areas c on c.code = h.commune_code
           join areas d on d.code = c.parent_code
           where h.day = :day and h.commune_code in (select code from my_communes)
               and (h.teams = 0 or h.assigned < h.households)
           order by d.name_sort, c.name_sort, c.code, a.name_sort, a.code""",
        {"day": day},
    )


def by_commune(hamlets: list[dict]) -> list[dict]:
    """The same, summed by commune, most first."""
    sums: dict[str, dict] = {}
    for h in hamlets:
        line = {
            "code": h["commune"],
            "kind": h["commune_kind"],
            "name": h["commune_name"],
            "nobody": 0,
            "parent_kind": h["district_kind"],
            "parent_name": h["district_name"],
        }
        sums.setdefault(h["commune"], line)["nobody"] += h["nobody"]
    return sorted(sums.values(), key=lambda line: -line["nobody"])


def unfinished_communes(db: Database, day: str) -> list[dict]:
    """Communes with due households left, by district and name; summed from the roll-ups of teams."""
    return rows(
        db,
        """select c.code, c.kind, c.name, p.kind as parent_kind, p.name as parent_name, d.due, d.left, d.last_entry_at
           from (select commune_code, sum(assigned - excluded) as due, max(last_entry_at) as last_entry_at,
                     sum(assigned - excluded - met - phone - absent - refused) as left
                 from team_day where day = :day and commune_code in (select code from my_communes)
                 group by commune_code having left > 0) d
           join areas c on c.code = d.commune_code
           join areas p on p.code = c.parent_code
           order by p.name_sort, c.name_sort, c.code""",
        {"day": day},
    )


def unused_accounts(db: Database) -> list[dict]:
    """Accounts of the level below whose issued password was never changed: nobody signed in with it."""
    return rows(
        db,
        """select a.username, a.full_name, a.phone, areas.kind, areas.name
           from my_accounts a
           join my_grants g on g.account_id = a.id
           join areas on areas.code = g.area_code
           where a.must_change and a.is_active group by a.id order by areas.name_sort, a.username""",
    )


def locked_accounts(db: Database, user: User, now: datetime) -> list[dict]:
    """Accounts locked out at this hour: of the level below, or any for who lifts every lock-out."""
    return rows(
        db,
        """select a.username, a.full_name, a.phone, '' as kind, '' as name
           from signin_failures f
           join accounts a on a.username = f.name  -- all: names for who manages them
           where f.locked_until > :now and (:any or a.id in (select id from my_accounts))
           group by a.id order by max(f.locked_until) desc""",
        {"now": clock.stamp(now), "any": can(user, "account.unlock")},
    )
