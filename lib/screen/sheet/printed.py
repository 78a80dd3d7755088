"""Copying from paper asks for the code of the sheet in hand: that it is this team's of this day, and what has changed.

The code stands in the address (`?paper=482918`); the QR code of a printed sheet leads there. Until it is given, or said
that the sheet bears none, nothing is copied.
"""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import N_
from lib.register.teams import printed_sheets
from lib.register.teams.printed_sheets import Print
from lib.screen.i18n import _, hour, moment, ngettext, number
from lib.screen.i18n import day as in_words
from lib.screen.markdown import plain
from lib.screen.sheet import choice, session
from lib.screen.shell.page import attempt, fault

BARE = ""  # what stands for the code of a sheet that bears none
_LONGEST = 12
_WHY = {
    "moved": N_("moved away"),
    "merged": N_("merged with another household"),
    "given": N_("now with another team"),
    "member": N_("now with another member"),
    "gone": N_("no longer assigned to anyone"),
}


def in_address() -> bool:
    """Whether the address says that a printed sheet is copied, with its code or without."""
    return bool(st.query_params.get("paper"))


def ask(db: Database, user: User, team: dict, day: str, lines: list[dict]) -> str | None:
    """The code of the sheet that is copied, `BARE` for one without; None until either is said."""
    codes = session.CODES.default({})
    sheet = (team["id"], day)
    if codes.get(sheet) == BARE:
        return BARE
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line:
        typed = _field(sheet, codes.get(sheet))
        if not typed:
            how = _("Type the code printed above the table of the paper sheet; then its rows can be entered.")
            st.caption(how, width="content")
            st.button(_("The sheet has no code"), key="sheet_code_none", type="tertiary", on_click=_bare, args=(sheet,))
            return None
        paper, problem = attempt(printed_sheets.read, db, typed, team=team["id"], day=day)
        fault(problem, "code")
        if paper is None:
            return None
        if (paper.team_id, paper.day) != sheet:
            _elsewhere(paper)
            return None
        codes[sheet] = st.query_params["paper"] = paper.code
        changed = _difference(db, paper, lines)
    if changed:
        st.warning(changed, icon=":material/error:")
    return paper.code


def _field(sheet: tuple[int, str], code: str | None) -> str:
    """What is typed; first the code of the address, or the one that was given for this sheet before."""
    field = session.SHEET_CODE.at(*sheet)
    if not field.exists():
        in_link = st.query_params.get("paper", "")[:_LONGEST]
        used = in_link == "1" or in_link in session.CODES.default({}).values()  # it was of the sheet before
        field.set(code or ("" if used else in_link))
    return st.text_input(
        _("Code of the printed sheet"), key=field.name, placeholder="482 918", max_chars=_LONGEST, width=180
    )


def _bare(sheet: tuple[int, str]) -> None:
    session.CODES.default({})[sheet] = BARE


def _go(paper: Print) -> None:
    """Turn to the sheet of a code, to copy it."""
    choice.show(paper.team_id, paper.commune, paper.day)
    session.CODES.default({})[paper.team_id, paper.day] = paper.code


def _elsewhere(paper: Print) -> None:
    """The code of another sheet: which one, and the way there."""
    sentence = _("This code belongs to the sheet of {team}, {day}.").format(
        team=plain(paper.team), day=in_words(paper.day)
    )
    st.markdown(f":orange[:material/error: {sentence}]", width="content")
    st.button(_("Open that sheet"), key="sheet_code_go", icon=":material/open_in_new:", on_click=_go, args=(paper,))


def _difference(db: Database, paper: Print, lines: list[dict]) -> str | None:
    """When it was printed, if nothing has changed since; else everything the screen says otherwise than the paper."""
    same = clock.day_of(clock.instant(paper.printed_at)) == paper.day
    places = {
        "code": printed_sheets.spaced(paper.code),
        "hour": hour(paper.printed_at) if same else moment(paper.printed_at),
    }
    changes = printed_sheets.changes(db, paper, lines)
    n = sum(map(len, changes.values()))
    if not n:
        st.caption(_("Sheet {code}, printed at {hour}: nothing has changed since.").format(**places))
        return None
    head = ngettext(
        "Sheet {code}, printed at {hour}: {n} change since.", "Sheet {code}, printed at {hour}: {n} changes since.", n
    ).format(n=number(n), **places)
    return "\n".join([head, "", *_changes(changes)])


def _changes(changes: dict[str, list[dict]]) -> list[str]:
    lines = []
    if changes["came"]:
        rows = ", ".join(f"**{line['number']}** {plain(line['head_name'])}" for line in changes["came"])
        lines.append(f"- {_('Not on the paper: {rows}.').format(rows=rows)}")
    if changes["left"]:
        rows = ", ".join(_gone(line) for line in changes["left"])
        lines.append(f"- {_('On the paper only, not to be entered: {rows}.').format(rows=rows)}")
    if changes["hands"]:
        rows = ", ".join(
            f"**{line['number']}** {plain(line['head_name'])} ({plain(line['member'])})" for line in changes["hands"]
        )
        lines.append(f"- {_('Now with another member: {rows}.').format(rows=rows)}")
    return lines


def _gone(line: dict) -> str:
    """The row, whose it was, and where it is now."""
    why = _(_WHY[line["why"]])
    if line["why"] == "given" and line.get("team"):
        why = _("now with {team}").format(team=plain(line["team"]))
    return " ".join(filter(None, [f"**{line['number']}**", plain(line.get("head_name") or ""), f"({why})"]))
