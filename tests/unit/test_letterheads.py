"""What letters begin and end with: by the list of areas, or as the organisation set it; nobody sets another's."""

import pytest

from lib.core.database import rows
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.exchange.documents import letterheads
from lib.exchange.documents.letterhead import DECISION, REPORT
from tests.world import NOW


def test_the_defaults_follow_from_the_list_of_areas(db):
    province = letterheads.of(db, "72", "party")
    assert (province.superior, province.issuer) == ("TỈNH ỦY TÂY NINH", "BAN DÂN VẬN")
    assert (province.authority, province.position) == ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")
    assert province.mark(REPORT) == "-BC/BDVTU" and province.recipients[0].startswith("Thường trực Tỉnh ủy (qua")
    district = letterheads.of(db, "710", "party")
    assert (district.superior, district.issuer) == ("ĐẢNG BỘ TỈNH TÂY NINH", "HUYỆN ỦY GÒ DẦU")
    assert (district.mark(REPORT), district.place) == ("-BC/HU", "Gò Dầu")
    assert letterheads.of(db, "703", "party").issuer == "THÀNH ỦY TÂY NINH"


def test_the_state_writes_with_a_colon_and_a_dot(db):
    commune = letterheads.of(db, "25654", "state")
    assert not commune.superior and commune.issuer == "ỦY BAN NHÂN DÂN\nTHỊ TRẤN GÒ DẦU"
    assert (commune.mark(DECISION), commune.authority) == ("/QĐ-UBND", "TM. ỦY BAN NHÂN DÂN")
    assert letterheads.of(db, "25456", "state").place == "Phường 1", "a ward that is a number keeps its word"
    health = letterheads.of(db, "72", "health")
    assert (health.superior, health.issuer, health.mark(REPORT)) == ("UBND TỈNH TÂY NINH", "SỞ Y TẾ", "/BC-SYT")


def test_one_keeps_the_own_letterhead_and_the_log_says_so(as_):
    db, dung = as_("dung")
    fields = {"name": "  Nguyễn Văn A ", "recipients": ["Ban Dân vận Tỉnh ủy (b/c),", "", "Lưu Văn phòng Thành ủy."]}
    letterheads.keep(db, dung, "703", letterheads.LetterheadEdit("party", fields, 0), now=NOW)
    kept = letterheads.of(db, "703", "party")
    assert kept.name == "Nguyễn Văn A" and kept.issuer == "THÀNH ỦY TÂY NINH"
    assert kept.recipients == ("Ban Dân vận Tỉnh ủy (b/c)", "Lưu Văn phòng Thành ủy")
    assert letterheads.version(db, "703", "party") == 1
    line = rows(db, "select action, area_code, subject, detail from audit_log order by id desc limit 1")[0]
    assert (line["action"], line["area_code"], line["subject"]) == ("letterhead.edit", "703", "THÀNH ỦY TÂY NINH")
    assert '"name": ["", "Nguyễn Văn A"]' in line["detail"] and "suffix" not in line["detail"]


def test_keeping_the_same_again_writes_nothing(as_):
    db, dung = as_("dung")
    for _ in range(2):
        letterheads.keep(db, dung, "703", letterheads.LetterheadEdit("party", {"suffix": "TU2"}), now=NOW)
    assert letterheads.version(db, "703", "party") == 1


def test_a_salutation_may_be_dropped(as_):
    db, dung = as_("dung")
    letterheads.keep(db, dung, "703", letterheads.LetterheadEdit("party", {"salutation": []}), now=NOW)
    head = letterheads.of(db, "703", "party")
    assert head.salutation == () and head.recipients[0] == "Ban Dân vận Tỉnh ủy (b/c)", "“Như trên” would say nothing"
    kept = rows(db, "select content from letterheads")[0]["content"]
    assert kept == '{"salutation": []}', "what nobody set goes on following from the list of areas"


def test_of_two_who_edit_at_once_the_second_is_told(as_):
    db, dung = as_("dung")
    letterheads.keep(db, dung, "703", letterheads.LetterheadEdit("party", {"name": "A"}, 0), now=NOW)
    with pytest.raises(Conflict):
        letterheads.keep(db, dung, "703", letterheads.LetterheadEdit("party", {"name": "B"}, 0), now=NOW)


@pytest.mark.parametrize("area", ["25456", "72", "703"])
def test_a_stranger_changes_nothing(as_, area):
    db, chi = as_("chi")
    with pytest.raises(NotFound):
        letterheads.keep(db, chi, area, letterheads.LetterheadEdit("state", {"name": "Chi"}), now=NOW)
    assert letterheads.version(db, area, "state") == 0


def test_not_even_the_level_above_writes_for_another_and_not_every_role_writes(as_):
    db, mai = as_("mai")
    with pytest.raises(NotFound):
        letterheads.keep(db, mai, "703", letterheads.LetterheadEdit("party", {"name": "Mai"}), now=NOW)
    db, dung = as_("dung")
    with pytest.raises(NotFound):
        letterheads.keep(db, dung, "703", letterheads.LetterheadEdit("health", {"name": "Dũng"}), now=NOW)
    for name in ("an", "lan", "son", "thu", "quan"):
        db, user = as_(name)
        with pytest.raises(Refused):
            letterheads.keep(db, user, user.area_code, letterheads.LetterheadEdit("party", {"name": "?"}), now=NOW)


@pytest.mark.parametrize("fields", [{"issuer": " "}, {"name": "x" * 201}, {"recipients": ["x"] * 13}])
def test_what_cannot_stand_on_paper_is_refused(as_, fields):
    db, dung = as_("dung")
    with pytest.raises(Invalid) as said:
        letterheads.keep(db, dung, "703", letterheads.LetterheadEdit("party", fields), now=NOW)
    assert set(said.value.faults) == set(fields)
