"""The persons of a household on the screen: the list, and the forms to add and to correct one."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.register.duplicates import candidates, match_score
from lib.register.households import households, persons
from lib.screen.households import session
from lib.screen.i18n import _
from lib.screen.labels import RELATIONS, RESIDENCES, SEXES
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, today
from lib.screen.widgets import draft, likely_twins
from lib.screen.widgets.forms import pressed


def save(db: Database, user: User, household: dict) -> draft.Draft | None:
    """Handle whichever of the section's buttons was pressed; the form it belongs to, with its faults."""
    code, now = household["code"], clock.now()
    chosen = session.PERSON.get()
    new, form, end = _new(code), _correction(chosen), _end(chosen)
    if likely_twins.sent(new):
        sent, others = new, likely_twins.settled(new, _likely(db, household, new))
        _checked, new.problem = attempt(persons.checked, new.values(), today())
        if new.problem or not others:
            return new
        _id, problem = attempt(persons.add, db, user, code, new.values(), now=now)
    elif form.sent():
        sent = form
        _none, problem = attempt(persons.edit, db, user, chosen, form.changed(), form.version(), now=now)
    elif end.sent():
        sent = end
        _none, problem = attempt(persons.leave, db, user, chosen, end.values()["day"], now=now)
    elif count := pressed(f"count_{code}_", ""):
        sent, values = draft.Draft(f"edit_{code}"), {"person_count": count}  # that form shows the number too
        _none, problem = attempt(households.edit, db, user, code, values, household["version"], now=now)
    else:
        return None
    if sent.ended(problem):
        st.success(_("Saved."), icon=":material/check:")
    return sent


def _new(code: str) -> draft.Draft:
    return draft.Draft(f"person_{code}")


def _correction(person: int | None) -> draft.Draft:
    return draft.Draft(f"correct_{person}")


def _end(person: int | None) -> draft.Draft:
    return draft.Draft(f"left_{person}")


def draw(db: Database, user: User, household: dict, sent: draft.Draft | None) -> None:
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
    new = _new(household["code"])
    likely = _likely(db, household, new) if likely_twins.is_open(new) else []
    with st.expander(_("Add a person"), icon=":material/person_add:", key="person_add"):
        _form(new, {"residence": "permanent"}, sent, _("Add person"), likely)
    if listed:
        with st.expander(_("Correct a person"), icon=":material/edit:", key="person_edit"):
            _correct(listed, sent)


def _likely(db: Database, household: dict, form: draft.Draft) -> list[dict]:
    """Who is listed already and may be the person typed; nobody while name or year are still missing."""
    values = form.values()
    if not values.get("full_name") or not (values.get("birth_year") or values.get("birth_year_unknown")):
        return []
    place = {name: household[name] for name in ("hamlet_code", "lane", "house_number")}
    person = match_score.typed({**values, **place}) | {"household_id": household["id"]}
    return candidates.candidates(db, "person", person, commune=household["commune_code"], limit=None)


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


def _correct(listed: list[dict], sent: draft.Draft | None) -> None:
    by_id = {p["id"]: p for p in listed}
    chosen = st.selectbox(
        _("Person"),
        by_id,
        format_func=lambda i: by_id[i]["full_name"] if i in by_id else "",
        index=None,
        placeholder=_("Choose the person"),
        key=session.PERSON.name,
    )
    if chosen is None:
        return
    person = by_id[chosen]
    stored = {**person, "birth_year_unknown": person["birth_year"] is None}
    _form(_correction(chosen), stored, sent, _("Save person"))
    end = _with_faults(_end(chosen), sent)
    end.opened({"day": today()})
    with st.form(end.name):
        end.day(_("Left on"), "day")
        end.save(_("No longer lives here"), primary=False)


def _form(form: draft.Draft, stored: dict, sent: draft.Draft | None, verb: str, likely: list[dict] = ()) -> None:
    _with_faults(form, sent).opened(stored)
    with st.form(form.name):
        form.text(_("Full name"), "full_name")
        form.text(_("Year of birth"), "birth_year", placeholder="1985")
        form.flag(_("Year of birth not known"), "birth_year_unknown")
        form.choice(_("Sex"), "sex", SEXES)
        form.choice(_("Relation to the head"), "relation", RELATIONS)
        form.choice(_("Residence"), "residence", RESIDENCES)
        question = _("A very similar person is already listed. Is it the same one?")
        anyway = _("A different person: add anyway")
        likely_twins.draw(form, likely, question, anyway, lambda: form.save(verb, primary=False))


def _with_faults(form: draft.Draft, sent: draft.Draft | None) -> draft.Draft:
    """The form as it is drawn, with what was wrong with it when it is the one that was sent."""
    form.problem = sent.problem if sent and sent.name == form.name else None
    return form
