"""What becomes of one row of a save: written, left as it stands, or refused with a sentence."""

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
    """What to tell the sheet about one row, and the row to write, if any; inside an open act."""
    if strange := _strange(save, old, draft):
        return {"state": "refused", "say": strange}, None
    try:
        new = old | answers.cleaned(db, old["id"], draft, save.day)
        if said := _stays(db, save, old, new, draft):
            return said, None
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


def _strange(save: Save, old: dict | None, draft: object) -> Say | None:
    """Why this row has no place on the sheet it is saved to; a row that names no team and day was typed on none."""
    here = {"team": save.team, "day": save.day}
    if isinstance(draft, dict) and any(draft.get(name, part) != part for name, part in here.items()):
        return _OTHER_SHEET
    if old is None:
        return _ELSEWHERE
    return None if old["status"] in (None, QUARANTINE) else _NOT_DUE


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
