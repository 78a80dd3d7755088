"""Why? One panel for every figure of a board: its formula, its counts, its parts, and what moved it last.

It stands in the address (`?why=coverage&of=703`); what a part is made of is the same panel one step further down.
"""

import streamlit as st

from lib.oversight.figures import explanation
from lib.oversight.figures.measures import TERMS, Sum, summed
from lib.screen import figure_words as words
from lib.screen.board import address, why_entries, why_parts, why_question
from lib.screen.board.place import Board
from lib.screen.board.why_question import FigureQuestion
from lib.screen.i18n import _, number, share
from lib.screen.i18n import day as in_words
from lib.screen.markdown import plain
from lib.screen.widgets import link_table

PARTS, ENTRIES = 412, 450  # pixels that either table needs


def draw(board: Board) -> None:
    """The panel that the address asks for, or a sentence where there is no such figure."""
    if not why_question.wanted():
        return
    question = why_question.read(board)
    if question is None:
        st.info(
            _("There is no such figure here. Click a figure to see how it is made up."), icon=":material/search_off:"
        )
        return
    with st.container(border=True):
        _head(question)
        _counts(question)
        # Side by side on a desk, one under the other on a tablet already.
        with st.container(horizontal=True, gap="medium"):
            with st.container(width=PARTS):
                why_parts.draw(question)
            with st.container(width=ENTRIES):
                why_entries.draw(question)


def _head(question: FigureQuestion) -> None:
    """The figure, its value, its formula, and the way out."""
    measure, figure, place = question.measure, question.figure, question.board.place
    label = words.label(measure, place.hour)
    title = _("{figure} of {area}: {value}").format(figure=label, area=words.name(figure), value=question.value)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{plain(title)}**", width="content")
        close = [{"text": _("Close"), "href": address.href(place)}]
        with st.container(width="content"):
            arrive = f"{measure.code} {figure['code']}"
            link_table.path(title, close, key="why-way", look="choices", arrive=arrive)
    st.caption(_(measure.formula))


def _counts(question: FigureQuestion) -> None:
    """Numerator and denominator term by term, and what stands beside them."""
    measure, figure = question.measure, question.figure
    if measure.kind == "latest":
        return
    counts = explanation.reporting(question.below) if measure.kind == "units" else figure
    lines = [_("Counted: {terms}").format(terms=_terms(measure.part, counts))]
    if measure.whole is not None:
        lines.append(_("Divided by: {terms}").format(terms=_terms(measure.whole, counts)))
        lines.append(_quotient(*explanation.figure_of(measure, figure, question.below)))
    if before := question.before.get(figure["code"]):
        lines += _day_before(question, before)
    beside = ", ".join(f"{_(TERMS[name])} {number(figure[name])}" for name in measure.beside if figure[name])
    if beside:
        line = _("Among them: {terms}") if "households" in (measure.whole or {}) else _("Not included: {terms}")
        lines.append(line.format(terms=beside))
    st.markdown("  \n".join(plain(line) for line in lines))


def _day_before(question: FigureQuestion, before: dict) -> list[str]:
    """The fraction that a change is measured against, where the change is known."""
    if question.figure["change"] is None:
        return []
    hour, day = question.board.place.hour, in_words(question.board.place.day_before)
    line = _("The day before, {day} at {hour}: {fraction}") if hour else _("The whole day before, {day}: {fraction}")
    fraction = _quotient(*explanation.figure_of(question.measure, before, []))
    return [line.format(day=day, hour=hour, fraction=fraction)]


def _terms(terms: Sum, counts: dict) -> str:
    """The terms of a sum and what they come to: `Met 350 + By phone 10 = 360`."""
    text = ""
    for name, sign in terms.items():
        joint = (" + " if sign > 0 else " − ") if text else ""
        text += f"{joint}{_(TERMS[name])} {number(counts[name])}"
    return text + (f" = {number(summed(terms, counts))}" if len(terms) > 1 else "")


def _quotient(part: int, whole: int | None) -> str:
    return f"{number(part)} ÷ {number(whole)} = {share(part, whole)}"
