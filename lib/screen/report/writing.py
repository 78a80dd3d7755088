"""What a unit writes for its report: words and entered numbers; every field saves itself and loses nothing.

A field remembers what stood in the store when it was filled. Where another window changed it since, both texts stand
there until one is chosen; other fields are not touched by that.
"""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.core.errors import Conflict, Invalid, Problem
from lib.oversight.reports import drafts
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.drafts import FieldEdit
from lib.screen.i18n import _, hour, number, say
from lib.screen.markdown import plain
from lib.screen.report import entered_numbers, session
from lib.screen.report import sentences as words
from lib.screen.shell.page import tell
from lib.screen.widgets import filled_field

ASKED = {
    "commune": ("leadership", "difficulties", "proposals"),
    "district": ("leadership", "difficulties", "proposals"),
    "province": ("leadership", "assessment", "difficulties", "proposals"),
}
NONE = "Không"  # what a report says where there are no difficulties, in the language of reports


def save(db: Database, user: User, report: ReportContext) -> None:
    """Store what was typed since the last run; called before anything is counted or drawn."""
    if not report.writable:
        return
    draft = drafts.read(db, report.code, report.day)
    st.session_state.setdefault(session.field(report, "seen"), draft["version"])
    for edit in _edits(report):
        _put(db, user, report, edit)
    st.session_state[session.field(report, "sending")] = st.session_state[session.field(report, "seen")]


def _edits(report: ReportContext) -> list[FieldEdit]:
    """What was changed in this window since it was stored."""
    edits = []
    for name in ASKED[report.level]:
        typed, stored = _typed(report, name)
        if typed is not None and stored is not None and drafts.tidy(typed) != stored:
            edits.append(FieldEdit("narratives", name, drafts.tidy(typed), stored))
    return [*edits, *entered_numbers.edits(report)]


def _typed(report: ReportContext, name: str) -> tuple[str | None, str | None]:
    """What stands in a field of words, and what stood in the store when it was filled; nothing before it is drawn."""
    kept, field = st.session_state, session.field(report, name)
    return kept.get(filled_field.key(field)), kept.get(f"{field}_base")


def _put(db: Database, user: User, report: ReportContext, edit: FieldEdit) -> None:
    """Store one field; what is refused stays in its field, with the sentence that mends it under it."""
    before = drafts.read(db, report.code, report.day)["version"]
    faults = st.session_state.setdefault(session.field(report, "faults"), {})
    faults.pop(edit.name, None)
    try:
        after = drafts.put(db, user, report.code, report.day, edit, now=report.now)
    except Problem as problem:
        faults[edit.name] = problem
        return
    stored = "base" if edit.part == "narratives" else "was"
    st.session_state[session.field(report, edit.name, stored)] = edit.entry
    if st.session_state[session.field(report, "seen")] == before:
        st.session_state[session.field(report, "seen")] = after


def unkept(report: ReportContext) -> bool:
    """Whether something typed here could not be stored: refused, or changed in another window."""
    return bool(_edits(report))


def version(report: ReportContext) -> int:
    """The version of the draft this window showed when the button was pressed; sending refuses any other."""
    return st.session_state[session.field(report, "sending")]


def draw(db: Database, user: User, report: ReportContext, content: dict) -> None:
    """The words, then the numbers the unit enters itself."""
    draft = drafts.read(db, report.code, report.day)
    with st.container(border=True, key="report_writing"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{_('What the unit writes')}**", width="content")
            saved = _("Saved at {hour}").format(hour=hour(draft["updated_at"])) if draft["version"] else ""
            st.caption(saved or _("Every field is saved automatically."), width="content")
        for name in ASKED[report.level]:
            _words(report, name, draft["content"]["narratives"].get(name, ""))
        if content["themes"]:
            themes(content)
        entered_numbers.draw(
            report, content, draft["content"], st.session_state.get(session.field(report, "faults"), {})
        )
    st.session_state[session.field(report, "seen")] = draft["version"]


def _words(report: ReportContext, name: str, stored: str) -> None:
    field, base = session.field(report, name), session.field(report, name, "base")
    key = filled_field.key(field)
    if key not in st.session_state:
        st.session_state[key] = st.session_state[base] = stored
    required = name == "difficulties"
    label = f"{_(words.NARRATIVES[name])} *" if required else _(words.NARRATIVES[name])
    st.text_area(label, key=key, height=110 if name == "leadership" else 80, max_chars=drafts.LONGEST, placeholder="")
    if required and not st.session_state[key].strip():
        st.button(
            _("None: write “Không”"),
            key=f"{field}_none",
            icon=":material/check:",
            on_click=filled_field.put,
            args=(field, NONE),
        )
    fault = st.session_state.get(session.field(report, "faults"), {}).get(name)
    if isinstance(fault, Invalid):
        st.markdown(f":orange[:material/error: {plain(say(fault.faults.get(name, fault.say)))}]")
    elif isinstance(fault, Problem) and not isinstance(fault, Conflict):
        tell(fault)
    if stored != st.session_state[base]:
        _other(report, name, stored)


def _other(report: ReportContext, name: str, stored: str) -> None:
    """What another window wrote here meanwhile, beside what stands in this one."""
    field, base = session.field(report, name), session.field(report, name, "base")
    mine = st.session_state[filled_field.key(field)]
    with st.container(border=True):
        st.markdown(f":orange[:material/sync_problem: {_('Changed in another window; it now says:')}]")
        st.markdown(plain(stored) or _("(empty)"))
        with st.container(horizontal=True):
            st.button(_("Use that text"), key=f"{field}_theirs", on_click=_settle, args=(field, base, stored, stored))
            st.button(_("Keep the text above"), key=f"{field}_mine", on_click=_settle, args=(field, base, mine, stored))


def _settle(field: str, base: str, text: str, stored: str) -> None:
    filled_field.put(field, text)
    st.session_state[base] = stored


def themes(content: dict) -> None:
    """What the units below wrote, equal words once, grouped to be copied into the own report."""
    titles = {"difficulties": _("Difficulties of the units below"), "proposals": _("Proposals of the units below")}
    with st.expander(_("Difficulties and proposals of the units below"), icon=":material/forum:"):
        for theme, title in titles.items():
            lines = [
                f"- {', '.join(theme_row['units'])}: {theme_row['text']}"
                for theme_row in content["themes"]
                if theme_row["theme"] == theme
            ]
            if lines:
                st.caption(title)
                st.code("\n".join(lines), language=None, wrap_lines=True)


def read_only(content: dict) -> None:
    """The words of a report that was sent, or of another unit."""
    with st.container(border=True, key="report_words"):
        for name in ASKED[content["area"]["level"]]:
            right = content["corrected_words"].get(name)
            written = (right["text"] if right else content["narratives"].get(name)) or _("Nothing written yet.")
            title = f"**{_(words.NARRATIVES[name])}**"
            if right:
                title += f" (✎ {_('addendum No. {n}').format(n=number(right['number']))})"
            st.markdown("  \n".join([title, *map(plain, written.splitlines())]))
        entered_numbers.read_only(content)
        if content["themes"]:
            themes(content)
