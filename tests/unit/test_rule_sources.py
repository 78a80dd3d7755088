"""What the rules on teams stand on: entered by the province, printed where entered, never made up."""

import pytest

from lib.core.database import rows, setting
from lib.core.errors import Invalid, Refused
from lib.core.words import place_words
from lib.exchange.documents import decision_rows
from lib.exchange.documents.decision_letter import decision
from lib.operations import checks
from lib.register import rule_sources
from lib.register.teams import rule_warnings
from lib.screen.history import act_sentences
from tests.world import DAY, NOW

DIRECTIVE = {
    "document": "Chỉ thị",
    "number": "05/CT-UBND",
    "day": "31/5/2021",
    "issuer": "Chủ tịch UBND tỉnh",
    "about": "về nâng cao hiệu quả hoạt động của Tổ Covid cộng đồng",
}


def sources(db) -> set[str]:
    return {str(warning["source"]) for warning in rule_warnings.warnings(db, day=DAY)}


def alone(db):
    """A team with two members too few, so that the rule of size is broken."""
    db.conn.execute("update members set until_day = '2021-08-10' where team_id = 1 and role <> 'leader'")


def test_no_number_is_made_up_until_it_is_entered(as_):
    db, mai = as_("mai")
    alone(db)
    assert "Rule on team size: 3–4 people per team" in sources(db)
    assert not any("số" in said for said in sources(db)), "nothing names a document"
    rule_sources.save(db, mai, "state", DIRECTIVE, now=NOW)
    assert "Chỉ thị số 05/CT-UBND ngày 31/05/2021 của Chủ tịch UBND tỉnh: 3–4 people per team" in sources(db)


def test_a_commune_founds_its_decision_on_the_document(as_):
    db, mai = as_("mai")
    rule_sources.save(db, mai, "state", DIRECTIVE, now=NOW)
    other, binh = as_("binh")
    made = decision_rows.gathered(other, binh, "25456", day=DAY)
    letter = decision(made, made["head"])
    assert letter.bases[-2] == (
        "Căn cứ Chỉ thị số 05/CT-UBND ngày 31 tháng 5 năm 2021 của Chủ tịch UBND tỉnh về nâng cao hiệu quả hoạt động "
        "của Tổ Covid cộng đồng"
    )
    assert letter.bases[-1].startswith("Theo đề nghị")


def test_the_log_tells_old_and_new_and_the_same_again_writes_nothing(as_):
    db, mai = as_("mai")
    for _n in range(2):
        rule_sources.save(db, mai, "state", DIRECTIVE, now=NOW)
    lines = rows(db, "select action, detail from audit_log")
    assert [line["action"] for line in lines] == ["setting.sources"] and "05/CT-UBND" in lines[0]["detail"]
    assert "setting.sources" in act_sentences.ACTS and "setting.words" in act_sentences.ACTS
    rule_sources.save(db, mai, "state", {}, now=NOW)
    assert rule_sources.read(db)["state"] is None, "all fields empty take it out"


@pytest.mark.parametrize("field", ["document", "number", "day", "issuer"])
def test_half_a_citation_is_refused_at_its_field(as_, field):
    db, mai = as_("mai")
    with pytest.raises(Invalid) as said:
        rule_sources.save(db, mai, "state", DIRECTIVE | {field: ""}, now=NOW)
    assert set(said.value.faults) == {field} and setting(db, "source.state") is None


@pytest.mark.parametrize("who", ["binh", "dung", "quan", "thu"])
def test_only_the_province_enters_them(as_, who):
    db, user = as_(who)
    with pytest.raises(Refused):
        rule_sources.save(db, user, "state", DIRECTIVE, now=NOW)
    with pytest.raises(Refused):
        place_words.choose(db, user, ["bản"], now=NOW)


def test_a_spoilt_setting_is_no_source(db):
    db.conn.execute("insert into settings values ('source.party', '{\"document\": 1')")
    assert rule_sources.read(db) == {"state": None, "party": None}
    db.conn.execute("update areas set kind = 'phường' where code = '2545601'")
    told = list(checks.words_and_sources(db))
    assert len(told) == 2 and "source.party" in told[0] and "“phường”" in told[1]


def test_the_words_are_a_choice_of_the_province(as_):
    db, mai = as_("mai")
    place_words.choose(db, mai, ["tổ", "xóm"], now=NOW)
    assert place_words.chosen(db) == ("xóm", "tổ") and place_words.of(db, "72").hamlet == "ấp, khu phố"
    assert rows(db, "select action, detail from audit_log")[0]["action"] == "setting.words"
    for wrong in ([], ["phường"], list(place_words.KINDS[:5])):
        with pytest.raises(Invalid):
            place_words.choose(db, mai, wrong, now=NOW)
