"""The form of a household, to register one and to correct one."""

import secrets
from collections.abc import Callable

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Problem
from lib.register.areas import hamlets
from lib.register.duplicates import candidates, match_score
from lib.register.households import households
from lib.screen.households import session
from lib.screen.households.listing import link
from lib.screen.i18n import _, area
from lib.screen.labels import DWELLINGS, EXPOSURES, VULNERABILITIES
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault, today
from lib.screen.widgets import draft, likely_twins


def register(db: Database, user: User) -> str | None:
    """Draw the empty form; the code once it is registered.

    The form's token is part of every key and of the act: a second click finds the first one's household.
    """
    token = _token()
    form = draft.Draft(f"register_{token}")
    twins = _twins(db, user, form.values()) if likely_twins.is_open(form) else []
    if likely_twins.sent(form) and (code := _send(db, user, form, token, twins)):
        return code
    form.opened({"dwelling": "house"})
    with st.form(form.name):
        _fields(form, lambda: form.choice(_("Hamlet"), "hamlet_code", _hamlets(db, user.area_code)))
        form.text(_("Position in the walking order"), "walk_order", placeholder=_("Empty: placed last"))
        question = _question(twins, str(form.values().get("hamlet_code")))
        verb = _("A different household: register it anyway")
        likely_twins.draw(form, twins, question, verb, lambda: form.save(_("Register household")))
    return None


def _token() -> str:
    """One for each form: a new one when the form was not in sight, so that it begins empty."""
    token = session.TOKEN.get()
    if not token or not draft.Draft(f"register_{token}").values():
        token = secrets.token_hex(8)
        session.TOKEN.set(token)
    return token


def _send(db: Database, user: User, form: draft.Draft, token: str, twins: list[dict]) -> str | None:
    """The code of the household, once its fields are sound and its likely twins are said to be others.

    Whether the form was sent before is asked first, or a second click finds the first one's household as a twin.
    """
    values, now = form.values(), clock.now()
    others = likely_twins.settled(form, twins)
    code, form.problem = attempt(households.sent_before, db, user, values, now=now, token=token)
    if not code and not form.problem and others:
        code, form.problem = attempt(households.register, db, user, values, now=now, token=token)
    return code


def _twins(db: Database, user: User, values: dict) -> list[dict]:
    """Nobody while the name is missing."""
    if not values.get("head_name"):
        return []
    return candidates.candidates(db, "household", match_score.typed(values), commune=user.area_code, limit=None)


def _question(twins: list[dict], hamlet: str) -> str:
    """Perhaps it is registered already: the likely ones, to open and compare."""
    if any(twin["hamlet_code"] == hamlet for twin in twins):
        return _("A household with this name is already registered in this hamlet. Is it the same one?")
    return _("A very similar household is registered in another hamlet. Is it the same one?")


def save(db: Database, user: User, code: str) -> tuple[draft.Draft, Problem | None]:
    """Handle a click on the edit form's Save: the form, and what was wrong with it."""
    form = draft.Draft(f"edit_{code}")
    if form.sent():
        changed = form.changed()
        _done, problem = attempt(households.edit, db, user, code, changed, form.version(), now=clock.now())
        if form.ended(problem):
            st.success(_("Saved."), icon=":material/check:")
    return form, form.problem


def edit(user: User, household: dict, form: draft.Draft, problem: Problem | None) -> None:
    """Draw the form with what is stored, or again with what was typed and refused."""
    form.problem = problem
    form.opened(household)
    with st.form(form.name):
        _fields(form, lambda: _stays(user, household, problem))
        form.save(_("Save"))


def _stays(user: User, household: dict, problem: Problem | None) -> None:
    """The hamlet, to be read: into another one it moves, from a day on."""
    lives = area(household["hamlet_kind"], household["hamlet_name"])
    moved = _("If a household now lives elsewhere, commune staff move it, starting from a given day.")
    st.markdown(f"{_('Hamlet')}  \n**{plain(lives)}**", help=moved)
    fault(problem, "hamlet_code")
    if user.can("household.register"):
        link(_("Move to another hamlet"), icon=":material/moving:", household=household["code"], tab="move")


def _hamlets(db: Database, commune: str) -> dict[str, str]:
    return {h["code"]: area(h["kind"], h["name"]) for h in hamlets.listed(db, day=today(), commune=commune)}


def _fields(form: draft.Draft, hamlet: Callable[[], None]) -> None:
    left, right = st.columns(2)
    with left:
        form.text(_("Head of household"), "head_name")
        hamlet()
        form.text(_("Lane"), "lane", placeholder=_("e.g. Hẻm 12"))
        form.text(_("House number or landmark"), "house_number")
        form.text(_("Self-managed group"), "group_name")
    with right:
        form.text(_("Telephone"), "phone")
        form.text(_("Second telephone"), "phone2")
        form.text(_("Number of persons"), "person_count")
        form.text(_("Of these, temporary residents"), "temporary_count")
        form.choice(_("Dwelling"), "dwelling", DWELLINGS)
    form.choices(_("Vulnerable"), "vulnerabilities", VULNERABILITIES)
    form.choices(_("Exposed through work"), "exposures", EXPOSURES)
    form.day(_("Commitment signed on"), "commitment_day")
    form.long(_("Note"), "note")
