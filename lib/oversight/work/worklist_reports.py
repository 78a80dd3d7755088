"""What is left to do about the reports of the day: one's own, those of the level below, reminders to answer."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User, can
from lib.core.errors import N_, Say
from lib.oversight.reports import overview, reminders, states
from lib.oversight.work import waiting
from lib.oversight.work.task import Task

_SOON, _NOW = timedelta(hours=1), timedelta(minutes=30)  # before the deadline: listed, urgent


def tasks(db: Database, user: User, day: str, *, now: datetime) -> list[Task]:
    """Nothing for who writes no reports, nor on a day that asks for none."""
    listed = [*_reminders(db, user, now), *_returned(db, user, day)]
    if not can(user, "report.write") or not overview.is_due(db, day):
        return listed
    return [*listed, *_own(db, user, day, now), *_below(db, user, day, now)]


def _returned(db: Database, user: User, day: str) -> list[Task]:
    """One's own reports of earlier days that came back and were not sent again."""
    sentence = N_("The report of {day} was returned: {reason}")
    return [
        Task(
            0,
            Say(sentence, {"day": "/".join(reversed(back["day"].split("-"))), "reason": back["reason"]}),
            "report",
            N_("Open the report"),
            late=True,
            query={"day": back["day"]},
        )
        for back in waiting.own_returned(db, user, day)
        if back["day"] < day
    ]


def _own(db: Database, user: User, day: str, now: datetime) -> list[Task]:
    """One's own report from an hour before it is due until it is sent (S0-23, S0-25)."""
    standing = states.standing(db, user.area_code, day, now=now)
    left = clock.instant(standing.due_at) - now
    if standing.sent or (left > _SOON and not standing.version):
        return []
    if standing.state == "returned":
        say = Say(N_("The report of the day was returned: {reason}"), {"reason": standing.reason})
    elif standing.state == "recalled":
        say = Say(N_("The report of the day was recalled and has not been sent again yet."))
    else:
        hour = clock.hour_of(clock.instant(standing.due_at))
        say = Say(N_("The report of the day has not been sent yet; it is due at {hour}."), {"hour": hour})
    late = left < timedelta(0)
    return [Task(0, say, "report", N_("Open the report"), urgent=left <= _NOW and not late, late=late)]


def _below(db: Database, user: User, day: str, now: datetime) -> list[Task]:
    """Reports of the level below whose hour has passed, and those that were returned and did not come again."""
    if user.level == "commune":
        return []
    units = overview.units(db, user, user.area_code, day, now=now)
    late = sorted((unit for unit in units if unit["overdue"]), key=lambda unit: -unit["overdue"])
    returned = [unit for unit in units if unit["standing"].bucket == "returned"]
    listed = []
    for of, lines, sentence in (
        ("overdue", late, N_("Reports of the level below are overdue. Call or remind them.")),
        ("returned", returned, N_("Reports returned to the level below have not been sent again yet.")),
    ):
        if lines:
            verb = N_("Open the reports")
            task = Task(len(lines), Say(sentence), "reports", verb, late=lines is late, of=of, lines=tuple(lines))
            listed.append(task)
    return listed


def _reminders(db: Database, user: User, now: datetime) -> list[Task]:
    """Reminders of the levels above that wait for an answer (S0-14)."""
    open_reminders = tuple(reminders.open_for(db, user, now=now))
    if not open_reminders:
        return []
    hour, late = (
        clock.hour_of(clock.instant(open_reminders[0]["due_at"])),
        any(reminder["overdue"] for reminder in open_reminders),
    )
    sentence = Say(N_("Reminders not answered yet, the first due at {hour}."), {"hour": hour})
    return [
        Task(
            len(open_reminders),
            sentence,
            "reports",
            N_("Answer"),
            urgent=True,
            late=late,
            query={"show": "reminders"},
            of="reminders",
            lines=open_reminders,
        )
    ]
