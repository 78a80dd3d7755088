"""The top of a report: where it stands, the time left, and whose it is; drawn anew every ten seconds."""

from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words import phone
from lib.oversight.reports import officers, overview
from lib.oversight.reports.context import ReportContext
from lib.screen.i18n import N_, _, day, hour, number
from lib.screen.markdown import plain
from lib.screen.report import sentences as words
from lib.screen.report import state_words
from lib.screen.widgets import link_table
from lib.screen.widgets.named_list import address

SECONDS = 10
_MARKS = {
    "missing": ":material/pending:",
    "draft": ":material/edit_note:",
    "submitted": ":material/send:",
    "received": ":material/task_alt:",
    "returned": ":material/undo:",
    "recalled": ":material/undo:",
    "locked": ":material/lock:",
}
_DUTIES = {"accountable": N_("Accountable officer: {who}"), "deputy": N_("Deputy: {who}")}


def draw(db: Database, user: User, report: ReportContext) -> None:
    with st.container(border=True, key="report_head"):
        title = _("{title} of {day}").format(title=_(words.TITLES[report.level]), day=day(report.day))
        state = " · ".join(filter(None, (_state(report), _time(report))))
        st.markdown(f"**{plain(words.unit(report.area))}** · {title}  \n{state}")
        if report.standing.reason:
            sentence = _("Recalled: {reason}") if report.standing.state == "recalled" else _("Returned: {reason}")
            st.markdown(f":orange[:material/undo: {sentence.format(reason=plain(report.standing.reason))}]")
        st.caption("  \n".join(_people(db, user, report)))


def back(report: ReportContext) -> None:
    """From the report of another unit back to where reports are received and returned, and to one's own."""
    if report.mine:
        return
    items = [
        {"text": _("Reports of the levels below"), "href": address("reports", day=report.day)},
        {"text": _("Own report"), "href": address("report", day=report.day)},
        {"text": words.unit(report.area), "here": True},
    ]
    link_table.path(_("Path to this report"), items, key="report-back")


def _state(report: ReportContext) -> str:
    standing = report.standing
    words_of_state = f"{_MARKS[standing.state]} **{state_words.state(standing)}**"
    if standing.version == 1 and standing.sent and not standing.addenda:
        words_of_state += f" ({_('version {n}').format(n=number(1))})"
    return f":orange[{words_of_state}]" if standing.version and not standing.sent else words_of_state


def _time(report: ReportContext) -> str:
    """The countdown by the server's clock; red only while the report is overdue now."""
    standing, hours = report.standing, hour(report.standing.due_at)
    if standing.version and standing.state != "recalled":
        return _sent(report)
    if overdue := overview.overdue(standing, report.now):
        sentence = _("overdue by {minutes} (due at {hour})").format(minutes=state_words.minutes(overdue), hour=hours)
        return f":red[:material/error: **{sentence}**]"
    if not report.is_today:
        return f":orange[:material/error: {_('it was due at {hour}').format(hour=hours)}]"
    left = state_words.minutes(_left(standing.due_at, report.now))
    return f":material/schedule: {_('**{left}** left, due at {hour}').format(left=left, hour=hours)}"


def _sent(report: ReportContext) -> str:
    """On time or late by the version whose hour counts; and when the one that is the last was sent."""
    standing = report.standing
    stamps = (standing.submitted_at, standing.sent_at)
    first, last = (state_words.sent_at(stamp, report.day, standing.due_at) for stamp in stamps)
    line = _("sent on time, at {hour}").format(hour=first)
    if standing.late_minutes:
        sentence = _("{minutes} late, sent at {hour}") if len(first) > len("14:00") else _("{minutes} late")
        late = sentence.format(minutes=state_words.minutes(standing.late_minutes), hour=first)
        line = f":orange[:material/schedule: {late}]"
    if standing.sent_at == standing.submitted_at:
        return line
    return f"{line} · {_('version {n} sent at {hour}').format(n=number(standing.version), hour=last)}"


def _left(due_at: str, now: datetime) -> int:
    return max(0, clock.begun_minutes(clock.instant(due_at) - now))


def _people(db: Database, user: User, report: ReportContext) -> list[str]:
    """Who answers for it, who stands in and from when; both names."""
    in_office = officers.seen(db, user, [report.code], report.day)[report.code]
    lines = []
    for duty, sentence in _DUTIES.items():
        if officer := in_office.get(duty):
            who = [plain(officer["full_name"]), plain(officer["position"]), phone.spaced(officer["phone"])]
            lines.append(_(sentence).format(who=", ".join(filter(None, who))))
    if "accountable" not in in_office:
        lines.append(_("No accountable officer is assigned yet; assign one under “Officers” on the reports page."))
    for lent in officers.deputies(db, user, report.code, report.day):
        sentence = _("From {hour}, {name} sends it in place of {whom}.")
        lines.append(sentence.format(hour=lent["from_hour"], name=plain(lent["name"]), whom=plain(lent["whom"])))
    return lines
