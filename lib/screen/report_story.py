"""What was done with a report, as sentences; and after the lock its corrections, as numbered addenda."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight import addenda, reports, template
from lib.screen import report_words as words
from lib.screen.i18n import _, number
from lib.screen.page import attempt, fault
from lib.screen.plain import plain
from lib.screen.report_place import Place

_DONE = "report_corrected"


def draw(db: Database, user: User, here: Place) -> None:
    """The deeds, oldest first; an addendum names each figure it puts right."""
    events = reports.events(db, user, here.code, here.day)
    if not events:
        return
    with st.container(border=True, key="report_story"):
        st.markdown(f"**{_('What was done')}**")
        names = {line["code"]: line for line in template.lines(db)}
        told = []
        for event in events:
            told.append(f"- {words.deed(event, here.day)}")
            for code, (was, now) in event["content"].get("corrections", {}).items():
                change = f"{plain(words.name(names[code])) if code in names else code}: {number(was)} → {number(now)}"
                told.append(f"    - {change}; {_('reason: {reason}').format(reason=plain(event['reason']))}")
        st.markdown("\n".join(told))


def correct(db: Database, user: User, here: Place, content: dict) -> None:
    """The form of an addendum, on one's own report once it is locked."""
    if told := st.session_state.pop(_DONE, None):
        st.success(told)
    if not here.mine or not user.can("report.write") or here.stands.state != "locked":
        return
    lines = {line["code"]: line for block in content["blocks"] for line in block["lines"] if line["unit"] != "%"}
    shown = addenda.shown(db, here.code, here.day)
    title = _("Correct by addendum No. {n}").format(n=number(here.stands.addenda + 1))
    with st.expander(title, icon=":material/edit_document:"):
        st.caption(_("What was sent and frozen stays; the right number stands beside it with its reason."))
        key = f"report_correct_{here.code}_{here.day}_{here.stands.addenda}"
        told = {code: f"{words.with_unit(line)}: {words.said(line, shown.get(code))}" for code, line in lines.items()}
        code = st.selectbox(_("Figure"), list(lines), key=f"{key}_figure", format_func=told.get)
        with st.form(key, border=False):
            right = st.number_input(_("Right number"), min_value=0, step=1, value=None, key=f"{key}_right", width=220)
            numbers = st.container()
            reason = st.text_area(_("Reason"), key=f"{key}_reason", height=80, placeholder="")
            reasons = st.container()
            sent = st.form_submit_button(_("Add the addendum"))
        if sent:
            _add(db, user, here, {code: right}, reason, {code: numbers, "changes": numbers, "reason": reasons})


def _add(db: Database, user: User, here: Place, changes: dict, reason: str, places: dict) -> None:
    made, problem = attempt(addenda.correct, db, user, here.code, here.day, changes, reason=reason, now=here.now)
    for field, place in places.items():
        with place:
            fault(problem, field)
    if not problem:
        st.session_state[_DONE] = _("Addendum No. {n} stands beside the report.").format(n=number(made))
        st.rerun()
