"""The log as sentences, day by day; what a sentence leaves out opens below it."""

from itertools import groupby

import streamlit as st

from lib.core import clock
from lib.core.access import User
from lib.screen.history import act_sentences
from lib.screen.i18n import _, area, day, hour, ngettext, number, weekday
from lib.screen.markdown import plain


def draw(lines: list[dict], user: User) -> None:
    """Newest day first; a heading for each day."""
    for on, acts in groupby(lines, key=lambda line: clock.day_of(clock.instant(line["at"]))):
        st.markdown(f"**{weekday(on)}, {day(on)}**")
        _day(list(acts), user)


def _day(lines: list[dict], user: User) -> None:
    """Lines without more to tell stand together; those with more each have it below them."""
    plain_ones: list[str] = []
    for line in lines:
        plain_ones.append(f"- {_sentence(line, user)}")
        if rest := act_sentences.rest(line):
            st.markdown("\n".join(plain_ones))
            plain_ones = []
            words = ngettext("All {n} change", "All {n} changes", len(rest)).format(n=number(len(rest)))
            with st.expander(words, icon=":material/list:", type="compact"):
                st.markdown("\n".join(f"- {plain(phrase)}" for phrase in rest))
    if plain_ones:
        st.markdown("\n".join(plain_ones))


def _sentence(line: dict, user: User) -> str:
    """ "10:42, commune staff Lê Thanh Bình changed …"; the area where it is not the reader's own."""
    sentence = f"{hour(line['at'])}, {plain(act_sentences.spoken(line, _who(line)))}"
    if line["area_code"] in (None, user.area_code):
        return sentence
    return f"{sentence} :small[:gray[{plain(area(line['area_kind'] or '', line['area_name'] or ''))}]]"


def _who(line: dict) -> str:
    if line["who"]:
        return line["who"]
    return _("unknown person") if line["action"] == "signin.failed" else _("the system")
