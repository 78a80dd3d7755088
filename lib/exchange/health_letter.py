"""The health department's daily report to the Steering Committee: the same figures in the State's layout (S2-15)."""

from lib.exchange import report_words as words
from lib.exchange.letterhead import Letterhead
from lib.exchange.letters.letter import Letter
from lib.exchange.report_letter import ABOUT, composed, of_units, tabled, told


def report(content: dict, head: Letterhead, *, number: str = "", draft: str = "") -> Letter:
    """Work of the teams, health figures, then difficulties and proposals."""
    parts = [
        ("HOẠT ĐỘNG CỦA TỔ COVID CỘNG ĐỒNG", words.work(content) + tabled(content, "II") + of_units(content)),
        ("TÌNH HÌNH DỊCH BỆNH", words.cases(content) + tabled(content, "III")),
    ]
    return composed(content, head, parts + told(content), number=number, draft=draft, title="BÁO CÁO",
                    about=f"{ABOUT} và tình hình dịch bệnh")  # fmt: skip
