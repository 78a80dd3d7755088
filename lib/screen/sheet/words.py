"""Every word the sheet's script shows; `{n}` and the like are filled in by the script."""

from lib.screen.i18n import _
from lib.screen.labels import FLAGS, OUTCOMES
from lib.screen.sheet import panel_words


def words() -> dict:
    return {
        "outcomes": {code: _(label) for code, label in OUTCOMES.items()},
        "short": {"met": _("Met")},
        "flags": {code: _(label) for code, label in FLAGS.items()},
        "table": _("Households of the team in walking order"),
        "household": _("Household"),
        "answer": _("Result of the visit"),
        "marks": _("Marks"),
        "state": _("Save status"),
        "persons": _("{n} people"),
        "group": _("{name} · {left} of {n} left"),
        "due": _("To visit"),
        "seen": _("Reached"),
        "attempted": _("Attempted"),
        "left": _("Left"),
        "blank": _("Not visited yet"),
        "more": _("Marks and note"),
        "clear": _("Clear"),
        "note": _("Note on this household"),
        "note_keep": _("Save note"),
        "next": _("Next team"),
        "next_none": _("There is no other unfinished team on this day. Press Esc to continue with this one."),
        "next_title": _("{name}: {left} left"),
        "cancel": _("Cancel"),
        "close": _("Close"),
        **_saving(),
        **_turning(),
        **_normal(),
        **_keys(),
        **_finding(),
        **_changed(),
        **_conflict(),
        **panel_words.words(),
    }


def _saving() -> dict:
    """Whether a row is saved, and what waits or was refused."""
    return {
        "unsaved": _("Not saved yet"),
        "saving": _("Saving…"),
        "saved": _("Saved"),
        "refused": _("Not saved"),
        "swept": _("all at once"),
        "late": _("late"),
        "paper": _("from paper"),
        "copying": _("Entering from paper"),
        "all_saved": _("Everything is saved."),
        "typing": _("Not saved yet: what is being typed for {name}"),
        "waiting": _("Not saved yet: {n}"),
        "offline": _(
            "No connection. Unsaved rows ({n}) are kept in this browser and will be sent when the connection returns."
        ),
        "memory": _("This browser cannot keep data: do not close this page before everything is saved."),
        "elsewhere": _("Answers that could not be saved"),
        "elsewhere_row": _("{code}, {day}: {answer}. {why}"),
        "discard": _("Discard"),
    }


def _normal() -> dict:
    """All others at once, after one question."""
    return {
        "normal": _("Mark the rest normal"),
        "normal_ask": _("Mark the remaining households ({n}) as “{met}”? They are recorded as entered all at once."),
        "normal_flagged": _("Households with marks but no result come next: {n}."),
        "normal_yes": _("Yes, mark {n}"),
        "normal_done": _("{n} marked “{met}”."),
        "marked_ask": _("These households ({n}) have marks but no result. Set them to “{met}”?"),
        "unmet_ask": _(
            "{name} has a symptom, temperature or guest on record, which requires that someone was met or "
            "called. Setting “{answer}” removes it."
        ),
        "unmet_ask_clear": _("{name} has a symptom, temperature or guest on record. Clearing the row removes it."),
        "unmet_keep": _("Keep “{answer}”"),
        "unmet_drop": _("Set “{answer}” and remove it"),
        "unmet_clear": _("Clear the row"),
    }


def _turning() -> dict:
    """Keys that wait for another sheet."""
    return {
        "opening": _("Opening {name}…"),
        "turned": _("This is now the sheet of {name}, {day}. Press Esc before entering anything."),
        "keys_wait": _("Keys waiting for {name}: {n}."),
        "keys_stuck": _("Press Esc to stay on this sheet."),
        "keys_left": _("Staying with {name}. Keys discarded: {n}."),
        "keys_missed": _("{name} could not be opened. Keys not recorded: {n}. Press Esc to continue with this sheet."),
        "keys_closed": _("Keys not recorded: {n}. The sheet of {name} is not open for entry."),
    }


def _keys() -> dict:
    """The list of keys, and the ways over the sheet."""
    return {
        "keys": _("Keyboard shortcuts"),
        "keys_rows": _("Up, down"),
        "keys_aside": _("Buttons of the row"),
        "keys_ends": _("First, last row"),
        "keys_find": _("Find a household; /17 Enter: row 17"),
        "keys_strip": _("Team progress bars"),
        "keys_back": _("Close and return to the row"),
        "undo_key": _("Undo"),
        "redo_key": _("Redo"),
    }


def _finding() -> dict:
    """Finding a household, and the bars of the commune's teams."""
    return {
        "find": _("Find household"),
        "find_how": _("Name of anyone there, address, code or row number"),
        "find_count": _("{n} of {all}"),
        "find_lives": _("{name}: household of {head}"),
        "find_none": _("No matching household."),
        "find_gone": _("Row {n} is no longer on this sheet, or not among yours."),
        "find_close": _("Show all"),
        "go_lost": _("Without a connection only this team's sheet can be entered. Press Esc to continue with it."),
        "strip": _("Teams of the commune"),
        "strip_team": _("{name}: {attempted} of {due} attempted"),
        "strip_none": _("{name}: no household to visit"),
        "strip_sum": _("Teams of the commune: {n}, finished: {full}"),
        "arrived": _("just arrived"),
        "arrived_n": _("Rows entered by others just arrived: {n}."),
    }


def _changed() -> dict:
    """Taking back and doing again."""
    return {
        "undo": _("Undo the last action (Ctrl+Z)"),
        "redo": _("Redo what was undone (Ctrl+Y)"),
        "undone": _("Undone: {what}"),
        "redone": _("Redone: {what}"),
        "undo_none": _("There is nothing to undo on this day."),
        "redo_none": _("There is nothing to redo on this day."),
        "undo_closed": _("This sheet is read-only now; nothing was undone."),
        "act_row": _("{number}. {name}: {from} → {to}"),
        "act_many": _("{n} households: {from} → {to}"),
        "act_marks": _("{number}. {name}: marks and note"),
    }


def _conflict() -> dict:
    """Two answers to one household."""
    return {
        "conflict": _("Two answers"),
        "conflict_by": _("{who}, {hour}"),
        "conflict_typed": _("Typed here"),
        "conflict_theirs": _("Keep theirs"),
        "conflict_mine": _("Use mine"),
        "conflict_first": _("This household has two answers. Choose one first."),
        "conflict_kept": _("The saved answer is kept."),
    }
