"""Where a report stands in words, how late it is, and when something was done."""

from lib.core import clock
from lib.oversight.reports.states import ReportStanding
from lib.screen.i18n import N_, _, hour, moment, ngettext, number

STATES = {
    "missing": N_("Not reported"),
    "draft": N_("Being drafted"),
    "submitted": N_("Sent"),
    "received": N_("Received"),
    "returned": N_("Returned"),
    "recalled": N_("Recalled for correction"),
    "locked": N_("Locked"),
}


def state(standing: ReportStanding) -> str:
    """ "Sent · version 2 · 1 addendum"."""
    words = _(STATES[standing.state])
    if standing.version > 1:
        words += f" · {_('version {n}').format(n=number(standing.version))}"
    if standing.addenda:
        words += f" · {ngettext('{n} addendum', '{n} addenda', standing.addenda).format(n=number(standing.addenda))}"
    return words


def minutes(n: int) -> str:
    """12 min, 2 h 05 min, 3 days."""
    if n < 60:
        return _("{minutes} min").format(minutes=n)
    if n < 24 * 60:
        return _("{hours} h {minutes} min").format(hours=n // 60, minutes=f"{n % 60:02d}")
    return ngettext("{n} day", "{n} days", n // 1440).format(n=number(n // 1440))


def when(stamp: str, day: str) -> str:
    """The hour; with its day where that is not `day`."""
    return hour(stamp) if clock.day_of(clock.instant(stamp)) == day else moment(stamp)


def sent_at(stamp: str, day: str, due_at: str) -> str:
    """The hour of a sending; with its seconds in the minute of the deadline, or 14:00 would be late at 14:00."""
    if stamp[:16] == due_at[:16]:
        return clock.local(stamp).strftime("%H:%M:%S")
    return when(stamp, day)
