"""One row's answer as the sheet sends it: read with suspicion, cleaned, compared, and named for the log."""

from operator import itemgetter

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.database import value
from lib.core.errors import N_, Invalid, Say

OUTCOMES = ("met", "phone", "absent", "refused")
QUARANTINE = "central_quarantine"  # stored as a dated status of the household, not as an outcome (S1-28)
FLAGS = "svkng"
NOTE_LIMIT = 500

_WORDS = {"met": N_("Met"), "phone": N_("By phone"), "absent": N_("Absent"), "refused": N_("Refused"),
          QUARANTINE: N_("Central quarantine"), None: N_("Marks and note")}  # fmt: skip

_STORED = itemgetter("outcome", "flags", "note", "swept")
_UNREADABLE = Say(N_("This row could not be read. Reload the page and enter it again."))
_NOTE = Say(N_("A note may have at most {limit} characters."), {"limit": NOTE_LIMIT})


def cleaned(draft: object) -> dict:
    """Outcome, flags, note and swept as they are stored; Invalid for what the sheet cannot have sent."""
    if not isinstance(draft, dict):
        raise Invalid({"row": _UNREADABLE})
    outcome, flags, note = draft.get("outcome"), draft.get("flags") or "", draft.get("note") or ""
    if outcome not in (None, QUARANTINE, *OUTCOMES) or not isinstance(flags, str) or not isinstance(note, str):
        raise Invalid({"row": _UNREADABLE})
    if flags.strip(FLAGS):
        raise Invalid({"row": _UNREADABLE})
    note = (text.clean(note) or None) if note else None
    if note and len(note) > NOTE_LIMIT:
        raise Invalid({"note": _NOTE})
    kept = "".join(flag for flag in FLAGS if (note if flag == "g" else flag in flags)) if flags or note else ""
    swept = int(draft.get("swept") is True and outcome == "met")
    return {"outcome": outcome, "flags": kept, "note": note, "swept": swept}


def stands(old: dict, new: dict, seen: object) -> bool:
    """Whether the store's row stays as it is: equal, or answered by somebody since a sweep's sender saw it."""
    if _STORED(old) == _STORED(new):
        return True
    answered = bool(old["outcome"] or old["flags"]) and seen != old["version"]
    return bool(new["swept"]) and (answered or old["outcome"] == QUARANTINE)


def overtaken(old: dict, seen: object, account: int) -> bool:
    """Whether another account answered this row after the draft's sender saw it."""
    return seen != old["version"] and bool(old["outcome"] or old["flags"]) and old["recorded_by"] not in (None, account)


def by_another(db: Database, old: dict) -> Say:
    """Whose answer stands, and that entering one again replaces it."""
    who = value(
        db,
        """select full_name from accounts  -- all: the name of who answered at the visitor's own door
           where id = ?""",
        [old["recorded_by"]],
    )
    places = {"who": who, "old": _WORDS[old["outcome"]], "hour": clock.hour_of(clock.instant(old["recorded_at"]))}
    return Say(N_("{who} entered “{old}” at {hour}; enter it again to replace it."), places)


def short(line: dict) -> str:
    """The answer in a few letters for the log; the words of a note stay out of it."""
    said = line["outcome"] or "–"
    said = f"{said} swept" if line["swept"] else said
    return f"{said} {line['flags']}" if line["flags"] else said
