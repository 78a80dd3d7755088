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
from lib.screen.board import address
from lib.screen.board.place import Board, BoardPlace
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


def links(board: Board) -> None:
    """From a board to its doors, where the visitor may see names."""
    db, place, figure = board.db, board.place, board.area
    if place.area["level"] not in LISTED or not doors.may_see(db, place.area) or not rollup.is_open(db, place.day):
        return
    unseen, in_team = _("Households not reached yet"), board.user.team_id
    if not in_team:
        unseen = _counted(unseen, figure["due"] - figure["seen"])
    items = [{"text": unseen, "href": address.href(place, doors="unseen")}]
    if figure["unassigned"] and not in_team:
        nobody = _counted(_(KINDS["nobody"]), figure["unassigned"])
        items.append({"text": nobody, "href": address.href(place, doors="nobody")})
    link_table.path(_("Household lists"), items, key="board-doors", look="choices")


def wanted() -> str | None:
    return st.query_params.get("doors")


def draw(board: Board) -> None:
    """The list that the address asks for, or why there is none; of a day never opened the board says so."""
    db, unit = board.db, board.place.area
    if not rollup.is_open(db, board.place.day):
        return
    if st.query_params.get("of", "").startswith("team:"):
        unit, problem = attempt(units.team, db, st.query_params["of"], board.user)
        if problem:
            return
    if unit["level"] not in LISTED:
        st.info(_("The household list is made for one commune, hamlet or team. Open a commune first."))
    elif not doors.may_see(db, unit):
        st.info(_("Names are shown only inside your own area."), icon=":material/lock:")
    else:
        _list(board, unit)


def _list(board: Board, unit: dict) -> None:
    place, kind = board.place, wanted() if wanted() in KINDS else "unseen"
    numbers = doors.numbers(board.db, unit, place.day)
    pages = max(1, -(-numbers[kind] // doors.PAGE))
    page = min(max(_page(), 1), pages)
    with st.container(border=True):
        _head(board, unit, kind, numbers)
        listed = doors.listed(board.db, unit, place.day, kind, page)
        if listed:
            _offer(board, unit, kind)
            rows = [_line(door, place.day) for door in listed]
            link_table.table(_title(kind, unit), _columns(), rows, key="doors-list", cards=True)
        else:
            all_reached = kind == "unseen" and numbers["due"]
            st.info(_("Every due household here has been reached.") if all_reached else _("There are none."))
        _pages(place, unit, kind, page, pages)


def _title(kind: str, unit: dict) -> str:
    return f"{_(KINDS[kind])} · {words.name(unit)}"


def _of_team(unit: dict) -> dict[str, str]:
    """The parameter of the address that narrows a hamlet's list to one of its teams."""
    return {"of": unit["code"]} if unit["level"] == "team" else {}


def _offer(board: Board, unit: dict, kind: str) -> None:
    """The whole list to take away, not only this page."""

    def table(db: Database, _user: User) -> download.Table:
        return list_exports.doors(db, unit, on=board.place.day, kind=kind)

    download.offer(board.user, f"doors_{unit['code']}_{kind}", {_title(kind, unit): table}, area=unit["commune_code"])


def _page() -> int:
    typed = st.query_params.get("part", "1")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 1


def _head(board: Board, unit: dict, kind: str, numbers: dict[str, int]) -> None:
    """The place, whose doors these are, and what the list can be narrowed to."""
    choices = [
        {
            "text": _counted(_(word), numbers[code]),
            "href": address.href(board.place, doors=code, **_of_team(unit)),
            "here": code == kind,
        }
        for code, word in KINDS.items()
        if numbers[code] or code in ("unseen", kind)
    ]
    choices.append({"text": _("Close"), "href": address.href(board.place)})
    title = _("Households of {area}").format(area=words.name(unit))
    st.subheader(plain(title), anchor=False)
    if board.user.team_id:
        own = (
            _("Only your own households.")
            if board.user.role == "member"
            else _("Only the households of your own team.")
        )
        st.caption(own)
    link_table.path(title, choices, key="doors-kinds", look="choices", arrive=f"{unit['code']} {kind}")


def _columns() -> list[dict]:
    titles = [_("Household"), _("Address"), _("What happened"), _("Responsible member"), _("Telephone"), _("Team")]
    return [{"text": title, "help": "", "unit": title is titles[0]} for title in titles]


def _line(door: dict, day: str) -> dict:
    """One door; touching the number calls the member responsible. Without one the team and what happened stay empty."""
    parts = [door["house_number"], door["lane"], door["group_name"], area(door["hamlet_kind"], door["hamlet_name"])]
    call = {"text": phone.spaced(door["phone"]), "href": f"tel:{door['phone']}"} if door["phone"] else ""
    return {
        "code": door["code"],
        "cells": [
            {"text": door["head_name"], "href": f"households?household={door['code']}"},
            ", ".join(part for part in parts if part),
            _happened(door, day) if door["team"] else "",
            door["member"] or _(KINDS["nobody"]),
            call,
            words.short({"level": "team", "name": door["team"] or ""}),
        ],
    }


def _happened(door: dict, day: str) -> str:
    return f"{_(OUTCOMES[door['outcome']])} {hour(door['recorded_at'], day)}" if door["outcome"] else _("Not visited")


def _pages(place: BoardPlace, unit: dict, kind: str, page: int, pages: int) -> None:
    """Links to the pages of a long list: the first, the last and those around the one shown."""
    if pages > 1:
        near = [n for n in range(1, pages + 1) if n in (1, pages) or abs(n - page) < 4]
        items = [
            {"text": str(n), "href": address.href(place, doors=kind, part=n, **_of_team(unit)), "here": n == page}
            for n in near
        ]
        link_table.path(_("Pages of the list"), items, key="doors-pages", look="choices")


def _counted(word: str, n: int) -> str:
    return f"{word} ({number(n)})"
