"""Rows copied from paper: marked so, told in the household's story, and unmarked by an answer at the door."""

import pytest

from lib.core.database import row, value
from lib.field.door_history import visit_log
from lib.field.visits import visits
from lib.register.households import households
from lib.screen import i18n
from lib.screen.history import act_households
from lib.screen.households import visit
from tests import world

ONE = "25456-0001"


@pytest.fixture
def clerk(as_):
    return as_("binh")


def save(who, outcome="met", *, channel=None, version=0):
    row = {"outcome": outcome, "flags": "", "note": "", "swept": False, "version": version, "channel": channel}
    return visits.record(*who, visits.Submission(1, world.DAY, {ONE: row}), now=world.NOW)[ONE]


def channel(db):
    return value(db, "select channel from visits where day = ? and household_id = 1", [world.DAY])


def shown(who):
    return visits.sheet(who[0], 1, world.DAY, who[1])[0]


def test_a_row_from_paper_is_marked_on_the_sheet_and_in_the_log(db, clerk):
    assert save(clerk, channel="paper") == {"state": "saved", "version": 1}
    assert channel(db) == shown(clerk)["channel"] == "paper"
    assert '["–", "met paper"]' in value(db, "select detail from audit_log order by id desc limit 1")


def test_an_answer_at_the_door_takes_the_mark_away_and_the_past_keeps_it(db, clerk):
    save(clerk, channel="paper")
    assert save(clerk, "absent", version=1) == {"state": "saved", "version": 2}
    assert channel(db) is None
    assert value(db, "select channel from visit_past where household_id = 1") == "paper"


def test_the_same_answer_given_at_the_door_takes_the_mark_away_too_but_not_the_hour(db, clerk):
    save(clerk, channel="paper")
    before = value(db, "select recorded_at from visits where household_id = 1")
    assert save(clerk, version=1)["version"] == 2
    assert channel(db) is None and value(db, "select recorded_at from visits where household_id = 1") == before


def test_copying_what_was_said_at_the_door_changes_nothing(db, clerk):
    save(clerk)
    assert save(clerk, channel="paper", version=1) == {"state": "saved", "version": 1}
    assert channel(db) is None


@pytest.mark.parametrize("version", [0, 1])
def test_a_copy_sent_twice_is_one_copy(db, clerk, version):
    save(clerk, channel="paper")
    assert save(clerk, channel="paper", version=version) == {"state": "saved", "version": 1}


def test_an_old_answer_from_elsewhere_takes_no_mark_away(db, as_, clerk):
    save(clerk, channel="paper")
    assert save(as_("lan"))["state"] == "saved"
    assert channel(db) == "paper"


def test_a_copy_overwrites_nobody_unseen(db, as_, clerk):
    save(as_("lan"), "absent")
    answer = save(clerk, channel="paper")
    assert answer["overtaken"] and channel(db) is None


def test_a_cleared_row_is_from_nowhere(db, clerk):
    save(clerk, channel="paper")
    save(clerk, None, channel="paper", version=1)
    assert channel(db) is None


@pytest.mark.parametrize("strange", ["fax", 1, ["paper"]])
def test_another_way_of_coming_in_is_not_ours(db, clerk, strange):
    assert save(clerk, channel=strange)["state"] == "refused"
    assert row(db, "select * from visits where household_id = 1") is None


def test_a_whole_household_in_quarantine_can_come_from_paper(clerk):
    save(clerk, "central_quarantine", channel="paper")
    assert (shown(clerk)["outcome"], shown(clerk)["channel"]) == ("central_quarantine", "paper")


def test_the_story_and_the_history_say_so(clerk, monkeypatch):
    monkeypatch.setattr(i18n, "language", lambda: "en")
    save(clerk, channel="paper")
    db, _user = clerk
    found = visit_log.visits(db, households.get(db, ONE, day=world.DAY), since=world.DAY, day=world.DAY)
    assert "from paper" in visit.visit(found[0])[0]
    assert act_households.answer("met swept paper s") == "met in person, symptoms (entered all at once) (from paper)"
    save(clerk, "absent", version=1)
    found = visit_log.visits(db, households.get(db, ONE, day=world.DAY), since=world.DAY, day=world.DAY)
    assert "from paper" not in " ".join(visit.visit(found[0]))
