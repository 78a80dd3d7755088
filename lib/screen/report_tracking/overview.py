"""The overview of reports: the time left, how many have reported, and every unit with its officer and its deeds."""

from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words import phone
from lib.oversight.reports import officers, overview, reminders
from lib.screen.home import lines
from lib.screen.i18n import N_, _, day, ngettext, number
from lib.screen.report import state_words
from lib.screen.report_tracking import acts, session, unit_table
from lib.screen.report_tracking import sentences as words
from lib.screen.shell.page import today
from lib.screen.widgets import named_list

_LEVELS = {
    "commune": N_("{left} until the communes' reports are due at {hour}"),
    "district": N_("{left} until the districts' reports are due at {hour}"),
    "province": N_("{left} until the province's report is due at {hour}"),
    "closing": N_("{left} until the reports are locked at {hour}"),
}
_ABOVE = {"commune": ("commune",), "district": ("commune", "district")}


def follow() -> None:
    """What was clicked in the run before: a deed is begun or done, a report opened."""
    named_list.follow([session.OWN])


def draw(db: Database, user: User, on: str, now: datetime) -> None:
    if not overview.is_due(db, on):
        st.info(_("No report was due on {day}: the programme had not begun.").format(day=day(on)))
        return
    _time(user, on, now)
    units = [_past(unit, on) for unit in overview.units(db, user, user.area_code, on, now=now)]
    if user.can("report.write") or not units:
        _own(db, user, on, now)
    if not units:
        return
    sums = overview.tally(units)
    _sums(units, sums)
    acts.draw(db, user, units, on, now)
    caption = _("Reports of the level below on {day}").format(day=day(on))
    rows = [words.row(unit, user, on) for unit in units]
    unit_table.draw(caption, words.counts(sums), words.head(rows), rows, key=session.OVERVIEW)


def _past(unit: dict, on: str) -> dict:
    """On a day that is over a missing report is to be looked at, not hurried for."""
    over = on < today()
    return unit | {"over": over, "inside": [child | {"over": over} for child in unit["inside"]]}


def _time(user: User, on: str, now: datetime) -> None:
    """The countdown, by the server's clock."""
    if on != clock.day_of(now):
        st.caption(_("Reports of {day}; the deadlines have passed.").format(day=day(on)))
        return
    levels = _ABOVE.get(user.level, ("commune", "district", "province"))
    hour_now = f":material/schedule: **{clock.hour_of(now)}**"
    if ahead := overview.next_deadline(on, levels, now=now):
        level, hour, left = ahead
        st.markdown(f"{hour_now} · {_(_LEVELS[level]).format(left=state_words.minutes(left), hour=hour)}")
    else:
        st.markdown(f"{hour_now} · {_('The deadlines of today have passed; the reports are locked.')}")


def _own(db: Database, user: User, on: str, now: datetime) -> None:
    """The visitor's own report, and whom to call at the level above."""
    unit = _past(overview.own(db, user, on, now=now), on)
    look, standing = words.look(unit), unit["standing"]
    facts = [_("Returned: {reason}").format(reason=standing.reason) if standing.reason else "", words.sender(standing)]
    mark = {"red": "look", "amber": "look", "done": "done"}.get(look, "")
    to = words.report(unit["code"], on)
    own = lines.item(
        _("Own report: {unit}").format(unit=words.name(unit)),
        facts=facts,
        mark=mark,
        side=f"{state_words.state(standing)} · {words.timing(unit)}",
        verb=_("Open the report"),
        to=to,
    )
    items = [own]
    if officer := officers.above(db, user, on):
        facts = [_("Accountable officer of the level above"), officer["position"]]
        items.append(lines.item(officer["full_name"], facts=facts, phone=phone.spaced(officer["phone"])))
    if open_reminders := reminders.open_for(db, user, now=now):
        n = len(open_reminders)
        sentence = ngettext("{n} reminder waits for an answer", "{n} reminders wait for an answer", n)
        items.append(lines.item(sentence.format(n=number(n)), facts=[_("See “Reminders”.")], mark="look"))
    named_list.draw(_("Own report"), items, key=session.OWN)


def _sums(units: list[dict], sums: dict[str, int]) -> None:
    """How complete the sum of the units can be: what is not reported makes it a partial one."""
    sent = sums["on_time"] + sums["late"]
    summary = _("{sent} of {all} units have reported.").format(sent=number(sent), all=number(len(units)))
    if back := sums["returned"]:
        summary += " " + ngettext(
            "{n} unit has had its report returned and has not sent it again.",
            "{n} units have had their reports returned and have not sent them again.",
            back,
        ).format(n=number(back))
    if sent < len(units):
        summary += " " + _("A total is partial until all units have reported.")
    inside = [child for unit in units for child in unit["inside"]]
    if inside:
        below = overview.tally(inside)
        sentence = _("Communes: {on_time} on time, {late} late, {missing} not reported, {returned} returned.")
        summary += " " + sentence.format(**{name: number(n) for name, n in below.items()})
    st.caption(summary)
