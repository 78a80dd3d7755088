"""The log's lines as sentences: what was done, to what, from what to what, and why.

A line may bring `names`: what households and hamlets are called, as far as the reader may know.
"""

import re

from lib.core import clock
from lib.core.errors import N_
from lib.core.words import dates
from lib.screen.history import act_changes, act_households
from lib.screen.history.act_households import Names
from lib.screen.i18n import _, day
from lib.screen.labels import ROLES

ACTS = {
    "signin": N_("signed in"),
    "signin.failed": N_("failed to sign in as {subject}"),
    "signout": N_("signed out"),
    "account.create": N_("issued the account {subject}"),
    "account.active": N_("switched the account {subject} on or off"),
    "account.delegate": N_("delegated their role to {subject}"),
    "account.delegate_end": N_("ended the delegation to {subject}"),
    "account.delegate_seen": N_("read the delegation from {subject}"),
    "account.issue": N_("issued a new password to {subject}"),
    "account.password": N_("changed their password"),
    "account.reset": N_("issued a new password to {subject} at the machine's terminal"),
    "account.unlock": N_("unlocked {subject}"),
    "clock.confirm": N_("confirmed that the day was {subject}"),
    "backup.take": N_("backed up the data to {subject}"),
    "backup.restore": N_("restored the data from {subject}; everyone signs in again"),
    "reminder.send": N_("reminded {subject} of the report"),
    "reminder.see": N_("read the reminder of {subject}"),
    "reminder.answer": N_("answered the reminder of {subject}"),
    "report.correct": N_("corrected the report of {subject} by an addendum"),
    "report.draft": N_("edited the report of {subject}"),
    "report.freeze": N_("froze the figures of {subject}"),
    "report.recall": N_("recalled the report of {subject} for correction"),
    "report.opening": N_("entered a total from before the program"),
    "report.since": N_("changed the start date of cumulative totals"),
    "report.receive": N_("received the report of {subject}"),
    "report.return": N_("returned the report of {subject}"),
    "report.submit": N_("sent the report of {subject}"),
    "rollup.corrected": N_("corrected the totals of {subject}"),
    "setting.rules": N_("changed the size rules"),
    "setting.sources": N_("changed the document behind the rules on teams"),
    "setting.words": N_("changed what hamlets are called"),
    "setting.technical": N_("changed a technical setting"),
    "setting.copies": N_("changed the second backup location"),
    "template.back": N_("restored an earlier report form, now version {subject}"),
    "template.edit": N_("changed the report form, now version {subject}"),
    "undo": N_("undid: {what}"),
    "visit.record": N_("entered visits of {subject}"),
    "visit.undo": N_("undid entries of {subject}"),
    "visit.refused": N_("tried to enter a household outside the team's list: {subject}"),
    "expected.edit": N_("entered the expected households of {subject}"),
    "expected.remove": N_("removed the expected households of {subject}"),
    "hamlet.add": N_("added {subject}"),
    "hamlet.rename": N_("renamed {subject}"),
    "hamlet.remove": N_("removed {subject}"),
    "member.add": N_("added member {subject}"),
    "member.edit": N_("changed member {subject}"),
    "member.leave": N_("recorded that member {subject} left"),
    "person.add": N_("added {name} to household {subject}"),
    "person.edit": N_("corrected {name} of household {subject}"),
    "person.leave": N_("recorded that {name} left household {subject}"),
    "household.walk": N_("moved household {subject} in the walking order"),
    "household.reorder": N_("changed the walking order of {subject}"),
    "household.status": N_("set the status of household {subject}"),
    "household.status_end": N_("ended the status of household {subject}"),
    "household.register": N_("registered household {subject}"),
    "household.edit": N_("changed household {subject}"),
    "team.found": N_("created {subject}"),
    "team.edit": N_("changed {subject}"),
    "team.dissolve": N_("dissolved {subject}"),
    "member.absent": N_("recorded that {subject} is away"),
    "member.left": N_("recorded that {subject} left and gave the households to others"),
    "member.back": N_("{subject} is available again"),
    "household.move": N_("moved household {subject} to another hamlet"),
    "household.arrive": N_("household {subject} moved in from another commune"),
    "household.merge": N_("merged household {subject} into household {other}"),
    "duplicate.two": N_("confirmed as not duplicates: {subject}"),
    "import.settle": N_("resolved the refused rows of {subject}"),
    "person.merge": N_("merged two entries of {name} in household {subject}"),
    "team.merge": N_("merged {others} into {subject}"),
    "team.split": N_("split {subject}"),
    "team.wind_up": N_("dissolved {subject} and gave its households to others"),
    "team.leader": N_("changed the leader of {subject}"),
    "team.models": N_("kept one team model in the hamlet of {subject}"),
    "import.apply": N_("imported the file {subject}"),
    "heading.match": N_("set what these list headings mean: {subject}"),
    "heading.forget": N_("removed the remembered meaning of the list heading {subject}"),
    "officer.name": N_("assigned {subject} as officer for reports"),
    "officer.end": N_("ended the duty of {subject} as officer for reports"),
    "paper.print": N_("printed {subject}"),
    "document.make": N_("made the document {subject}"),
    "letterhead.edit": N_("changed the document layout of {subject}"),
    "list.export": N_("exported the list {subject}"),
    "assignment.give": N_("gave households to {subject}"),
    "assignment.accept": N_("applied the proposed split for {subject}"),
    "assignment.undo": N_("undid an assignment of {subject} households"),
    "assignment.refused": N_("tried to assign households outside their area"),
    "assignment.take_back": N_("withdrew households from {subject}"),
}

# Facts that a sentence has in its own words already.
_TOLD = {
    **dict.fromkeys(("person.add", "person.edit", "person.leave", "person.merge"), ("full_name",)),
    **dict.fromkeys(("household.merge", "household.move"), ("code",)),
}

_APART = ("reason", "rows", "to")  # told apart from the particulars


def spoken(line: dict, who: str) -> str:
    """The whole line: "commune staff Lê Thanh Bình changed “absent” to “met” for household 17 (Trần Thị B)"."""
    role = act_households.small(_(ROLES.get(line["role"] or "", "")))
    instead = _("for {name}").format(name=line["detail"]["for"]) if line["detail"].get("for") else ""
    return " ".join(filter(None, (role, who, instead, sentence(line))))


def sentence(line: dict) -> str:
    """What was done, with what changed and why."""
    detail, names = line["detail"], line.get("names", {})
    if isinstance(detail.get("rows"), dict):
        words = [_sheet(line, detail, names)]
    else:
        words = [_head(line["action"], line["subject"], detail, names)]
        words += act_changes.shortened(_phrases(line, names))
        words += act_households.moves(detail, names)
        words += _refused(detail, names)
    if isinstance(detail.get("rows"), dict) and detail.get("sheet"):
        words.append(_("from the printed sheet {code}").format(code=detail["sheet"]))
    if reason := detail.get("reason"):
        words.append(_("reason: {reason}").format(reason=reason))
    return "; ".join(words)


def rest(line: dict) -> list[str]:
    """Everything, one phrase each, where the sentence stops after a few; else nothing."""
    detail, names = line["detail"], line.get("names", {})
    rows = detail.get("rows")
    if isinstance(rows, dict):
        return act_households.each_visit(rows, names) if len(rows) > act_households.SHOWN else []
    phrases = _phrases(line, names)
    phrases = phrases if act_changes.shortened(phrases) != phrases else []
    if any(len(codes) > act_households.SHOWN for codes in detail.get("moves", {}).values()):
        phrases += act_households.each_move(detail, names)
    if isinstance(rows, list) and len(rows) > act_households.SHOWN:
        phrases += [act_households.household(code, names) for code in rows]
    return phrases


def whole(line: dict) -> str:
    """The sentence and everything it stops before."""
    return "; ".join([sentence(line), *rest(line)])


def changed(detail: dict) -> str:
    """The values that changed, alone: "Lane from “Hẻm 1” to “Hẻm 2”"."""
    phrases = "; ".join(act_changes.changes(detail, {}))
    return phrases[:1].upper() + phrases[1:]


def _head(action: str, subject: str | None, detail: dict, names: Names) -> str:
    template = _(ACTS[action]) if action in ACTS else action + " {subject}"
    subject = (subject or "").strip()
    if action == "undo":
        return template.format(what=_head(detail.get("action", ""), subject, {}, names).strip())
    return template.format(
        subject=_subject(subject, names),
        name=_name(detail),
        other=_subject(str(detail.get("code", "")), names),
        others=", ".join((detail.get("among") or {}).get("names", [])),
    ).strip()


def _subject(subject: str, names: Names) -> str:
    """17 (Trần Thị B) of 25456-0017, a hamlet by its name, a day as it is written; else as it stands."""
    subject = re.sub(r" \(\d+\)(?=$|, )", "", subject)  # numbers of members
    number = act_households.serial(subject)
    if number != subject:
        return f"{number} ({names[subject]})" if subject in names else number
    if dates.is_day(subject):
        return day(subject)
    return names.get(subject, subject)


def _name(detail: dict) -> str:
    """Who the act was about; a new entry has the name as what changed."""
    name = detail.get("full_name")
    return (name[-1] if isinstance(name, list) else name) or _("a person")


def _phrases(line: dict, names: Names) -> list[str]:
    """Particulars that the sentence does not name otherwise."""
    detail = line["detail"]
    named = {*_TOLD.get(line["action"], ())}
    named |= {"households"} if detail.get("moves") else set()
    named |= {"head_name"} if line["action"] == "household.register" and line["subject"] in names else set()
    untold = {
        name: fact
        for name, fact in detail.items()
        if name not in _APART and (name not in named or act_changes.is_change(fact))
    }
    return act_changes.changes(untold, names) + act_changes.facts(untold, names)


def _sheet(line: dict, detail: dict, names: Names) -> str:
    """What was entered for whom, on whose sheet, and of which day where that is not the day of the act."""
    words = act_households.visits(detail["rows"], names)
    if line["action"] == "visit.undo":
        words = _("undid: {what}").format(what=words)
    if detail.get("day") and detail["day"] != _day_of(line):
        return _("{what}, sheet of {day}, {team}").format(what=words, day=day(detail["day"]), team=line["subject"])
    return f"{words}, {line['subject']}" if line["subject"] else words


def _day_of(line: dict) -> str | None:
    return clock.day_of(clock.instant(line["at"])) if line.get("at") else None


def _refused(detail: dict, names: Names) -> list[str]:
    rows = detail.get("rows")
    return [act_households.households(rows, names)] if isinstance(rows, list) and rows else []
