"""The persons of a household on the screen: the list, and the forms to add and to correct one."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Problem
from lib.register import households, persons
from lib.screen import forms
from lib.screen.i18n import _, day
from lib.screen.labels import RELATIONS, RESIDENCES, SEXES
from lib.screen.page import attempt, fault, today
from lib.screen.plain import plain


def save(db: Database, user: User, household: dict) -> Problem | None:
    """Handle whichever of the section's buttons was pressed."""
    code, now, round_ = household["code"], clock.now(), f"person_{household['code']}"
    if st.session_state.get(f"{forms.prefix(round_)}save"):
        _id, problem = attempt(persons.add, db, user, code, _typed(forms.prefix(round_)), now=now)
        if problem is None:
            forms.next_round(round_)
    elif person := forms.pressed("correct_", "_save"):
        values, (which, version) = _typed(f"correct_{person}_"), map(int, person.split("_"))
        _none, problem = attempt(persons.edit, db, user, which, values, version, now=now)
    elif person := forms.pressed("correct_", "_leave"):
        left, (which, _version) = st.session_state[f"correct_{person}_day"], map(int, person.split("_"))
        _none, problem = attempt(persons.leave, db, user, which, left, now=now)
    elif count := forms.pressed(f"count_{code}_", ""):
        values = {"person_count": count}
        _none, problem = attempt(households.edit, db, user, code, values, household["version"], now=now)
    else:
        return None
    if problem is None:
        st.success(_("Saved."), icon=":material/check:")
    return problem


def draw(db: Database, user: User, household: dict, problem: Problem | None) -> None:
    listed = persons.of_household(db, household["code"], day=today())
    may = user.can("household.edit")
    if listed:
        _table(listed)
    else:
        st.caption(_("No person is listed yet; the household counts with its number of persons."))
    if len(listed) > household["person_count"]:
        _too_many(household, len(listed), may)
    if not may:
        return
    with st.expander(_("Add a person"), icon=":material/person_add:", key="person_add"):
        _form(forms.prefix(f"person_{household['code']}"), {}, problem, _("Add person"))
    if listed:
        with st.expander(_("Correct a person"), icon=":material/edit:", key="person_edit"):
            _correct(listed, problem)


def _table(listed: list[dict]) -> None:
    st.table(
        {
            _("Name"): [plain(p["full_name"]) for p in listed],
            _("Born"): [str(p["birth_year"] or _("not known")) for p in listed],
            _("Sex"): [_(SEXES.get(p["sex"], "")) for p in listed],
            _("Relation"): [_(RELATIONS.get(p["relation"], "")) for p in listed],
            _("Residence"): [_(RESIDENCES[p["residence"]]) for p in listed],
        },
        hide_index=True,
        border="horizontal",
    )


def _too_many(household: dict, listed: int, may: bool) -> None:
    st.warning(
        _("{listed} persons are listed, but the household is entered with {count}.").format(
            listed=listed, count=household["person_count"]
        ),
        icon=":material/group:",
    )
    if may:
        st.button(_("Set the number to {n}").format(n=listed), key=f"count_{household['code']}_{listed}")


def _correct(listed: list[dict], problem: Problem | None) -> None:
    by_id = {p["id"]: p for p in listed}
    chosen = st.selectbox(
        _("Person"),
        by_id,
        format_func=lambda i: by_id[i]["full_name"] if i in by_id else "",
        index=None,
        placeholder=_("Choose the person"),
        key="person_chosen",
    )
    if chosen is None:
        return
    person = by_id[chosen]
    prefix = f"correct_{person['id']}_{person['version']}_"
    _form(prefix, person, problem, _("Save person"))
    with st.form(f"{prefix}leave_form"):
        st.text_input(_("Left on"), value=day(today()), key=f"{prefix}day", placeholder=_("dd/mm/yyyy"))
        fault(problem, "day")
        st.form_submit_button(_("No longer lives here"), key=f"{prefix}leave")


def _form(prefix: str, old: dict, problem: Problem | None, verb: str) -> None:
    with st.form(f"{prefix}form"):
        st.text_input(_("Full name"), value=old.get("full_name") or "", key=f"{prefix}full_name", placeholder="")
        fault(problem, "full_name")
        st.text_input(
            _("Year of birth"), value=str(old.get("birth_year") or ""), key=f"{prefix}birth_year", placeholder="1985"
        )
        unknown = bool(old) and old["birth_year"] is None
        st.checkbox(_("Year of birth not known"), value=unknown, key=f"{prefix}birth_year_unknown")
        fault(problem, "birth_year")
        _choice("sex", _("Sex"), SEXES, prefix, old, problem)
        _choice("relation", _("Relation to the head"), RELATIONS, prefix, old, problem)
        _choice("residence", _("Residence"), RESIDENCES, prefix, {"residence": "permanent"} | old, problem)
        st.form_submit_button(verb, key=f"{prefix}save")


def _choice(field: str, label: str, words: dict, prefix: str, old: dict, problem: Problem | None) -> None:
    st.selectbox(
        label,
        list(words),
        format_func=lambda code: _(words[code]),
        index=list(words).index(old[field]) if old.get(field) in words else None,
        key=f"{prefix}{field}",
        placeholder=_("Choose"),
    )
    fault(problem, field)


def _typed(prefix: str) -> dict:
    return {field: st.session_state.get(f"{prefix}{field}") for field in (*persons.FIELDS, "birth_year_unknown")}
