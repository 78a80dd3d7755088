"""What was done with a report, as sentences; and after the lock its corrections, as numbered addenda."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.report_template import versions
from lib.oversight.reports import addenda, drafts, states
from lib.oversight.reports.addenda import Correction
from lib.oversight.reports.context import ReportContext
from lib.screen.i18n import _, number
from lib.screen.markdown import plain
from lib.screen.report import sentences as words
from lib.screen.report import session, writing
from lib.screen.shell.page import attempt, fault


def draw(db: Database, user: User, report: ReportContext) -> None:
    """The deeds, oldest first; an addendum names each figure it puts right."""
    events = states.events(db, user, report.code, report.day)
    if not events:
        return
    with st.container(border=True, key="report_story"):
        st.markdown(f"**{_('What was done')}**")
        names = {line["code"]: line for line in versions.lines(db)}
        items = []
        for event in events:
            items.append(f"- {words.deed(event, report.day, report.standing.due_at)}")
            for code, (was, now) in event["content"].get("corrections", {}).items():
                change = f"{plain(words.name(names[code])) if code in names else code}: {number(was)} → {number(now)}"
                items.append(f"    - {change}; {_('reason: {reason}').format(reason=plain(event['reason']))}")
            for name, (_was, now) in event["content"].get("words", {}).items():
                change = f"{_title(names, name)}: {plain(drafts.cut(now)) or _('(empty)')}"
                items.append(f"    - {change}; {_('reason: {reason}').format(reason=plain(event['reason']))}")
        st.markdown("\n".join(items))


def correct(db: Database, user: User, report: ReportContext, content: dict) -> None:
    """The form of an addendum, on one's own report once it is locked: several figures and words at once."""
    session.CORRECTED.show()
    if not report.mine or not user.can("report.write") or report.standing.state != "locked":
        return
    title = _("Correct by addendum No. {n}").format(n=number(report.standing.addenda + 1))
    with st.expander(title, icon=":material/edit_document:"):
        st.caption(
            _(
                "What was sent and frozen stays unchanged; documents exported from now on show the correct "
                "version, marked as such."
            )
        )
        key = f"report_correct_{report.code}_{report.day}_{report.standing.addenda}"
        chosen = _chosen(db, report, content, key)
        with st.form(key, border=False):
            numbers, at_fields = _numbers(chosen["figures"], key)
            words_typed, at_words = _narratives(chosen["words"], key)
            changes = st.container()
            reason = st.text_area(_("Reason"), key=f"{key}_reason", height=80, placeholder="")
            reasons = st.container()
            sent = st.form_submit_button(_("Add the addendum"))
        if sent:
            at_fields |= at_words | {"changes": changes, "reason": reasons}
            _add(db, user, report, Correction(numbers, reason, words_typed), at_fields)


def _chosen(db: Database, report: ReportContext, content: dict, key: str) -> dict[str, dict]:
    """What is to be put right, each with what the report says now: `{figures: {code: words}, words: {name: text}}`."""
    shown, written = addenda.shown(db, report), addenda.narratives(db, report.code, report.day)
    lines = {line["code"]: line for block in content["blocks"] for line in block["lines"] if line["unit"] != "%"}
    figures = {code: f"{words.with_unit(line)}: {words.said(line, shown.get(code))}" for code, line in lines.items()}
    figures_chosen = st.multiselect(
        _("Figures that are wrong"), list(figures), key=f"{key}_figures", format_func=figures.get, placeholder=""
    )
    texts = {line["code"]: line for block in content["blocks"] for line in block["texts"]}
    parts = [*writing.ASKED[report.level], *texts]
    titles = {name: _title(texts, name) for name in parts}
    parts_chosen = st.multiselect(
        _("Text that is wrong"), parts, key=f"{key}_words", format_func=titles.get, placeholder=""
    )
    return {
        "figures": {code: figures[code] for code in figures_chosen},
        "words": {name: (titles[name], written.get(name, "")) for name in parts_chosen},
    }


def _title(lines: dict[str, dict], name: str) -> str:
    """What a part of the words is called: one that every report has, or a text that the form asks for."""
    return plain(words.name(lines[name])) if name in lines else _(words.NARRATIVES.get(name, name))


def _numbers(figures: dict[str, str], key: str) -> tuple[dict[str, int | None], dict]:
    """A field a figure; what was typed, and where its fault is told."""
    typed, at_fields = {}, {}
    for code, figure in figures.items():
        label = _("Correct figure for: {figure}").format(figure=plain(figure))
        typed[code] = st.number_input(label, min_value=0, step=1, value=None, key=f"{key}_right_{code}", width=440)
        at_fields[code] = st.container()
    return typed, at_fields


def _narratives(written: dict[str, tuple[str, str]], key: str) -> tuple[dict[str, str], dict]:
    """A field for each part of the words, with what stands there."""
    typed, at_fields = {}, {}
    for name, (title, text) in written.items():
        field = f"{key}_text_{name}"
        typed[name] = st.text_area(title, value=text, key=field, height=110, placeholder="", max_chars=drafts.LONGEST)
        at_fields[name] = st.container()
    return typed, at_fields


def _add(db: Database, user: User, report: ReportContext, correction: Correction, at_fields: dict) -> None:
    number_made, problem = attempt(addenda.correct, db, user, report.code, report.day, correction, now=report.now)
    for field, place in at_fields.items():
        with place:
            fault(problem, field)
    if not problem:
        done = _("Addendum No. {n} has been attached to the report.").format(n=number(number_made))
        session.CORRECTED.set(done)
        st.rerun()
