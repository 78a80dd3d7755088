"""Checks, cleans and compares the answer of one row, and abbreviates it for the log."""

from operator import itemgetter

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.access import User
from lib.core.database import value
from lib.core.errors import N_, Invalid, Say
from lib.field.visits import findings

OUTCOMES = ("met", "phone", "absent", "refused")
QUARANTINE = "central_quarantine"  # stored as a dated status of the household, not as an outcome (S1-28)
FLAGS = "svkng"
NEEDS = ("food", "medicine", "chronic_care", "baby_supplies", "hospital_transport", "psychological", "other")
VIOLATIONS = ("not_declared", "no_mask", "gathering", "left_isolation", "business", "other")
NOTE_LIMIT = 500
_SENT = 20  # more than a sheet sends of one row before it is answered
PAPER = "paper"  # the channel of a row copied from a sheet on paper; else none

_REACHED = ("met", "phone", QUARANTINE)  # whoever was taken to quarantine keeps what led there
_PERSONAL = "sv"  # marks of what was found with a person

_WORDS = {
    "met": N_("Met in person"),
    "phone": N_("By phone"),
    "absent": N_("Absent"),
    "refused": N_("Refused"),
    QUARANTINE: N_("Central quarantine"),
    None: N_("Marks and note"),
}

_BY_ANOTHER = N_("{who} entered “{old}” at {hour}; enter it again to replace it.")
_ELSEWHERE = N_("This account entered “{old}” at {hour} on another device; enter it again to replace that.")
_HELD = Say(
    N_(
        "This household has been recorded as in central quarantine in the meantime; enter the answer "
        "again to replace it."
    )
)
_FREED = Say(
    N_("The central quarantine of this household has been ended in the meantime; enter it again if it still applies.")
)

_STORED = itemgetter("outcome", "flags", "note", "swept", "needs", "violations")
_THEIRS = ("outcome", "flags", "note", "swept", "needs", "violations", "people", "version", "changed_at")
_NOTHING: dict[str, list] = {"needs": [], "violations": [], "people": []}
UNMET = Say(
    N_(
        "A symptom, temperature or guest can be recorded only when someone was met or called: choose “Met in "
        "person” or “By phone”, or remove it."
    )
)
_NOTE = Say(N_("A note may have at most {limit} characters."), {"limit": NOTE_LIMIT})


def cleaned(db: Database, household: int, draft: object, day: str) -> dict:
    """Return a draft as a row to store; raise Invalid for values that the sheet cannot send."""
    if not isinstance(draft, dict):
        raise Invalid({"row": findings.UNREADABLE})
    outcome, flags, note = draft.get("outcome"), draft.get("flags") or "", draft.get("note") or ""
    if outcome not in (None, QUARANTINE, *OUTCOMES) or not isinstance(flags, str) or not isinstance(note, str):
        raise Invalid({"row": findings.UNREADABLE})
    if flags.strip(FLAGS) or draft.get("channel") not in (None, PAPER):
        raise Invalid({"row": findings.UNREADABLE})
    note = (text.clean(note) or None) if note else None
    if note and len(note) > NOTE_LIMIT:
        raise Invalid({"note": _NOTE})
    has_details = draft.get("people") or draft.get("needs") or draft.get("violations")
    details = _details(db, household, draft, day) if has_details else _NOTHING
    swept = int(draft.get("swept") is True and outcome == "met")
    marks = _marks(flags, note, details) if flags or note or has_details else ""
    channel = draft.get("channel") if outcome or marks else None
    return {"outcome": outcome, "flags": marks, "note": note, "swept": swept, "channel": channel, **details}


def _details(db: Database, household: int, draft: dict, day: str) -> dict[str, list]:
    return {
        "needs": findings.chosen(draft.get("needs"), NEEDS),
        "violations": findings.chosen(draft.get("violations"), VIOLATIONS),
        "people": findings.cleaned(db, household, draft.get("people") or [], day),
    }


def _marks(flags: str, note: str | None, details: dict[str, list]) -> str:
    """Return the flags in order: those marked and those with details; g depends on the note alone."""
    people = details["people"]
    marked = {
        "s": any(one["symptoms"] or one["temperature"] for one in people),
        "v": any(one["arrival"] for one in people),
        "k": details["violations"],
        "n": details["needs"],
    }
    return "".join(flag for flag in FLAGS if (note if flag == "g" else flag in flags or marked[flag]))


def unmet(line: dict) -> bool:
    """Whether the row records a finding about a person although nobody was met or called."""
    return line["outcome"] not in _REACHED and any(flag in line["flags"] for flag in _PERSONAL)


def same(some: dict, other: dict) -> bool:
    """Whether two rows have the same answer and the same findings about the same people."""
    if some["people"] or other["people"]:
        return _STORED(some) == _STORED(other) and findings.same(some["people"], other["people"])
    return bool(_STORED(some) == _STORED(other))


def live_again(old: dict, new: dict) -> bool:
    """Whether an answer at the door replaces one copied from paper; the reverse changes nothing."""
    return bool(old["channel"] == PAPER and not new["channel"])


def unseen(db: Database, old: dict, new: dict, draft: dict, day: str) -> bool:
    """Whether this draft would replace an answer that its sender has not seen.

    The sender has seen what was on the sheet when the draft was begun, and whatever this browser sent since without
    a reply. A quarantine that began or ended on the household's page changes no version: `was` shows it.
    """
    turned = (old["outcome"] == QUARANTINE) != (draft.get("was") == QUARANTINE)
    if draft.get("version") == old["version"] and not turned:
        return False
    if not (old["outcome"] or old["flags"] or (turned and new["outcome"] == QUARANTINE)):
        return False
    return not _sent_before(db, old, draft.get("sent"), day)


def _sent_before(db: Database, old: dict, sent: object, day: str) -> bool:
    return isinstance(sent, list) and any(_says(db, old, one, day) for one in sent[-_SENT:])


def _says(db: Database, old: dict, sent: object, day: str) -> bool:
    try:
        return same(old, cleaned(db, old["id"], sent, day))
    except Invalid:
        return False


def theirs(db: Database, old: dict) -> dict:
    """Return the stored answer with who gave it and when; both are None for a quarantine."""
    answer = old if _answered(old) else {**old, "recorded_by": None, "changed_at": None}
    who = value(
        db,
        """select full_name from accounts  -- all: the name of who answered at the visitor's own door
           where id = ?""",
        [answer["recorded_by"]],
    )
    return {**{name: answer[name] for name in _THEIRS}, "who": who}


def contested(old: dict, who: str | None, user: User) -> Say:
    """Return the sentence that names the stored answer and says that entering again replaces it."""
    if not _answered(old):
        return _HELD if old["outcome"] else _FREED
    sentence = _ELSEWHERE if old["recorded_by"] == user.id else _BY_ANOTHER
    hour = clock.hour_of(clock.instant(old["changed_at"]))
    return Say(sentence, {"who": who or "–", "old": _WORDS[old["outcome"]], "hour": hour})


def _answered(old: dict) -> bool:
    """Whether somebody answered this row; a quarantine may have been set on the household's page instead."""
    return old["outcome"] != QUARANTINE and bool(old["outcome"] or old["flags"])


def short(line: dict) -> str:
    """Return the answer in a few letters for the log, without notes and findings."""
    words = line["outcome"] or "–"
    words = f"{words} swept" if line["swept"] else words
    words = f"{words} paper" if line["channel"] else words
    return f"{words} {line['flags']}" if line["flags"] else words
