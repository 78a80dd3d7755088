"""What is done on the overview of reports: receive, return with a reason, remind one unit or all that are missing."""

from datetime import datetime, timedelta

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Invalid, NotFound, Say
from lib.oversight.reports import acts, reminders
from lib.screen.i18n import N_, _, day, ngettext, number
from lib.screen.markdown import plain
from lib.screen.report import return_form
from lib.screen.report_tracking import sentences as words
from lib.screen.report_tracking import session
from lib.screen.shell.page import attempt, fault

_NAMED = 5  # units told by name in a reminder
_HOUR = N_("Type the hour, e.g. 13:50.")


def begin(db: Database, user: User, clicked: tuple[str, str] | None, on: str, now: datetime) -> None:
    """Receive at once what was clicked to be received; begin the form of any other deed."""
    if clicked is None:
        return
    deed, code = clicked
    if deed != "receive":
        session.DOING.set((deed, code))
        return
    _done, problem = attempt(acts.receive, db, user, code, on, now=now)
    if not problem:
        session.DONE.set(_("Received."))


def draw(db: Database, user: User, units: list[dict], on: str, now: datetime) -> None:
    """What was done last, the form of what was begun, and the way to remind all."""
    session.DONE.show()
    late = [unit for unit in units if not unit["standing"].sent and not _waits(unit)]
    deed, code = session.DOING.get() or ("", "")
    unit = _unit(units, code)
    if deed == "return" and unit and user.can("report.write"):
        with st.container(key=f"reports_deed_return_{code}"):  # the table looks for it, see chain.js
            done = return_form.form(db, user, unit, on, now, key=f"return_{code}_{on}")
            if done is not None:
                _over(done)
    elif deed == "remind" and unit and user.can("reminder.send"):
        with st.container(key=f"reports_deed_remind_{code}"):
            _remind(db, user, [unit], on, now)
    elif deed == session.ALL and late and user.can("reminder.send"):
        _remind(db, user, late, on, now)
    else:
        _all(db, user, units, late, on, now)


def _all(db: Database, user: User, units: list[dict], late: list[dict], on: str, now: datetime) -> None:
    """What is done with several at once: receive what was sent, remind who has not reported."""
    came = [unit for unit in units if unit["standing"].state == "submitted" and unit["parent_code"] == user.area_code]
    with st.container(horizontal=True):
        if came and user.can("report.write"):
            label = ngettext("Receive {n} report that was sent", "Receive all {n} reports that were sent", len(came))
            if st.button(label.format(n=number(len(came))), icon=":material/done_all:", key="reports_receive_all"):
                _receive_all(db, user, came, on, now)
        mark = ":material/notifications_active:"
        if late and user.can("reminder.send") and st.button(_all_of(late), icon=mark, key="reports_all"):
            session.DOING.set((session.ALL, ""))
            st.rerun()


def _receive_all(db: Database, user: User, units: list[dict], on: str, now: datetime) -> None:
    """Each report gets its own deed; one that was taken back meanwhile stays as it is."""
    done, problem = attempt(acts.receive_all, db, user, [unit["code"] for unit in units], on, now=now)
    if problem:
        return
    names = ", ".join(words.name(unit) for unit in units if unit["code"] in done)
    sentence = ngettext("Received {n} report: {units}.", "Received {n} reports: {units}.", len(done))
    none = _("None of these reports is waiting any more; see their state below.")
    _over(sentence.format(n=number(len(done)), units=plain(names)) if done else none)


def _all_of(late: list[dict]) -> str:
    """The button that reminds all of them, said so that a returned report is not called a missing one."""
    if any(unit["standing"].bucket == "returned" for unit in late):
        label = ngettext(
            "Remind {n} unit that has not reported", "Remind all {n} units that have not reported", len(late)
        )
    else:
        label = ngettext("Remind {n} unit without a report", "Remind all {n} units without a report", len(late))
    return label.format(n=number(len(late)))


def _waits(unit: dict) -> bool:
    """Whether a reminder is out whose hour has not come."""
    reminder = unit["reminder"]
    settled = reminder and (reminder["answered_at"] or reminder["came_at"])
    return bool(reminder) and not settled and not reminder["overdue"]


def _unit(units: list[dict], code: str) -> dict | None:
    below = [child for unit in units for child in unit["inside"]]
    return next((child for child in [*units, *below] if child["code"] == code), None)


def _over(sentence: str = "") -> None:
    session.DOING.pop()
    if sentence:
        session.DONE.set(sentence)
    st.rerun()


def _remind(db: Database, user: User, units: list[dict], on: str, now: datetime) -> None:
    """One unit with a text to change, several each with its own ready text."""
    due, is_one = _due(units, on, now), len(units) == 1
    key = f"remind_{units[0]['code'] if is_one else session.ALL}_{on}"
    with st.form(key, border=True):
        names = ", ".join(words.name(unit) for unit in units)
        st.markdown(f"**{_('Remind {units}').format(units=plain(names))}**")
        ready = ready_text(units[0], on, due)
        text = ready
        if is_one:
            text = st.text_area(_("Text"), value=ready, key=f"{key}_words", placeholder="")
        else:
            st.caption(_("Each unit is told what it has not sent yet. Example: {words}").format(words=plain(ready)))
        at_words = st.container()
        hour = st.text_input(_("Answer by (hour of today)"), value=due, key=f"{key}_hour", placeholder="", width=220)
        at_hour = st.container()
        with st.container(horizontal=True):
            sent = st.form_submit_button(_("Send the reminder"), type="primary")
            left = st.form_submit_button(_("Cancel"))
    if left:
        _over()
    if sent:
        texts = {unit["code"]: text if is_one else ready_text(unit, on, hour) for unit in units}
        _done, problem = attempt(_send, db, user, texts, hour, on, now)
        for field, place in (("words", at_words), ("due_at", at_hour)):
            with place:
                fault(problem, field)
        if isinstance(problem, NotFound):
            return
        if not problem:
            _over(_("Reminder sent."))


def _send(db: Database, user: User, texts: dict[str, str], hour: str, on: str, now: datetime) -> None:
    try:
        due_at = clock.at(clock.day_of(now), hour.strip().zfill(5))
    except ValueError:
        raise Invalid({"due_at": Say(_HOUR)}) from None
    reminders.send(db, user, texts, due_at=due_at, day=on, now=now)


def _due(units: list[dict], on: str, now: datetime) -> str:
    """The deadline while it lies ahead, afterwards half an hour from now on a full five minutes."""
    due = min(unit["standing"].due_at for unit in units)
    if clock.stamp(now) < due:
        return clock.hour_of(clock.instant(due))
    later = now + timedelta(minutes=30 + (-now.minute) % 5)
    return clock.hour_of(later) if clock.day_of(later) == clock.day_of(now) else "23:59"


def ready_text(unit: dict, on: str, hour: str) -> str:
    """A polite demand that says what is missing, to send or to paste elsewhere."""
    own = {"missing": _("the unit's own report"), "returned": _("the corrected report")}.get(unit["standing"].bucket)
    missing = [own] if own else []
    communes = [_named(commune) for commune in unit["inside"] if not commune["standing"].sent]
    if communes:
        named = ", ".join(communes[:_NAMED]) + (" …" if len(communes) > _NAMED else "")
        sentence = ngettext("{n} commune ({names})", "{n} communes ({names})", len(communes))
        missing.append(sentence.format(n=number(len(communes)), names=named))
    sentence = _("{unit} is asked to send the report of {day} by {hour}; still missing: {missing}.")
    return sentence.format(unit=words.name(unit), day=day(on), hour=hour, missing="; ".join(missing) or "–")


def _named(commune: dict) -> str:
    """A commune that has not reported; one that has its report back is called so."""
    back = commune["standing"].bucket == "returned"
    return _("{unit}, returned").format(unit=words.name(commune)) if back else words.name(commune)
