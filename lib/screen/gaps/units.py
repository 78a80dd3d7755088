"""The gaps of a district or a province by unit: how many of each kind; a click leads into a unit."""

import time

import streamlit as st
from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.oversight.figures import units
from lib.oversight.work import gaps_by_kind
from lib.register.duplicates import pair_cache
from lib.screen import figure_words
from lib.screen.i18n import N_, _, area, ngettext, number
from lib.screen.shell.page import today
from lib.screen.widgets import link_table

_WAY, _TABLE = "gaps-way", "gaps-table"
_UNBROKEN = "\N{NO-BREAK SPACE}"  # a name keeps to one line beside many narrow columns
_MOMENT = 0.5  # seconds of looking for duplicates in one run; at least one commune

SHORT = {
    "unlisted": N_("No lists"),
    "missing": N_("Missing"),
    "empty": N_("Empty"),
    "idle": N_("Idle"),
    "nobody": N_("Unassigned households"),
    "away": N_("Away"),
    "teamless": N_("No team"),
    "models": N_("Two models"),
    "silent": N_("Silent for two days"),
    "load": N_("Overloaded"),
    "size": N_("Size outside the rules"),
    "leader": N_("No leader"),
    "phone": N_("No phone"),
    "imports": N_("Files"),
    "duplicates": N_("Duplicates"),
}


def follow() -> None:
    """Turn to the area that was clicked; an address, so that Back returns."""
    link = link_table.gone(_WAY, _TABLE)
    if link and link.startswith("?area="):
        st.query_params.from_dict({"area": link.removeprefix("?area=")})


def unit_of_address(db: Database, user: User) -> dict:
    """The area of the address, by default the visitor's own. Raises NotFound outside it, as for a code nobody has."""
    code = st.query_params.get("area") or user.area_code
    access.require(access.holds_area(db, user, code) or None)
    unit = units.area(db, code, user)
    return access.require(unit if unit["level"] != "hamlet" else None)


def path_to_area(db: Database, user: User, unit: dict) -> None:
    """The path from the visitor's own area to this one; each step leads back up."""
    path = units.way(db, unit["code"], user)
    own = next((place for place, step in enumerate(path) if step["code"] == user.area_code), len(path) - 1)
    steps = path[own:]
    items = [
        {"text": area(step["kind"], step["name"]), "href": "" if step is steps[-1] else f"?area={step['code']}"}
        for step in steps
    ]
    link_table.path(_("Path to this area"), items, key=_WAY)


def draw(db: Database, user: User, unit: dict, *, complete: bool) -> bool:
    """Draw the table, or that all is well where the lists are complete.

    Returns whether there are communes that were not looked through for duplicates yet.
    """
    counted = gaps_by_kind.by_unit(db, unit, units.children(db, unit, today(), user), today())
    unknown = [code for row in counted for code in row["unknown"]]
    sums = {kind: sum(row["gaps"][kind] for row in counted) for kind in gaps_by_kind.KINDS}
    open_ = [kind for kind in sums if sums[kind] or (unknown and kind == "duplicates")]
    if not any(sums.values()) and not unknown and not complete:
        return False  # the line above says what is missing
    if not any(sums.values()) and not unknown:
        st.success(_("Every household on the lists has a responsible member."), icon=":material/verified:")
        return False
    names = figure_words.labels(counted)
    rows = [_row(names[row["code"]], row["gaps"], row["unknown"], open_, row["code"]) for row in counted]
    total = _row(_("Grand total"), sums, unknown, open_) | {"total": True}
    link_table.table(_("Gaps by area"), _head(open_), [*rows, total], key=_TABLE, cards=True)
    if closed := [_(SHORT[kind]) for kind in sums if kind not in open_]:
        st.caption(_("No open items: {kinds}.").format(kinds="; ".join(closed)))
    return bool(unknown)


def _head(kinds: list[str]) -> list[dict]:
    """The unit, then a column for each kind of which something is open."""
    plain = {"help": "", "number": True, "unit": False, "bar": False, "why": ""}
    columns = [plain | {"text": _(SHORT[kind]), "help": _(gaps_by_kind.KINDS[kind])} for kind in kinds]
    return [plain | {"text": _("Area"), "number": False, "unit": True}, *columns]


def _row(name: str, gaps: dict[str, int], unknown: list[str], kinds: list[str], code: str = "") -> dict:
    texts = {kind: number(gaps[kind]) if gaps[kind] else "–" for kind in kinds}
    if unknown:
        texts["duplicates"] = "…"
    href, cells = code and f"?area={code}", [name.replace(" ", _UNBROKEN), *texts.values()]
    return {"code": code, "href": href, "cells": cells, "share": None, "silent": False, "move": None}


def look_through(db: Database, user: User) -> bool:
    """Look through the next communes for duplicates; returns whether some are left."""
    communes, begun = units.communes(db, unit_of_address(db, user)), time.monotonic()
    looked_through = pair_cache.known(communes)
    unknown = [code for code in communes if code not in looked_through]
    while unknown:
        pair_cache.pairs(db, unknown.pop(0))
        if time.monotonic() - begun > _MOMENT:
            break
    left = len(unknown)
    if left:
        st.caption(
            ngettext(
                "Looking for duplicates: {n} commune left.", "Looking for duplicates: {n} communes left.", left
            ).format(n=number(left))
        )
    return bool(left)
