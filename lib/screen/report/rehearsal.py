"""Before a report is sent: what it still lacks, whose that is, whom to call, a text to paste, and the button itself."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Conflict, Invalid
from lib.core.words import phone
from lib.exchange.documents import report_message
from lib.oversight.reports import acts, missing
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.missing import REPORT, RETURNED
from lib.screen import list_words
from lib.screen.home import lines
from lib.screen.i18n import N_, _, hour, ngettext, number, say
from lib.screen.markdown import plain
from lib.screen.report import sentences as words
from lib.screen.report import session, writing
from lib.screen.shell.page import attempt, tell
from lib.screen.widgets import more, named_list
from lib.screen.widgets.named_list import address

_FIRST = 15
_LACKS = {REPORT: N_("report not sent"), RETURNED: N_("returned report not sent again")}


def follow() -> None:
    """Open what was clicked in the run before."""
    named_list.follow([session.MISSING])


def flash() -> None:
    """What was done in the run before."""
    session.SENT.show()


def draw(db: Database, user: User, report: ReportContext, content: dict, counts: dict[str, dict]) -> None:
    """The rehearsal: what is missing at this minute, then the one thing to do; once it is sent, who still lacks it."""
    unsent = not report.standing.sent
    if not unsent and not report.is_today:
        return
    items, messages = _missing(db, user, report, content, counts)
    if not items and not (report.mine and unsent) and not list_words.amiss(content["lists"]):
        return
    with st.container(border=True, key="report_ready"):
        st.markdown(f"**{_('What is still missing at {hour}').format(hour=clock.hour_of(report.now))}**")
        gaps = [*list_words.amiss(content["lists"]), *(_own_gaps(report, content) if unsent else [])]
        if not items and not gaps:
            gaps = [f":material/check: {_('Nothing is missing.')}"]
        if gaps:
            st.markdown("  \n".join(gaps))
        if report.writable:
            _send(db, user, report, content)
        if items:
            shown = items[: more.so_many(session.MISSING, _FIRST)]
            named_list.draw(_("What is still missing"), shown, key=session.MISSING)
            more.offer(session.MISSING, len(items) - len(shown))
            _message(report, messages)


def _missing(
    db: Database, user: User, report: ReportContext, content: dict, counts: dict[str, dict]
) -> tuple[list[dict], dict[str, str]]:
    """Lines with a telephone, and the ready text for each; the first is to all of them."""
    if report.level == "commune":
        teams = missing.teams(db, user, report.code, report.day)
        messages = {f"{team['name']}": report_message.of_team(team, report.day, now=report.now) for team in teams}
        return [_team(team) for team in teams], messages
    units = missing.below(content, counts)
    messages = {words.unit(unit): report_message.of_unit(unit, report.day, now=report.now) for unit in units}
    if len(units) > 1:
        messages = {_("All of them"): report_message.of_all(units, report.day, now=report.now)} | messages
    return [_unit(unit, report.day) for unit in units], messages


def _unit(unit: dict, day: str) -> dict:
    officer = unit["officer"] or {}
    lacks = [words.silent(unit)] if unit["silent"] or unit["unlisted"] else []
    lacks += [_(_LACKS[lack]) for lack in unit["lacks"] if lack in _LACKS]
    facts = [officer.get("full_name"), officer.get("position")] if officer else [_("no one assigned to be accountable")]
    return lines.item(
        words.unit(unit),
        href=address("report", area=unit["code"], day=day),
        facts=facts,
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


def _own_gaps(report: ReportContext, content: dict) -> list[str]:
    """What the unit itself has not written: its words, which are required, and numbers, which are not."""
    if not report.mine:
        return []
    gaps = []
    if missing.words(content):
        part = _(words.NARRATIVES["difficulties"])
        gaps.append(f":orange[:material/edit: {_('{what}: not written yet; required').format(what=f'**{part}**')}]")
    if not content["narratives"].get("leadership"):
        part = _(words.NARRATIVES["leadership"])
        gaps.append(f":material/edit: {_('{what}: not written yet').format(what=part)}")
    for line in missing.required(content):
        part = f"**{plain(words.name(line))}**"
        gaps.append(f":orange[:material/edit: {_('{what}: not written yet; required').format(what=part)}]")
    if empty := len(missing.numbers(content)):
        sentence = ngettext(
            "{n} figure of the unit is empty; it will be shown as “not reported”.",
            "{n} figures of the unit are empty; they will be shown as “not reported”.",
            empty,
        )
        gaps.append(f":material/edit: {sentence.format(n=number(empty))}")
    return gaps


def _message(report: ReportContext, messages: dict[str, str]) -> None:
    with st.expander(_("Text to paste into Zalo"), icon=":material/chat:"):
        to = st.selectbox(_("To"), list(messages), key=f"report_to_{report.code}_{report.day}")
        st.code(messages.get(to) or next(iter(messages.values())), language=None, wrap_lines=True)


def _send(db: Database, user: User, report: ReportContext, content: dict) -> None:
    """The one button; what is sent before the cut-off takes its numbers from the freeze."""
    waits = user.from_hour and report.is_today and clock.hour_of(report.now) < user.from_hour
    if waits:
        sentence = _("From {hour} you may send this report. Until then {name} sends it; you may prepare it.")
        st.info(sentence.format(hour=user.from_hour, name=plain(user.for_name)))
        return
    verb = _("Resend the corrected report") if report.standing.version else _("Send the report")
    pressed = st.button(verb, type="primary", icon=":material/send:", key=f"report_send_{report.code}_{report.day}")
    if content["frozen_at"] is None:
        sentence = _("The text is sent now; the figures are added when frozen at {hour}:00.")
        st.caption(sentence.format(hour=hour(clock.at(report.day, report.cutoff))))
    if pressed and writing.unkept(report):
        tell(
            Conflict(N_("Something you typed has not been saved. Choose or correct it where it is marked, then send."))
        )
    elif pressed:
        version = writing.version(report)
        _version, problem = attempt(
            acts.submit, db, user, report.code, report.day, draft_version=version, now=report.now
        )
        if isinstance(problem, Invalid):
            _faults(content, problem)
        if not problem:
            session.SENT.set(_("Sent at {hour}.").format(hour=clock.hour_of(report.now)))
            st.rerun()


def _faults(content: dict, problem: Invalid) -> None:
    """What holds the report back, each by its name: the fields themselves stand further down."""
    asked = {line["code"]: line for block in content["blocks"] for line in (*block["lines"], *block["texts"])}
    for field, sentence in problem.faults.items():
        name = f"**{plain(words.name(asked[field]))}**: " if field in asked else ""
        st.markdown(f":orange[:material/error: {name}{plain(say(sentence))}]")
