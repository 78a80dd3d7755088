"""What an organisation's letters begin and end with, as far as its place in the list of areas tells it."""

from dataclasses import dataclass

from lib.core.words import titles
from lib.exchange.letters.letter import PARTY, STATE, Block, Letter, Signature

LINES = {"party": PARTY, "state": STATE, "health": STATE}  # of reporting, and the layout of its letters
DECISION, REPORT = "QĐ", "BC"

# kind of area -> its Party committee, and how that is written after the number
_COMMITTEES = {
    "Tỉnh": ("Tỉnh ủy", "TU"),
    "Thành phố": ("Thành ủy", "TU"),
    "Thị xã": ("Thị ủy", "ThU"),
    "Huyện": ("Huyện ủy", "HU"),
    "Quận": ("Quận ủy", "QU"),
}
AS_ABOVE = "Như trên"  # the first recipient of a letter that is addressed to somebody


@dataclass(frozen=True)
class Letterhead:
    """Names above, signer and recipients below. `suffix` ends the number; `reporter` is how the text names the unit."""

    layout: str
    superior: str
    issuer: str
    suffix: str
    place: str
    reporter: str
    authority: str
    position: str
    name: str = ""
    salutation: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    def mark(self, kind: str) -> str:
        """What follows the number: "-BC/HU" of the Party, "/BC-SYT" of the State."""
        return f"/{kind}-{self.suffix}" if self.layout == STATE else f"-{kind}/{self.suffix}"

    def letter(self, *, kind: str, title: str, abstract: str, day: str, body: tuple[Block, ...], **more) -> Letter:
        """A letter of this organisation; `kind` is the abbreviation in its number, `more` other fields of `Letter`."""
        return Letter(
            self.layout,
            self.superior,
            self.issuer,
            self.mark(kind),
            self.place,
            day,
            title,
            abstract,
            body,
            Signature(self.authority, self.position, self.name),
            **{"recipients": self.recipients, "salutation": self.salutation} | more,
        )


def default(line: str, area: dict, above: list[dict]) -> Letterhead:
    """By line of reporting; `area` and those `above` it, nearest first, are `{kind, name, level}`."""
    return _MADE[line, area["level"]](area, above)


def committee(area: dict) -> str:
    """ "Tỉnh ủy", "Thành ủy", "Thị ủy", "Huyện ủy", "Quận ủy": how the area's Party committee is called."""
    return _COMMITTEES[area["kind"]][0]


def _of_committee(area: dict) -> str:
    """ "Huyện ủy Gò Dầu", "Thành ủy Hà Nội"; "Quận ủy Quận 1" and "Thành ủy Thành phố Hồ Chí Minh" keep the kind."""
    keeps = area["name"].isdecimal() or area["level"] == "province" and titles.named_in_full(area)
    return f"{committee(area)} {titles.full(area) if keeps else area['name']}"


def _steering(area: dict) -> str:
    return f"Ban Chỉ đạo phòng, chống dịch Covid-19 {area['kind'].lower()}"


def _party_of(area: dict) -> str:
    """Above the issuer: the Party organisation of the whole area."""
    return f"ĐẢNG BỘ {titles.full(area)}".upper()


def _committee_of_the_people(area: dict) -> str:
    """It is elected by the council of the same level, so that no superior body stands above it."""
    return f"ỦY BAN NHÂN DÂN\n{titles.full(area)}".upper()


def _province_party(area: dict, above: list[dict]) -> Letterhead:
    word = committee(area)
    return Letterhead(
        PARTY,
        _of_committee(area).upper(),
        "BAN DÂN VẬN",
        "BDVTU",
        titles.place(area),
        f"Ban Dân vận {word}",
        "K/T TRƯỞNG BAN",
        "PHÓ TRƯỞNG BAN",
        recipients=(
            f"Thường trực {word} (qua Văn phòng {word})",
            _steering(area),
            f"Các đồng chí Ủy viên Ban Thường vụ {word} phụ trách địa bàn",
            f"Lưu Ban Dân vận {word}",
        ),
    )


def _province_state(area: dict, above: list[dict]) -> Letterhead:
    return Letterhead(
        STATE,
        "",
        _committee_of_the_people(area),
        "UBND",
        titles.place(area),
        f"Ủy ban nhân dân {titles.within(area)}",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        recipients=(_steering(area), "Lưu: VT"),
    )


def _health(area: dict, above: list[dict]) -> Letterhead:
    return Letterhead(
        STATE,
        f"UBND {titles.full(area)}".upper(),
        "SỞ Y TẾ",
        "SYT",
        titles.place(area),
        "Sở Y tế",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        salutation=(_steering(area),),
        recipients=(AS_ABOVE, "Ban Giám đốc Sở", "Trung tâm Kiểm soát bệnh tật", "Lưu: VT, NVY"),
    )


def _district_party(area: dict, above: list[dict]) -> Letterhead:
    word, suffix = _COMMITTEES[area["kind"]]
    word = _of_committee(area) if word == committee(above[0]) else word  # Thủ Đức's in a city that has one itself
    return Letterhead(
        PARTY,
        _party_of(above[0]),
        _of_committee(area).upper(),
        suffix,
        titles.place(area),
        f"Ban Thường vụ {_of_committee(area)}",
        "T/M BAN THƯỜNG VỤ",
        "PHÓ BÍ THƯ THƯỜNG TRỰC",
        salutation=(f"Ban Dân vận {committee(above[0])}",),
        recipients=(AS_ABOVE, f"Thường trực {word} (b/c)", f"Lưu Văn phòng {word}"),
    )


def _district_state(area: dict, above: list[dict]) -> Letterhead:
    return Letterhead(
        STATE,
        "",
        _committee_of_the_people(area),
        "UBND",
        titles.place(area),
        f"Ủy ban nhân dân {titles.within(area)}",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        recipients=(_steering(above[0]), "Lưu: VT"),
    )


def _commune_party(area: dict, above: list[dict]) -> Letterhead:
    return Letterhead(
        PARTY,
        _party_of(above[0]),
        f"ĐẢNG ỦY\n{titles.full(area)}".upper(),
        "ĐU",
        titles.place(area),
        f"Ban Thường vụ Đảng ủy {titles.within(area)}",
        "T/M BAN THƯỜNG VỤ",
        "PHÓ BÍ THƯ",
        recipients=(f"Thường trực {committee(above[0])} (b/c)", "Lưu Văn phòng Đảng ủy"),
    )


def _commune_state(area: dict, above: list[dict]) -> Letterhead:
    kind = area["kind"].lower()
    return Letterhead(
        STATE,
        "",
        _committee_of_the_people(area),
        "UBND",
        titles.place(area),
        f"Ủy ban nhân dân {titles.within(area)}",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        recipients=(_steering(above[0]), f"Thường trực Đảng ủy {kind}", f"Trạm Y tế {kind}", "Lưu: VT"),
    )


_MADE = {
    ("party", "province"): _province_party,
    ("state", "province"): _province_state,
    ("health", "province"): _health,
    ("party", "district"): _district_party,
    ("state", "district"): _district_state,
    ("party", "commune"): _commune_party,
    ("state", "commune"): _commune_state,
}
