"""The reports of an area and day as documents, each with what its figures are: frozen, provisional, sent, corrected."""

from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.exchange.documents import report_files
from lib.oversight.reports import snapshots, states
from lib.register.areas import choices
from lib.screen.documents import buttons
from lib.screen.i18n import _, area, moment, number


def choose(db: Database, user: User) -> dict:
    """The area that documents are for; it stands in the address. A commune has no choice."""
    own = choices.get(db, user.area_code)
    if own["level"] == "commune":
        return own
    inside = [
        own,
        *(
            line
            for level in ("district", "commune")
            if level != own["level"]
            for line in choices.below(db, own["code"], level)
        ),
    ]
    areas = {line["code"]: line for line in inside}
    code_asked = st.query_params.get("area") if st.query_params.get("area") in areas else None
    code = st.selectbox(
        _("Area"),
        list(areas),
        format_func=lambda code: _named(areas[code], own),
        width=380,
        index=list(areas).index(code_asked) if code_asked else 0,
        key=f"documents_area_{code_asked}",
    )
    if code != own["code"] or code_asked:
        st.query_params["area"] = code
    return choices.get(db, code)


def _named(line: dict, own: dict) -> str:
    below = own["level"] == "province" and line.get("parent_name") and line["parent_code"] != own["code"]
    return area(line["kind"], line["name"]) + (f", {area(line['parent_kind'], line['parent_name'])}" if below else "")


def draw(db: Database, user: User, place: dict, day: str, now: datetime) -> None:
    """A card a report."""
    for kind in report_files.kinds(place["level"]):
        with st.container(border=True):
            st.markdown(f"**{_(buttons.TITLES[kind])}**")
            st.caption(_state(db, place, day, now))
            buttons.report(user, kind, place["code"], day)
    if place["level"] == "province":
        with st.container(border=True):
            st.markdown(f"**{_('Extracts for members of the Standing Committee')}**")
            buttons.extracts(db, user, place["code"], day)


def _state(db: Database, place: dict, day: str, now: datetime) -> str:
    """Whether the figures stand, and whether the report was sent."""
    head = snapshots.of_day(db, day, "province" if place["level"] == "province" else "district")
    if head:
        sentences = [_("Figures as of {as_of}, frozen.").format(as_of=moment(head["as_of"]))]
    else:
        sentences = [_("Provisional: the figures of this day are not frozen yet.")]
    standing = states.standing(db, place["code"], day, now=now)
    if not standing.version:
        sentences.append(_("Not sent yet."))
    elif standing.state == "recalled":
        sentences.append(
            _("Version {n} was recalled and has not been sent again yet.").format(n=number(standing.version))
        )
    elif not standing.sent:
        sentences.append(
            _("Version {n} was returned and has not been sent again yet.").format(n=number(standing.version))
        )
    else:
        sentences.append(_("Version {n} sent at {at}.").format(n=number(standing.version), at=moment(standing.sent_at)))
    if standing.addenda:
        sentences.append(_("Addendum {n}.").format(n=number(standing.addenda)))
    return " ".join(sentences)
