"""What an organisation's letters begin and end with, as far as its place in the list of areas tells it."""

from dataclasses import dataclass

from lib.exchange.letters.letter import PARTY, STATE, Annex, Block, Letter, Signature

LINES = {"party": PARTY, "state": STATE, "health": STATE}  # of reporting, and the layout of its letters
DECISION, REPORT = "QĐ", "BC"

# kind of district -> its Party committee, and how that is written after the number
_COMMITTEES = {"Huyện": ("Huyện ủy", "HU"), "Thị xã": ("Thị ủy", "ThU"), "Thành phố": ("Thành ủy", "TU")}


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

    def letter(self, *, kind: str, title: str, abstract: str, day: str, body: tuple[Block, ...], number: str = "",
               annexes: tuple[Annex, ...] = (), **more) -> Letter:  # fmt: skip
        """A letter of this organisation; `kind` is the abbreviation in its number."""
        return Letter(
            self.layout, self.superior, self.issuer, self.mark(kind), self.place, day, title, abstract, body,
            Signature(self.authority, self.position, self.name), annexes=annexes, number=number,
            **{"recipients": self.recipients, "salutation": self.salutation} | more,
        )  # fmt: skip


def default(line: str, area: dict, above: list[dict]) -> Letterhead:
    """By line of reporting; `area` and those `above` it, nearest first, are `{kind, name, level}`."""
    return _MADE[line, area["level"]](area, above)


def _full(area: dict) -> str:
    """ "tỉnh Tây Ninh"; the name keeps its capitals."""
    return f"{area['kind'].lower()} {area['name']}"


def _province_party(area: dict, above: list[dict]) -> Letterhead:
    return Letterhead(
        PARTY, f"TỈNH ỦY {area['name'].upper()}", "BAN DÂN VẬN", "BDVTU", area["name"], "Ban Dân vận Tỉnh ủy",
        "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN",
        recipients=(
            "Thường trực Tỉnh ủy (qua Văn phòng Tỉnh ủy)",
            "Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh",
            "Các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy phụ trách địa bàn",
            "Lưu Ban Dân vận Tỉnh ủy",
        ),
    )  # fmt: skip


def _province_state(area: dict, above: list[dict]) -> Letterhead:
    return Letterhead(
        STATE, "", f"ỦY BAN NHÂN DÂN\n{area['kind']} {area['name']}".upper(), "UBND", area["name"],
        f"Ủy ban nhân dân {_full(area)}", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
        recipients=("Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh", "Lưu: VT"),
    )  # fmt: skip


def _health(area: dict, above: list[dict]) -> Letterhead:
    return Letterhead(
        STATE, f"UBND {area['kind']} {area['name']}".upper(), "SỞ Y TẾ", "SYT", area["name"], "Sở Y tế",
        "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC",
        salutation=(f"Ban Chỉ đạo phòng, chống dịch Covid-19 {area['kind'].lower()}",),
        recipients=("Như trên", "Ban Giám đốc Sở", "Trung tâm Kiểm soát bệnh tật", "Lưu: VT, NVY"),
    )  # fmt: skip


def _district_party(area: dict, above: list[dict]) -> Letterhead:
    committee, suffix = _COMMITTEES.get(area["kind"], ("Quận ủy", "QU"))
    return Letterhead(
        PARTY, f"ĐẢNG BỘ {above[0]['kind']} {above[0]['name']}".upper(), f"{committee} {area['name']}".upper(), suffix,
        area["name"], f"Ban Thường vụ {committee} {area['name']}", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC",
        salutation=("Ban Dân vận Tỉnh ủy",),
        recipients=("Ban Dân vận Tỉnh ủy (b/c)", f"Thường trực {committee} (b/c)", f"Lưu Văn phòng {committee}"),
    )  # fmt: skip


def _district_state(area: dict, above: list[dict]) -> Letterhead:
    return Letterhead(
        STATE, f"UBND {above[0]['kind']} {above[0]['name']}".upper(),
        f"ỦY BAN NHÂN DÂN\n{area['kind']} {area['name']}".upper(), "UBND", area["name"],
        f"Ủy ban nhân dân {_full(area)}", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
        recipients=(f"Ban Chỉ đạo phòng, chống dịch Covid-19 {above[0]['kind'].lower()}", "Lưu: VT"),
    )  # fmt: skip


def _commune_party(area: dict, above: list[dict]) -> Letterhead:
    committee = f"Đảng ủy {_full(area)}"
    return Letterhead(
        PARTY, f"ĐẢNG BỘ {above[0]['kind']} {above[0]['name']}".upper(),
        f"ĐẢNG ỦY\n{area['kind']} {area['name']}".upper(), "ĐU", _place(area), f"Ban Thường vụ {committee}",
        "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ",
        recipients=(f"Thường trực {_COMMITTEES.get(above[0]['kind'], ('Quận ủy',))[0]} (b/c)", "Lưu Đảng ủy"),
    )  # fmt: skip


def _commune_state(area: dict, above: list[dict]) -> Letterhead:
    kind = area["kind"].lower()
    return Letterhead(
        STATE, f"UBND {above[0]['kind']} {above[0]['name']}".upper(),
        f"ỦY BAN NHÂN DÂN\n{area['kind']} {area['name']}".upper(), "UBND", _place(area),
        f"Ủy ban nhân dân {_full(area)}", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
        recipients=(
            f"Ban Chỉ đạo phòng, chống dịch Covid-19 {above[0]['kind'].lower()}",
            f"Thường trực Đảng ủy {kind}",
            f"Trạm Y tế {kind}",
            "Lưu: VT",
        ),
    )  # fmt: skip


def _place(area: dict) -> str:
    """Where a letter is dated: a ward that is a number keeps its word."""
    return f"{area['kind']} {area['name']}" if area["name"].isdecimal() else area["name"]


_MADE = {
    ("party", "province"): _province_party,
    ("state", "province"): _province_state,
    ("health", "province"): _health,
    ("party", "district"): _district_party,
    ("state", "district"): _district_state,
    ("party", "commune"): _commune_party,
    ("state", "commune"): _commune_state,
}
