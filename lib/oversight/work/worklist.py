"""What is left to do today for one visitor, most urgent first; derived from the facts at each look."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User, can
from lib.core.database import row, value
from lib.core.errors import N_, Say
from lib.core.identity import delegation
from lib.oversight.figures import list_completeness
from lib.oversight.work import worklist_names as names
from lib.oversight.work import worklist_reports
from lib.oversight.work.task import Task

_SOON = timedelta(hours=1)  # before the cut-off; what is left by then is worth a mark


def tasks(db: Database, user: User, day: str, *, now: datetime, machine: Sequence[Say] = ()) -> list[Task]:
    """The visitor's list; empty when nothing is left. `machine` is what its keeper has to see to (S2-2, S2-24)."""
    listed = [*_lent(db, user, day), *_beginnings(db, user), *worklist_reports.tasks(db, user, day, now=now)]
    doors = names.doors(db, day) if user.role in ("member", "leader", "commune", "station") else []
    listed += _ill(user, doors)
    listed += _empty_handed(db, user)
    if can(user, "visit.enter"):
        listed += _visits_left(db, user, day, now)
    if user.role in ("district", "province", "inspector"):
        listed += _communes(db, user, day, now)
    if user.role in ("commune", "district", "province", "inspector"):
        listed += _lists(db, user, day)
        listed += _nobodys(db, user, day)
    if can(user, "visit.enter"):
        listed += _again(user, doors)
    if can(user, "account.manage"):
        listed += _accounts(db, user, now)
    if can(user, "backup.take"):
        listed += [Task(0, problem, "settings", N_("View server status"), urgent=True) for problem in machine]
    return sorted(listed, key=lambda task: not (task.urgent or task.late))


def progress(db: Database, user: User, day: str) -> dict | None:
    """`{due, seen, attempted}` of the visitor's own doors, team or area; None for who has none."""
    if user.role == "member":
        return names.own_doors(db, user, day)
    if not can(user, "names.see"):
        return None
    sums = "select ifnull(sum(due), 0) as due, ifnull(sum(seen), 0) as seen, ifnull(sum(attempted), 0) as attempted"
    return row(
        db,
        f"""{sums} from team_day where day = :day and commune_code in (select code from my_communes)
                and (:team is null or team_id = :team)""",
        {"day": day, "team": user.team_id},
    )


def _hurry(day: str, now: datetime) -> dict[str, bool]:
    """Late past the cut-off, urgent in the hour before it."""
    cutoff = clock.instant(clock.at(day, clock.DISTRICT_CUTOFF))
    return {"late": now > cutoff, "urgent": cutoff - _SOON <= now <= cutoff}


def _lent(db: Database, user: User, day: str) -> list[Task]:
    """Roles others lent to the visitor, new or in force, but for the one acted in (S0-21)."""
    held = [line for line in delegation.held(db, user, day) if line["id"] != user.grant_id]
    held = [line for line in held if line["in_force"] or line["seen_at"] is None]
    if not held:
        return []
    urgent = any(line["seen_at"] is None for line in held)
    sentence = Say(N_("A role has been delegated to you; switch to it to do that work."))
    return [Task(len(held), sentence, "me", N_("Show delegations"), urgent=urgent, of="delegations", lines=tuple(held))]


def _beginnings(db: Database, user: User) -> list[Task]:
    """The first steps of an area that has just started."""
    if user.role == "commune":
        for table, sentence, room, verb in (
            ("my_hamlets", N_("No hamlet yet: add the hamlets of the commune first."), "hamlets", N_("Add hamlets")),
            ("my_teams", N_("No team yet: create the first team."), "teams", N_("Create a team")),
            ("my_households", N_("No household yet: register the first one."), "households", N_("Register households")),
        ):
            if value(db, f"select 1 from {table} limit 1") is None:
                return [Task(0, Say(sentence), room, verb)]
    elif can(user, "account.manage") and value(db, "select 1 from my_accounts limit 1") is None:
        sentence = N_("The level below has no account yet: issue the first one.")
        return [Task(0, Say(sentence), "accounts", N_("Issue accounts"))]
    return []


def _ill(user: User, doors: list[dict]) -> list[Task]:
    """Households where somebody was reported ill today, the newest word first (S2-2)."""
    ill = names.ill(doors)
    if not ill:
        return []
    sentence = N_("Households with symptoms reported today. Call the health station at once if it does not know yet.")
    if user.role == "station":
        sentence = N_("Households with symptoms reported today, the newest first. Call them.")
    return [
        Task(
            len(ill),
            Say(sentence),
            "households",
            N_("Show households"),
            urgent=True,
            query={"flag": "s"},
            of="ill",
            lines=tuple(ill),
        )
    ]


def _again(user: User, doors: list[dict]) -> list[Task]:
    """Doors where nobody opened or somebody declined: to be tried once more while the day lasts.

    A member finds them marked in their own list.
    """
    shut = sorted((d for d in doors if d["outcome"] in ("absent", "refused")), key=lambda d: d["recorded_at"])
    sentence = N_("Households absent or refusing; try once more today.")
    lines = () if user.role == "member" else tuple(shut)
    return [Task(len(shut), Say(sentence), of="again", lines=lines)] if shut else []


def _empty_handed(db: Database, user: User) -> list[Task]:
    """A member or a team without a household of its own: that is no day on which everything is done."""
    if user.role not in ("member", "leader") or value(db, "select 1 from my_households limit 1") is not None:
        return []
    if user.role == "member":
        return [Task(0, Say(N_("No household is assigned to you yet. The team leader or the commune assigns them.")))]
    return [Task(0, Say(N_("No household is assigned to your team yet. Ask the commune to assign them.")))]


def _lists(db: Database, user: User, day: str) -> list[Task]:
    """Communes that have no list of households yet, and those that have far fewer households than expected."""
    missing = list_completeness.missing(list_completeness.by_commune(db, user, user.area_code, day))
    short = [line for line in missing if line["communes_listed"]]
    if user.role == "commune":
        n = sum(line["unregistered"] for line in short)
        sentence = N_("Expected households that are not on the lists yet.")
        return [Task(n, Say(sentence), "households", N_("Register households"))] if n else []
    unlisted = [line for line in missing if not line["communes_listed"]]
    verb, query = N_("Show what is missing"), {"area": user.area_code}
    return [
        Task(len(lines), Say(sentence), "gaps", verb, lines is unlisted, query=query, of=of, lines=tuple(lines))
        for lines, sentence, of in (
            (unlisted, N_("Communes without any list of households yet."), "unlisted"),
            (short, N_("Communes with far fewer households on their lists than expected."), "short"),
        )
        if lines
    ]


def _visits_left(db: Database, user: User, day: str, now: datetime) -> list[Task]:
    """Due households without a visit yet; the button opens the first unfinished team."""
    if user.role == "member":
        own = names.own_doors(db, user, day)
        left, team, of, lines = own["due"] - own["attempted"], user.team_id, "", []
    else:
        teams = names.unfinished_teams(db, day)
        left, team = sum(t["left"] for t in teams), next((t["id"] for t in teams), None)
        of, lines = "teams", sorted(teams, key=lambda t: (t["attempted"] > 0, -t["left"]))
        if user.role == "leader" and left:
            of, lines = "members", names.unfinished_members(db, user, day)
    if not left:
        return []
    sentence = N_("Households still to be visited or entered today.")
    return [
        Task(
            left,
            Say(sentence),
            "sheet",
            N_("Open the sheet"),
            query={"team": str(team)},
            of=of,
            lines=tuple(lines),
            **_hurry(day, now),
        )
    ]


def _nobodys(db: Database, user: User, day: str) -> list[Task]:
    """Households no living member answers for, and hamlets without a team (S2-24, S0-19).

    Who may not give households is led to the board instead.
    """

    def way(right: str, room: str, verb: str) -> tuple[str, str, dict[str, str]]:
        if can(user, right):
            return room, verb, {}
        return "leaderboard", N_("Open the leaderboard"), {"area": user.area_code}

    hamlets, tasks_found = names.gaps(db, day), []
    if nobody := [hamlet for hamlet in hamlets if hamlet["nobody"]]:
        sentence = N_("Households without a responsible member. Give each to a named team member.")
        room, verb, query = way("assignment.give", "assignments", N_("Assign households"))
        of, lines = ("hamlets", nobody) if user.role == "commune" else ("gaps", names.by_commune(nobody))
        n = sum(hamlet["nobody"] for hamlet in nobody)
        urgent = room == "assignments"
        tasks_found.append(Task(n, Say(sentence), room, verb, urgent, query=query, of=of, lines=tuple(lines)))
    if teamless := tuple(hamlet | {"nobody": 0} for hamlet in hamlets if not hamlet["teams"]):
        room, verb, query = way("team.manage", "teams", N_("Create a team"))
        sentence = N_("Hamlets without a team.")
        tasks_found.append(Task(len(teamless), Say(sentence), room, verb, query=query, of="hamlets", lines=teamless))
    return tasks_found


def _communes(db: Database, user: User, day: str, now: datetime) -> list[Task]:
    """Communes of the area that have not entered anything today, and those with doors left."""
    communes = names.unfinished_communes(db, day)
    silent = [c for c in communes if not c["last_entry_at"]]
    behind = sorted((c for c in communes if c["last_entry_at"]), key=lambda c: -c["left"])
    tasks_found = []
    for units, sentence, of, hurry in (
        (silent, N_("Communes without any entry today."), "silent", _hurry(day, now)),
        (behind, N_("Communes with households still to be visited today."), "behind", {}),
    ):
        if units:
            query = {"area": user.area_code}
            tasks_found.append(
                Task(
                    len(units),
                    Say(sentence),
                    "leaderboard",
                    N_("Open the leaderboard"),
                    query=query,
                    of=of,
                    lines=tuple(units),
                    **hurry,
                )
            )
    return tasks_found


def _accounts(db: Database, user: User, now: datetime) -> list[Task]:
    """Accounts of the level below that are locked out, or wait for their first sign-in."""
    locked, unused = names.locked_accounts(db, user, now), names.unused_accounts(db)
    tasks_found = []
    for accounts, sentence in (
        (locked, N_("Accounts locked after wrong passwords. Ask the person before unlocking.")),
        (unused, N_("Accounts that wait for their first sign-in. Hand the password over again if it was lost.")),
    ):
        if accounts:
            tasks_found.append(
                Task(
                    len(accounts),
                    Say(sentence),
                    "accounts",
                    N_("Show accounts"),
                    of="accounts",
                    urgent=accounts is locked,
                    lines=tuple(accounts),
                )
            )
    return tasks_found
