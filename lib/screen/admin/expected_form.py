"""How many households an area should have: what is known of it, where it comes from, and the form to enter it."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.figures import list_completeness
from lib.register.areas import choices, expected_shares
from lib.register.areas import expected_households as register
from lib.screen import list_words
from lib.screen.history import undo_list
from lib.screen.i18n import _, area, day, ngettext, number
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, today
from lib.screen.widgets import draft

KINDS = ("expected.edit", "expected.remove")  # what can be taken back here


def save(db: Database, user: User, code: str) -> draft.Draft:
    """Keep or take away the numbers of the form that was sent."""
    form = draft.Draft(f"expected_{code}")
    undo_list.save(db, user)
    if form.sent():
        _done, problem = attempt(register.save, db, user, code, form.values(), form.version(), now=clock.now())
    elif form.sent("remove"):
        _done, problem = attempt(register.remove, db, user, code, form.version(), now=clock.now())
    else:
        return form
    if form.ended(problem):
        st.success(_("Saved."), icon=":material/check:")
    return form


def first(db: Database, unit: dict) -> bool:
    """The line of what is missing on the lists, before anything else; whether they are complete."""
    counts = list_completeness.standing(db, None, unit["code"], today())
    if told := list_words.line(counts):
        st.markdown(told)
    return list_completeness.complete(counts)


def draw(db: Database, user: User, unit: dict, form: draft.Draft) -> None:
    """The number that the lists are set against, and the form to enter it."""
    communes = list_completeness.by_commune(db, None, unit["code"], today())
    counts = {name: sum(line[name] for line in communes) for name in list_completeness.COUNTED}
    with st.expander(_title(counts), icon=":material/functions:", expanded=bool(form.problem)):
        stored = expected_shares.entered(db, unit["code"])
        for sentence in _sentences(db, unit, communes, counts, stored):
            st.markdown(sentence)
        if user.can("expected.edit"):
            _form(form, unit, stored)
            undo_list.draw(db, user, kinds=KINDS)
            if unit["level"] != "commune":
                st.page_link(
                    "exchange.py",
                    label=_("Import the expected numbers of all communes from Excel"),
                    icon=":material/upload_file:",
                )


def _title(counts: dict) -> str:
    if not counts["communes_expected"]:
        return _("Expected households: not entered yet")
    title = _("Expected households: {n}").format(n=number(counts["expected_households"]))
    return f"{title} ({_('estimated')})" if counts["communes_estimated"] else title


def _sentences(db: Database, unit: dict, communes: list[dict], counts: dict, stored: dict | None) -> list[str]:
    """What was entered for the area itself, what its communes come to, and how a share was worked out."""
    sentences = [_entered(stored)] if stored else []
    if unit["level"] == "commune":
        sentences += _share(db, communes[0])
    else:
        sentences += _communes(counts, stored)
    return sentences or [_("Enter how many households there should be, so that it shows how many are still missing.")]


def _entered(stored: dict) -> str:
    sizes = []
    if stored["households"]:
        n = stored["households"]
        sizes.append(ngettext("{n} household", "{n} households", n).format(n=number(n)))
    if stored["persons"]:
        n = stored["persons"]
        sizes.append(ngettext("{n} person", "{n} persons", n).format(n=number(n)))
    source = _("source: {source}").format(source=plain(stored["source"]))
    on = _("entered on {day}").format(day=day(stored["entered_day"]))
    return " · ".join([f"**{', '.join(sizes)}**", source, on])


def _share(db: Database, line: dict) -> list[str]:
    if not line["of"]:
        return []
    above = choices.get(db, line["of"])
    whose = {"n": number(line["expected_households"]), "area": area(above["kind"], above["name"])}
    if line["basis"] == expected_shares.PERSONS:
        return [
            _("Estimated {n} households: the commune's share of the total of {area}, by number of persons.").format(
                **whose
            )
        ]
    return [
        _(
            "Estimated {n} households: an equal share of the total of {area}, as the numbers of persons are not known."
        ).format(**whose)
    ]


def _communes(counts: dict, stored: dict | None) -> list[str]:
    """What the communes come to, and whether that is more than the total entered above them."""
    if not counts["communes_expected"]:
        return []
    sentence = _(
        "The communes total {n} households; the number is known for {known} of {of} communes, {guessed} of them "
        "estimated."
    )
    lines = [
        sentence.format(
            n=number(counts["expected_households"]),
            known=number(counts["communes_expected"]),
            of=number(counts["communes"]),
            guessed=number(counts["communes_estimated"]),
        )
    ]
    if stored and stored["households"] and counts["expected_households"] > stored["households"]:
        more = _("That is more than the total entered here: check the total or the communes.")
        lines.append(f":orange[:material/error: {more}]")
    return lines


def _form(form: draft.Draft, unit: dict, stored: dict | None) -> None:
    form.opened(stored or {"version": 0})
    with st.form(form.name):
        left, middle, right = st.columns([1, 1, 2])
        with left:
            form.text(_("Households expected"), "households", placeholder="3.550")
        with middle:
            form.text(
                _("Persons"),
                "persons",
                placeholder="12.400",
                help=_(
                    "When only the total of the area above is known, it is divided among the communes by "
                    "number of persons."
                ),
            )
        with right:
            form.text(_("Source"), "source", placeholder=_("Census of 2019, commune police …"))
        with st.container(horizontal=True):
            form.save(_("Save"))
            if stored:
                form.save(_("Remove these figures"), "remove", primary=False)
