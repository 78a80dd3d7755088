"""Before a report is sent: what it still lacks, whose that is, whom to call, a text to paste, and the button itself."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Conflict, Invalid
from lib.core.words import phone
from lib.exchange.documents import report_message
from lib.oversight.reports import acts, missing
from lib.oversight.reports.missing import REPORT, RETURNED
from lib.screen import list_words
from lib.screen.home import lines
from lib.screen.i18n import N_, _, hour, ngettext, number, say
from lib.screen.markdown import plain
from lib.screen.report import sentences as words
from lib.screen.report import writing
from lib.screen.report.place import Place
from lib.screen.shell.page import attempt, tell
from lib.screen.widgets import more, named_list
from lib.screen.widgets.named_list import address

LIST, _SENT = "report_missing", "report_sent"
_FIRST = 15
_LACKS = {REPORT: N_("report not sent"), RETURNED: N_("returned report not sent again")}


def follow() -> None:
    """Open what was clicked in the run before."""
    named_list.follow([LIST])


def told() -> None:
    """What was done in the run before."""
    if done := st.session_state.pop(_SENT, None):
        st.success(done)


def draw(db: Database, user: User, here: Place, content: dict, counts: dict[str, dict]) -> None:
    """The rehearsal: what is missing at this minute, then the one thing to do; once it is sent, who still lacks it."""
    unsent = not here.stands.sent
    if not unsent and not here.is_today:
        return
    items, messages = _missing(db, user, here, content, counts)
    if not items and not (here.mine and unsent) and not list_words.amiss(content["lists"]):
        return
    with st.container(border=True, key="report_ready"):
        st.markdown(f"**{_('What is still missing at {hour}').format(hour=clock.hour_of(here.now))}**")
        gaps = [*list_words.amiss(content["lists"]), *(_own_gaps(here, content) if unsent else [])]
        if not items and not gaps:
            gaps = [f":material/check: {_('Nothing is missing.')}"]
        if gaps:
            st.markdown("  \n".join(gaps))
        if here.writable:
            _send(db, user, here, content)
        if items:
            shown = items[: more.so_many(LIST, _FIRST)]
            named_list.draw(_("What is still missing"), shown, key=LIST)
            more.offer(LIST, len(items) - len(shown))
            _message(here, messages)


def _missing(
    db: Database, user: User, here: Place, content: dict, counts: dict[str, dict]
) -> tuple[list[dict], dict[str, str]]:
    """Lines with a telephone, and the ready text for each; the first is to all of them."""
    if here.area["level"] == "commune":
        teams = missing.teams(db, user, here.code, here.day)
        messages = {f"{team['name']}": report_message.of_team(team, here.day, now=here.now) for team in teams}
        return [_team(team) for team in teams], messages
    units = missing.below(content, counts)
    messages = {words.unit(unit): report_message.of_unit(unit, here.day, now=here.now) for unit in units}
    if len(units) > 1:
        messages = {_("All of them"): report_message.of_all(units, here.day, now=here.now)} | messages
    return [_unit(unit, here.day) for unit in units], messages


def _unit(unit: dict, day: str) -> dict:
    officer = unit["officer"] or {}
    lacks = [words.silent(unit)] if unit["silent"] or unit["unlisted"] else []
    lacks += [_(_LACKS[lack]) for lack in unit["lacks"] if lack in _LACKS]
    who = [officer.get("full_name"), officer.get("position")] if officer else [_("no one assigned to be accountable")]
    return lines.item(
        words.unit(unit),
        href=address("report", area=unit["code"], day=day),
        facts=who,
        side=", ".join(lacks),
        mark="look",
        phone=phone.spaced(officer.get("phone")),
    )


def _team(team: dict) -> dict:
    return lines.item(
        team["name"],
        facts=[team["leader"]],
        side=_("nothing entered"),
        mark="look",
        phone=phone.spaced(team["phone"]),
        verb=_("Enter"),
        to=address("sheet", team=team["id"]),
    )


def _own_gaps(here: Place, content: dict) -> list[str]:
    """What the unit itself has not written: its words, which are required, and numbers, which are not."""
    if not here.mine:
        return []
    told = []
    if missing.words(content):
        what = _(words.NARRATIVES["difficulties"])
        told.append(f":orange[:material/edit: {_('{what}: not written yet; required').format(what=f'**{what}**')}]")
    if not content["narratives"].get("leadership"):
        what = _(words.NARRATIVES["leadership"])
        told.append(f":material/edit: {_('{what}: not written yet').format(what=what)}")
    for line in missing.required(content):
        what = f"**{plain(words.name(line))}**"
        told.append(f":orange[:material/edit: {_('{what}: not written yet; required').format(what=what)}]")
    if empty := len(missing.numbers(content)):
        sentence = ngettext(
            "{n} figure of the unit is empty; it will be shown as “not reported”.",
            "{n} figures of the unit are empty; they will be shown as “not reported”.",
            empty,
        )
        told.append(f":material/edit: {sentence.format(n=number(empty))}")
    return told


def _message(here: Place, messages: dict[str, str]) -> None:
    with st.expander(_("Text to paste into Zalo"), icon=":material/chat:"):
        to = st.selectbox(_("To"), list(messages), key=f"report_to_{here.code}_{here.day}")
        st.code(messages.get(to) or next(iter(messages.values())), language=None, wrap_lines=True)


def _send(db: Database, user: User, here: Place, content: dict) -> None:
    """The one button; what is sent before the cut-off takes its numbers from the freeze."""
    waits = user.from_hour and here.is_today and clock.hour_of(here.now) < user.from_hour
    if waits:
        sentence = _("From {hour} you may send this report. Until then {name} sends it; you may prepare it.")
        st.info(sentence.format(hour=user.from_hour, name=plain(user.for_name)))
        return
    verb = _("Resend the corrected report") if here.stands.version else _("Send the report")
    pressed = st.button(verb, type="primary", icon=":material/send:", key=f"report_send_{here.code}_{here.day}")
    if content["frozen_at"] is None:
        sentence = _("The text is sent now; the figures are added when frozen at {hour}:00.")
        st.caption(sentence.format(hour=hour(clock.at(here.day, _cutoff(here)))))
    if pressed and writing.unkept(here):
        tell(
            Conflict(N_("Something you typed has not been saved. Choose or correct it where it is marked, then send."))
        )
    elif pressed:
        version = writing.version(here)
        _version, problem = attempt(acts.submit, db, user, here.code, here.day, draft_version=version, now=here.now)
        if isinstance(problem, Invalid):
            _faults(content, problem)
        if not problem:
            st.session_state[_SENT] = _("Sent at {hour}.").format(hour=clock.hour_of(here.now))
            st.rerun()


def _faults(content: dict, problem: Invalid) -> None:
    """What holds the report back, each by its name: the fields themselves stand further down."""
    asked = {line["code"]: line for block in content["blocks"] for line in (*block["lines"], *block["texts"])}
    for field, sentence in problem.faults.items():
        name = f"**{plain(words.name(asked[field]))}**: " if field in asked else ""
        st.markdown(f":orange[:material/error: {name}{plain(say(sentence))}]")


def _cutoff(here: Place) -> str:
    return clock.PROVINCE_CUTOFF if here.area["level"] == "province" else clock.DISTRICT_CUTOFF
