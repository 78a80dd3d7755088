"""Rows of a file that may be a household known already: the visitor says which are the same and which are new."""

import streamlit as st

from lib.exchange.lists.joining import Same
from lib.exchange.lists.plan import ImportPlan
from lib.exchange.lists.row import At, FileRow
from lib.screen.excel import session
from lib.screen.i18n import _, ngettext, number, say
from lib.screen.markdown import plain
from lib.screen.widgets import more

FIRST = 20
ANSWERS = ("new", "same")


def answered(wanted: tuple) -> dict[At, Same]:
    """What was said of the doubtful rows of this very file."""
    answers = session.ANSWERS.get()
    return answers[2] if answers and answers[0] == wanted else {}


def draw(plan: ImportPlan, digest: str, wanted: tuple) -> bool:
    """Each doubtful row with its two answers; nothing changes before the button is pressed.

    Whether an answer waits for the button: nobody shall load a file that was looked through without it.
    """
    questions = _questions(plan, wanted)
    if not questions:
        return False
    title = ngettext(
        "{n} row may be a household already known", "{n} rows may be households already known", len(questions)
    )
    with st.expander(title.format(n=number(len(questions))), icon=":material/help:", expanded=True):
        of = session.field(f"doubts_{digest[:12]}")
        shown = questions[: more.so_many(of, FIRST)]
        every = st.segmented_control(
            _("All of these rows"),
            ANSWERS,
            format_func=_words,
            key=f"{of}_all",
            on_change=_answer_all,
            args=(of, [row for row, _chosen in shown]),
        )
        answers = [_answer(of, row, every or chosen) for row, chosen in shown] + [
            every or chosen for _row, chosen in questions[len(shown) :]
        ]
        more.offer(of, len(questions) - len(shown))
        waiting = answers != [chosen for _row, chosen in questions]
        kind = "primary" if waiting else "secondary"
        if st.button(_("Preview again with these answers"), type=kind, key=f"{of}_look"):
            same = {
                row.at: row.perhaps if answer == "same" else None
                for (row, _), answer in zip(questions, answers, strict=True)
            }
            session.ANSWERS.set((wanted, questions, same))
            st.rerun()
    return waiting


def _answer_all(of: str, rows: list[FileRow]) -> None:
    if answer := st.session_state[f"{of}_all"]:
        st.session_state.update({f"{of}_{row.place}": answer for row in rows})


def _questions(plan: ImportPlan, wanted: tuple) -> list[tuple[FileRow, str]]:
    """Doubtful rows as they were asked first, with the answer in force."""
    answers = session.ANSWERS.get()
    if answers and answers[0] == wanted:
        return [(row, "same" if answers[2].get(row.at, chosen == "same") else "new") for row, chosen in answers[1]]
    return [(row, "new" if row.state == "new" else "same") for row in plan.doubtful if row.doubt]


def _answer(of: str, row: FileRow, chosen: str) -> str:
    question = plain(_("Row {n}: {sentence}").format(n=row.place, sentence=f"{row.name()}. {say(row.doubt)}"))
    key = f"{of}_{row.place}"  # keeps what was answered; `chosen` is for a row shown for the first time
    st.session_state.setdefault(key, chosen)
    return st.segmented_control(question, ANSWERS, required=True, format_func=_words, key=key)


def _words(answer: str) -> str:
    return {"new": _("A new household"), "same": _("The same household")}[answer]
