"""The versions of the report's form: who made each, when, why, and what differs from the one before."""

import streamlit as st
from sqlite_utils import Database

from lib.oversight import template
from lib.oversight.indicators import BLOCKS
from lib.screen import report_words
from lib.screen.i18n import _, moment, number
from lib.screen.plain import plain
from lib.screen.template_form import TEXTS


def draw(db: Database) -> None:
    """Newest first."""
    found = template.versions(db)
    if len(found) <= 1:
        st.info(_("The form delivered with the program is in force; nobody has changed it yet."))
    for version in found:
        with st.container(border=True):
            _version(db, version)


def _version(db: Database, version: dict) -> None:
    who = plain(version["who"]) if version["who"] else _("Delivered with the program")
    told = f"**{_('Version {n}').format(n=number(version['version']))}** · {moment(version['made_at'])} · {who}"
    st.markdown(told)
    if version["reason"]:
        st.markdown(_("Reason: {reason}").format(reason=plain(version["reason"])))
    if version["version"] > 1:
        before, after = (template.lines(db, number) for number in (version["version"] - 1, version["version"]))
        st.markdown("\n".join(f"- {line}" for line in differences(before, after)))


def differences(before: list[dict], after: list[dict]) -> list[str]:
    """A phrase for each indicator that changed, and for each part whose order did."""
    old = {line["code"]: line for line in before}
    told = []
    for line in after:
        phrases = _phrases(old[line["code"]], line)
        if phrases:
            told.append(f"{plain(report_words.name(line))}: {'; '.join(phrases)}")
    for block in BLOCKS:
        orders = [[line["code"] for line in lines if line["block"] == block] for lines in (before, after)]
        if orders[0] != orders[1]:
            told.append(_("Another order in “{part}”").format(part=_(report_words.BLOCKS[block])))
    return told


def _phrases(old: dict, new: dict) -> list[str]:
    told = []
    for name, word in TEXTS.items():
        if old[name] != new[name]:
            phrase = _("{field} from “{old}” to “{new}”")
            told.append(phrase.format(field=_(word), old=plain(old[name]), new=plain(new[name])))
    if old["shown"] != new["shown"]:
        told.append(_("now shown") if new["shown"] else _("no longer shown"))
    if old["in_table"] != new["in_table"]:
        told.append(_("now in the table by unit") if new["in_table"] else _("no longer in the table by unit"))
    return told
