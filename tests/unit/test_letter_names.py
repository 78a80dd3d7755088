"""The words a văn thư looks at first: whose letter it is and to whom, in every kind of area."""

import pytest

from lib.core.database import connect, prepare
from lib.core.words import place_words, titles
from lib.core.words.place_words import PlaceWords
from lib.exchange.documents import report_letter
from lib.exchange.documents.decision_letter import decision
from lib.exchange.documents.letterhead import default
from lib.exchange.letters.letter import Paragraph
from lib.register.areas import store_setup
from tests import contents, world
from tests.table import tabled


def area(level, kind, name):
    return {"level": level, "kind": kind, "name": name}


HCM, HN = area("province", "Thành phố", "Hồ Chí Minh"), area("province", "Thành phố", "Hà Nội")
TN, LC = area("province", "Tỉnh", "Tây Ninh"), area("province", "Tỉnh", "Lai Châu")
Q1, CU_CHI = area("district", "Quận", "1"), area("district", "Huyện", "Củ Chi")
DMC, TP = area("district", "Huyện", "Dương Minh Châu"), area("district", "Thành phố", "Tây Ninh")

# line, area, those above it: superior, issuer, place, the body's own name, first addressee, recipients begin with
HEADS = [
    (
        "party",
        TN,
        [],
        "TỈNH ỦY TÂY NINH",
        "BAN DÂN VẬN",
        "Tây Ninh",
        "Ban Dân vận Tỉnh ủy",
        None,
        "Thường trực Tỉnh ủy (qua Văn phòng Tỉnh ủy)",
    ),
    (
        "party",
        HN,
        [],
        "THÀNH ỦY HÀ NỘI",
        "BAN DÂN VẬN",
        "Hà Nội",
        "Ban Dân vận Thành ủy",
        None,
        "Thường trực Thành ủy (qua Văn phòng Thành ủy)",
    ),
    (
        "party",
        HCM,
        [],
        "THÀNH ỦY THÀNH PHỐ HỒ CHÍ MINH",
        "BAN DÂN VẬN",
        "Thành phố Hồ Chí Minh",
        "Ban Dân vận Thành ủy",
        None,
        "Thường trực Thành ủy (qua Văn phòng Thành ủy)",
    ),
    (
        "health",
        HCM,
        [],
        "UBND THÀNH PHỐ HỒ CHÍ MINH",
        "SỞ Y TẾ",
        "Thành phố Hồ Chí Minh",
        "Sở Y tế",
        "Ban Chỉ đạo phòng, chống dịch Covid-19 thành phố",
        "Như trên",
    ),
    (
        "party",
        Q1,
        [HCM],
        "ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH",
        "QUẬN ỦY QUẬN 1",
        "Quận 1",
        "Ban Thường vụ Quận ủy Quận 1",
        "Ban Dân vận Thành ủy",
        "Như trên",
    ),
    (
        "party",
        area("district", "Quận", "Hai Bà Trưng"),
        [HN],
        "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI",
        "QUẬN ỦY HAI BÀ TRƯNG",
        "Quận Hai Bà Trưng",
        "Ban Thường vụ Quận ủy Hai Bà Trưng",
        "Ban Dân vận Thành ủy",
        "Như trên",
    ),
    (
        "party",
        area("district", "Thành phố", "Thủ Đức"),
        [HCM],
        "ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH",
        "THÀNH ỦY THỦ ĐỨC",
        "Thủ Đức",
        "Ban Thường vụ Thành ủy Thủ Đức",
        "Ban Dân vận Thành ủy",
        "Như trên",
    ),
    (
        "party",
        CU_CHI,
        [HCM],
        "ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH",
        "HUYỆN ỦY CỦ CHI",
        "Củ Chi",
        "Ban Thường vụ Huyện ủy Củ Chi",
        "Ban Dân vận Thành ủy",
        "Như trên",
    ),
    (
        "party",
        TP,
        [TN],
        "ĐẢNG BỘ TỈNH TÂY NINH",
        "THÀNH ỦY TÂY NINH",
        "Tây Ninh",
        "Ban Thường vụ Thành ủy Tây Ninh",
        "Ban Dân vận Tỉnh ủy",
        "Như trên",
    ),
    (
        "party",
        area("district", "Thị xã", "Trảng Bàng"),
        [TN],
        "ĐẢNG BỘ TỈNH TÂY NINH",
        "THỊ ỦY TRẢNG BÀNG",
        "Trảng Bàng",
        "Ban Thường vụ Thị ủy Trảng Bàng",
        "Ban Dân vận Tỉnh ủy",
        "Như trên",
    ),
    (
        "party",
        DMC,
        [TN],
        "ĐẢNG BỘ TỈNH TÂY NINH",
        "HUYỆN ỦY DƯƠNG MINH CHÂU",
        "Huyện Dương Minh Châu",
        "Ban Thường vụ Huyện ủy Dương Minh Châu",
        "Ban Dân vận Tỉnh ủy",
        "Như trên",
    ),
    (
        "state",
        DMC,
        [TN],
        "",
        "ỦY BAN NHÂN DÂN\nHUYỆN DƯƠNG MINH CHÂU",
        "Huyện Dương Minh Châu",
        "Ủy ban nhân dân Huyện Dương Minh Châu",
        None,
        "Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh",
    ),
    (
        "party",
        area("commune", "Phường", "Bến Nghé"),
        [Q1, HCM],
        "ĐẢNG BỘ QUẬN 1",
        "ĐẢNG ỦY\nPHƯỜNG BẾN NGHÉ",
        "Bến Nghé",
        "Ban Thường vụ Đảng ủy phường Bến Nghé",
        None,
        "Thường trực Quận ủy (b/c)",
    ),
    (
        "state",
        area("commune", "Phường", "3"),
        [TP, TN],
        "",
        "ỦY BAN NHÂN DÂN\nPHƯỜNG 3",
        "Phường 3",
        "Ủy ban nhân dân Phường 3",
        None,
        "Ban Chỉ đạo phòng, chống dịch Covid-19 thành phố",
    ),
    (
        "state",
        area("commune", "Xã", "Mường Mô"),
        [area("district", "Huyện", "Nậm Nhùn"), LC],
        "",
        "ỦY BAN NHÂN DÂN\nXÃ MƯỜNG MÔ",
        "Mường Mô",
        "Ủy ban nhân dân xã Mường Mô",
        None,
        "Ban Chỉ đạo phòng, chống dịch Covid-19 huyện",
    ),
]


@pytest.mark.parametrize("told", HEADS, ids=lambda told: f"{told[0]} {titles.full(told[1])}")
def test_a_letter_names_every_body_as_it_is_called(told):
    line, unit, above, superior, issuer, place, reporter, to, first = told
    head = default(line, unit, above)
    assert (head.superior, head.issuer, head.place, head.reporter) == (superior, issuer, place, reporter)
    assert next(iter(head.salutation), None) == to and head.recipients[0] == first
    own = ("Tỉnh ủy", "tỉnh") if HCM in (unit, *above) or HN in (unit, *above) else ()
    assert not any(word in " ".join((head.superior, *head.salutation, *head.recipients)) for word in own)


@tabled(
    ("kind", "name", "said"),
    [
        ("Phường", "1", "Phường 1"),
        ("Quận", "10", "Quận 10"),
        ("Thành phố", "Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Huyện", "Dương Minh Châu", "Huyện Dương Minh Châu"),
        ("Phường", "Lê Lợi", "Phường Lê Lợi"),
        ("Phường", "Điện Biên Phủ", "Phường Điện Biên Phủ"),
        ("Huyện", "Gò Dầu", "huyện Gò Dầu"),
        ("Thành phố", "Hà Nội", "thành phố Hà Nội"),
        ("Xã", "An Thạnh 1", "xã An Thạnh 1"),
    ],
)
def test_a_number_a_person_and_an_event_keep_the_kind_as_part_of_the_name(kind, name, said):
    assert titles.within({"kind": kind, "name": name}) == said


# kinds of a commune's hamlets -> what its decision says
@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ({"bản"}, "trưởng các bản và"),
        ({"thôn", "tổ dân phố"}, "trưởng các thôn, tổ dân phố và"),
        ({"khóm", "ấp"}, "trưởng các ấp, khóm và"),
        ({"khu phố"}, "trưởng các khu phố và"),
    ],
)
def test_a_decision_calls_the_hamlets_as_they_are_called_there(db, kinds, said):
    world.add_area(db, "99999", "commune", "Xã", "Mới", "710")
    for place, kind in enumerate(sorted(kinds)):
        world.add_area(db, f"99999{place + 10}", "hamlet", kind, f"Số {place}", "99999")
    words = place_words.of(db, "99999")
    letter = decision(contents.decision() | {"words": words}, default("state", contents.COMMUNE, [contents.DISTRICT]))
    assert said in letter.body[2].text and "ấp, khu phố" not in letter.body[2].text


@pytest.mark.parametrize(
    ("province", "hamlets", "districts"),
    [
        ("01", "thôn, tổ dân phố", "quận, huyện, thị xã"),
        ("12", "bản, tổ dân phố", "huyện, thành phố"),
        ("79", "ấp, khu phố", "quận, huyện, thành phố"),
        ("72", "ấp, khu phố", "huyện, thị xã, thành phố"),
        ("94", "ấp, khóm", "huyện, thị xã, thành phố"),
    ],
)
def test_a_new_province_begins_with_its_own_words(tmp_path, province, hamlets, districts):
    """Before any hamlet is entered; and its districts are the kinds it really has."""
    prepare(tmp_path / "new.db", now=world.NOW)
    store = connect(tmp_path / "new.db")
    store_setup.load_province(store, province)
    words = place_words.of(store, province)
    assert (words.hamlet, words.district) == (hamlets, districts)
    content = contents.province() | {"words": words}
    told = report_letter.report(content, default("party", TN, []))
    assert f"9/9 {districts} đã gửi báo cáo" in "\n".join(b.text for b in told.body if isinstance(b, Paragraph))
    place_words.keep(store, ["xóm", "tổ"])
    assert place_words.of(store, province).hamlet == "xóm, tổ"
    store.close()


def test_words_are_put_with_their_capitals():
    words = PlaceWords(("bản",), ("phường",), ("quận", "huyện"))
    assert words.put("Ấp, khu phố chưa có tổ: 3 ấp, khu phố") == "Bản chưa có tổ: 3 bản"
    assert (
        words.put("Xã, phường, thị trấn; huyện, thị xã, thành phố; ấp Phước Đức")
        == "Phường; quận, huyện; bản Phước Đức"
    )


@tabled(
    ("sentence", "said"),
    [
        ("Trong xã đã có tổ khác.", "Trong phường đã có tổ khác."),
        ("Xã chưa có tổ.", "Phường chưa có tổ."),
        ("cấp xã; Cấp xã; thị xã; xã hội; xã Thanh Phước", "cấp xã; Cấp xã; thị xã; xã hội; xã Thanh Phước"),
        ("Ủy ban nhân dân xã (phường, thị trấn)", "Ủy ban nhân dân phường"),
        ("ghi thêm tên huyện; cấp huyện; Huyện ủy", "ghi thêm tên quận; cấp huyện; Huyện ủy"),
    ],
)
def test_a_ward_is_no_commune_and_a_level_is_no_unit(sentence, said):
    assert PlaceWords(("khu phố",), ("phường",), ("quận",)).put(sentence) == said
    several = PlaceWords(("khu phố",), ("xã", "phường"), ("quận", "huyện"))
    assert several.put(sentence) == sentence.replace("xã (phường, thị trấn)", "xã, phường")


def test_a_reorganisation_takes_the_place_of_the_decisions_before():
    """Two decisions about the same teams would be in force."""
    made, head = contents.decision() | {"founding": False}, default("state", contents.COMMUNE, [contents.DISTRICT])
    last = lambda **more: decision(made | more, head).body[2].text  # noqa: E731
    one = last(replaced=[("12/QĐ-UBND", "2021-07-01")])
    assert "kể từ ngày ký và thay thế Quyết định số 12/QĐ-UBND ngày 01 tháng 7 năm 2021 của Ủy ban nhân dân xã" in one
    assert "thay thế Quyết định số ……/QĐ-UBND ngày …… của" in last(replaced=[])
    many = last(replaced=[(f"{n}/QĐ-UBND", "2021-07-01") for n in range(9)])
    assert "thay thế các quyết định trước đây của Ủy ban nhân dân xã" in many
    assert "thay thế" not in decision(contents.decision(), head).body[2].text


def test_the_leader_is_a_member_and_no_ordinary_one():
    letter = decision(contents.decision(), default("state", contents.COMMUNE, [contents.DISTRICT]))
    assert "gồm 06 thành viên" in letter.body[0].text and "Nhiệm vụ của Tổ Covid cộng đồng:" in letter.body[1].text
    assert letter.annexes[0].title == "DANH SÁCH THÀNH VIÊN TỔ COVID CỘNG ĐỒNG"
    groups = [row.text for row in letter.annexes[1].body[0].rows if not isinstance(row, tuple)]
    assert not any("Tổ viên" in text for text in groups) and "số:" not in letter.annexes[0].reference
    assert "Công chức Văn phòng - Thống kê xã" in letter.body[2].text and "Văn phòng Ủy ban" not in letter.body[2].text


@tabled(("day", "said", "not_said"), [("2021-08-03", "3638", "3468"), ("2021-07-29", "3468", "3638")])
def test_a_decision_stands_on_the_guidance_of_its_day(day, said, not_said):
    letter = decision(contents.decision() | {"day": day}, default("state", contents.COMMUNE, [contents.DISTRICT]))
    told = " ".join(letter.bases)
    assert said in told and not_said not in told and "Luật Sửa đổi, bổ sung" in told


def test_an_annex_says_whose_report_it_belongs_to():
    head = default("party", TN, [])
    told = report_letter.report(contents.province(), head).annexes[0].reference
    assert told == (
        "(Kèm theo Báo cáo số ……-BC/BDVTU, ngày 16 tháng 8 năm 2021 của Ban Dân vận Tỉnh ủy; "
        "số liệu đến 15 giờ 00 ngày 16/8/2021)"
    )


def test_the_words_stay_the_provinces_own_when_a_guest_comes_from_another(db):
    """Where people came from stands in the list of areas, too, and Hà Nội before every other province."""
    world.add_area(db, "99999", "commune", "Xã", "Mới", "710")
    before = place_words.of(db, "99999").hamlet
    world.add_area(db, "01", "province", "Thành phố", "Hà Nội", None)
    assert place_words.of(db, "99999").hamlet == before == "ấp, khu phố"
    assert place_words.chosen(db) == ("ấp", "khu phố")


def test_a_ward_without_hamlets_yet_has_the_words_of_towns(db):
    world.add_area(db, "799", "district", "Quận", "1", "72")
    world.add_area(db, "99999", "commune", "Phường", "Mới", "799")
    assert place_words.of(db, "99999").hamlets == place_words.of(db, "799").hamlets == ("khu phố",)
