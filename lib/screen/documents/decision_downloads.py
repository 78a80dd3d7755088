"""Decisions founding or reorganising teams, with their appendices: one commune's, or all of an area in one file."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.exchange.documents import decision_files, decision_rows
from lib.screen.documents import buttons, session
from lib.screen.i18n import N_, _, number
from lib.screen.shell.page import attempt

_ABOUT = {"found": N_("Creating teams"), "reorganise": N_("Reorganising teams")}
_FORMS = {"docx": "Word", "pdf": "PDF"}


def draw(db: Database, user: User, place: dict, day: str) -> None:
    st.caption(_("Two appendices name the members and the households of each; the number stays blank until typed."))
    communes = decision_rows.communes(db, user, place["code"], day)
    if not communes:
        st.info(_("No team exists here on this day, so there is nothing to decide."), icon=":material/group_off:")
    elif place["level"] == "commune":
        _of_commune(db, user, place["code"], day)
    else:
        _all(db, user, place, day, communes)


def _of_commune(db: Database, user: User, commune: str, day: str) -> None:
    founding = _about("found" if decision_rows.founds(db, commune, day) else "reorganise", commune)
    typed = st.text_input(
        _("Number of the decision"),
        key=f"decision_no_{commune}",
        max_chars=12,
        width=200,
        placeholder=_("Left blank until entered"),
        autocomplete="off",
    )

    def of(form: str) -> Callable[[Database, User], bytes]:
        return lambda db, user: decision_files.document_logged(
            db,
            user,
            decision_files.DecisionRequest(commune, day, founding=founding, number=typed),
            form,
            now=clock.now(),
        )

    buttons.buttons(user, "decision", of, lambda form: f"quyet-dinh-{commune}-{day}.{form}")


def _about(default: str, key: str) -> bool:
    """Whether the decision founds the teams."""
    return (
        st.segmented_control(
            _("The decision is about"),
            list(_ABOUT),
            default=default,
            format_func=lambda code: _(_ABOUT[code]),
            key=f"decision_about_{key}",
            required=True,
        )
        == "found"
    )


def _all(db: Database, user: User, place: dict, day: str, communes: list[str]) -> None:
    """Hundreds of pages take a while: made first, with a bar, then taken."""
    founding = _about("reorganise", place["code"])
    form = st.segmented_control(
        _("File"), list(_FORMS), default="docx", format_func=_FORMS.get, key="decisions_form", required=True
    )
    wanted = (place["code"], day, founding, form, user.id, user.grant_id)
    if st.button(_("Make the decisions of {n} communes").format(n=number(len(communes))), key="decisions_make"):
        content, problem = _zip(db, user, place["code"], day, founding, form)
        session.DECISIONS.set(None if problem else (wanted, content))
    done = session.DECISIONS.get()
    if done and done[0] == wanted:
        st.download_button(
            _("Download the file with all decisions"),
            done[1],
            file_name=f"quyet-dinh-{place['code']}-{day}.zip",
            mime="application/zip",
            on_click="ignore",
            icon=":material/folder_zip:",
            key="decisions_take",
        )
    st.caption(_("For the decision of one commune, choose the commune above."))


def _zip(db: Database, user: User, area: str, day: str, founding: bool, form: str) -> tuple[bytes, object]:
    bar = st.progress(0.0, text=_("Writing the decisions …"))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"all.{form}.zip"
        done, problem = attempt(
            decision_files.all_of_logged,
            db,
            user,
            decision_files.DecisionRequest(area, day, founding),
            target,
            bar.progress,
            now=clock.now(),
        )
        content = target.read_bytes() if done else b""
    bar.empty()
    return content, problem
