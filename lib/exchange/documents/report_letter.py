"""The 14:00 report of a district and the 15:00 report of the province (S0-23, S0-25).

The same works for a commune's report, and for the part of the province's that concerns one officer's areas (S0-37).
"""

from lib.core.words.titles import within
from lib.exchange.documents import report_lists as lists
from lib.exchange.documents import report_tables as tables
from lib.exchange.documents import report_units as units
from lib.exchange.documents import report_words as words
from lib.exchange.documents.letterhead import REPORT, Letterhead
from lib.exchange.letters import official
from lib.exchange.letters.flow import DOTS
from lib.exchange.letters.letter import PARTY, Annex, Block, Heading, Letter, Paragraph

ABOUT = "tình hình hoạt động của Tổ Covid cộng đồng"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
WIDE = 5  # columns of figures that still fit on an upright page

Part = tuple[str, list[Block]]


def report(content: dict, head: Letterhead, *, number: str = "") -> Letter:
    """The quick report as frozen; `number` only where somebody typed one."""
    parts: list[Part] = [
        ("CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", words.own(content, "leadership") + tabled(content, "I")),
        ("KẾT QUẢ HOẠT ĐỘNG CỦA TỔ COVID CỘNG ĐỒNG", words.work(content) + tabled(content, "II") + of_units(content)),
        ("TRƯỜNG HỢP NGHI MẮC, TÌNH HÌNH DỊCH BỆNH", words.cases(content) + tabled(content, "III")),
    ]
    return composed(content, head, parts + closing(content), number=number)


def closing(content: dict) -> list[Part]:
    """What is said in words at the end: the assessment where there is one, difficulties, proposals."""
    parts = [("ĐÁNH GIÁ CHUNG", words.own(content, "assessment"))] if words.written(content, "assessment") else []
    parts.append(("KHÓ KHĂN, VƯỚNG MẮC", words.of_theme(content, "difficulties")))
    parts.append(("ĐỀ XUẤT, KIẾN NGHỊ", words.of_theme(content, "proposals")))
    return parts


def composed(
    content: dict, head: Letterhead, parts: list[Part], *, number: str, title: str = "BÁO CÁO NHANH", about: str = ABOUT
) -> Letter:
    """The letter around its parts: what it is about, who reports, and the table of units behind."""
    body: list[Block] = [opening(content, head), *lists.paragraphs(content), *words.frozen(content)]
    if content.get("addendum"):
        body += [Heading("NỘI DUNG ĐÍNH CHÍNH", 2), tables.corrections(content)]
    elif content.get("corrections"):
        parts = [*parts[:-2], ("SỐ LIỆU ĐÍNH CHÍNH", [tables.corrections(content)]), *parts[-2:]]
    dash = "- " if head.layout == PARTY else ". "
    for place, (named, blocks) in enumerate(parts):
        body += [Heading(f"{ROMAN[place]}{dash}{named}"), *blocks]
    return head.letter(
        kind=REPORT,
        title=title,
        abstract=_abstract(content, head, about),
        day=content["day"],
        body=tuple(body),
        number=number,
        draft="(Dự thảo)" if content["frozen_at"] is None else "",
        annexes=_annexes(content, head, number),
    )


def _abstract(content: dict, head: Letterhead, about: str) -> str:
    first = "t" if head.layout == PARTY else "T"  # the State's begins a line of its own
    sent = units.sent(content)
    hour = f"số liệu đến {official.moment(content['as_of'])}" + (f"; {sent}" if sent else "")
    sentence = f"{first}{about[1:]}\n({hour})"
    return f"{sentence}\n(đính chính lần {content['addendum']})" if content.get("addendum") else sentence


def opening(content: dict, head: Letterhead) -> Paragraph:
    sentence = (
        f"{head.reporter} báo cáo tình hình hoạt động của Tổ Covid cộng đồng trên địa bàn "
        f"{within(content['area'])} {words.window(content)} như sau:"
    )
    if content.get("addendum"):
        sentence = (
            f"Sau khi rà soát số liệu, {sentence[0].lower() + sentence[1:] if head.layout != PARTY else sentence}"
        )
    elif content.get("version", 1) > 1:
        sentence = (
            f"(Báo cáo này thay thế báo cáo đã gửi trước đó trong ngày; gửi lại lần {content['version']}.) {sentence}"
        )
    return Paragraph(sentence)


def tabled(content: dict, part: str) -> list[Block]:
    """What the sections of a part ask for: its numbers as one table, then its texts."""
    blocks = [block for block in content["blocks"] if block["part"] == part]
    numbers = [block for block in blocks if block["lines"]]
    body: list[Block] = [tables.lines(content, numbers)] if numbers else []
    for asked_text in (asked_text for block in blocks for asked_text in block["texts"]):
        body += words.asked(content, asked_text)
    return body


def of_units(content: dict) -> list[Block]:
    """How many units sent theirs, the chart, and who is late; the tables here or in the annex, as they fit."""
    if not content["units"]:
        return []
    word = _units(content)
    body: list[Block] = [Paragraph(units.sent_sentence(content, word))]
    if not _in_annex(content):
        body += _of_units(content, f"Tổng hợp theo {word}", f"Số liệu các {word} nhập")
    return body + [block for block in (units.chart(content), units.late(content)) if block]


def _units(content: dict) -> str:
    """What the units below are called, as the area really has them: "quận, huyện, thị xã", "phường"."""
    words = content["words"]
    return words.district if content["area"]["level"] == "province" else words.commune


def _in_annex(content: dict) -> bool:
    """Whether the tables by unit are too wide for an upright page."""
    return max(len(content["columns"]), len(content["entered"]["columns"])) > WIDE


def _of_units(content: dict, counted: str = "", entered: str = "") -> list[Block]:
    """What was counted of each unit, and what each entered."""
    body: list[Block] = [units.table(content, counted)] if content["columns"] else []
    return body + ([units.entered(content, entered)] if content["entered"]["columns"] else [])


def _annexes(content: dict, head: Letterhead, number: str) -> tuple[Annex, ...]:
    if not content["units"] or not _in_annex(content):
        return ()
    word = _units(content)
    typed = number if head.layout == PARTY else official.two_digits(number)
    reference = f"(Kèm theo Báo cáo số {typed or DOTS}{head.mark(REPORT)}, {official.long_date(content['day'])} "
    reference += f"của {head.reporter}; số liệu đến {official.moment(content['as_of'])})"
    body = tuple(_of_units(content, entered=f"Số liệu các {word} nhập"))
    return (Annex("Phụ lục", f"TỔNG HỢP THEO {word.upper()}", body, reference, landscape=True),)


def extract(content: dict, head: Letterhead, officer: dict, *, number: str = "") -> Letter:
    """The part for one member of the Standing Committee, of content cut to the units that member is in charge of."""
    cut = content | {"blocks": []}  # sums over the whole area are not theirs
    where = ", ".join(within(unit) for unit in units.in_order(content["units"]))
    opened = Paragraph(
        f"{head.reporter} trích báo cáo tình hình hoạt động của Tổ Covid cộng đồng trên địa bàn {where} "
        f"{words.window(content)} như sau:"
    )
    body = [opened, *lists.paragraphs(content), *words.frozen(content), *of_units(cut)]
    for theme, named in (("difficulties", "Khó khăn, vướng mắc"), ("proposals", "Đề xuất, kiến nghị")):
        body += [
            Heading(f"{named} của các đơn vị", 2),
            *(words.themes(content, theme) or [Paragraph("Không có nội dung.")]),
        ]
    return head.letter(
        kind=REPORT,
        title="BÁO CÁO NHANH",
        day=content["day"],
        body=tuple(body),
        number=number,
        abstract=f"tình hình hoạt động của Tổ Covid cộng đồng trên địa bàn {where}\n"
        f"(trích, số liệu đến {official.moment(content['as_of'])}; {units.sent(content)})",
        recipients=(_addressed(officer), f"Lưu {head.reporter}"),
        annexes=_annexes(cut, head, number),
    )


def _addressed(officer: dict) -> str:
    position = f", {officer['position']}" if officer.get("position") else ""
    return f"Đồng chí {officer['full_name']}{position} (b/c)"


def of_health(content: dict, head: Letterhead, *, number: str = "") -> Letter:
    """The health department's daily report to the Steering Committee: the figures in the State's layout (S2-15)."""
    parts = [
        ("HOẠT ĐỘNG CỦA TỔ COVID CỘNG ĐỒNG", words.work(content) + tabled(content, "II") + of_units(content)),
        ("TÌNH HÌNH DỊCH BỆNH", words.cases(content) + tabled(content, "III")),
    ]
    about = f"{ABOUT} và tình hình dịch bệnh"
    return composed(content, head, parts + closing(content), number=number, title="BÁO CÁO", about=about)
