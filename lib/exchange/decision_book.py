"""The two appendices of a commune's decision as a workbook: members, and households of each member (S2-20, S2-24)."""

from openpyxl import Workbook

from lib.core.words.titles import full, within
from lib.exchange.appendix import WHOLE, saved, sheet, write
from lib.exchange.decision_letter import HOUSEHOLDS, MEMBERS, ROLES
from lib.exchange.letters import official

_MEMBERS = (("TT", 6), ("Tổ", 32), ("Ấp, khu phố", 24), ("Họ và tên", 30), ("Năm sinh", 10),
            ("Chức vụ, nghề nghiệp", 30), ("Nhiệm vụ", 12), ("Điện thoại", 16))  # fmt: skip
_HOUSEHOLDS = (("TT", 6), ("Tổ", 32), ("Ấp, khu phố", 24), ("Người phụ trách", 30), ("Mã hộ", 16), ("Chủ hộ", 30),
               ("Địa chỉ", 40), ("Nhân khẩu", 11))  # fmt: skip


def book(made: dict) -> bytes:
    """As the decision lists them; telephones and codes are text."""
    verb = "thành lập" if made["founding"] else "kiện toàn"
    head = [
        f"{full(made['commune'])}, {within(made['district'])}, {within(made['province'])}",
        f"(Kèm theo Quyết định {verb} Tổ Covid cộng đồng {official.long_date(made['day'])})",
    ]
    workbook = Workbook()
    workbook.remove(workbook.active)
    members = sheet(workbook, "Thành viên", MEMBERS, head, _in_place(_MEMBERS, made))
    people = ((team, one) for team in made["teams"] for one in team["members"])
    for place, (team, one) in enumerate(people, start=1):
        write(members, [(place, WHOLE), (team["name"], ""), (team["hamlet"], ""), (one["full_name"], ""),
                        (one["birth_year"], "0"), (one["position"], ""), (ROLES.get(one["role"], ""), ""),
                        (one["phone"], "@")])  # fmt: skip
    households = sheet(workbook, "Hộ gia đình", HOUSEHOLDS, head, _in_place(_HOUSEHOLDS, made))
    given = ((team, one) for team in made["teams"] for one in team["households"])
    for place, (team, one) in enumerate(given, start=1):
        write(households, [(place, WHOLE), (team["name"], ""), (team["hamlet"], ""), (one["member"], ""),
                           (one["code"], "@"), (one["head_name"], ""), (one["address"], ""),
                           (one["persons"], WHOLE)])  # fmt: skip
    return saved(workbook)


def _in_place(columns: tuple[tuple[str, int], ...], made: dict) -> list[tuple[str, int]]:
    """Headings in the words of the commune."""
    return [(made["words"].put(title), width) for title, width in columns]
