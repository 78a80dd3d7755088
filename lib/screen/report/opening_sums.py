"""What a unit's numbers had come to before the program knew of them: read, entered, taken back."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, text
from lib.core.access import User
from lib.core.errors import N_, Invalid, Say
from lib.oversight.reports import entered_days, opening_sums
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.opening_sums import OpeningBalance
from lib.screen.i18n import _, moment, number
from lib.screen.i18n import day as in_words
from lib.screen.markdown import plain
from lib.screen.report import sentences as words
from lib.screen.report import session
from lib.screen.shell.page import attempt, fault
from lib.screen.widgets import filled_field


def draw(db: Database, user: User, report: ReportContext, content: dict) -> None:
    """The balances of the unit, for itself and the levels above it."""
    lines = opening_sums.lines_added_up(db)
    if not lines or not opening_sums.may_enter(db, user, report.code):
        return
    since = content["entered"]["since"]
    done = session.OPENING_SAVED.pop()
    title = _("Cumulative since {day}: totals from before the program").format(day=in_words(since))
    with st.expander(title, icon=":material/calculate:", expanded=bool(done)):
        if done:
            st.success(done)
        st.caption(
            _(
                "The program only has figures from the days since it began. Enter the total of each figure up to "
                "then, with its date and source; from the next day on, the figures sent are added."
            )
        )
        balances = opening_sums.standing(db, [report.code], by=entered_days.end_of(report.day)).get(report.code, {})
        for line in lines:
            if line["code"] in balances:
                st.markdown(f"- {_said(line, balances[line['code']])}")
        _form(db, user, report, lines, balances)


def _said(line: dict, balance: dict) -> str:
    sentence = _("{name}: {n} by the end of {day} · {source} · entered by {who}, {at}")
    return sentence.format(
        name=plain(words.with_unit(line)),
        n=number(balance["value"]),
        day=in_words(balance["until_day"]),
        source=plain(balance["source"]),
        who=plain(balance["who"] or ""),
        at=moment(balance["at"]),
    )


def _form(db: Database, user: User, report: ReportContext, lines: list[dict], balances: dict[str, dict]) -> None:
    names = {line["code"]: words.with_unit(line) for line in lines}
    key = f"opening_{report.code}"
    chosen = st.selectbox(_("Figure"), list(names), format_func=names.get, key=f"{key}_figure", width=380)
    balance_before = balances.get(chosen, {})
    field = f"{key}_{chosen}"
    until = in_words(balance_before.get("until_day") or clock.plus(clock.day_of(report.now), -1))
    keys = {of: filled_field.key(f"{field}_{of}") for of in ("value", "until", "source")}
    for of, value in (
        ("value", balance_before.get("value")),
        ("until", until),
        ("source", balance_before.get("source", "")),
    ):
        st.session_state.setdefault(keys[of], value)
    with st.form(key, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            n = st.number_input(
                _("Cumulative total"), min_value=0, step=1, key=keys["value"], width=160, placeholder=""
            )
            day = st.text_input(_("By the end of (dd/mm/yyyy)"), key=keys["until"], width=170, placeholder="")
            whence = st.text_input(_("Source"), key=keys["source"], width=260, placeholder="")
        at_fields = {name: st.container() for name in ("value", "until_day", "source")}
        with st.container(horizontal=True):
            saved = st.form_submit_button(_("Save the cumulative total"))
            dropped = bool(balance_before) and st.form_submit_button(_("Remove this figure"), type="tertiary")
    if saved and n is None:
        with at_fields["value"]:
            fault(Invalid({"value": Say(N_("Type a whole number of 0 or more."))}), "value")
    elif saved or dropped:
        balance = OpeningBalance(None if dropped else int(n), day, text.clean(whence))
        _enter(db, user, report, chosen, balance, at_fields)


def _enter(
    db: Database, user: User, report: ReportContext, indicator: str, balance: OpeningBalance, at_fields: dict
) -> None:
    changed, problem = attempt(opening_sums.enter, db, user, report.code, indicator, balance, now=report.now)
    for name, place in at_fields.items():
        with place:
            fault(problem, name)
    if changed is not None and not problem:
        done = _("Saved. The totals include it from now on.") if balance.value is not None else _("Removed.")
        session.OPENING_SAVED.set(done if changed else _("Nothing changed."))
        if balance.value is None:
            for of in ("value", "source"):
                filled_field.put(f"opening_{report.code}_{indicator}_{of}", None if of == "value" else "")
        st.rerun()
