"""The README's tables, generated from the code; `python -m tests.papers` writes them, a test compares."""

import gettext
import re
import tempfile
from pathlib import Path

from lib.core import access, database
from lib.practice import province
from lib.screen.labels import ROLES
from lib.screen.shell.rooms import ROOMS
from tests import world

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_vi = gettext.translation("app", ROOT / "lib" / "screen" / "locale", ["vi"]).gettext

# What a role does, in the order a newcomer asks.
_ASKED = {
    "visit.enter": ("nhập lượt thăm", "enter visits"),
    "household.edit": ("sửa hộ", "edit households"),
    "team.manage": ("thành lập tổ", "found teams"),
    "assignment.give": ("phân công hộ", "assign households"),
    "account.manage": ("cấp tài khoản", "issue accounts"),
    "names.see": ("xem tên trong địa bàn", "see names in the area"),
    "board.see": ("xem bảng xếp hạng", "see the leaderboard"),
}


def roles() -> str:
    head = "| | " + " | ".join(f"{vi} · *{en}*" for vi, en in _ASKED.values()) + " |"
    lines = [head, "|---" * (len(_ASKED) + 1) + "|"]
    for role, label in ROLES.items():
        marks = ["✓" if role in access.CAN[action] else "" for action in _ASKED]
        lines.append(f"| {_vi(label)} · *{label}* | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def rooms() -> str:
    lines = ["| | |", "|---|---|"]
    for room in ROOMS:
        lines.append(f"| **{_vi(room.title)}** · *{room.title}* | {_vi(room.purpose)} · *{room.purpose}* |")
    return "\n".join(lines)


def signins() -> str:
    with tempfile.TemporaryDirectory() as folder:
        db = database.connect(database.prepare(Path(folder) / "practice.db", now=world.NOW))
        province.build(db, province.Extent(days=1), now=world.NOW, password_hash="-")
        listed = province.sign_ins(db)
        db.close()
    lines = [f"Mật khẩu thực hành / practice password: `{province.PASSWORD}`", "", "| | | |", "|---|---|---|"]
    for who in listed:
        label = ROLES[who["role"]]
        lines.append(f"| `{who['username']}` | {_vi(label)} · *{label}* | {who['kind']} {who['name']} |")
    return "\n".join(lines)


TABLES = {"signins": signins, "roles": roles, "rooms": rooms}


def filled(text: str) -> str:
    """The README with every table as the code has it now."""
    for name, table in TABLES.items():
        pattern = rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)"
        text = re.sub(pattern, lambda found: f"{found[1]}{table()}\n{found[2]}", text, flags=re.DOTALL)  # noqa: B023
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
