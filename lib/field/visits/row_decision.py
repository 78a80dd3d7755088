"""The decision on one row of a save: it is written, left as it stands, or refused with a sentence."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User
from lib.core.errors import N_, Problem, Say
from lib.field.visits import answers, quarantine, screenings
from lib.field.visits.answers import QUARANTINE

_ELSEWHERE = Say(N_("This household is not on this team's list that day; check the assignment or choose another team."))
_OTHER_SHEET = Say(N_("This answer was typed on the sheet of another team or day. Open that sheet and enter it there."))
_NOT_DUE = Say(N_("This household is not to be visited on that day; see its status."))


@dataclass(frozen=True)
class Save:
    """What all rows of one save share; `undo` says that earlier answers are taken back."""

    user: User
    team: int
    day: str
    now: datetime
    stamp: str
    undo: bool


def of_row(db: Database, save: Save, old: dict | None, draft: object) -> tuple[dict, dict | None]:
    """Decide one row inside an open act: the result for the sheet, and the row to write, if any."""
    if misplaced := _misplaced(save, draft):
        return {"state": "refused", "say": misplaced}, None
    if old is None:
        return {"state": "refused", "say": _ELSEWHERE}, None
    if old["status"] not in (None, QUARANTINE):
        return {"state": "refused", "say": _NOT_DUE}, None
    return _of_own_row(db, save, old, draft)


def _of_own_row(db: Database, save: Save, old: dict, draft: object) -> tuple[dict, dict | None]:
    """Decide a row that has its place on this sheet."""
    try:
        new = old | answers.cleaned(db, old["id"], draft, save.day)
        if result := _stays(db, save, old, new, draft):
            return result, None
        if answers.unmet(new):
            return {"state": "refused", "say": answers.UNMET}, None
        if new["people"]:
            screenings.introduce(db, save.user, new, now=save.now)
        quarantine.move(db, old, new, save.day)
    except Problem as problem:
        return {"state": "refused", "say": problem.say}, None
    if old["outcome"] != new["outcome"] or old["recorded_at"] is None:
        new["recorded_at"] = save.stamp
    return {"state": "saved", "version": old["version"] + 1}, new


def _misplaced(save: Save, draft: object) -> Say | None:
    """A sentence if the row was typed on the sheet of another team or day; a row need not name its sheet."""
    sheet = {"team": save.team, "day": save.day}
    if isinstance(draft, dict) and any(draft.get(name, part) != part for name, part in sheet.items()):
        return _OTHER_SHEET
    return None


def _stays(db: Database, save: Save, old: dict, new: dict, draft: object) -> dict | None:
    """The result if the stored row stays as it is: equal, not for a sweep to fill, or overtaken; else None."""
    stands = {"state": "saved", "version": old["version"]}
    same = answers.same(old, new)
    if same and not answers.live_again(old, new):
        return stands
    unseen = isinstance(draft, dict) and answers.unseen(db, old, new, draft, save.day)
    if same and unseen:
        return stands
    if new["swept"] and not save.undo and (unseen or old["outcome"] == QUARANTINE):
        return stands
    if not unseen:
        return None
    theirs = answers.theirs(db, old)
    return {
        "state": "refused",
        "overtaken": True,
        "say": answers.contested(old, theirs["who"], save.user),
        "theirs": theirs,
    }
