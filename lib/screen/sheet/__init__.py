"""The sheet's component: what it sent is read at the top of the fragment, what it shows is given here.

The script, which begins in sheet.js, keeps every answer in the browser until a run says that it is saved. It contains
no words: they all come from here.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Problem, Say
from lib.core.words import phone
from lib.field.visits import screenings, visits
from lib.field.visits.answers import FLAGS, NOTE_LIMIT, OUTCOMES, PAPER, QUARANTINE
from lib.screen.i18n import _, hour, say
from lib.screen.i18n import day as day_
from lib.screen.labels import ARRIVALS, HOUSEHOLD_STATUS, NEEDS, SYMPTOMS, VIOLATIONS
from lib.screen.sheet import session
from lib.screen.sheet.words import words
from lib.screen.shell import assets, bundle
from lib.screen.shell.page import today

_HERE = Path(__file__).parent
_STYLE = "ground strip bar list conflict panel help narrow cards"  # in the order in which rules outdo each other

_mount = assets.component(
    "tungnha_sheet",
    html=(_HERE / "sheet.html").read_text("utf-8"),
    css="\n".join((_HERE / f"{name}.css").read_text("utf-8") for name in _STYLE.split()),
    js=bundle.component(_HERE / "sheet.js"),
)


@dataclass(frozen=True)
class Batch:
    """Answers of one team and day as the browser sent them; `go` is the team to show next, else the one `shown` stays.

    `undo` says that they take earlier ones back.
    """

    id: str
    team: int
    day: str
    rows: dict
    reason: str | None
    go: int | None
    shown: int | None
    undo: bool


def sent(user: User) -> Batch | None:
    """What this run was started for, if the sheet started it. Another account's answers are not ours to save."""
    message = (session.COMPONENT.get() or {}).get("save")
    if not isinstance(message, dict) or message.get("account") != user.id:
        return None
    rows, reason = message.get("rows"), message.get("reason")
    return Batch(
        id=str(message.get("id"))[:40],
        team=_whole(message.get("team")) or 0,
        day=str(message.get("day"))[:10],
        rows=rows if isinstance(rows, dict) else {},
        reason=reason if isinstance(reason, str) else None,
        go=_whole(message.get("go")),
        shown=_whole(message.get("shown")),
        undo=message.get("undo") is True,
    )


def _whole(number: object) -> int | None:
    return number if type(number) is int and 0 <= number < 2**53 else None


def answer(batch: Batch, saved: dict[str, dict] | None, problem: Problem | None) -> dict:
    """What to tell the browser of a batch: each row saved, or refused with its sentence.

    A row that would replace an answer its sender never saw brings that one along as `theirs`.
    """
    if problem:
        saved = {code: {"state": "refused", "say": _first(problem)} for code in batch.rows}
    rows = {
        code: {
            "state": row["state"],
            "why": say(row["say"]) if "say" in row else None,
            "overtaken": "overtaken" in row,
            "theirs": _theirs(row["theirs"]) if "theirs" in row else None,
        }
        for code, row in (saved or {}).items()
    }
    return {"id": batch.id, "rows": rows}


def _theirs(stored: dict) -> dict:
    return {
        **{name: stored[name] for name in ("outcome", "flags", "needs", "violations", "people", "version")},
        "note": stored["note"] or "",
        "swept": bool(stored["swept"]),
        "who": stored["who"] or "",
        "hour": hour(stored["changed_at"]),
    }


def _first(problem: Problem) -> Say:
    return next(iter(problem.faults.values())) if hasattr(problem, "faults") else problem.say


@dataclass(frozen=True)
class TeamSheet:
    """A team's households of one day, and how they are entered."""

    team: dict
    day: str
    lines: list[dict]
    teams: list[dict]  # to go through
    last: int  # the highest number given
    editable: bool
    reason: str | None  # of an older day
    copying: bool  # a printed sheet, also while its code is still asked for
    print: str | None  # its code

    @property
    def channel(self) -> str | None:
        return PAPER if self.copying and self.editable else None


def show(user: User, sheet: TeamSheet, receipt: dict | None) -> None:
    """Mount the sheet; `receipt` is what `answer` says of the batch that this run was started for."""
    _mount(
        key=session.COMPONENT.name,
        data={
            "run": secrets.token_hex(4),  # the script is called for new data only; a run without news is news too
            "account": user.id,
            "team": sheet.team["id"],
            "day": sheet.day,
            "days": [today(), clock.plus(today(), -1)],
            "place": _place(sheet.team, sheet.day),
            "rows": [_row(line, editable=sheet.editable) for line in sheet.lines],
            "editable": sheet.editable,
            "told": receipt,
            "strip": _strip(user, sheet.teams),
            "lists": _lists(),
            "outcomes": [*OUTCOMES, QUARANTINE],
            "flags": FLAGS,
            "limit": NOTE_LIMIT,
            "words": words(),
            "reason": sheet.reason,
            "channel": sheet.channel,
            "print": sheet.print,
            "copying": sheet.copying,
            "last": sheet.last,
            "next": visits.next_team(sheet.teams, sheet.team["id"]),
        },
        on_save_change=lambda: None,
    )


def _place(team: dict, day: str) -> dict:
    """Which sheet this is, in words that stay in sight; `other` for any day but today."""
    words = {today(): _("Today, {day}"), clock.plus(today(), -1): _("Yesterday, {day}")}
    return {
        "team": team["name"],
        "day": words.get(day, _("Another day: {day}")).format(day=day_(day)),
        "other": day != today(),
    }


def _strip(user: User, teams: list[dict]) -> list[list]:
    """All teams of the day as far as they have come, for the clerk who goes through them."""
    if user.role != "commune":
        return []
    return [[team["id"], team["name"], team["due"] or 0, team["attempted"] or 0] for team in teams]


def _lists() -> dict[str, list[list[str]]]:
    """What the panels choose from, each code with its word."""
    words = {"symptoms": SYMPTOMS, "arrivals": ARRIVALS, "needs": NEEDS, "violations": VIOLATIONS}
    return {
        **{name: [[code, _(word)] for code, word in listed.items()] for name, listed in words.items()},
        "provinces": [[code, province.name] for code, province in screenings.provinces().items()],
    }


def _row(line: dict, *, editable: bool) -> dict:
    """One household for the browser: what is read on the way, what is stored of the day, and whom to choose from."""
    return {
        "number": line["number"],
        "code": line["code"],
        "name": line["head_name"],
        "place": ", ".join(filter(None, (line["house_number"], line["lane"], line["group_name"]))),
        "phone": phone.spaced(line["phone"]),
        "persons": line["persons"],
        "member": line["member_id"],
        "member_name": line["member"],
        "outcome": line["outcome"],
        "swept": bool(line["swept"]),
        "flags": line["flags"],
        "note": line["note"] or "",
        "needs": line["needs"],
        "violations": line["violations"],
        "people": line["people"],
        "residents": line["residents"] if editable else [],
        "channel": line["channel"],
        "version": line["version"],
        "hour": hour(line["recorded_at"]) if line["outcome"] else "",
        "late": bool(line["late"]),
        "why": _why_not_due(line),
    }


def _why_not_due(line: dict) -> str | None:
    if not line["locked"]:
        return None
    status = HOUSEHOLD_STATUS[line["status"]]
    why = _("{status} since {day}").format(status=_(status), day=day_(line["status_from"]))
    return f"{why}: {line['status_reason']}" if line["status_reason"] else why
