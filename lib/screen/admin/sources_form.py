"""Drawing of what the rules on teams stand on, and of what the province calls its hamlets."""

from dataclasses import asdict

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words import dates, place_words
from lib.register import rule_sources
from lib.register.rule_sources import DOCUMENTS, PARTY, STATE, Source
from lib.screen.i18n import N_, _
from lib.screen.shell.page import attempt, fault

_TITLES = {
    STATE: N_("State document: size of teams, households per team, decision that creates them"),
    PARTY: N_("Party document: who leads, who belongs to a team, one model per hamlet"),
}
_LABELS = {
    "number": N_("Number and code"),
    "day": N_("Date of the document (day/month/year)"),
    "issuer": N_("Issuing body"),
    "about": N_("Subject line, as in the document"),
}
_EXAMPLES = {
    "number": "05/CT-UBND",
    "day": "31/5/2021",
    "issuer": "Chủ tịch Ủy ban nhân dân tỉnh",
    "about": "về việc …",
}


def edit(db: Database, user: User) -> None:
    """A form for each document; all fields empty take it out again."""
    for name, source in rule_sources.read(db).items():
        _document(db, user, name, source)


def _document(db: Database, user: User, name: str, source: Source | None) -> None:
    stored = asdict(source) | {"day": dates.shown(source.day)} if source else {}
    with st.form(f"source_{name}", border=True):
        st.markdown(f"**{_(_TITLES[name])}**")
        typed, places = {}, {}
        typed["document"] = st.selectbox(
            _("Kind of document"),
            list(DOCUMENTS),
            key=f"source_{name}_document",
            placeholder="",
            index=DOCUMENTS.index(source.document) if source and source.document in DOCUMENTS else None,
        )
        places["document"] = st.container()
        for field, label in _LABELS.items():
            typed[field] = st.text_input(
                _(label), value=stored.get(field) or "", key=f"source_{name}_{field}", placeholder=_EXAMPLES[field]
            )
            places[field] = st.container()
        sent = st.form_submit_button(_("Save the document"), type="primary", key=f"source_{name}_save")
    if sent:
        _done, problem = attempt(rule_sources.save, db, user, name, typed, now=clock.now())
        _answer(
            problem,
            places,
            _("Saved. Warnings name the document; decisions of communes are based on the State document."),
        )


def words(db: Database, user: User) -> None:
    """What hamlets are called where none is entered yet."""
    with st.form("words", border=True):
        chosen = kinds(place_words.chosen(db), "words_hamlets")
        place = st.container()
        sent = st.form_submit_button(_("Save the unit types"), type="primary")
    if sent:
        _done, problem = attempt(place_words.choose, db, user, chosen, now=clock.now())
        _answer(problem, {"hamlets": place}, _("Saved."))


def kinds_at_set_up() -> list[str]:
    """The same before there is a province: what it is known for holds where nothing is chosen."""
    return st.multiselect(
        _("What the units below the communes are called"),
        list(place_words.KINDS),
        key="setup_hamlets",
        max_selections=place_words.MOST,
        placeholder=_("as usual in the province"),
        help=_("If left empty, the terms the province used in 2021 apply. They can be changed under Settings."),
    )


def kinds(proposed: tuple[str, ...], key: str) -> list[str]:
    """Every word a hamlet may have, to choose some of; those proposed stand chosen."""
    return st.multiselect(
        _("What the units below the communes are called"),
        list(place_words.KINDS),
        default=list(proposed),
        key=key,
        max_selections=place_words.MOST,
        placeholder="",
        help=_("Once hamlets are entered, every page and document uses the names they were entered under."),
    )


def _answer(problem, places: dict, sentence: str) -> None:
    for field, place in places.items():
        with place:
            fault(problem, field)
    if not problem:
        st.success(sentence)
