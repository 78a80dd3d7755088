"""Where a report's documents are taken out: Word, PDF and Excel, made when their button is pressed."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.exchange.documents import report_files, report_message
from lib.exchange.documents.report_files import ReportFile
from lib.screen.i18n import N_, _
from lib.screen.markdown import plain
from lib.screen.widgets import download

_WORDS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
TITLES = {
    "commune": N_("Quick report of the commune"),
    "district": N_("14:00 report"),
    "province": N_("15:00 report"),
    "health": N_("Health department's daily report"),
}


def draw(db: Database, user: User, content: dict) -> None:
    """The report shown, and of a province's the extracts for the members of its committee."""
    kind, code, day = content["kind"], content["area"]["code"], content["day"]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('The report as a document')}**", width=360)
        report(user, kind, code, day)
    with st.expander(_("The report as a message for Zalo"), icon=":material/chat:"):
        st.code(report_message.of_report(content), language=None, wrap_lines=True)
    if kind == "province":
        with st.expander(_("Extracts for members of the Standing Committee")):
            extracts(db, user, code, day)


def report(user: User, kind: str, code: str, day: str) -> None:
    """The three buttons of a report."""
    _buttons(user, f"report_{kind}_{code}", ReportFile(kind, code, day, ""))


def _buttons(user: User, key: str, file: ReportFile) -> None:
    """The buttons of a file, one for each of its forms."""

    def document(form: str) -> Callable[[Database, User], bytes]:
        wanted = replace(file, form=form)
        return lambda db, user: report_files.document(db, user, wanted, now=clock.now())

    buttons(user, key, document, lambda form: replace(file, form=form).name)


def extracts(db: Database, user: User, code: str, day: str) -> None:
    """A row for each member in charge of districts (S0-25, S0-37)."""
    members = report_files.members(db, user, code, day)
    if not members:
        st.caption(
            _("No committee member is in charge of a district yet; assign them under Reports of the levels below.")
        )
    for member in members:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(member['full_name'])}**, {plain(', '.join(member['areas']))}", width=360)
            _buttons(user, f"extract_{member['id']}", ReportFile("province", code, day, "", member["id"]))


def buttons(
    user: User, key: str, of: Callable[[str], Callable[[Database, User], bytes]], named: Callable[[str], str]
) -> None:
    """One a form; nothing but a sentence for a deputy before the hour, whose acts would be refused."""
    if user.from_hour and clock.hour_of(clock.now()) < user.from_hour:
        sentence = _("You act for {name} from {hour} on. Until then this is their task.")
        st.caption(sentence.format(name=plain(user.for_name), hour=user.from_hour))
        return
    with st.container(horizontal=True):
        for form, word in _WORDS.items():
            st.download_button(
                word,
                download.maker(user, of(form)),
                file_name=named(form),
                mime=report_files.FORMS[form],
                on_click="ignore",
                icon=":material/download:",
                key=f"{key}_{form}",
            )
