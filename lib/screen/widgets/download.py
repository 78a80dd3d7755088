"""Files made when their button is pressed: in a thread of its own, with the visitor's area bound anew."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st
from sqlite_utils import Database

from lib.core import access, clock, connection_pool, database, text
from lib.core.access import User
from lib.core.errors import NotFound
from lib.core.identity import authentication
from lib.exchange.lists import export
from lib.screen import i18n
from lib.screen.i18n import N_, _
from lib.screen.markdown import plain
from lib.screen.shell.page import today, words_of

Table = tuple[Sequence[str], Iterable[Sequence[export.Cell]]]  # headings and rows
_FORMS = {"xlsx": "Excel", "csv": N_("CSV (text)")}


def maker(user: User, make: Callable[[Database, User], bytes]) -> Callable[[], bytes]:
    """What `st.download_button` calls; somebody whose right or session ended meanwhile gets nothing."""
    language, session = i18n.language(), authentication.token_version(connection_pool.of_run(), user.id)

    def run() -> bytes:
        i18n.settle(language)
        db = database.connect()
        try:
            present = access.user(db, user.id, today(), user.grant_id)
            stays = session == authentication.token_version(db, user.id)
            if present is None or present.grant_id != user.grant_id or not stays:
                raise NotFound("There is no such record in your area; reload the page.")
            access.bind(db, present, today())
            i18n.settle_places(lambda: words_of(db, present.area_code))
            return make(db, replace(present, address=user.address))
        finally:
            db.close()

    return run


def offer(
    user: User, key: str, tables: Mapping[str, Callable[[Database, User], Table]], *, area: str | None = None
) -> None:
    """One button for a list as it is narrowed down: by its title, as Excel or CSV; nothing for who may take none."""
    if not user.can("sheet.export"):
        return
    with st.popover(_("Export"), icon=":material/download:", type="tertiary", key=f"take_{key}"):
        st.caption(_("All rows of the filtered list. The history records who exported it."))
        for place, (title, table) in enumerate(tables.items()):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(title), width="stretch")
                for form, name in _FORMS.items():
                    st.download_button(
                        _(name),
                        maker(user, _file(title, table, form, area)),
                        file_name=_named(title, form),
                        mime=export.FORMS[form],
                        on_click="ignore",
                        key=f"take_{key}_{place}_{form}",
                    )


def _file(
    title: str, table: Callable[[Database, User], Table], form: str, area: str | None
) -> Callable[[Database, User], bytes]:
    def make(db: Database, user: User) -> bytes:
        headings, rows = table(db, user)
        shown = export.ListOnScreen(title, headings, rows, area)
        return export.export_logged(db, user, shown, form, now=clock.now())

    return make


def _named(title: str, form: str) -> str:
    """Title and day: "ho-gia-dinh-2021-08-16.xlsx"."""
    return f"{re.sub('[^a-z0-9]+', '-', text.fold(title)).strip('-')}-{today()}.{form}"
