"""Each finding keeps its own hour, whatever else of the same visit is edited, and lists of findings go by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import access, clock
from lib.core.database import connect
from lib.field.visits import visits
from lib.oversight.figures import finding_times
from lib.oversight.work import worklist, worklist_names
from lib.register.households import persons
from tests import world
from tests.conftest import examples

ONE, TWO = "25456-0001", "25456-0002"
FEVER, COUGH = ["fever"], ["cough"]


def at(hour: str):
    return clock.instant(clock.at(world.DAY, hour))


def stamp(hour: str) -> str:
    return clock.at(world.DAY, hour)


@pytest.fixture
def clerk(as_):
    return as_("binh")


def person(clerk, code: str, name: str) -> int:
    return persons.add(*clerk, code, {"full_name": name, "birth_year": "1985"}, now=world.NOW)


def ill(who: int, symptoms=FEVER, **more) -> dict:
    return {"person": who, "symptoms": symptoms, **more}


def save(clerk, hour: str, code: str = ONE, outcome: str = "met", undo: bool = False, **more) -> None:
    """One row entered at an hour on the version that stands."""
    db, user = clerk
    line = next(line for line in visits.sheet(db, 1, world.DAY, user) if line["code"] == code)
    draft = {"outcome": outcome, "version": line["version"], "was": line["outcome"], **more}
    done = visits.record(db, user, visits.Submission(1, world.DAY, {code: draft}, undo=undo), now=at(hour))
    assert done[code]["state"] == "saved", done


def hours(clerk, household: int = 1) -> dict:
    """What stands, each finding with its two hours as they are read."""
    found = finding_times.hours(clerk[0], world.DAY, [household]).get(household, {})
    return {key: tuple(clock.hour_of(clock.instant(each)) for each in told) for key, told in found.items()}


def listed(clerk) -> list[tuple]:
    task = next(task for task in worklist.tasks(*clerk, world.DAY, now=at("13:50")) if task.of == "ill")
    return [(line["code"], clock.hour_of(clock.instant(line["told"].changed))) for line in task.lines]


def test_a_fever_entered_late_on_a_visit_answered_early_stands_first(clerk):
    late, early = person(clerk, ONE, "Trần Thị Hoa"), person(clerk, TWO, "Lê Văn Ba")
    save(clerk, "07:00")
    save(clerk, "09:00", TWO, people=[ill(early)])
    save(clerk, "13:40", people=[ill(late, temperature=39.1)])
    assert listed(clerk) == [(ONE, "13:40"), (TWO, "09:00")]


def test_a_finding_keeps_its_hour_through_edits_of_other_parts(clerk):
    hoa, ba = person(clerk, ONE, "Trần Thị Hoa"), person(clerk, ONE, "Lê Văn Ba")
    fever = ill(hoa)
    save(clerk, "07:00")
    save(clerk, "08:00", people=[fever])
    save(clerk, "09:00", people=[fever], note="gọi lại", needs=["food"])
    save(clerk, "10:00", outcome="phone", people=[fever, ill(ba, COUGH)], note="gọi lại", needs=["food"])
    back = {**fever, "arrival": "returnee", "province": "79"}
    save(clerk, "11:00", outcome="phone", people=[back, ill(ba, COUGH)], needs=["food", "other"])
    found = hours(clerk)
    assert found[finding_times.ILL, hoa] == ("08:00", "08:00") and found[finding_times.ILL, ba] == ("10:00", "10:00")
    assert found[finding_times.ARRIVAL, hoa] == ("11:00", "11:00")
    assert found["all", "needs"] == ("09:00", "11:00") and ("all", "note") not in found


def test_a_finding_that_changes_keeps_when_it_was_first_said(clerk):
    hoa = person(clerk, ONE, "Trần Thị Hoa")
    save(clerk, "08:00", people=[ill(hoa)])
    save(clerk, "12:00", people=[ill(hoa, temperature=39.5)])
    assert hours(clerk)[finding_times.ILL, hoa] == ("08:00", "12:00")
    assert listed(clerk) == [(ONE, "12:00")]


def test_what_was_taken_back_and_said_again_begins_anew(clerk):
    hoa = person(clerk, ONE, "Trần Thị Hoa")
    save(clerk, "08:00", people=[ill(hoa)])
    save(clerk, "09:00", undo=True)
    assert (finding_times.ILL, hoa) not in hours(clerk)
    save(clerk, "13:00", people=[ill(hoa)])
    assert hours(clerk)[finding_times.ILL, hoa] == ("13:00", "13:00")


def test_a_mark_without_a_name_has_its_hour_too(clerk):
    save(clerk, "08:00")
    save(clerk, "13:00", flags="s")
    assert hours(clerk)["mark", "s"] == ("13:00", "13:00") and listed(clerk) == [(ONE, "13:00")]


def test_an_older_store_gives_the_hour_of_the_answer(db, clerk):
    """Versions from before changes bore an hour."""
    hoa = person(clerk, ONE, "Trần Thị Hoa")
    save(clerk, "08:00")
    save(clerk, "09:00", people=[ill(hoa)])
    db.conn.execute("update visit_past set changed_at = null")
    db.conn.execute("drop trigger visits_update")
    db.conn.execute("update visits set changed_at = null")
    assert hours(clerk)[finding_times.ILL, hoa] == ("08:00", "08:00") and listed(clerk) == [(ONE, "08:00")]


def test_the_hours_of_a_stranger_s_door_are_not_listed(as_, clerk):
    save(clerk, "13:00", flags="s")
    assert worklist_names.ill(worklist_names.doors(as_("chi")[0], world.DAY)) == []


VERSIONS = st.lists(
    st.tuples(st.sampled_from([None, FEVER, COUGH]), st.booleans(), st.sampled_from(["met", "phone", "absent"])),
    min_size=1,
    max_size=6,
)


@examples(25)
@given(VERSIONS)
def test_hours_are_those_of_the_unbroken_run_that_stands(template, versions):
    """Whatever else changes: first said where the run of the finding begins, changed where its content did last."""
    db = connect(template)
    db.conn.execute("begin")
    try:
        user = access.user(db, world.CAST["binh"][0], world.DAY)
        access.bind(db, user, world.DAY)
        hoa = person((db, user), ONE, "Trần Thị Hoa")
        first = changed = before = None
        for n, (symptoms, noted, outcome) in enumerate(versions):
            moment = f"{8 + n:02d}:00"
            outcome = "met" if symptoms and outcome == "absent" else outcome  # nobody is ill where nobody answered
            save(
                (db, user),
                moment,
                outcome=outcome,
                people=[ill(hoa, symptoms)] if symptoms else [],
                note="x" if noted else None,
            )
            if symptoms != before:
                first, changed = first if before and symptoms else moment, moment
            before = symptoms
        expected = {(finding_times.ILL, hoa): (first, changed)} if before else {}
        assert {key: told for key, told in hours((db, user)).items() if key[0] == finding_times.ILL} == expected
    finally:
        db.conn.execute("rollback")
        db.close()
