"""Rows of a file that may be a household known already: the visitor says which are the same and which are new."""

import streamlit as st

from lib.exchange.joining import Same
from lib.exchange.plan import Plan
from lib.exchange.row import At, Row
from lib.screen import forms, more
from lib.screen.i18n import _, ngettext, number, say
from lib.screen.plain import plain

FIRST = 20
_KEPT = "exchange_same"  # `(file and list, what was asked, what was answered)`
ANSWERS = ("new", "same")


def answered(wanted: tuple) -> dict[At, Same]:
    """What was said of the doubtful rows of this very file."""
    kept = st.session_state.get(_KEPT)
    return kept[2] if kept and kept[0] == wanted else {}


def draw(made: Plan, wanted: tuple) -> None:
    """Each doubtful row with its two answers; nothing changes before the button is pressed."""
    asked = _asked(made, wanted)
    if not asked:
        return
    title = ngettext("{n} row may be a household known already", "{n} rows may be households known already", len(asked))
    with st.expander(title.format(n=number(len(asked))), icon=":material/help:", expanded=True):
        of = f"{forms.prefix('exchange')}doubts"
        shown = asked[: more.so_many(of, FIRST)]
        with st.form(of, border=False):
            every = st.segmented_control(
                _("All of these rows"),
                ANSWERS,
                format_func=_words,
                key=f"{of}_all",
                help=_("Left open, each row counts."),
            )
            answers = [_answer(of, *line) for line in shown]
            if st.form_submit_button(_("Look again with these answers")):
                told = {row.at: (every or answer) == "same" for (row, *_), answer in zip(shown, answers, strict=True)}
                told |= {row.at: every == "same" for row, *_rest in asked[len(shown) :] if every}
                same = {row.at: row.perhaps if told[row.at] else None for row, *_rest in asked if row.at in told}
                st.session_state[_KEPT] = (wanted, asked, same)
                st.rerun()
        more.offer(of, len(asked) - len(shown))


def _asked(made: Plan, wanted: tuple) -> list[tuple[Row, str]]:
    """Doubtful rows as they were asked first, with the answer in force."""
    kept = st.session_state.get(_KEPT)
    if kept and kept[0] == wanted:
        return [(row, "same" if kept[2].get(row.at, chosen == "same") else "new") for row, chosen in kept[1]]
    return [(row, "new" if row.state == "new" else "same") for row in made.doubtful if row.doubt]


def _answer(of: str, row: Row, chosen: str) -> str:
    told = plain(_("Row {n}: {sentence}").format(n=row.place, sentence=f"{row.name()}. {say(row.doubt)}"))
    key = f"{of}_{row.place}"
    return st.segmented_control(told, ANSWERS, default=chosen, required=True, format_func=_words, key=key)


def _words(answer: str) -> str:
    return {"new": _("A new household"), "same": _("The same household")}[answer]
