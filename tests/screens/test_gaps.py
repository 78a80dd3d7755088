"""The wall "No household left out": what each role sees, and what is mended in place."""

import json

import pytest

from lib.core import rollup
from lib.core.database import value
from tests import world

DAY = world.DAY


@pytest.fixture(autouse=True)
def quiet(db):
    """The few names of the world come again and again, so each household gets a lane of its own."""
    db.conn.execute("update households set lane = 'Hẻm ' || id")


def said(page) -> str:
    told = [*page.markdown, *page.success, *page.info, *page.caption, *page.warning, *page.title]
    return " ".join(each.value for each in told)


def parts(page) -> list[dict]:
    return [json.loads(element.proto.json) for element in page.main if element.type == "bidi_component"]


def lines(page) -> list[str]:
    return [item["name"] for part in parts(page) if "more" in part for item in part["items"]]


def nobodys(page) -> list[dict]:
    named = "Households without a responsible member"
    return next(part["items"] for part in parts(page) if part.get("label") == named)


def table(page) -> list[list]:
    [found] = [part for part in parts(page) if "rows" in part]
    return [[column["text"] for column in found["head"]], *(row["cells"] for row in found["rows"])]


def leave(db, *households: int) -> None:
    for household in households:
        db.conn.execute("update assignments set until_day = ? where household_id = ?", [DAY, household])
    rollup.recount(db, teams={1, 2}, hamlets={"2545601", "2545602"}, since=DAY)


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return page.run()


def test_the_clerk_opens_on_a_calm_wall_where_nothing_is_missing(app):
    page = app("binh")
    assert page.title[0].value == "No household left out"
    assert "Every household on the lists has a responsible member." in said(page)


def test_others_open_on_their_own_first_page(app):
    assert app("dung").title[0].value == "To do" == app("an").title[0].value


def test_households_without_a_member_are_named_with_the_way_to_the_split(app, db):
    leave(db, *range(1, 13))
    page = app("binh", "gaps")
    assert "**12** Households without a responsible member" in said(page)
    assert len(nobodys(page)) == 5
    press(page, "Show 7 more")
    assert len(nobodys(page)) == 12
    household = nobodys(page)[0]
    assert household["to"] == "assignments?hamlet=2545601&household=25456-0001" and household["href"].startswith(
        "households?household="
    )


def test_a_member_who_is_away_is_one_click_from_the_substitute(app, db):
    db.conn.execute("update members set availability = 'isolating' where id = 2")
    away = next(
        part["items"][0] for part in parts(app("binh", "gaps")) if (part.get("label") or "").startswith("Members ill")
    )
    assert (away["name"], away["to"]) == ("Trần Văn An", "teams?team=1&leaver=2")
    page = app("binh", "teams", team="1", leaver="2")
    assert page.pills(key="regroup_way_1").value == "leave" and page.selectbox(key="leaver_1_0_member").value == 2
    assert page.button_group(key="leaver_1_0_reason").value == "isolating" and page.button(key="leaver_1_0_go")
    for member in ("7", "x", "9" * 20):
        assert app("binh", "teams", team="1", leaver=member).pills(key="regroup_way_1").value is None


def test_in_vietnamese_every_kind_is_drawn(app, db):
    leave(db, 1)
    db.conn.executescript(
        """update members set position = 'other' where id = 1; update members set phone = null where id = 2;
           update teams set model = 'residential_area' where id = 2; insert into team_hamlets values (2, '2545601')"""
    )
    page = app("binh", "gaps", language="vi")
    assert not page.exception and "**1**" in said(page)


def test_a_missing_telephone_is_typed_where_it_is_missed(app, db):
    db.conn.execute("update members set phone = null where id = 2")
    page = app("binh", "gaps")
    page.text_input[0].set_value("12")
    page = press(page, "Save")
    assert "A telephone number has 10 digits" in said(page)
    page.text_input[0].set_value("0912 345 678")
    page = press(page, "Save")
    assert value(db, "select phone from members where id = 2") == "0912345678"
    assert "Every household on the lists has a responsible member." in said(page)


def twins(db) -> None:
    db.conn.execute(
        """update households set lane = 'Hẻm 1', head_name = 'Lê Văn Ba', head_folded = 'le van ba',
               phone = '0912345678' where id in (1, 2)"""
    )


def test_a_pair_is_kept_apart_and_taken_back(app, db):
    twins(db)
    page = app("binh", "gaps")
    assert "**1** Likely duplicates" in said(page) and lines(page) == ["Lê Văn Ba"] * 2
    assert "same name, same telephone, same lane" in [part.get("more") for part in parts(page)]
    page = press(page, "Not duplicates")
    assert "Recorded as not duplicates." in said(page) and "Likely duplicates" not in said(page)
    page = press(page, "Undo")
    assert "**1** Likely duplicates" in said(page)


def test_a_file_is_seen_to(app, db):
    db.conn.executescript(
        """insert into audit_log (id, at, account_id, action, area_code)
           values (900, '2021-08-16T03:00:00Z', 3, 'import.apply', '25456');
           insert into imports (audit_id, kind, area_code, file_name, digest, added, changed, same, refused)
           values (900, 'households', '25456', '*ho*.xlsx', 'x', 40, 0, 0, 3)"""
    )
    page = app("binh", "gaps")
    assert "\\*ho\\*" in said(page) and "3 rows refused" in said(page)
    page = press(page, "Resolved")
    assert "Every household on the lists has a responsible member." in said(page)


def test_the_district_counts_and_opens_a_commune(app, db):
    leave(db, 1, 2)
    page = app("dung", "gaps")
    head, *units, total = table(page)
    assert head[:2] == ["Area", "Unassigned households"]
    assert [row[:2] for row in units] == [["Phường\N{NO-BREAK SPACE}1", "2"], ["Phường\N{NO-BREAK SPACE}3", "–"]]
    assert total[:2] == ["Grand total", "2"]
    assert len(lines(app("dung", "gaps", area="25456"))) == 2


def test_duplicates_above_the_commune_come_once_they_were_looked_for(app, db):
    twins(db)
    app("binh", "gaps")
    page = app("dung", "gaps")
    page.run()
    head, first, *_rest = table(page)
    assert first[head.index("Duplicates")] == "1"


def test_the_province_goes_down_by_districts(app, db):
    leave(db, 1)
    page = app("mai", "gaps")
    assert [row[0] for row in table(page)[1:]] == [
        "Gò\N{NO-BREAK SPACE}Dầu",
        "Tây\N{NO-BREAK SPACE}Ninh",
        "Grand total",
    ]
    way = next(part for part in parts(app("mai", "gaps", area="25456")) if "look" in part)
    assert [step["href"] for step in way["items"]] == ["?area=72", "?area=703", ""]


def test_an_inspector_reads_and_is_offered_no_button(app, db):
    leave(db, 1)
    twins(db)
    page = app("thu", "gaps", area="25456")
    assert len(nobodys(page)) == 1 and "Likely duplicates" in said(page)
    assert not [b for b in page.button if b.label in ("Not duplicates", "Save", "Resolved")]
    assert nobodys(page)[0]["to"] == ""


def test_chi_is_shown_nothing_of_anothers_commune(app, db):
    leave(db, *range(1, 13))
    twins(db)
    assert "Every household on the lists has a responsible member." in said(app("chi"))
    page = app("chi", "gaps", area="25456")
    assert "There is no such record in your area; reload the page." in said(page)
    assert lines(page) == [] and "Lê Văn Ba" not in said(page)


@pytest.mark.parametrize("name", ["an", "lan", "son", "quan"])
def test_who_has_no_area_to_keep_whole_finds_the_page_closed(app, name):
    page = app(name, "gaps")
    assert "This page is not open to your current role. Switch roles in the sidebar or choose another page." in said(
        page
    )


@pytest.mark.parametrize("area", ["", "72", "999", "2545601", "x" * 40, "team:1"])
def test_an_address_that_is_not_the_visitors_is_answered_calmly(app, area):
    page = app("dung", "gaps", area=area)
    assert not page.exception
