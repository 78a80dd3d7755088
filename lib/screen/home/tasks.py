"""Draws the page of tasks: the state of the day, the tasks in order of urgency, a member's own round."""

from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words import phone
from lib.field.visits import visits
from lib.oversight.figures import units
from lib.oversight.work import worklist, worklist_names
from lib.oversight.work.worklist import Task
from lib.screen import list_exports
from lib.screen.home import lines as home_lines
from lib.screen.i18n import _, day, ngettext, number, say, share, weekday
from lib.screen.widgets import download, more, named_list

_ROUND, _LEADER = "home_round", "home_leader"


def follow() -> None:
    """A click on a line of the run before; called before anything is drawn."""
    named_list.follow([_ROUND, *(str(key) for key in st.session_state if str(key).startswith("home_task_"))])


def day_line(db: Database, user: User, now: datetime) -> None:
    """The day, how many households of the visitor's area are reached, and the time left, in one line."""
    on = clock.day_of(now)
    parts = [f"**{_(weekday(on))} {day(on)}** · {clock.hour_of(now)}"]
    progress = worklist.progress(db, user, on)
    if progress and progress["due"]:
        seen = _("{seen} of {due} due households reached").format(
            seen=number(progress["seen"]), due=number(progress["due"])
        )
        parts += [f"**{seen} ({share(progress['seen'], progress['due'])})**", _time_left(on, now)]
    st.markdown(" · ".join(parts))
    if progress and progress["due"]:
        st.progress(min(progress["seen"] / progress["due"], 1.0))


def _time_left(on: str, now: datetime) -> str:
    """Until the cut-off, a begun minute counted whole."""
    minutes = clock.begun_minutes(clock.instant(clock.at(on, clock.DISTRICT_CUTOFF)) - now)
    if minutes <= 0:
        return _("past the 14:00 cut-off")
    hours, minutes = divmod(minutes, 60)
    if hours:
        return _("{hours} h {minutes} min until the 14:00 cut-off").format(hours=hours, minutes=f"{minutes:02d}")
    return _("{minutes} min until the 14:00 cut-off").format(minutes=minutes)


def draw(user: User, tasks: list[Task], *, complete: bool = True) -> None:
    """Draw the tasks in order of urgency; where none is left, thank only if no household is missing on the lists."""
    if not tasks and complete:
        st.success(_("Nothing is left for now. Thank you."), icon=":material/done_all:")
    elif not tasks:
        st.info(_("Nothing else is left for now."))
    for place, task in enumerate(tasks):
        with st.container(border=True, key=f"task_{place}"):
            _head(user, task)
            if task.lines:
                _lines(task, f"home_task_{place}_{task.of}")


def _lines(task: Task, key: str) -> None:
    """The first lines and the rest on demand; they stay open while other tasks come and go above."""
    kind = f"{task.of}_{task.say.text}"
    shown = task.lines[: more.so_many(kind, home_lines.first(task.of))]
    named_list.draw(say(task.say), home_lines.lines(task.of, shown), key=key)
    more.offer(kind, len(task.lines) - len(shown))


def _head(user: User, task: Task) -> None:
    mark = ":material/arrow_forward:"
    if task.late:
        mark = f":red[:material/alarm: **{_('Overdue')}**]"
    elif task.urgent:
        mark = ":orange[:material/priority_high:]"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        count = f"**{number(task.n)}** " if task.n else ""
        st.markdown(f"{mark} {count}{say(task.say)}{_persons(task)}")
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            if task.room:
                st.page_link(
                    f"{task.room}.py",
                    label=_(task.verb),
                    icon=":material/open_in_new:",
                    query_params=task.query or None,
                    width="content",
                )
            if task.of in ("teams", "members"):
                download.offer(user, "unvisited", {_("Households not visited yet"): _unvisited})


def _unvisited(db: Database, user: User) -> download.Table:
    """Every due household of the visitor's team or commune without a visit today."""
    unit = units.team(db, f"team:{user.team_id}", user) if user.team_id else units.area(db, user.area_code, user)
    return list_exports.doors(db, unit, on=clock.day_of(clock.now()), kind="unvisited")


def _persons(task: Task) -> str:
    """The number of persons with symptoms, as far as they were entered by name."""
    n = sum(door["ill"] for door in task.lines) if task.of == "ill" else 0
    persons = ngettext("{n} person with symptoms", "{n} persons with symptoms", n).format(n=number(n))
    return f" **({persons})**" if n else ""


def own_round(db: Database, user: User, on: str) -> None:
    """A member's households of today in walking order, done and left, and who leads the team."""
    lines = visits.sheet(db, user.team_id, on, user)
    if lines:
        st.subheader(_("Your households today"), anchor=False)
        items = [home_lines.door_of_round(line | {"team": user.team_id}) for line in lines]
        named_list.draw(_("Your households today"), items, key=_ROUND)
    else:
        st.info(_("No household is assigned to you yet. The team leader or the commune assigns them."))
    leader = worklist_names.leader(db, user)
    if leader:
        line = home_lines.item(leader["full_name"], facts=[_("Team leader")], phone=phone.spaced(leader["phone"]))
        named_list.draw(_("Team leader"), [line], key=_LEADER)


def last_copy(stamp: str | None) -> None:
    """The time of the latest backup."""
    if stamp:
        at = clock.instant(stamp)
        sentence = _("Latest backup: {hour} {day}")
        st.caption(sentence.format(hour=clock.hour_of(at), day=day(clock.day_of(at))))
