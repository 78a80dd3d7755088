"""Reminders to the levels below, acknowledged and answered by an hour (S0-14, S4-24).

Both sides see a reminder, and who answers for the areas of both; nobody else does. A report that comes after it settles
it: nobody is asked any more why there is none.
"""

import json
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, text
from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import row, rows, value
from lib.core.errors import N_, Conflict, Invalid, Say

LONGEST = 1000
DAYS_BACK = 31  # how long an unanswered reminder keeps asking
LEVELS = ("district", "commune")


def send(db: Database, user: User, words: dict[str, str], *, due_at: str, day: str, now: datetime) -> list[int]:
    """Remind areas below, directly or not, about their reports of `day`, all or none; `words` is `{area: text}`."""
    access.check(user, "reminder.send")
    for area in words:
        require(_below(db, user, area) or None)
    sentences = {area: _words(typed) for area, typed in words.items()}
    if due_at <= clock.stamp(now):
        raise Invalid({"due_at": Say(N_("The deadline for the answer must be later than now."))})
    ids = []
    with act(db, user, "reminder.send", now=now) as deed:
        for area, sentence in sentences.items():
            cursor = db.conn.execute(
                """insert into reminders (day, from_area, to_area, words, due_at, made_at, made_by)
                   values (:day, :from, :to, :words, :due, :at, :who)""",
                {
                    "day": day,
                    "from": user.area_code,
                    "to": area,
                    "words": sentence,
                    "due": due_at,
                    "at": clock.stamp(now),
                    "who": user.id,
                },
            )
            ids.append(cursor.lastrowid or 0)  # an insert always has one
        deed.subject, deed.nothing = _names(db, list(sentences)), not sentences
        deed.detail = {"day": day, "due_at": due_at, "to": list(sentences)}
    return ids


def see(db: Database, user: User, reminder_id: int, *, now: datetime) -> None:
    """Acknowledge a reminder; again is no further act."""
    with act(db, user, "reminder.answer", now=now, kind="reminder.see") as deed:
        reminder = _mine(db, user, reminder_id)
        deed.subject, deed.nothing = reminder["sender"], reminder["seen_at"] is not None
        if not deed.nothing:
            _mark_seen(db, user, reminder_id, now)


def answer(db: Database, user: User, reminder_id: int, words: str, *, now: datetime) -> None:
    """Answer once; to answer is also to have seen it."""
    words = _words(words)
    with act(db, user, "reminder.answer", now=now) as deed:
        reminder = _mine(db, user, reminder_id)
        if reminder["answered_at"]:
            raise Conflict(N_("This reminder has already been answered."))
        _mark_seen(db, user, reminder_id, now)
        db.conn.execute(
            "update reminders set answer = :words, answered_at = :at, answered_by = :who where id = :id",
            {"words": words, "at": clock.stamp(now), "who": user.id, "id": reminder_id},
        )
        deed.subject, deed.detail = reminder["sender"], {"day": reminder["day"]}


def open_for(db: Database, user: User, *, now: datetime) -> list[dict]:
    """What the visitor's own area has neither answered nor settled by its report, the first due first."""
    if not user.can("reminder.answer"):
        return []
    since = clock.plus(clock.day_of(now), -DAYS_BACK)
    values = {"area": user.area_code, "since": since}
    unanswered = _listed(db, "r.to_area = :area and r.answered_at is null and r.day >= :since", values, now)
    return [line for line in unanswered if not line["came_at"]]


def received(db: Database, user: User, day: str, *, now: datetime) -> list[dict]:
    """Those to the visitor's own area about a day, answered or not."""
    access.check(user, "report.see")
    return _listed(db, "r.to_area = :area and r.day = :day", {"area": user.area_code, "day": day}, now)


def sent(db: Database, user: User, day: str, *, now: datetime) -> list[dict]:
    """Those the visitor's own area sent about a day; `overdue` is open past its hour."""
    access.check(user, "report.see")
    return _listed(db, "r.from_area = :area and r.day = :day", {"area": user.area_code, "day": day}, now)


def latest(db: Database, user: User, codes: list[str], day: str, *, now: datetime) -> dict[str, dict]:
    """`{area: its last reminder about the day}`, of areas the visitor answers for."""
    access.check(user, "report.see")
    inside = access.held_areas(db, user, codes)
    where = "r.day = :day and r.to_area in (select value from json_each(:codes))"
    reminders = _listed(db, where, {"day": day, "codes": json.dumps(inside)}, now)
    return {line["to_area"]: line for line in sorted(reminders, key=lambda line: line["id"])}


def _listed(db: Database, where: str, values: dict, now: datetime) -> list[dict]:
    reminders = rows(
        db,
        f"""select r.id, r.day, r.from_area, r.to_area, r.words, r.due_at, r.made_at, r.seen_at, r.answer,
                r.answered_at, a.full_name as who, s.full_name as answered_by,
                f.kind as from_kind, f.name as from_name, t.kind as to_kind, t.name as to_name,
                (select min(e.at) from report_events e where e.day = r.day and e.area_code = r.to_area
                    and e.deed = 'submit' and e.at >= r.made_at and not exists (select 1 from report_events b
                        where b.day = e.day and b.area_code = e.area_code and b.deed = 'recall' and b.id > e.id)
                ) as came_at
            from reminders r join areas f on f.code = r.from_area join areas t on t.code = r.to_area
            join accounts a on a.id = r.made_by -- all: the sender's name, for both sides
            left join accounts s on s.id = r.answered_by -- all: the answerer's name, for both sides
            where {where} order by r.due_at, r.id""",
        values,
    )
    stamp = clock.stamp(now)
    open_ = {line["id"] for line in reminders if not line["answered_at"] and not line["came_at"]}
    return [line | {"overdue": line["id"] in open_ and line["due_at"] < stamp} for line in reminders]


def _mine(db: Database, user: User, reminder_id: int) -> dict:
    """A reminder to the visitor's own area; one to others is not found."""
    reminder: dict = require(
        row(
            db,
            """select r.id, r.day, r.seen_at, r.answered_at, f.kind || ' ' || f.name as sender
               from reminders r join areas f on f.code = r.from_area where r.id = ? and r.to_area = ?""",
            [reminder_id, user.area_code],
        )
    )
    return reminder


def _mark_seen(db: Database, user: User, reminder_id: int, now: datetime) -> None:
    db.conn.execute(
        "update reminders set seen_at = ?, seen_by = ? where id = ? and seen_at is null",
        [clock.stamp(now), user.id, reminder_id],
    )


def _below(db: Database, user: User, area: str) -> bool:
    level = value(db, "select level from areas where code = ?", [area])
    return level in LEVELS and area != user.area_code and access.holds_area(db, user, area)


def _words(typed: str) -> str:
    """Cleaned, its lines kept."""
    words = "\n".join(filter(None, (text.clean(line) for line in typed.splitlines())))
    if not words:
        raise Invalid({"words": Say(N_("This may not be left empty."))})
    if len(words) > LONGEST:
        raise Invalid({"words": Say(N_("At most {limit} characters."), {"limit": LONGEST})})
    return words


def _names(db: Database, codes: list[str]) -> str:
    sql = """select kind || ' ' || name as told from areas where code in (select value from json_each(?))
             order by name_sort"""
    return ", ".join(line["told"] for line in rows(db, sql, [json.dumps(codes)]))
