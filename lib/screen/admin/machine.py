"""The machine drawn for its keeper: its state, the copies of the store, the second place for them."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, database, store_file
from lib.core.access import User
from lib.operations import backup_files, backup_places, backups, health
from lib.operations.backup_files import Backup
from lib.screen.i18n import N_, _, day, ngettext, number, say
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault
from lib.screen.widgets import forms

VERDICTS = {
    store_file.GOOD: N_("verified"),
    backup_files.UNCHECKED: N_("not read yet"),
    store_file.EMPTY: N_("empty, not counted"),
    store_file.DAMAGED: N_("damaged, not counted"),
    store_file.FOREIGN: N_("not a data file, not counted"),
    store_file.BLANK: N_("empty, not counted"),
    store_file.NEWER: N_("from a newer version, not counted"),
}
PLACES = {backup_places.BESIDE: N_("Next to the data"), backup_places.SECOND: N_("Second location")}


def tell_hindrance() -> None:
    """The one sentence for everybody while nothing can be saved."""
    stopped = health.hindrance()
    if stopped:
        st.warning(say(stopped), icon=":material/error:")


def draw(db: Database, user: User) -> None:
    """The machine and the copies of the store, as they stand after what was just pressed."""
    above = st.container()
    _copies(db, user)
    with above:
        _state(db)


def _state(db: Database) -> None:
    """Version, disk, last copy, and what has to be seen to."""
    report = health.report(db, now=clock.now())
    free, minutes = report["disk_free_mb"], report["last_backup_minutes"]
    st.subheader(_("Server"), anchor=False)
    with st.container(horizontal=True):
        st.metric(_("Version"), report["version"], border=True)
        st.metric(_("Free disk space"), "–" if free is None else _room(free), border=True)
        st.metric(_("Latest backup"), _("None yet") if minutes is None else _age(minutes), border=True)
    for sentence in health.sentences(report):
        st.warning(say(sentence), icon=":material/error:")
    st.caption(_("Data file: {path}").format(path=plain(str(database.path()))))


def _room(megabytes: int) -> str:
    return f"{number(megabytes)} MB" if megabytes < 1024 else f"{number(megabytes / 1024, 1)} GB"


def _copies(db: Database, user: User) -> None:
    """Copy now, the copies there are, and where else they go."""
    if st.button(_("Back up now"), type="primary", icon=":material/save:"):
        files, _problem = attempt(backups.take_now, db, user, now=clock.now())
        if files:
            st.success(_("Backed up to {name}.").format(name=", ".join(f"{file.name}" for file in files)))
        backup_files.check(db)
    above = st.container()
    _second_place(db, user)
    with above:
        _list(db)


def _list(db: Database) -> None:
    """Where the copies go, and those there are."""
    for place in backup_places.places(db):
        st.caption(f"{_(PLACES[place.key])}: {plain(str(place.folder))}")
    if backup_places.second_place(db) is None:
        st.caption(_("There is no second location yet: if the disk with the data fails, its backups are lost with it."))
    listed = backup_files.listed(db)
    if listed:
        _table(listed)


def _table(listed: list[Backup]) -> None:
    now = clock.now()
    st.dataframe(
        {
            _("Backup time"): [f"{clock.hour_of(copy.at)} {day(clock.day_of(copy.at))}" for copy in listed],
            _("Age"): [_age(max(0, (now - copy.at) // clock.MINUTE)) for copy in listed],
            _("Size on disk"): [f"{number(copy.size / 2**20, 1)} MB" for copy in listed],
            _("Verdict"): [_(VERDICTS[copy.verdict]) for copy in listed],
            _("Location"): [_(PLACES[copy.place]) for copy in listed],
            _("File"): [copy.file.name for copy in listed],
        },
        hide_index=True,
    )


def _age(minutes: int) -> str:
    if minutes < 60:
        return _("{n} min").format(n=number(minutes))
    if minutes < 48 * 60:
        return _("{n} h").format(n=number(minutes // 60))
    days = minutes // (24 * 60)
    return ngettext("{n} day", "{n} days", days).format(n=number(days))


def _second_place(db: Database, user: User) -> None:
    """Another disk, so that one that dies takes no more than fifteen minutes with it."""
    if backup_places.named_outside():
        st.caption(_("The second backup location is set by TUNGNHA_COPIES, where the program is started."))
        return
    fields, sent = forms.sendable("second_place", _("Save the location"))
    with fields:
        typed = st.text_input(
            _("Second backup location: a folder on another disk, a USB stick or a network share"),
            key="copies_place",
            value=str(backup_places.second_place(db) or ""),
            placeholder="/media/usb/tung-nha",
        )
        below = st.container()
    if sent:
        _done, problem = attempt(backup_places.name_place, db, user, typed, now=clock.now())
        with below:
            fault(problem, "place")
        if not problem:
            st.success(_("Saved."), icon=":material/check:")
