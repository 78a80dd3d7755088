"""Drawing of a commune's hamlets: add one, rename it, take away one entered in error."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words import place_words
from lib.register.areas import hamlets
from lib.screen.admin import session
from lib.screen.i18n import _, area
from lib.screen.shell.page import attempt
from lib.screen.widgets import draft


def add_if_sent(db: Database, user: User) -> draft.Draft:
    form = draft.Draft("hamlet")
    if form.sent():
        _code, problem = attempt(hamlets.add, db, user, form.values(), now=clock.now())
        if form.ended(problem):
            st.success(_("The hamlet has been added."), icon=":material/check:")
    return form


def change_if_sent(db: Database, user: User) -> draft.Draft:
    """Rename or remove the chosen hamlet."""
    code = session.HAMLET.get()
    form = draft.Draft(f"hamlet_{code}")
    if code and form.sent("save"):
        _done, problem = attempt(hamlets.rename, db, user, code, form.values(), now=clock.now())
    elif code and form.sent("remove"):
        _done, problem = attempt(hamlets.remove, db, user, code, now=clock.now())
    else:
        return form
    if form.ended(problem):
        st.success(_("Saved."), icon=":material/check:")
    return form


def adding(db: Database, lines: list[dict], form: draft.Draft) -> None:
    """The local word is mostly the same as that of the hamlets already there."""
    form.opened({"kind": lines[-1]["kind"] if lines else None})
    with st.form("hamlet"):
        word, name = st.columns([1, 2])
        with word:
            form.choice(_("Type (ấp, khu phố …)"), "kind", _kinds(db), placeholder=_("ấp, khu phố"))
        with name:
            form.text(_("Name"), "name", placeholder="Phước Đức")
        form.save(_("Add the hamlet"))


def _kinds(db: Database) -> dict[str, str]:
    """Every word a hamlet may have, the province's own first."""
    return {kind: kind for kind in place_words.first(db)}


def table(lines: list[dict]) -> None:
    if not lines:
        st.info(_("No hamlet yet. Add the first one above; teams and households are entered under hamlets."))
        return
    st.dataframe(
        {
            _("Hamlet"): [area(line["kind"], line["name"]) for line in lines],
            _("Number of teams"): [line["teams"] for line in lines],
            _("Number of households"): [line["households"] for line in lines],
            _("Code"): [line["code"] for line in lines],
        },
        hide_index=True,
    )


def changing(db: Database, lines: list[dict], form: draft.Draft) -> None:
    """Choose a hamlet to rename, or to take away while it is empty."""
    names = {line["code"]: area(line["kind"], line["name"]) for line in lines}
    code = st.selectbox(
        _("Rename or remove"),
        list(names),
        index=None,
        format_func=names.get,
        key=session.HAMLET.name,
        placeholder=_("Choose the hamlet"),
    )
    if code is None:
        return
    drawn = draft.Draft(f"hamlet_{code}")
    drawn.problem = form.problem if form.name == drawn.name else None
    drawn.opened(next(line for line in lines if line["code"] == code))
    with st.form(drawn.name):
        drawn.choice(_("Type (ấp, khu phố …)"), "kind", _kinds(db))
        drawn.text(_("Name"), "name")
        with st.container(horizontal=True):
            drawn.save(_("Save"), primary=False)
            drawn.save(_("Remove the hamlet"), "remove", primary=False)
