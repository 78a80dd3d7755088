"""What was found at a door: people, needs, violations; kept whole, version by version, and never lost unseen."""

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import access, clock, rollup
from lib.core.database import connect, row, rows, value
from lib.field.visits import answers, findings, screenings, visits
from lib.oversight.figures import figures
from lib.register.households import persons, statuses
from lib.screen import labels
from tests import world
from tests.conftest import examples

ONE, TWO, STRANGE = "25456-0001", "25456-0002", "25654-0073"
BORN = "2021-08-14"


def draft(outcome="met", **more):
    return {"outcome": outcome, "flags": "", "note": "", "swept": False, "version": 0, "was": None, "sent": [], **more}


def found(person=None, **more):
    """One person as the sheet sends it."""
    blank = {
        "person": person,
        "name": "",
        "year": None,
        "symptoms": [],
        "since": None,
        "temperature": None,
        "arrival": None,
        "province": None,
        "arrived_on": None,
    }
    return {**blank, **more}


@pytest.fixture
def clerk(as_):
    return as_("binh")


@pytest.fixture
def hoa(clerk):
    """Somebody who lives in the first household."""
    return persons.add(*clerk, ONE, {"full_name": "Trần Thị Hoa", "birth_year": "1985"}, now=world.NOW)


def save(who, drafts, day=world.DAY):
    return visits.record(*who, visits.Submission(1, day, drafts), now=world.NOW)


def told(who, code=ONE, day=world.DAY):
    return next((line for line in visits.sheet(who[0], 1, day) if line["code"] == code), None)


def said(result) -> str:
    return result["say"].text.format(**result["say"].places)


# Kept


def test_everything_found_is_stored_and_shown(db, clerk, hoa):
    sick = found(hoa, symptoms=["cough", "fever"], since=BORN, temperature=38.5)
    draft_ = draft(people=[sick], needs=["medicine", "food"], violations=["no_mask"])
    assert save(clerk, {ONE: draft_})[ONE] == {"state": "saved", "version": 1}
    line = told(clerk)
    assert (line["flags"], line["needs"], line["violations"]) == ("skn", ["food", "medicine"], ["no_mask"])
    assert line["people"] == [{**sick, "name": "Trần Thị Hoa", "year": 1985, "symptoms": ["fever", "cough"]}]
    assert line["residents"] == [{"id": hoa, "name": "Trần Thị Hoa", "year": 1985}]


def test_a_guest_is_added_to_the_household_once(db, clerk):
    guest = found(name="Lê Văn  Khách", year=1990, arrival="guest", province="79", arrived_on=BORN)
    for name in ("Lê Văn  Khách", "lê văn KHÁCH"):
        assert save(clerk, {ONE: draft(people=[{**guest, "name": name}])})[ONE] == {"state": "saved", "version": 1}
    kept = rows(db, "select full_name, birth_year, residence from persons")
    assert kept == [{"full_name": "Lê Văn Khách", "birth_year": 1990, "residence": "guest"}]
    line = row(db, "select action, area_code, subject from audit_log where action = 'person.add'")
    assert (line["area_code"], line["subject"]) == ("25456", ONE)
    assert told(clerk)["flags"] == "v" and told(clerk)["people"][0]["province"] == "79"


def test_residents_stand_in_the_order_of_the_household_s_page(clerk, hoa):
    for name, relation in (("Trần Văn An", "child"), ("Trần Văn Út", "head")):
        values = {"full_name": name, "birth_year": "1990", "relation": relation}
        persons.add(*clerk, ONE, values, now=world.NOW)
    names = [who["name"] for who in told(clerk)["residents"]]
    assert names == [who["full_name"] for who in persons.of_household(clerk[0], ONE, day=world.DAY)]
    assert names[0] == "Trần Văn Út"


def test_somebody_else_of_the_same_name_is_somebody_else(db, clerk, hoa):
    save(clerk, {ONE: draft(people=[found(name="Trần Thị Hoa", year=1960, temperature=38)])})
    assert value(db, "select count(*) from persons") == 2
    assert value(db, "select residence from persons where birth_year = 1960") == "permanent"


def test_nothing_of_anybody_s_health_goes_into_the_log(db, clerk, hoa):
    save(
        clerk,
        {
            ONE: draft(
                people=[
                    found(hoa, symptoms=["fever"], temperature=39.1),
                    found(name="Khách", arrival="guest", symptoms=["cough"]),
                ]
            )
        },
    )
    log = " ".join(line["detail"] for line in rows(db, "select detail from audit_log"))
    assert "met sv" in log and not any(word in log for word in ("fever", "cough", "39.1", "arrival"))


def test_a_change_of_the_details_alone_is_a_change(db, clerk, hoa):
    save(clerk, {ONE: draft(people=[found(hoa, temperature=38)])})
    assert save(clerk, {ONE: draft(people=[found(hoa, temperature=38.0)])})[ONE]["version"] == 1
    save(clerk, {ONE: draft(people=[found(hoa, temperature=38.4)], version=1)})
    save(clerk, {ONE: draft(people=[found(hoa, temperature=38.4)], needs=["food"], version=2)})
    save(clerk, {ONE: draft(people=[found(hoa, temperature=38.4)], needs=["other"], version=3)})
    assert told(clerk)["version"] == 4 and told(clerk)["people"][0]["temperature"] == 38.4
    assert (
        value(db, "select group_concat(version || ':' || temperature) from screenings") == "1:38.0,2:38.4,3:38.4,4:38.4"
    )
    assert value(db, "select needs from visit_past where version = 3") == '["food"]'


def test_clearing_a_row_clears_what_was_found_and_keeps_its_past(db, clerk, hoa):
    left = {"people": [found(hoa, symptoms=["fever"])], "needs": ["food"], "violations": ["other"]}
    save(clerk, {ONE: draft(**left)})
    assert save(clerk, {ONE: draft(None, version=1)})[ONE]["version"] == 2
    line = told(clerk)
    assert (line["flags"], line["needs"], line["violations"], line["people"]) == ("", [], [], [])
    assert value(db, "select count(*) from screenings") == 1


def test_a_mark_needs_no_details_and_details_bring_their_mark(clerk):
    sick = found(name="Bé", symptoms=["fever"])
    save(clerk, {ONE: draft(flags="svkn"), TWO: draft(people=[sick], needs=["food"])})
    assert told(clerk)["flags"] == "svkn" and told(clerk)["people"] == []
    assert told(clerk, TWO)["flags"] == "sn"


def test_who_was_listed_and_has_nothing_is_left_out(db, clerk, hoa):
    save(clerk, {ONE: draft(people=[found(hoa, since=BORN, province="79")])})
    assert told(clerk)["people"] == [] and told(clerk)["flags"] == ""


def test_who_left_the_household_stays_in_what_was_found(clerk, hoa):
    sick = found(hoa, symptoms=["fever"])
    save(clerk, {ONE: draft(people=[sick])})
    persons.leave(*clerk, hoa, world.DAY, now=world.NOW)
    assert told(clerk)["residents"] == [] and told(clerk)["people"][0]["person"] == hoa
    assert save(clerk, {ONE: draft("phone", people=[sick], version=1)})[ONE]["state"] == "saved"


def test_the_other_provinces_change_no_figure(db, clerk, hoa):
    before = figures.figures(db, "72", world.DAY)
    save(clerk, {TWO: draft("phone", people=[found(name="Khách", arrival="returnee", province="01")])})
    counts = ("code", "households", "due")
    after = figures.figures(db, "72", world.DAY)
    assert sorted([unit[c] for c in counts] for unit in after) == sorted([unit[c] for c in counts] for unit in before)
    assert value(db, "select name from areas where code = '01'") == "Hà Nội"


def test_the_sheet_asks_once_for_residents_and_only_when_needed_for_people(clerk, hoa):
    def asked() -> list[str]:
        statements = []
        clerk[0].conn.set_trace_callback(statements.append)
        visits.sheet(clerk[0], 1, world.DAY)
        clerk[0].conn.set_trace_callback(None)
        return [sql for sql in statements if not sql.startswith("--")]

    assert len(asked()) == 4  # rows, residents, and twice for numbers, which nobody has fixed yet
    save(clerk, {ONE: draft(people=[found(hoa, symptoms=["fever"])]), TWO: draft(flags="v")})
    assert len(asked()) == 4  # rows, residents, numbers, people


# Refused, each with a sentence; nothing else is lost


BAD = {
    "a symptom nobody knows": found(symptoms=["plague"]),
    "symptoms that are no list": found(symptoms="fever"),
    "an arrival nobody knows": found(arrival="tourist"),
    "too cold": found(temperature=33.9),
    "too hot": found(temperature=42.1),
    "no number": found(temperature="38,5"),
    "not a number": found(temperature=float("nan")),
    "true": found(temperature=True),
    "no province": found(arrival="guest", province="99"),
    "a province that is none": found(arrival="guest", province=["79"]),
    "tomorrow": found(symptoms=["fever"], since="2021-08-17"),
    "long ago": found(symptoms=["fever"], since="2021-06-16"),
    "no day": found(arrival="returnee", arrived_on="16/08/2021"),
    "a day that is none": found(arrival="returnee", arrived_on=20210816),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_one_bad_finding_refuses_its_row_alone(db, clerk, hoa, bad):
    sick = found(name="Khách", arrival="guest")
    results = save(clerk, {ONE: draft(people=[sick, {**bad, "person": hoa}]), TWO: draft()})
    assert results[ONE]["state"] == "refused" and said(results[ONE])
    assert results[TWO]["state"] == "saved" and told(clerk)["outcome"] is None
    assert value(db, "select count(*) from persons") == 1


@pytest.mark.parametrize(
    "people, words",
    [
        ([found(name=" ", temperature=38)], "Type the name"),
        ([found(name="a" * 81, temperature=38)], "is too long"),
        ([found(name=":material/home:", temperature=38)], "may not contain the character"),
        ([found(name="Khách", year=1700, temperature=38)], "year of birth"),
        ([found(name="Khách", year="1990", temperature=38)], "could not be read"),
        ([found(name="Khách", year=1990)], "Enter what was found with Khách"),
        ([found(name="Khách", temperature=38), found(name="KHÁCH", arrival="guest")], "is entered twice"),
        ([found(name=f"Khách {n}", temperature=38) for n in range(100)], "at most 99"),
        ([found(name="Khách", temperature=50)], "between 34 and 42"),
        (["Khách"], "could not be read"),
        ({"person": 1}, "could not be read"),
    ],
)
def test_what_is_wrong_with_people_is_said(db, clerk, people, words):
    result = save(clerk, {ONE: draft(people=people)})[ONE]
    assert result["state"] == "refused" and words in said(result)
    assert value(db, "select count(*) from persons") == 0


@pytest.mark.parametrize(
    "more", [{"needs": ["gold"]}, {"violations": ["theft"]}, {"needs": "food"}, {"needs": [["food"]]}]
)
def test_needs_and_violations_are_of_their_lists(clerk, more):
    assert "could not be read" in said(save(clerk, {ONE: draft(**more)})[ONE])


def test_one_refused_name_adds_nobody_of_its_row(db, clerk):
    people = [found(name="Khách", arrival="guest"), found(name="Bé :x:", arrival="guest")]
    assert save(clerk, {ONE: draft("central_quarantine", people=people)})[ONE]["state"] == "refused"
    assert value(db, "select count(*) from persons") == value(db, "select count(*) from household_status") == 0


# A finding with a person needs somebody met or called


FINDINGS = {
    "a temperature": {"people": [found(name="Bé", temperature=39)]},
    "a symptom": {"people": [found(name="Bé", symptoms=["fever"])]},
    "a guest": {"people": [found(name="Khách", arrival="guest")]},
    "a mark without a name": {"flags": "s"},
}


@pytest.mark.parametrize("left", FINDINGS.values(), ids=FINDINGS)
@pytest.mark.parametrize("outcome", ["absent", "refused", None])
def test_nobody_is_measured_where_nobody_was_met(db, clerk, outcome, left):
    results = save(clerk, {ONE: draft(outcome, **left), TWO: draft()})
    assert results[ONE]["state"] == "refused" and "someone was met or called" in said(results[ONE])
    assert results[TWO]["state"] == "saved"
    assert value(db, "select count(*) from persons") == 0 and told(clerk)["outcome"] is None


@pytest.mark.parametrize("outcome", ["absent", "refused", None])
def test_a_result_without_anybody_met_is_refused_while_findings_stand(clerk, hoa, outcome):
    sick = {"people": [found(hoa, temperature=39)]}
    save(clerk, {ONE: draft(**sick)})
    assert save(clerk, {ONE: draft(outcome, version=1, **sick)})[ONE]["state"] == "refused"
    assert (told(clerk)["outcome"], told(clerk)["people"][0]["temperature"]) == ("met", 39.0)
    assert save(clerk, {ONE: draft(outcome, version=1)})[ONE]["state"] == "saved"
    assert (told(clerk)["outcome"], told(clerk)["people"]) == (outcome, [])


def test_who_is_taken_to_quarantine_keeps_what_led_there_and_a_need_needs_no_meeting(clerk, hoa):
    save(clerk, {ONE: draft(people=[found(hoa, temperature=39)])})
    away = draft(answers.QUARANTINE, people=[found(hoa, temperature=39)], version=1, was="met")
    results = save(clerk, {ONE: away, TWO: draft("absent", needs=["food"], violations=["left_isolation"], note="xa")})
    assert [result["state"] for result in results.values()] == ["saved", "saved"]
    assert told(clerk)["people"][0]["temperature"] == 39.0


# Whose


def test_a_person_of_another_household_is_not_found(db, as_, clerk, hoa):
    chi = persons.add(*as_("chi"), STRANGE, {"full_name": "Chị Tư", "birth_year_unknown": True}, now=world.NOW)
    for person in (chi, 999, True, "1", [1]):
        result = save(clerk, {TWO: draft(people=[found(person, temperature=38)])})[TWO]
        assert "does not belong to this household" in said(result)
    assert save(clerk, {TWO: draft(people=[found(hoa, temperature=38)])})[TWO]["state"] == "refused"
    assert value(db, "select count(*) from screenings") == 0


def test_a_stranger_reads_and_writes_nobody(db, as_, clerk, hoa):
    save(clerk, {ONE: draft(people=[found(hoa, symptoms=["fever"])])})
    assert visits.sheet(as_("chi")[0], 1, world.DAY) == []
    mine = visits.record(
        *as_("chi"),
        visits.Submission(4, world.DAY, {ONE: draft(people=[found(name="X", temperature=38)])}),
        now=world.NOW,
    )
    assert mine[ONE]["state"] == "refused" and "theirs" not in mine[ONE]
    assert value(db, "select count(*) from persons") == value(db, "select count(*) from screenings") == 1


def test_a_member_reads_their_own_households_only(as_, clerk, hoa):
    save(clerk, {ONE: draft(people=[found(hoa, symptoms=["fever"])])})
    an = as_("an")
    assert not any(line["people"] or line["residents"] for line in visits.sheet(an[0], 1, world.DAY, an[1]))


def test_a_newer_finding_of_another_is_told_whole(as_, clerk, hoa):
    save(as_("lan"), {ONE: draft(people=[found(hoa, symptoms=["fever"], temperature=39)])})
    theirs = save(clerk, {ONE: draft(people=[found(hoa, symptoms=["cough"])])})[ONE]["theirs"]
    assert theirs["people"] == [found(hoa, name="Trần Thị Hoa", year=1985, symptoms=["fever"], temperature=39.0)]


def test_codes_and_labels_agree():
    assert tuple(labels.SYMPTOMS) == findings.SYMPTOMS and tuple(labels.ARRIVALS) == findings.ARRIVALS
    assert tuple(labels.NEEDS) == answers.NEEDS and tuple(labels.VIOLATIONS) == answers.VIOLATIONS
    assert len(screenings.provinces()) == 63


# Two devices at one door, in whatever order


_people = st.lists(
    st.sampled_from(
        [
            found(name="Khách", year=1990, arrival="guest"),
            found(name="Khách", year=1991, symptoms=["fever"]),
            found(name="Bé", temperature=38.5),
        ]
    ),
    max_size=2,
    unique_by=lambda one: (one["name"], one["year"]),
)
_content = st.fixed_dictionaries(
    {
        "outcome": st.sampled_from((None, *answers.OUTCOMES, answers.QUARANTINE)),
        "flags": st.sampled_from(("", "s", "n")),
        "note": st.sampled_from(("", "ốm")),
        "swept": st.booleans(),
        "people": _people,
        "needs": st.sampled_from(([], ["food"])),
        "violations": st.just([]),
    }
)
_step = st.one_of(
    st.tuples(st.just("send"), st.integers(0, 1), _content, st.booleans()),
    st.tuples(st.just("send"), st.integers(0, 1), _content, st.booleans()),
    st.tuples(st.just("look"), st.integers(0, 1)),
    st.tuples(st.just("page"), st.booleans()),
)


class Device:
    """A browser with the sheet open: what it last saw, what it sent since, and every answer it was ever shown."""

    def __init__(self, as_here):
        self.who = as_here
        self.sent = []
        self.shown = []
        self.look()

    def look(self):
        self.row = told(self.who)
        self.sent = []
        self.shown.append(essence(self.row))

    def send(self, content, lost):
        """One draft; where the answer gets lost on the way back, the browser only knows what it sent, all of it."""
        begun = {"version": self.row["version"], "was": self.row["outcome"], "sent": self.sent}
        result = save(self.who, {ONE: {**content, **begun}})[ONE]
        if lost:
            self.sent = [*self.sent, content]
        elif result.get("overtaken"):
            self.shown.append(essence(result["theirs"]))
            self.row = {**self.row, **{name: result["theirs"][name] for name in ("version", "outcome")}}
        else:
            self.look()
        return result


def essence(line) -> str:
    """What a row says, to compare by."""
    people = sorted(
        [one["name"], one["year"], one["symptoms"], one["temperature"], one["arrival"]] for one in line["people"]
    )
    kept = ("outcome", "flags", "note", "swept", "needs", "violations")
    return json.dumps([[line[name] for name in kept], people], ensure_ascii=False)


@examples(30)
@given(steps=st.lists(_step, min_size=3, max_size=14), other=st.sampled_from(("lan", "binh")))
def test_no_answer_is_replaced_unseen_by_two_devices(template, tmp_path, steps, other):
    db = connect(shutil.copy(template, tmp_path / "two.db"))
    devices = [Device(bound(tmp_path / "two.db", name)) for name in ("binh", other)]
    for kind, *what in steps:
        before = told(devices[0].who)
        if kind == "look":
            devices[what[0]].look()
        elif kind == "page":
            statuses.begin_status(db, 1, answers.QUARANTINE, world.DAY) if what[0] else statuses.finish_status(
                db, 1, world.DAY
            )
            rollup.recount(db, teams={1}, since=world.DAY)
        else:
            device = devices[what[0]]
            known = [*device.shown, *(essence_sent(device, one) for one in device.sent)]
            result = device.send(*what[1:])
            after = told(devices[0].who)
            if essence(after) != essence(before) and (before["outcome"] or before["flags"]):
                assert essence(before) in known and result["state"] == "saved"
            assert essence(after) == essence(before) or not answers.unmet(after)
            if result.get("overtaken"):
                assert essence(after) == essence(before) == essence(result["theirs"])
    assert rollup.differences(db, world.DAY) == []
    assert value(db, "select count(*) from persons") == value(
        db, "select count(distinct name_folded || ifnull(birth_year, '')) from persons"
    )
    for connection in (db, *(device.who[0] for device in devices)):
        connection.close()
    for left in tmp_path.glob("two.db*"):
        left.unlink()


def essence_sent(device, content) -> str:
    """What the store would hold of something this device sent."""
    return essence(answers.cleaned(device.who[0], 1, content, world.DAY))


def bound(file, name):
    db = connect(file)
    user = access.user(db, world.CAST[name][0], world.DAY)
    access.bind(db, user, world.DAY)
    return db, user


def test_days_back_are_counted_from_the_visit(clerk, hoa):
    first = clock.plus(world.YESTERDAY, -findings.DAYS_BACK)
    sick = found(hoa, symptoms=["fever"])
    assert save(clerk, {ONE: draft(people=[{**sick, "since": first}])}, world.YESTERDAY)[ONE]["state"] == "saved"
    late = save(clerk, {ONE: draft(people=[{**sick, "since": world.DAY}], version=1)}, world.YESTERDAY)[ONE]
    assert "16/06/2021 and 15/08/2021" in said(late)
