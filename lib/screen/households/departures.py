"""On the sheet of a team: which of its households move away, and where they are found from then on."""

import streamlit as st
from sqlite_utils import Database

from lib.register.households import relocation_choices
from lib.screen.households.listing import link
from lib.screen.i18n import _, area, day, ngettext, number
from lib.screen.markdown import plain


def draw(db: Database, team_id: int, on: str) -> None:
    """One quiet line that opens; nothing where nobody moves."""
    households = relocation_choices.leaving(db, team_id, day=on)
    if households:
        with st.expander(_title(households, on), icon=":material/moving:"):
            for household in households:
                _line(household)


def _title(households: list[dict], on: str) -> str:
    """How many have moved with this day, and how many are to."""
    gone = sum(household["from_day"] <= on for household in households)
    going, words = len(households) - gone, []
    if gone:
        words.append(ngettext("{n} household moved away", "{n} households moved away", gone).format(n=number(gone)))
    if going:
        words.append(ngettext("{n} household is to move", "{n} households are to move", going).format(n=number(going)))
    return " · ".join(words)


def _line(household: dict) -> None:
    """The household as it was on this sheet, its new place, and its new entry for who may open it."""
    place = ", ".join(area(household[f"{unit}_kind"], household[f"{unit}_name"]) for unit in ("hamlet", "commune"))
    sentence = _("to {place} from {day} on").format(place=place, day=day(household["from_day"]))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        link(f"**{plain(household['head_name'])}** {plain(household['code'])}", household=household["code"])
        st.markdown(plain(sentence), width="content")
        if household["mine"]:
            link(plain(household["new_code"]), icon=":material/arrow_forward:", household=household["new_code"])
