"""Two entries that are one, side by side: which stays, which value of each field, what becomes of the persons."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words import phone
from lib.register.duplicates import merging
from lib.screen.history import undo_list
from lib.screen.households import session
from lib.screen.i18n import N_, _, day, ngettext, number
from lib.screen.labels import DWELLINGS, EXPOSURES, FIELDS, RELATIONS, RESIDENCES, SEXES, VULNERABILITIES
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, today
from lib.screen.widgets import forms

KINDS = {"household": "household.merge", "person": "person.merge"}
PERSONS = {merging.MOVE: N_("moves to the household to keep"), merging.STAY: N_("stays with the merged entry")}
_CODES = {
    "dwelling": DWELLINGS,
    "vulnerabilities": VULNERABILITIES,
    "exposures": EXPOSURES,
    "sex": SEXES,
    "relation": RELATIONS,
    "residence": RESIDENCES,
}


def draw(db: Database, user: User, kind: str, one: str, other: str) -> None:
    """The comparison of two households (by code) or persons (by number), and the button that merges them."""
    name = f"merge_{kind}_{one}_{other}"
    undo_list.save(db, user)
    if _save(db, user, kind, name):
        undo_list.draw(db, user, kind=KINDS[kind])
        return
    read = merging.household if kind == "household" else merging.person
    pair = []
    for which in (one, other):
        entry, problem = attempt(read, db, which if kind == "household" else int(which) if which.isdecimal() else 0)
        if problem:
            return
        pair.append(entry)
    if not user.can("household.register"):
        st.info(_("Duplicates are merged by the commune's staff."), icon=":material/lock:")
        return
    if any(entry["merged_into"] for entry in pair):
        st.info(_("One of the two has already been merged; reload the page to see the other."))
        undo_list.draw(db, user, kind=KINDS[kind])
        return
    _compare(db, kind, pair, name)
    undo_list.draw(db, user, kind=KINDS[kind])


def _save(db: Database, user: User, kind: str, name: str) -> bool:
    """Merge the two as they were shown, with what is chosen when the button is pressed."""
    key, shown = forms.prefix(name), session.COMPARISON.at(name).get()
    fields = forms.values(key)
    if not fields.get("go") or not shown:
        return False
    if fields.get("stays") != shown["stays"]:
        forms.look_again()
        return False
    choice = _chosen(shown["choice"], forms.values(f"{key}{shown['stays']}"))
    command = merging.merge_households if kind == "household" else merging.merge_persons
    _stays, problem = attempt(command, db, user, *shown["pair"], choice, now=clock.now())
    if problem is None:
        forms.next_round(name)
        st.success(_("Merged. What was entered for both can still be read."), icon=":material/check:")
    return problem is None


def _chosen(shown: dict, fields: dict) -> dict:
    """The choice as it was shown, with what was chosen since in its fields."""
    persons = {one: fields.get(f"person{one}", way) for one, way in shown.get("persons", {}).items()}
    return {name: fields.get(name, value) for name, value in shown.items()} | ({"persons": persons} if persons else {})


def _compare(db: Database, kind: str, pair: list[dict], name: str) -> None:
    key = forms.prefix(name)
    names = [_named(kind, entry) for entry in pair]
    st.subheader(_("Are these the same?"), anchor=False)
    which = st.radio(_("Entry to keep"), [0, 1], format_func=names.__getitem__, key=f"{key}stays", horizontal=True)
    stays, gone = pair[which], pair[1 - which]
    fields = merging.CHOSEN if kind == "household" else merging.OF_A_PERSON
    choice = {field: _field(field, stays, gone, f"{key}{which}") for field in fields if stays[field] != gone[field]}
    _alike([field for field in fields if stays[field] == gone[field] and stays[field] not in (None, "", [])], stays)
    choice["versions"] = (stays["version"], gone["version"])
    if kind == "household":
        choice["persons"] = _persons(db, stays, gone, f"{key}{which}")
        _effect(db, stays, gone)
    else:
        st.caption(_("Symptoms entered for both can still be read. From today on there is only one person."))
    id_of = "code" if kind == "household" else "id"
    session.COMPARISON.at(name).set({"stays": which, "pair": (stays[id_of], gone[id_of]), "choice": choice})
    st.button(_("Merge the two"), key=f"{key}go", type="primary", icon=":material/merge:")
    st.caption(_("This can be undone for 24 hours."))


def _named(kind: str, entry: dict) -> str:
    if kind == "household":
        return plain(f"{entry['head_name']} · {entry['code']}")
    return plain(f"{entry['full_name']} · {entry['birth_year'] or '–'} · {entry['code']}")


def _field(field: str, stays: dict, gone: dict, key: str) -> str:
    """Both values side by side; the better filled one is proposed."""
    words = {"kept": _value(field, stays[field]), merging.GOES: _value(field, gone[field])}
    proposed = merging.GOES if stays[field] in (None, "", [], 0) else "kept"
    return st.radio(
        _(FIELDS.get(field, field)),
        list(words),
        index=list(words).index(proposed),
        key=f"{key}{field}",
        format_func=lambda side: plain(words[side]),
        horizontal=True,
    )


def _value(field: str, value: object) -> str:
    if value in (None, "", []):
        return _("empty")
    if field.endswith("_day"):
        return day(str(value))
    if field == "id_number":
        return "•" * (len(str(value)) - 3) + str(value)[-3:]
    if field in ("phone", "phone2"):
        return phone.spaced(str(value))
    words = _CODES.get(field, {})
    return ", ".join(_(words.get(one, "")) or str(one) for one in (value if isinstance(value, list) else [value]))


def _alike(fields: list[str], stays: dict) -> None:
    if fields:
        values = "; ".join(f"{_(FIELDS.get(field, field))}: {_value(field, stays[field])}" for field in fields)
        st.caption(_("The same in both: {what}.").format(what=plain(values)))


def _persons(db: Database, stays: dict, gone: dict, key: str) -> dict:
    """Who lives in the entry that goes: the same as somebody of the other, moving, or staying behind."""
    staying, going = merging.living(db, stays["id"], day=today()), merging.living(db, gone["id"], day=today())
    if not going:
        return {}
    st.markdown(f"**{_('Persons of the merged entry')}**")
    same = merging.same_persons(staying, going)
    names = {
        one["id"]: _("is {name}, {year}").format(name=one["full_name"], year=one["birth_year"] or "–")
        for one in staying
    }
    ways = {**{way: _(word) for way, word in PERSONS.items()}, **names}
    return {
        one["id"]: st.selectbox(
            f"{plain(one['full_name'])}, {one['birth_year'] or '–'}",
            list(ways),
            format_func=ways.get,
            index=list(ways).index(same.get(one["id"], merging.MOVE)),
            key=f"{key}person{one['id']}",
        )
        for one in going
    }


def _effect(db: Database, stays: dict, gone: dict) -> None:
    first = day(merging.first_day(db, gone["code"], now=clock.now()))
    visits = merging.visits_of(db, gone["id"])
    sentence = _("From {day}, {gone} is no longer visited, only {kept}.").format(
        day=first, gone=gone["code"], kept=stays["code"]
    )
    if visits:
        stay = ngettext("Its {n} visit stays where it is.", "Its {n} visits stay where they are.", visits)
        sentence = f"{sentence} {stay.format(n=number(visits))}"
    st.info(sentence, icon=":material/merge:")
