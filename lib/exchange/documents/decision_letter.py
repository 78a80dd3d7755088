"""A commune's decision that founds or reorganises its teams, with lists of members and households (S2-20, S2-24).

Its number stays blank unless somebody typed one; households may be a stream, read once.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from lib.core.words.titles import within
from lib.exchange.documents.letterhead import DECISION, Letterhead
from lib.exchange.letters import official
from lib.exchange.letters.flow import DOTS
from lib.exchange.letters.letter import Annex, Group, Letter, LetterColumn, LetterTable, Paragraph, Row

_LAWS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật Sửa đổi, bổ sung một số điều của "
    "Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019",
    "Căn cứ Luật Phòng, chống bệnh truyền nhiễm ngày 21 tháng 11 năm 2007",
)
# The guidance of the Ministry of Health in force from a day on, the newest first (S0-4; 3638 replaced 3468).
_GUIDANCE = (
    (
        "2021-07-30",
        "Căn cứ Quyết định số 3638/QĐ-BYT ngày 30 tháng 7 năm 2021 của Bộ trưởng Bộ Y tế về việc ban hành "
        "“Hướng dẫn tạm thời giám sát và phòng, chống COVID-19”",
    ),
    (
        "2020-08-07",
        "Căn cứ Quyết định số 3468/QĐ-BYT ngày 07 tháng 8 năm 2020 của Bộ trưởng Bộ Y tế về việc ban hành "
        "“Hướng dẫn tạm thời giám sát và phòng, chống COVID-19”",
    ),
)
MEMBERS, HOUSEHOLDS = "DANH SÁCH THÀNH VIÊN TỔ COVID CỘNG ĐỒNG", "PHÂN CÔNG HỘ GIA ĐÌNH CHO TỪNG THÀNH VIÊN"
_PROPOSED = "Theo đề nghị của công chức Văn phòng - Thống kê"
_NAMED = 3  # decisions called by number in one sentence
ROLES = {"leader": "Tổ trưởng", "deputy": "Tổ phó", "member": "Tổ viên"}

_MEMBERS = (
    LetterColumn("TT", 10, "center"),
    LetterColumn("Họ và tên", 46),
    LetterColumn("Năm sinh", 16, "center"),
    LetterColumn("Chức vụ, nghề nghiệp"),
    LetterColumn("Nhiệm vụ", 22, "center"),
    LetterColumn("Điện thoại", 28, "center"),
)
_HOUSEHOLDS = (
    LetterColumn("TT", 10, "center"),
    LetterColumn("Mã hộ", 28),
    LetterColumn("Chủ hộ", 44),
    LetterColumn("Địa chỉ"),
    LetterColumn("Nhân khẩu", 20, "right"),
)


def decision(content: dict, head: Letterhead) -> Letter:
    """The decision on the State's paper, Articles 1 to 3 and two appendices."""
    where, verb = within(content["commune"]), "thành lập" if content["founding"] else "kiện toàn"
    return head.letter(
        kind=DECISION,
        title="QUYẾT ĐỊNH",
        abstract=f"Về việc {verb} Tổ Covid cộng đồng\ntrên địa bàn {where}",
        day=content["day"],
        number=content["number"],
        decider=f"ỦY BAN NHÂN DÂN {where}".upper(),
        bases=(*_LAWS, *_guidance(content["day"]), *content["bases"], _PROPOSED),
        body=_articles(content, where, verb),
        salutation=(),
        recipients=_recipients(content),
        annexes=_annexes(content, head, where),
    )


def _guidance(day: str) -> list[str]:
    return [base for since, base in _GUIDANCE if since <= day][:1]


def _articles(content: dict, where: str, verb: str) -> tuple[Paragraph, ...]:
    teams, kind = content["teams"], content["commune"]["kind"].lower()
    people = sum(len(team["members"]) for team in teams)
    founding_words = (
        f"{verb.capitalize()} {official.counted(len(teams), 'Tổ Covid cộng đồng')} trên địa bàn {where}, gồm "
        f"{official.counted(people, 'thành viên')} (danh sách tại Phụ lục I); {_minded(content)}."
    )
    duty = (
        "Nhiệm vụ của Tổ Covid cộng đồng: hằng ngày đến các hộ được phân công theo phương châm “đi từng ngõ, gõ từng "
        "nhà, rà từng đối tượng”; tuyên truyền, vận động Nhân dân phòng, chống dịch; phát hiện và báo ngay cho Ủy ban "
        f"nhân dân và Trạm Y tế {kind} các trường hợp nghi mắc Covid-19, người đến, về từ vùng dịch. Tổ không vào "
        "trong nhà dân, giữ khoảng cách trên 02 mét. Tổ trưởng chỉ đạo, điều hành hoạt động của tổ."
    )
    ends = (
        f"Quyết định này có hiệu lực kể từ ngày ký{_replacing(content, where)}. Công chức Văn phòng - Thống kê {kind}, "
        f"Trạm Y tế {kind}, trưởng các {content['words'].hamlet} và các ông, bà có tên tại Phụ lục I chịu trách nhiệm "
        "thi hành Quyết định này."
    )
    return tuple(
        Paragraph(article, f"Điều {place}.") for place, article in enumerate((founding_words, duty, ends), start=1)
    )


def _replacing(content: dict, where: str) -> str:
    """What a reorganisation takes the place of, or both decisions would be in force; not typed yet, it stays blank."""
    if content["founding"]:
        return ""
    about = f"của Ủy ban nhân dân {where} về việc thành lập Tổ Covid cộng đồng"
    if len(content["replaced"]) > _NAMED:
        return f" và thay thế các quyết định trước đây {about}"
    named = [f"Quyết định số {number} {official.long_date(day)}" for number, day in content["replaced"]]
    return f" và thay thế {', '.join(named) or f'Quyết định số {DOTS}/QĐ-UBND ngày {DOTS}'} {about}"


def _minded(content: dict) -> str:
    """That each household has a member only where the list names all of them."""
    if not any(team["households"] for team in content["teams"]):
        return "việc phân công hộ gia đình cho từng thành viên được thực hiện sau"
    sentence = "mỗi hộ gia đình do một thành viên phụ trách (phân công tại Phụ lục II)"
    if left := content.get("unassigned", 0):
        sentence = f"các hộ gia đình tại Phụ lục II do thành viên có tên phụ trách, còn {official.counted(left, 'hộ')}"
        sentence += " trong danh sách được phân công bổ sung sau"
    return sentence


def _recipients(content: dict) -> tuple[str, ...]:
    kind = content["commune"]["kind"].lower()
    return ("Như Điều 3", f"UBND {within(content['district'])} (b/c)", f"Thường trực Đảng ủy {kind}", "Lưu: VT")


def _annexes(content: dict, head: Letterhead, where: str) -> tuple[Annex, ...]:
    number = official.two_digits(content["number"]) or DOTS
    reference = (
        f"(Kèm theo Quyết định số {number}{head.mark(DECISION)} {official.long_date(content['day'])} "
        f"của Ủy ban nhân dân {where})"
    )
    members = LetterTable(_MEMBERS, list(_members(content["teams"])))
    households = LetterTable(_HOUSEHOLDS, _households(content["teams"]), small=True)
    return (
        Annex("Phụ lục I", MEMBERS, (members,), reference),
        Annex("Phụ lục II", HOUSEHOLDS, (households,), reference),
    )


def _team(team: dict) -> str:
    return f"{team['name']}, {team['hamlet']}" if team["hamlet"] else team["name"]


def _members(teams: list[dict]) -> Iterator[Row]:
    for team in teams:
        yield Group(_team(team))
        for place, member in enumerate(team["members"], start=1):
            yield (
                str(place),
                member["full_name"],
                str(member["birth_year"] or ""),
                member["position"] or "",
                ROLES.get(member["role"], ""),
                member["phone"] or "",
            )


def _households(teams: list[dict]) -> Iterator[Row]:
    """By team and by member, in the order they come in."""
    for team in teams:
        yield from _of_a_team(_team(team), team["households"])


def _of_a_team(team: str, households: Iterable[dict]) -> Iterator[Row]:
    for member, theirs in groupby(households, itemgetter("member")):
        listed = list(theirs)
        who = member or "chưa phân công người phụ trách"
        yield Group(f"{team}: {who} ({official.counted(len(listed), 'hộ')})")
        for place, household in enumerate(listed, start=1):
            persons = household["persons"]
            yield (
                str(place),
                household["code"],
                household["head_name"],
                household["address"] or "",
                "" if persons is None else str(persons),
            )
