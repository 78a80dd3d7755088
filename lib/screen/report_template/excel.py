"""The form of the report as an Excel file: taken out, and brought back as changes that are not saved yet."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Invalid
from lib.exchange.documents import template_book
from lib.exchange.documents.report_files import FORMS
from lib.screen import i18n
from lib.screen.i18n import _, say
from lib.screen.markdown import plain
from lib.screen.report_template import session
from lib.screen.report_template.edit import Edit
from lib.screen.shell.page import attempt
from lib.screen.widgets import download, upload

_MOST = 12  # sentences of rows at fault that are told


def draw(db: Database, user: User, edit: Edit) -> None:
    """Both ways; what comes back is looked at and saved like any other change."""
    done = session.READ_FROM_FILE.pop()
    with st.expander(_("The form as an Excel file"), icon=":material/table_view:", expanded=bool(done)):
        if done:
            st.success(done)
        st.caption(
            _(
                "Export the form, change names, order and answers, add rows without a code, and import it again. "
                "It is saved only when you press “Save as a new version”."
            )
        )
        lines, sections = edit.lines(), edit.numbered()
        st.download_button(
            _("Export the form"),
            file_name="bieu-mau-bao-cao.xlsx",
            mime=FORMS["xlsx"],
            on_click="ignore",
            icon=":material/download:",
            key="template_take_out",
            data=download.maker(
                user,
                lambda db, user: template_book.take(
                    db, user, lines, sections, now=clock.now(), language=i18n.language()
                ),
            ),
        )
        file = upload.field(_("Import a form"), key=f"template_load_{edit.round}")
        if file is not None:
            _load(file, edit)


def _load(file, edit: Edit) -> None:
    stored = [edit.base[code] for code in edit.order if code in edit.base]
    parts = [section for section in edit.numbered() if not edit.is_new(section["code"])]
    found, problem = attempt(template_book.read, file.getvalue(), file.name, stored, parts)
    if isinstance(problem, Invalid):
        faults = [f"- {plain(say(fault))}" for fault in problem.faults.values()]
        st.warning("\n".join([_("Nothing was imported from the file:"), *faults[:_MOST]]), icon=":material/error:")
        return
    lines, sections = found
    edit.take(
        lines, [{name: part[name] for name in ("code", "part", "name_vi", "name_en", "shown")} for part in sections]
    )
    session.READ_FROM_FILE.set(_("Read from the file; check the preview, then save."))
    st.rerun()
