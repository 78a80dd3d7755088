"""The list of doors not seen yet: what happened there, the member responsible and the telephone to call.

It stands in the address (`?area=2545601&doors=absent&part=2`). Names come only inside the visitor's own area.
"""

import streamlit as st
from sqlite_utils import Database

from lib.core import rollup
from lib.core.access import User
from lib.core.errors import N_
from lib.core.words import phone
from lib.oversight.figures import doors, units
from lib.screen import figure_words as words
from lib.screen import list_exports
from lib.screen.board import place
from lib.screen.board.place import Place
from lib.screen.i18n import _, area, hour, number
from lib.screen.labels import OUTCOMES
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt
from lib.screen.widgets import download, link_table

KINDS = {
    "unseen": N_("Not reached yet"),
    "unvisited": N_("Not visited"),
    "absent": N_("Absent"),
    "refused": N_("Refused"),
    "nobody": N_("No responsible member"),
}
LISTED = ("commune", "hamlet", "team")  # what is small enough for a list of doors


def links(db: Database, user: User, here: Place, figure: dict) -> None:
    """From a board to its doors, where the visitor may see names."""
    if here.area["level"] not in LISTED or not doors.may_see(db, here.area) or not rollup.is_open(db, here.day):
        return
    unseen = _("Households not reached yet")
    if not user.team_id:
        unseen = _counted(unseen, figure["due"] - figure["seen"])
    items = [{"text": unseen, "href": place.address(here, doors="unseen")}]
    if figure["unassigned"] and not user.team_id:
        nobody = _counted(_(KINDS["nobody"]), figure["unassigned"])
        items.append({"text": nobody, "href": place.address(here, doors="nobody")})
    link_table.path(_("Household lists"), items, key="board-doors", look="choices")


def asked() -> str | None:
    return st.query_params.get("doors")


def draw(db: Database, user: User, here: Place) -> None:
    """The list that the address asks for, or why there is none; of a day never opened the board says so."""
    unit = here.area
    if not rollup.is_open(db, here.day):
        return
    if st.query_params.get("of", "").startswith("team:"):
        unit, problem = attempt(units.team, db, st.query_params["of"], user)
        if problem:
            return
    if unit["level"] not in LISTED:
        st.info(_("The household list is made for one commune, hamlet or team. Open a commune first."))
    elif not doors.may_see(db, unit):
        st.info(_("Names are shown only inside your own area."), icon=":material/lock:")
    else:
        _list(db, user, here, unit)


def _list(db: Database, user: User, here: Place, unit: dict) -> None:
    kind = asked() if asked() in KINDS else "unseen"
    numbers = doors.numbers(db, unit, here.day)
    pages = max(1, -(-numbers[kind] // doors.PAGE))
    page = min(max(_page(), 1), pages)
    team = {"of": unit["code"]} if unit["level"] == "team" else {}
    with st.container(border=True):
        _head(user, here, unit, kind, numbers, team)
        listed = doors.listed(db, unit, here.day, kind, page)
        if listed:
            _offer(user, here, unit, kind)
            caption = f"{_(KINDS[kind])} · {words.name(unit)}"
            link_table.table(
                caption, _columns(), [_line(door, here.day) for door in listed], key="doors-list", cards=True
            )
        else:
            everybody = kind == "unseen" and numbers["due"]
            st.info(_("Every due household here has been reached.") if everybody else _("There are none."))
        _pages(here, kind, page, pages, team)


def _offer(user: User, here: Place, unit: dict, kind: str) -> None:
    """The whole list to take away, not only this page."""

    def table(db: Database, _user: User) -> download.Table:
        return list_exports.doors(db, unit, on=here.day, kind=kind)

    title = f"{_(KINDS[kind])} · {words.name(unit)}"
    download.offer(user, f"doors_{unit['code']}_{kind}", {title: table}, area=unit["commune_code"])


def _page() -> int:
    typed = st.query_params.get("part", "1")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 1


def _head(user: User, here: Place, unit: dict, kind: str, numbers: dict, team: dict) -> None:
    """The place, whose doors these are, and what the list can be narrowed to."""
    choices = [
        {
            "text": _counted(_(word), numbers[code]),
            "href": place.address(here, doors=code, **team),
            "here": code == kind,
        }
        for code, word in KINDS.items()
        if numbers[code] or code in ("unseen", kind)
    ]
    choices.append({"text": _("Close"), "href": place.address(here)})
    title = _("Households of {area}").format(area=words.name(unit))
    st.subheader(plain(title), anchor=False)
    if user.team_id:
        own = _("Only your own households.") if user.role == "member" else _("Only the households of your own team.")
        st.caption(own)
    link_table.path(title, choices, key="doors-kinds", look="choices", arrive=f"{unit['code']} {kind}")


def _columns() -> list[dict]:
    titles = [_("Household"), _("Address"), _("What happened"), _("Responsible member"), _("Telephone"), _("Team")]
    return [{"text": title, "help": "", "unit": title is titles[0]} for title in titles]


def _line(door: dict, day: str) -> dict:
    """One door; touching the number calls the member responsible. Where nobody is, there is no more to tell."""
    place = [door["house_number"], door["lane"], door["group_name"], area(door["hamlet_kind"], door["hamlet_name"])]
    call = {"text": phone.spaced(door["phone"]), "href": f"tel:{door['phone']}"} if door["phone"] else ""
    return {
        "code": door["code"],
        "cells": [
            {"text": door["head_name"], "href": f"households?household={door['code']}"},
            ", ".join(part for part in place if part),
            _happened(door, day) if door["team"] else "",
            door["member"] or _(KINDS["nobody"]),
            call,
            words.short({"level": "team", "name": door["team"] or ""}),
        ],
    }


def _happened(door: dict, day: str) -> str:
    return f"{_(OUTCOMES[door['outcome']])} {hour(door['recorded_at'], day)}" if door["outcome"] else _("Not visited")


def _pages(here: Place, kind: str, page: int, pages: int, team: dict) -> None:
    """Links to the pages of a long list: the first, the last and those around the one shown."""
    if pages > 1:
        near = [n for n in range(1, pages + 1) if n in (1, pages) or abs(n - page) < 4]
        items = [
            {"text": str(n), "href": place.address(here, doors=kind, part=n, **team), "here": n == page} for n in near
        ]
        link_table.path(_("Pages of the list"), items, key="doors-pages", look="choices")


def _counted(word: str, n: int) -> str:
    return f"{word} ({number(n)})"
