"""Which of somebody's roles a page is drawn in: links ask, a role that ended is said, nobody takes a stranger's."""

import pytest

from lib.core import access
from lib.core.database import connect, value
from lib.core.errors import NotFound
from lib.core.identity import delegation
from lib.register.areas import role_reach
from lib.screen.shell import signin
from tests import world

DAY, NOON = world.DAY, world.NOW
OWN, LENT = 3, 20  # of Bình: the clerk's grant, and the second one
LEADER = "Team leader · Thị trấn Gò Dầu"


@pytest.fixture
def leader(db):
    """Bình also leads a team in the commune of another district."""
    db.conn.execute(
        """insert into grants (id, account_id, role, area_code, team_id, from_day)
           values (?, 3, 'leader', '25654', 4, '2021-08-01')""",
        [LENT],
    )
    return db


@pytest.fixture
def handed(monkeypatch):
    """Where the browser is sent to fetch another token, and the tokens."""
    sent = []
    monkeypatch.setattr(signin, "deliver", lambda token, back=None: sent.append((token, back)))
    return sent


def titles(page) -> list[str]:
    return [each.value for each in page.title]


def said(page) -> str:
    return " ".join(each.value for each in [*page.markdown, *page.info, *page.caption])


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return page.run()


@pytest.mark.parametrize(
    ("room", "query"),
    [
        ("households", {"household": "25654-0073"}),
        ("sheet", {"team": "4"}),
        ("teams", {"team": "4"}),
        ("leaderboard", {"area": "team:4"}),
        ("leaderboard", {"area": "2565401"}),
        ("home", {"as": "leader.25654"}),
    ],
)
def test_a_link_to_what_only_the_other_role_reaches_asks(app, leader, handed, room, query):
    page = app("binh", room, **query)
    assert titles(page) == ["Switch roles?"] and f"**{LEADER}**" in said(page)
    page = press(page, "Switch roles")
    [(token, back)] = handed
    assert signin.read_token(leader, token).grant == LENT and back is None, "back to the very address"
    assert "Switch roles?" not in titles(page.run())


@pytest.mark.parametrize(
    ("room", "query"),
    [
        ("households", {"household": "25456-0001"}),
        ("households", {"household": "25459-0049"}),
        ("sheet", {"team": "1"}),
        ("sheet", {"team": "99"}),
        ("report", {"area": "25654"}),
        ("report", {"area": "25456"}),
        ("leaderboard", {"area": "25654"}),
        ("leaderboard", {"area": "2545601"}),
        ("home", {"as": "commune.25456"}),
        ("home", {"as": "district.703"}),
        ("home", {"as": "x' or 1"}),
        ("template", {}),
    ],
)
def test_a_link_within_reach_or_of_nobodys_role_opens_as_ever(app, leader, room, query):
    assert "Switch roles?" not in titles(app("binh", room, **query))


def test_a_page_of_the_other_role_asks_as_well(app, leader, handed):
    leader.conn.execute("update grants set role = 'station', team_id = null where id = ?", [OWN])
    leader.conn.execute("update grants set role = 'commune', area_code = '25456', team_id = null where id = ?", [LENT])
    page = app("binh", "reports")
    assert titles(page) == ["Switch roles?"]


def test_somebody_with_one_role_is_never_asked(app, db):
    page = app("binh", "households", household="25654-0073", **{"as": "leader.25654"})
    assert "Switch roles?" not in titles(page)


def test_the_role_is_changed_in_the_menu_for_the_page_if_it_may_be_entered(app, leader, handed):
    for room, back in (("sheet", "/sheet"), ("reports", "/")):
        page = app("binh", room)
        page.sidebar.selectbox[0].set_value(LENT).run()
        assert handed.pop()[1] == back


def test_nobody_is_handed_a_grant_of_somebody_else(as_, handed, monkeypatch):
    db, chi = as_("chi")
    monkeypatch.setattr(signin.st, "session_state", {})
    with pytest.raises(NotFound):
        signin.hand_over(db, chi, OWN)
    assert not handed and "grant" not in signin.st.session_state


@pytest.mark.parametrize("room", ["home", "reports", "report", "me"])
def test_a_session_that_names_a_strangers_grant_opens_nothing(app, handed, room):
    page = app("chi", room)
    page.session_state["grant"] = OWN
    page.run()
    assert titles(page) == ["This role has ended"] and "Phường 1" not in said(page) and "Bình" not in said(page)
    press(page, "Continue as Commune staff · Thị trấn Gò Dầu")
    [(_token, back)] = handed
    assert back == "/" and titles(page.run()) != ["This role has ended"]


def test_what_is_sent_as_the_role_ends_is_done_in_no_other(app, as_, db, handed):
    """The deputy presses in the very moment in which the role is taken back: nothing is sent in their own."""
    own, dung = as_("dung")
    grant = delegation.give(
        own, dung, delegation.Loan(username="binh", from_day=DAY, last_day=DAY, from_hour="11:00"), now=NOON
    )
    page = app("binh", "report")
    page.session_state["grant"] = grant
    page.run()
    area = next(each for each in page.text_area if each.label.startswith("IV. Difficulties"))
    area.set_value("Của huyện")
    delegation.end(own, dung, grant, now=NOON)
    page.run()
    assert titles(page) == ["This role has ended"]
    assert "District · Thành phố Tây Ninh · in place of Đặng Tiến Dũng" in said(page)
    assert value(db, "select count(*) from report_drafts") == 0


def test_where_a_role_reaches_is_asked_of_the_store(store, leader):
    db = connect(store)
    for place, found in (
        (("household", "25654-0073"), [LENT]),
        (("household", "25456-0001"), [OWN]),
        (("team", "4"), [LENT]),
        (("team", "x"), []),
        (("area", "25456"), [OWN]),
        (("area", "99"), []),
        (("unit", "72"), [OWN, LENT]),
        (("unit", "2545601"), [OWN]),
        (("unit", "team:4"), [LENT]),
        (("unit", "nowhere"), []),
    ):
        assert role_reach.of_roles(db, 3, DAY, [OWN, LENT, 9], [place]) == found, place
    access.bind(db, None, DAY)
    assert value(db, "select count(*) from my_households") == 0
    db.close()
