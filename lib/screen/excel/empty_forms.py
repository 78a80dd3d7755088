"""Empty forms to fill in, and the lists as they stand."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.exchange.lists import workbook
from lib.screen import i18n
from lib.screen.excel import file_area
from lib.screen.excel.file_words import KINDS
from lib.screen.i18n import _
from lib.screen.shell.page import words_of
from lib.screen.widgets import download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(db: Database, user: User) -> None:
    """Each list with its two buttons."""
    st.caption(_("The current list has the columns of the form, so it can be changed in Excel and imported again."))
    area, words = file_area.choose(db, user, "exchange_from", whole=user.level != "province"), i18n.language()
    place = words_of(db, user.area_code)
    for kind, name in KINDS.items():
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(f"**{_(name)}**", width="stretch")
            st.download_button(
                _("Empty form"),
                lambda kind=kind: workbook.template(kind, words, place),
                file_name=f"{_file(kind, words)}-{'mau' if words == 'vi' else 'form'}.xlsx",
                mime=XLSX,
                icon=":material/note_add:",
                on_click="ignore",
                key=f"form_{kind}",
            )
            st.download_button(
                _("Current list"),
                download.maker(user, _export(kind, area, words)),
                file_name=f"{_file(kind, words)}-{area}.xlsx",
                mime=XLSX,
                icon=":material/download:",
                on_click="ignore",
                key=f"list_{kind}",
            )


def _export(kind: str, area: str, words: str):
    return lambda db, user: workbook.export(db, user, kind, area, now=clock.now(), language=words)


_FILES = {
    "hamlets": ("ap-khu-pho", "hamlets"),
    "teams": ("to-covid", "teams"),
    "households": ("ho-gia-dinh", "households"),
    "assignments": ("phan-cong", "assignments"),
    "expected": ("so-ho-du-kien", "expected-households"),
}


def _file(kind: str, words: str) -> str:
    return _FILES[kind][words == "en"]
