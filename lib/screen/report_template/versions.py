"""The versions of the report's form: who made each, when, why, what differs from the one before; one brought back."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.report_template import versions
from lib.screen.i18n import N_, _, moment, number
from lib.screen.markdown import plain
from lib.screen.report import sentences
from lib.screen.report_template import edit, session
from lib.screen.report_template.form import ASKED, TEXTS
from lib.screen.shell.page import attempt


def draw(db: Database, user: User) -> None:
    """Newest first."""
    session.BROUGHT_BACK.show()
    stored = versions.versions(db)
    if not any(version["who"] for version in stored):
        st.info(_("The form supplied with the program is in use; no one has changed it yet."))
    earlier = {one["version"]: two["version"] for one, two in zip(stored, stored[1:], strict=False)}
    for version in stored:
        with st.container(border=True):
            _version(db, version, earlier.get(version["version"]))
            if version != stored[0]:
                _back(db, user, version["version"])


def _version(db: Database, version: dict, earlier: int | None) -> None:
    who = plain(version["who"]) if version["who"] else _("Supplied with the program")
    heading = f"**{_('Version {n}').format(n=number(version['version']))}** · {moment(version['made_at'])} · {who}"
    st.markdown(heading)
    if version["reason"]:
        st.markdown(_("Reason: {reason}").format(reason=plain(version["reason"])))
    if earlier:
        of = (earlier, version["version"])
        before, after = ((versions.lines(db, n), versions.sections(db, n)) for n in of)
        st.markdown("\n".join(f"- {line}" for line in differences(before[0], after[0], before[1], after[1])))


def _back(db: Database, user: User, wanted: int) -> None:
    """Nothing is undone in place: the old form becomes the newest version."""
    if not st.button(_("Use this version again"), icon=":material/history:", key=f"template_back_{wanted}"):
        return
    new_version, problem = attempt(versions.bring_back, db, user, wanted, version=versions.current(db), now=clock.now())
    if not problem:
        edit.drop()
        sentence = _("Version {n} is in use again, as version {made}.").format(
            n=number(wanted), made=number(new_version)
        )
        session.BROUGHT_BACK.set(sentence)
        st.rerun()


def differences(before: list[dict], after: list[dict], sections: list[dict] = (), now: list[dict] = ()) -> list[str]:
    """A phrase for each indicator and section that changed, and for each section whose order did."""
    old = {line["code"]: line for line in before}
    phrases_all = _of_sections({section["code"]: section for section in sections}, now)
    for line in after:
        phrases = _phrases(old[line["code"]], line) if line["code"] in old else [_("new")]
        if phrases:
            phrases_all.append(f"{plain(sentences.name(line))}: {'; '.join(phrases)}")
    names = {section["code"]: sentences.section(section) for section in now}
    for block in dict.fromkeys(line["block"] for line in before):
        orders = [
            [line["code"] for line in lines if line["block"] == block and line["code"] in old]
            for lines in (before, after)
        ]
        if orders[0] != orders[1]:
            phrases_all.append(_("Order changed in “{part}”").format(part=plain(names.get(block, block))))
    return phrases_all


def _of_sections(old: dict[str, dict], now: list[dict]) -> list[str]:
    phrases = []
    for section in now:
        before = old.get(section["code"])
        if before is None:
            phrases.append(_("New section “{part}”").format(part=plain(sentences.section(section))))
        elif any(before[name] != section[name] for name in ("name_vi", "name_en", "number", "shown")):
            sentence = _("Section “{old}” is now “{new}”")
            names = (sentences.section(row) for row in (before, section))
            phrases.append(sentence.format(**dict(zip(("old", "new"), map(plain, names), strict=True))))
            phrases[-1] += "" if section["shown"] else f" ({_('not shown')})"
    return phrases


def _phrases(old: dict, new: dict) -> list[str]:
    phrases = []
    for name, word in (TEXTS | {"unit": N_("Unit of measure")}).items():
        if old[name] != new[name]:
            phrase = _("{field} from “{old}” to “{new}”")
            phrases.append(phrase.format(field=_(word), old=plain(old[name]), new=plain(new[name])))
    if old["shown"] != new["shown"]:
        phrases.append(_("now shown") if new["shown"] else _("no longer shown"))
    if old["in_table"] != new["in_table"]:
        phrases.append(_("now in the table by unit") if new["in_table"] else _("no longer in the table by unit"))
    for name, word in ASKED.items():
        if old[name] != new[name]:
            answer = _("yes") if new[name] else _("no")
            phrases.append(f"{_(word)}: {answer}")
    if old["block"] != new["block"]:
        phrases.append(_("now in another section"))
    return phrases
