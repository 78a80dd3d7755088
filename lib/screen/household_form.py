"""The form of a household, to register one and to correct one."""

import secrets

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Problem
from lib.register import hamlets, households
from lib.register.household_values import FIELDS
from lib.screen.forms import pressed
from lib.screen.household_list import link
from lib.screen.i18n import _, area, day
from lib.screen.labels import DWELLINGS, EXPOSURES, VULNERABILITIES
from lib.screen.page import attempt, fault, today
from lib.screen.plain import plain


def register(db: Database, user: User) -> str | None:
    """Draw the empty form; the code once it is registered.

    The form's token is part of every key and of the act: a second click finds the first one's household.
    """
    token = st.session_state.setdefault("household_token", secrets.token_hex(8))
    prefix = f"register_{token}_"
    sure = st.session_state.get(f"{prefix}anyway")
    problem, twins = None, []
    if sure or st.session_state.get(f"{prefix}save"):
        values = _typed(prefix) | {"walk_order": st.session_state[f"{prefix}walk_order"]}
        twins = [] if sure else households.twins(db, values["hamlet_code"], values["head_name"])
        if not twins:
            code, problem = attempt(households.register, db, user, values, now=clock.now(), token=token)
            if code:
                del st.session_state["household_token"]
                return code
    with st.form(f"{prefix}form"):
        _fields(db, user.area_code, prefix, {}, problem)
        _text("walk_order", _("Place in the walking order"), prefix, {}, problem, placeholder=_("Empty: the last"))
        with st.container(horizontal=True):
            st.form_submit_button(_("Register household"), key=f"{prefix}save", type="primary")
            if twins:
                st.form_submit_button(_("Another household: register all the same"), key=f"{prefix}anyway")
    if twins:
        _warn(twins)
    return None


def _warn(twins: list[dict]) -> None:
    """Perhaps it is registered already: the likely ones, to open and compare."""
    st.warning(_("A household with this name is already registered in this hamlet. Is it the same one?"))
    for twin in twins:
        where = " ".join(plain(part) for part in (twin["lane"], twin["house_number"]) if part)
        link(f"**{plain(twin['head_name'])}** {plain(twin['code'])} {where}", household=twin["code"])


def save(db: Database, user: User, code: str) -> tuple[str | None, Problem | None]:
    """Handle a click on the edit form's Save: the keys of the form that was sent, and what was wrong with it.

    The version the visitor saw is part of the keys, so that a change made meanwhile is noticed.
    """
    version = pressed(f"edit_{code}_", "_save")
    if version is None:
        return None, None
    prefix = f"edit_{code}_{version}_"
    _done, problem = attempt(households.edit, db, user, code, _typed(prefix), int(version), now=clock.now())
    if problem is None:
        st.success(_("Saved."), icon=":material/check:")
        return None, None
    return prefix, problem


def edit(db: Database, household: dict, prefix: str | None, problem: Problem | None) -> None:
    """Draw the form with what is stored, or again with what was typed and refused."""
    prefix = prefix or f"edit_{household['code']}_{household['version']}_"
    with st.form(f"{prefix}form"):
        _fields(db, household["commune_code"], prefix, household, problem)
        st.form_submit_button(_("Save"), key=f"{prefix}save", type="primary")


def _typed(prefix: str) -> dict:
    return {field: st.session_state.get(f"{prefix}{field}") for field in FIELDS}


def _fields(db: Database, commune: str, prefix: str, old: dict, problem: Problem | None) -> None:
    places = {h["code"]: area(h["kind"], h["name"]) for h in hamlets.listed(db, day=today(), commune=commune)}
    left, right = st.columns(2)
    with left:
        _text("head_name", _("Head of household"), prefix, old, problem)
        _select("hamlet_code", _("Hamlet"), places, prefix, old, problem)
        _text("lane", _("Lane"), prefix, old, problem, placeholder=_("Like Hẻm 12"))
        _text("house_number", _("House number or landmark"), prefix, old, problem)
        _text("group_name", _("Self-managed group"), prefix, old, problem)
    with right:
        _text("phone", _("Telephone"), prefix, old, problem)
        _text("phone2", _("Second telephone"), prefix, old, problem)
        _text("person_count", _("Number of persons"), prefix, old, problem)
        _text("temporary_count", _("Of these temporary residents"), prefix, old, problem)
        _select(
            "dwelling",
            _("Dwelling"),
            {c: _(w) for c, w in DWELLINGS.items()},
            prefix,
            {"dwelling": "house"} | old,
            problem,
        )
    _several("vulnerabilities", _("Vulnerable"), VULNERABILITIES, prefix, old, problem)
    _several("exposures", _("Exposed through work"), EXPOSURES, prefix, old, problem)
    signed = {"commitment_day": day(old.get("commitment_day"))}
    _text("commitment_day", _("Commitment signed on"), prefix, signed, problem, placeholder=_("dd/mm/yyyy"))
    st.text_area(_("Note"), value=old.get("note") or "", key=f"{prefix}note", placeholder="", height=80)
    fault(problem, "note")


def _text(field: str, label: str, prefix: str, old: dict, problem: Problem | None, placeholder: str = "") -> None:
    stored = old.get(field)
    st.text_input(
        label,
        value="" if stored is None else str(stored),
        key=f"{prefix}{field}",
        placeholder=placeholder,
        autocomplete="off",
    )
    fault(problem, field)


def _select(field: str, label: str, options: dict, prefix: str, old: dict, problem: Problem | None) -> None:
    codes = list(options)
    st.selectbox(
        label,
        codes,
        format_func=lambda code: options.get(code, ""),
        index=codes.index(old[field]) if old.get(field) in codes else None,
        key=f"{prefix}{field}",
        placeholder=_("Choose"),
    )
    fault(problem, field)


def _several(field: str, label: str, words: dict, prefix: str, old: dict, problem: Problem | None) -> None:
    st.pills(
        label,
        list(words),
        selection_mode="multi",
        default=old.get(field) or [],
        format_func=lambda code: _(words[code]),
        key=f"{prefix}{field}",
    )
    fault(problem, field)
