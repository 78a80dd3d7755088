"""What is done with a report: sent, received, returned, recalled. Each deed is kept; none is ever changed."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, text, trusted_time
from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import row, value, write
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.oversight.reports import drafts
from lib.oversight.reports.states import RECALLABLE, first_day, recallable, standing

LONGEST = 600


def submit(db: Database, user: User, code: str, day: str, *, draft_version: int, now: datetime) -> int:
    """Send what is written to the level above; returns the version."""
    _own(user, code)
    with act(db, user, "report.write", now=now, kind="report.submit") as deed:
        deed.area = code
        trusted_time.check_hour(db, now=now)
        if not first_day(db) <= day <= clock.day_of(now):
            raise Conflict(N_("No report is due for this day."))
        draft = drafts.read(db, code, day)
        if draft["version"] != draft_version:
            raise Conflict(N_("This report was changed in another window. Check it again, then send it."))
        standing_before = standing(db, code, day, now=now)
        if standing_before.sent:
            raise Conflict(N_("This report has already been sent. Make corrections in an addendum."))
        drafts.complete(db, draft["content"], code, day)
        late = _minutes_late(deed.at, standing_before.due_at)
        event = ReportEvent(code, day, "submit", deed.at, standing_before.version + 1, late, content=draft["content"])
        add(db, user, event)
        deed.subject, deed.detail = day, {"version": standing_before.version + 1, "late_minutes": late}
    return standing_before.version + 1


def recall(db: Database, user: User, code: str, day: str, *, now: datetime, reason: str = "") -> None:
    """Take one's own report back to mend it; the version that was sent is kept.

    Conflict after the unit's own deadline, for the province after 15:30. The province says why: nobody stands above it.
    """
    _own(user, code)
    with act(db, user, "report.write", now=now, kind="report.recall") as deed:
        deed.area = code
        standing_before, level = (
            standing(db, code, day, now=now),
            value(db, "select level from areas where code = ?", [code]),
        )
        if not standing_before.sent:
            raise Conflict(N_("There is no sent report to recall."))
        trusted_time.check_hour(db, now=now)
        if not recallable(standing_before, level, now=now):
            sentence = N_(
                "A report can be recalled only until {hour}, and that time has passed. Make corrections in an addendum."
            )
            raise Conflict(sentence, hour=RECALLABLE[level])
        why = given_reason(reason) if level == "province" or text.clean(reason) else None
        add(db, user, ReportEvent(code, day, "recall", deed.at, standing_before.version, reason=why))
        deed.subject, deed.detail = day, {"version": standing_before.version} | ({"reason": why} if why else {})


def receive(db: Database, user: User, code: str, day: str, *, now: datetime) -> None:
    """Acknowledge a report of the level below."""
    below(db, user, code)
    with act(db, user, "report.write", now=now, kind="report.receive") as deed:
        deed.area = code
        standing_before = standing(db, code, day, now=now)
        last = _last_move(db, code, day)
        if last is None or last["deed"] != "submit":
            raise Conflict(N_("There is no new report to receive."))
        add(db, user, ReportEvent(code, day, "receive", deed.at, standing_before.version))
        deed.subject, deed.detail = day, {"version": standing_before.version}


def receive_all(db: Database, user: User, codes: list[str], day: str, *, now: datetime) -> list[str]:
    """Receive each of these reports by a deed of its own; returns those that were still to be received."""
    done = []
    with write(db):
        for code in codes:
            try:
                receive(db, user, code, day, now=now)
            except Conflict:  # received by a colleague, returned or recalled since it was drawn
                continue
            done.append(code)
    return done


def send_back(db: Database, user: User, code: str, day: str, *, reason: str, now: datetime) -> None:
    """Return a report to the level below, with what is to be mended; not after 15:00."""
    below(db, user, code)
    reason = given_reason(reason)
    with act(db, user, "report.write", now=now, kind="report.return") as deed:
        deed.area = code
        standing_before = standing(db, code, day, now=now)
        if standing_before.state == "locked":
            raise Conflict(N_("Reports are locked at 15:00. Ask for an addendum instead."))
        if standing_before.state not in ("submitted", "received"):
            raise Conflict(N_("There is no report to return."))
        add(db, user, ReportEvent(code, day, "return", deed.at, standing_before.version, reason=reason))
        deed.subject, deed.detail = day, {"version": standing_before.version, "reason": reason}


@dataclass(frozen=True)
class ReportEvent:
    """A deed as stored: `submit`, `receive`, `return`, `recall` or `correct`, of which `version` is the number."""

    code: str
    day: str
    deed: str
    at: str
    version: int
    late_minutes: int = 0
    reason: str | None = None
    content: dict = field(default_factory=dict)


def add(db: Database, user: User, event: ReportEvent) -> None:
    """Store a deed of the visitor's; inside an open transaction."""
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, for_account_id, version, late_minutes,
               reason, content)
           values (:day, :code, :deed, :at, :who, :whom, :version, :late_minutes, :reason, :content)""",
        asdict(event)
        | {"who": user.id, "whom": user.for_account, "content": json.dumps(event.content, ensure_ascii=False)},
    )


def _last_move(db: Database, code: str, day: str) -> dict | None:
    return row(
        db,
        """select deed, version from report_events where day = ? and area_code = ? and deed <> 'correct'
           order by id desc limit 1""",
        [day, code],
    )


def _minutes_late(at: str, due_at: str) -> int:
    """Whole minutes after the deadline, begun ones counted; 0 up to its last second."""
    return max(0, clock.begun_minutes(clock.instant(at) - clock.instant(due_at)))


def _own(user: User, code: str) -> None:
    access.check(user, "report.write")
    require(user.area_code == code or None)


def below(db: Database, user: User, code: str) -> None:
    access.check(user, "report.write")
    inside = user.area_code != code and access.holds_area(db, user, code)
    require(inside or None)


def given_reason(typed: str) -> str:
    reason = text.clean(typed)
    if not reason:
        raise Invalid({"reason": Say(N_("Give the reason in a few words; the other side will read it."))})
    if len(reason) > LONGEST:
        raise Invalid({"reason": Say(N_("At most {limit} characters."), {"limit": LONGEST})})
    return reason
