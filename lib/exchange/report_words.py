"""What a report says in sentences; none of them names a figure that nobody reported as if it were nought."""

from lib.core import text
from lib.exchange.letters import official
from lib.exchange.letters.letter import Block, Bullet, Paragraph

NOTHING = "Đơn vị chưa nhập nội dung."


def narrative(written: str | None, empty: str) -> list[Block]:
    """What somebody typed, a paragraph a line; lines that begin with a dash become items, "+12 ca" does not."""
    parts = [text.clean(part) for part in (written or "").splitlines()]
    found: list[Block] = []
    for part in filter(None, parts):
        if part[0] in "-–•*+" and not part[1:2].isdigit():
            found.append(Bullet(part[1:].strip()))
        else:
            found.append(Paragraph(part))
    return found or [Paragraph(empty)]


def window(content: dict) -> str:
    """From when to when the figures count."""
    return f"từ {official.moment(content['window_from'])} đến {official.moment(content['as_of'])}"


def frozen(content: dict) -> list[Block]:
    """A remark where the figures were frozen after the hour they are of, or are not frozen yet."""
    if content["frozen_at"] is None:
        return [Paragraph("Số liệu tạm tính, chưa chốt.")]
    if content["frozen_at"][:16] == content["as_of"][:16]:
        return []
    return [Paragraph(
        f"Số liệu tính đến {official.moment(content['as_of'])}, được chốt lúc {official.moment(content['frozen_at'])} "
        "theo thời điểm ghi nhận trên hệ thống."
    )]  # fmt: skip


def work(content: dict) -> list[Block]:
    """How the teams stand and what they did that day, as far as it was counted."""
    known = _known(content)
    where = f"Toàn {content['area']['kind'].lower()}"
    told = []
    if (teams := _number(known, "teams")) is not None:
        members = _number(known, "members")
        told.append(f"{where} có {official.counted(teams, 'Tổ Covid cộng đồng')} đang hoạt động"
                    + (f" với {official.counted(members, 'tổ viên')}." if members is not None else "."))  # fmt: skip
    told += _visits(known)
    bare = _number(known, "hamlets_without_team")
    if bare:
        told.append(f"Còn {official.counted(bare, 'ấp, khu phố')} chưa có tổ.")
    elif bare == 0 and teams != 0:
        told.append("Các ấp, khu phố đều đã có tổ.")
    return [Paragraph(" ".join(told))] if told else []


def _visits(known: dict) -> list[str]:
    due, seen, coverage = _number(known, "due"), _number(known, "seen"), known.get("coverage")
    if due is None:
        return []
    if due == 0:
        return ["Trong ngày không có hộ phải thăm."]
    if seen is None:
        return [f"Trong ngày có {official.counted(due, 'hộ')} phải thăm; số hộ đã gặp {official.MISSING}."]
    change = official.change(coverage["value"], coverage.get("before"), "%") if coverage else ""
    moved = {"+": "tăng", "−": "giảm"}.get(change[:1])
    more = f", {moved} {change[1:]} phần trăm so với hôm trước" if moved else ""
    share = official.share(seen / due, seen, due)
    return [f"Trong ngày đã gặp {official.number(seen)}/{official.number(due)} hộ phải thăm, đạt {share}{more}."]


def cases(content: dict) -> list[Block]:
    """What was found that day. Somebody with symptoms is no confirmed case, and a figure nobody sent is no nought."""
    known, told = _known(content), []
    if "symptomatic" in known:
        found = _number(known, "symptomatic")
        if found:
            told.append(f"Trong ngày phát hiện {official.counted(found, 'người')} có triệu chứng nghi mắc Covid-19 "
                        "(chưa phải ca xác định).")  # fmt: skip
        elif found == 0:
            told.append("Trong ngày không phát hiện trường hợp có triệu chứng nghi mắc Covid-19.")
        else:
            told.append(f"Số người có triệu chứng nghi mắc Covid-19: {official.MISSING}.")
    if "cases_new" in known:
        found = _number(known, "cases_new")
        if found:
            told.append(f"Ghi nhận {official.counted(found, 'ca')} mắc mới (F0) theo công bố của ngành y tế.")
        elif found == 0:
            told.append("Không ghi nhận ca mắc mới (F0).")
        else:
            told.append(f"Số ca mắc mới (F0): {official.MISSING}.")
    return [Paragraph(" ".join(told))] if told else []


def themes(content: dict, theme: str) -> list[Block]:
    """What the units wrote of it, equal words once."""
    return [
        Bullet(f"{_named(found['units'])}: {text.clean(found['text'])}")
        for found in content.get("themes") or ()
        if found["theme"] == theme
    ]


def _named(units: list[str]) -> str:
    """ "Xã Bàu Đồn, xã Thạnh Đức": only the first begins the sentence."""
    return ", ".join([*units[:1], *(f"{unit[:1].lower()}{unit[1:]}" for unit in units[1:])])


def of_theme(content: dict, theme: str, empty: str) -> list[Block]:
    """What the unit itself and those below it wrote of difficulties or proposals."""
    below = themes(content, theme)
    own = (content["narratives"].get(theme) or "").strip()
    return (narrative(own, empty) if own or not below else []) + below


def _known(content: dict) -> dict[str, dict]:
    return {line["code"]: line for block in content["blocks"] for line in block["lines"]}


def _number(known: dict, code: str) -> int | None:
    return known[code]["value"] if code in known else None
