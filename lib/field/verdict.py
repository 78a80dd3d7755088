"""What becomes of one row of a save: written, left as it stands, or refused with a sentence."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User
from lib.core.errors import N_, Problem, Say
from lib.field import answers, quarantine, screenings
from lib.field.answers import QUARANTINE

_ELSEWHERE = Say(N_("This household is not in this team's list of that day."))
_NOT_DUE = Say(N_("This household is not to be visited on that day."))


@dataclass(frozen=True)
class Save:
    """What all rows of one save share; `undo` says that earlier answers are taken back."""

    user: User
    day: str
    now: datetime
    stamp: str
    undo: bool


def of_row(db: Database, save: Save, old: dict | None, draft: object) -> tuple[dict, dict | None]:
    """What to tell the sheet about one row, and the row to write, if any; inside an open act."""
    if old is None:
        return {"state": "refused", "say": _ELSEWHERE}, None
    if old["status"] not in (None, QUARANTINE):
        return {"state": "refused", "say": _NOT_DUE}, None
    try:
        new = old | answers.cleaned(db, old["id"], draft, save.day)
        if said := _stays(db, save, old, new, draft):
            return said, None
        if new["people"]:
            screenings.introduce(db, save.user, new, now=save.now)
        quarantine.move(db, old, new, save.day)
    except Problem as problem:
        return {"state": "refused", "say": problem.say}, None
    if old["outcome"] != new["outcome"] or old["recorded_at"] is None:
        new["recorded_at"] = save.stamp
    return {"state": "saved", "version": old["version"] + 1}, new


def _stays(db: Database, save: Save, old: dict, new: dict, draft: dict) -> dict | None:
    """What to tell the sheet where the store's row stays as it is: equal, not for a sweep to fill, or overtaken."""
    stands = {"state": "saved", "version": old["version"]}
    same = answers.same(old, new)
    if same and not answers.live_again(old, new):
        return stands
    unseen = answers.unseen(db, old, new, draft, save.day)
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
