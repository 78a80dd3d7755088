"""The gaps of one commune: each kind with its number, its rows and what mends it, some of it in place."""

from collections.abc import Iterator
from itertools import islice

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.work import gaps_by_kind
from lib.oversight.work.gaps_by_kind import KINDS
from lib.screen.gaps import file, lines, phone
from lib.screen.households import duplicate_pairs
from lib.screen.i18n import _, number
from lib.screen.shell.page import today
from lib.screen.widgets import more, named_list

FIRST, STEP = 5, 50
_LIST = "gap_list_"
_WORST = {"unlisted", "missing", "empty", "nobody"}  # while one of them is open nothing is well


def follow() -> None:
    """A click on a line of the run before; called before anything is drawn."""
    named_list.follow([str(key) for key in st.session_state if str(key).startswith(_LIST)])


def save(db: Database, user: User) -> None:
    """Write what was mended in place, before the gaps are read."""
    duplicate_pairs.save(db, user)
    file.save(db, user)
    phone.save(db, user)


def draw(db: Database, user: User, commune: str, *, complete: bool) -> None:
    """Draw a card for each kind as it is found; the sentence above them comes last."""
    above, open_ = st.container(), []
    for kind, rows in _by_kind(db, commune):
        if rows:
            open_.append(kind)
            with st.container(border=True, key=f"gap_{kind}"):
                _head(user, kind, rows)
                _rows(user, kind, rows)
    with above:
        if not open_ and complete:
            st.success(_("Every household on the lists has a responsible member."), icon=":material/verified:")
        elif open_ and not _WORST.intersection(open_):
            sentence = _("Every household on the lists has a responsible member. Other things to check:")
            st.markdown(f":material/check: {sentence}")
    duplicate_pairs.taken_back(db, user)


def _by_kind(db: Database, commune: str) -> Iterator[tuple[str, list[dict]]]:
    """Each kind with its rows; the first look at a commune's duplicates takes a moment, and says so."""
    kinds = gaps_by_kind.of_commune(db, commune, today())
    yield from islice(kinds, len(KINDS) - 1)
    with st.spinner(_("Looking for likely duplicates…")):
        last = next(kinds)
    yield last


def _head(user: User, kind: str, rows: list[dict]) -> None:
    n = number(gaps_by_kind.count(kind, rows))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f":orange[:material/priority_high:] **{n}** {_(KINDS[kind])}", width="stretch")
        link = _link(user, kind, rows)
        if link:
            page, label, query = link
            st.page_link(page, label=label, icon=":material/open_in_new:", query_params=query, width="content")


def _link(user: User, kind: str, rows: list[dict]) -> tuple[str, str, dict] | None:
    """Page, label and query of the one place that mends all of them; None where there is none."""
    if kind == "nobody" and user.can("assignment.give"):
        return "assignments.py", _("Assign households"), {"hamlet": rows[0]["hamlet_code"], "way": "propose"}
    if kind == "teamless" and user.can("team.manage"):
        return "teams.py", _("Create a team"), {"team": "new"}
    if kind == "imports" and user.can("list.import"):
        return "exchange.py", _("Import the corrected file"), {}
    return None


def _rows(user: User, kind: str, rows: list[dict]) -> None:
    """The first rows, and all the others on demand."""
    key = f"gaps_{kind}"
    shown = rows[: more.so_many(key, FIRST)]
    if kind == "duplicates":
        duplicate_pairs.draw(shown, user)
    elif kind == "imports":
        file.draw(shown, user)
    elif kind == "phone" and user.can("team.manage"):
        phone.draw(shown)
    else:
        named_list.draw(_(KINDS[kind]), lines.lines(kind, shown, user), key=f"{_LIST}{kind}")
    more.offer(key, len(rows) - len(shown), step=STEP)
