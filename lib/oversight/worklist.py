"""What is left to do today for one visitor, most urgent first; derived from the facts at each look."""

from dataclasses import dataclass, field

from sqlite_utils import Database

from lib.core.access import User, can
from lib.core.database import row, rows, value
from lib.core.errors import N_, Say


@dataclass(frozen=True)
class Task:
    """One line: how many, what, and the room (with its address) where it is put right."""

    n: int
    say: Say
    room: str
    verb: str
    urgent: bool = False
    query: dict[str, str] = field(default_factory=dict)


def tasks(db: Database, user: User, day: str) -> list[Task]:
    """The visitor's list; empty when nothing is left."""
    found = [*_beginnings(db, user)]
    if user.role in ("member", "leader", "commune", "station"):
        found += _symptoms(db, day)
    if can(user, "assignment.give"):
        found += _nobodys(db, day)
    if can(user, "visit.enter"):
        found += _visits_left(db, user, day)
    if user.role in ("district", "province", "inspector"):
        found += _silent_communes(db, user, day)
    return found


def _beginnings(db: Database, user: User) -> list[Task]:
    """The first steps of an area that has just started."""
    if user.role == "commune":
        for table, sentence, room, verb in (
            ("my_hamlets", N_("No hamlet yet: add the hamlets of the commune first."), "hamlets", N_("Add hamlets")),
            ("my_teams", N_("No team yet: found the first team."), "teams", N_("Found a team")),
            ("my_households", N_("No household yet: register the first one."), "households", N_("Register households")),
        ):
            if value(db, f"select 1 from {table} limit 1") is None:
                return [Task(0, Say(sentence), room, verb)]
    if (
        can(user, "account.manage")
        and user.role != "commune"
        and value(db, "select 1 from my_accounts limit 1") is None
    ):
        return [
            Task(
                0, Say(N_("The level below has no account yet: issue the first one.")), "accounts", N_("Issue accounts")
            )
        ]
    return []


def _symptoms(db: Database, day: str) -> list[Task]:
    """Households where somebody was reported ill today (S2-2)."""
    n = value(
        db,
        """select count(*) from my_households h
           cross join visits v on v.day = :day and v.household_id = h.id -- all: of my households, in this order
           where instr(v.flags, 's')""",
        {"day": day},
    )
    sentence = N_("Households with symptoms reported today. Call the health station at once if it does not know yet.")
    return [Task(n, Say(sentence), "households", N_("Show households"), urgent=True, query={"flag": "s"})] if n else []


def _nobodys(db: Database, day: str) -> list[Task]:
    """Households no living member answers for, and hamlets without a team (S2-24, S0-19)."""
    counts = row(
        db,
        """select ifnull(sum(households - assigned), 0) as nobody, count(*) filter (where teams = 0) as teamless
           from hamlet_day where day = :day and commune_code in (select code from my_communes)""",
        {"day": day},
    )
    found = []
    if counts["nobody"]:
        sentence = N_("Households with nobody responsible for them. Give each to a named team member.")
        found.append(Task(counts["nobody"], Say(sentence), "assignments", N_("Assign households"), urgent=True))
    if counts["teamless"]:
        sentence = N_("Hamlets without a team.")
        found.append(Task(counts["teamless"], Say(sentence), "teams", N_("Found a team")))
    return found


def _visits_left(db: Database, user: User, day: str) -> list[Task]:
    """Due households without a visit yet; the button opens the first unfinished team."""
    if user.role == "member":
        left, team = (
            value(
                db,
                """select count(*) from due_households d
               left join visits v on v.day = d.day -- all: of the visitor's own due households
                   and v.household_id = d.household_id and v.outcome is not null
               where d.day = :day and d.member_id = :member and v.day is null""",
                {"day": day, "member": user.member_id},
            ),
            user.team_id,
        )
    else:
        counts = row(
            db,
            """select ifnull(sum(d.due - d.attempted), 0) as n, count(*) as teams, min(t.name_sort),
                   t.id as team from team_day d join my_teams t on t.id = d.team_id
               where d.day = :day and d.attempted < d.due and d.commune_code in (select code from my_communes)""",
            {"day": day},
        )
        left, team = counts["n"], counts["team"]
    if not left:
        return []
    sentence = N_("Households still to be visited or entered today.")
    return [Task(left, Say(sentence), "sheet", N_("Open the sheet"), query={"team": str(team)})]


def _silent_communes(db: Database, user: User, day: str) -> list[Task]:
    """Communes of the area that have not entered anything today."""
    silent = rows(
        db,
        """select d.commune_code from team_day d
           where d.day = :day and d.commune_code in (select code from my_communes)
           group by d.commune_code having sum(d.due) > 0 and max(d.last_entry_at) is null""",
        {"day": day},
    )
    sentence = N_("Communes that have not reported anything today.")
    task = Task(len(silent), Say(sentence), "leaderboard", N_("Open the leaderboard"), query={"area": user.area_code})
    return [task] if silent else []
