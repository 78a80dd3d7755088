"""The health department's daily report to the Steering Committee: the same figures in the State's layout (S2-15)."""

from lib.exchange import report_words as words
from lib.exchange.letterhead import Letterhead
from lib.exchange.letters.letter import Letter
from lib.exchange.report_letter import composed, of_units, tabled


def report(content: dict, head: Letterhead, *, number: str = "", draft: str = "") -> Letter:
    """Work of the teams, health figures, then difficulties and proposals."""
    blocks, narratives = content["blocks"], content["narratives"]
    parts = [
        ("HOẠT ĐỘNG CỦA TỔ COVID CỘNG ĐỒNG", words.work(content) + tabled(blocks, "II") + of_units(content)),
        ("TÌNH HÌNH DỊCH BỆNH", words.cases(content) + tabled(blocks, "III")),
    ]
    if narratives.get("assessment"):
        parts.append(("ĐÁNH GIÁ CHUNG", words.narrative(narratives["assessment"], words.NOTHING)))
    parts.append(("KHÓ KHĂN, VƯỚNG MẮC", words.of_theme(content, "difficulties", words.NOTHING)))
    parts.append(("ĐỀ XUẤT, KIẾN NGHỊ", words.of_theme(content, "proposals", "Không.")))
    return composed(content, head, parts, number=number, draft=draft, title="BÁO CÁO")
