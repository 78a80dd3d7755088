"""What a report says in sentences; none of them names a figure that nobody reported as if it were nought."""

from lib.core import text
from lib.core.words.titles import full, within
from lib.exchange.documents import report_lists as lists
from lib.exchange.documents import report_tables as tables
from lib.exchange.letters import official
from lib.exchange.letters.letter import Block, Bullet, Paragraph
from lib.oversight.reports.entered_values import says_nothing

NOTHING = "(Đơn vị chưa báo cáo nội dung này.)"  # what is empty is not reported; it is no “Không”


def narrative(written: str | None) -> list[Block]:
    """What somebody typed, a paragraph a line; lines that begin with a dash become items, "+12 ca" does not."""
    parts = [text.clean(part) for part in (written or "").splitlines()]
    found: list[Block] = []
    for part in filter(None, parts):
        if part[0] in "-–•*+" and not part[1:2].isdigit():
            found.append(Bullet(part[1:].strip()))
        else:
            found.append(Paragraph(part))
    return found or [Paragraph(NOTHING)]


def written(content: dict, name: str) -> str:
    """The words of the unit itself, as an addendum put them right."""
    right = content["corrected_words"].get(name)
    return (right["text"] if right else content["narratives"].get(name) or "").strip()


def own(content: dict, name: str) -> list[Block]:
    """Those words as paragraphs; what was put right later is marked."""
    told = narrative(written(content, name))
    right = content["corrected_words"].get(name)
    return [Paragraph(tables.marked(right["number"])), *told] if right else told


def window(content: dict) -> str:
    """From when to when the figures count."""
    return f"từ {official.moment(content['window_from'])} đến {official.moment(content['as_of'])}"


def frozen(content: dict) -> list[Block]:
    """A remark where the figures were frozen after the hour they are of, or are not frozen yet."""
    if content["frozen_at"] is None:
        return [Paragraph("Số liệu tạm tính, chưa chốt.")]
    if content["frozen_at"][:16] == content["as_of"][:16]:
        return []
    return [
        Paragraph(
            f"Số liệu tính đến {official.moment(content['as_of'])}, được chốt lúc "
            f"{official.moment(content['frozen_at'])} theo thời điểm ghi nhận trên hệ thống."
        )
    ]


def work(content: dict) -> list[Block]:
    """How the teams stand and what they did that day, as far as it was counted."""
    known = _known(content)
    where = f"Toàn {content['area']['kind'].lower()}"
    told = []
    if (teams := _number(known, "teams")) is not None:
        members = _number(known, "members")
        told.append(
            f"{where} có {official.counted(teams, 'Tổ Covid cộng đồng')}{_mark(known, 'teams')} đang hoạt động"
            + (
                f" với {official.counted(members, 'thành viên')}{_mark(known, 'members')}."
                if members is not None
                else "."
            )
        )
    told += _visits(content, known)
    bare = _number(known, "hamlets_without_team")
    if bare:
        some = official.counted(bare, content["words"].hamlet)
        told.append(f"Còn {some}{_mark(known, 'hamlets_without_team')} chưa có tổ.")
    elif bare == 0 and teams != 0 and lists.complete(content):
        told.append(f"Các {content['words'].hamlet} đều đã có tổ.")
    return [Paragraph(" ".join(told))] if told else []


def _visits(content: dict, known: dict) -> list[str]:
    due, seen, coverage = _number(known, "due"), _number(known, "seen"), known.get("coverage")
    if due is None:
        return []
    if due == 0:
        return ["Trong ngày không có hộ phải thăm."] if lists.complete(content) else []
    if seen is None:
        return [f"Trong ngày có {official.counted(due, 'hộ')} phải thăm; số hộ đã gặp {official.NO_ENTRIES}."]
    share = official.share(seen / due, seen, due)
    told = "Trong ngày đã gặp trực tiếp hoặc liên hệ qua điện thoại "
    told += f"{official.number(seen)}{_mark(known, 'seen')}/{official.number(due)}{_mark(known, 'due')} hộ phải thăm"
    return [f"{told}, đạt {share}{_moved(content, coverage)}."]


def _moved(content: dict, coverage: dict | None) -> str:
    """ ", tăng 1,2 điểm phần trăm so với cùng giờ (14 giờ 00) hôm trước"; nothing where it is not known."""
    change = official.change(coverage["value"], coverage.get("before"), "%").removesuffix(" điểm") if coverage else ""
    moved = {"+": "tăng", "−": "giảm"}.get(change[:1])
    if not moved:
        return ""
    at = content.get("before_at")
    hour = f"cùng giờ ({official.moment(at).partition(' ngày ')[0]}) hôm trước" if at else "hôm trước"
    return f", {moved} {change[1:]} điểm phần trăm so với {hour}"


def _mark(known: dict, code: str) -> str:
    """ " (đính chính lần 1)" behind a number that an addendum put right."""
    mark = known[code]["mark"] if code in known else ""
    return f" {mark}" if mark else ""


def cases(content: dict) -> list[Block]:
    """What was found that day. Somebody with symptoms is no confirmed case, and a figure nobody sent is no nought."""
    known = _known(content)
    told = [*_symptomatic(content, known), *_confirmed(known)]
    return [Paragraph(" ".join(told))] if told else []


def _symptomatic(content: dict, known: dict) -> list[str]:
    if "symptomatic" not in known:
        return []
    found, mark = _number(known, "symptomatic"), _mark(known, "symptomatic")
    if found is None:
        return [f"Số người có triệu chứng nghi mắc Covid-19: {official.NO_ENTRIES}."]
    if found == 0 and not _everybody(content):
        return [
            "Qua số liệu của các đơn vị đã thăm hộ, trong ngày chưa phát hiện trường hợp có triệu chứng nghi mắc "
            f"Covid-19{mark}."
        ]
    if found == 0:
        return [f"Trong ngày không phát hiện trường hợp có triệu chứng nghi mắc Covid-19{mark}."]
    return [
        f"Trong ngày phát hiện {official.counted(found, 'người')} có triệu chứng nghi mắc Covid-19 "
        f"(chưa phải ca xác định){mark}."
    ]


def _everybody(content: dict) -> bool:
    """Whether every unit has lists and visits, so that nothing found means nothing."""
    return lists.complete(content) and content.get("reported_units") == content.get("asked_units")


def _confirmed(known: dict) -> list[str]:
    """The number the unit entered; a sum of some units only says of how many, and its nought is no “không”."""
    if "cases_new" not in known:
        return []
    found, mark, some = _number(known, "cases_new"), _mark(known, "cases_new"), tables.summed(known["cases_new"])
    if found is None:
        return [f"Số ca mắc mới (F0): {official.MISSING}."]
    if some and not mark:
        return [f"Số ca mắc mới (F0): {official.counted(found, 'ca')} ({some})."]
    source = _source(known["cases_new"])
    if found == 0:
        return [f"Không ghi nhận ca mắc mới (F0){source}{mark}."]
    return [f"Ghi nhận {official.counted(found, 'ca')} mắc mới (F0){source}{mark}."]


def _source(line: dict) -> str:
    """Where a number comes from, as whoever entered it says."""
    source = text.clean(line.get("reason") or "").rstrip(".")
    return f" (nguồn: {source})" if source else ""


def asked(content: dict, one: dict) -> list[Block]:
    """What a section asks for in words: the unit's own, then what the units below wrote, equal words once."""
    right = content["corrected_words"].get(one["code"])
    mine = right["text"] if right else one["text"]
    lead = f"{one['name_vi']}:" if not right else f"{one['name_vi']} {tables.marked(right['number'])}:"
    below = _below(content, one["below"])
    told = narrative(mine) if mine or not below else []
    if told and isinstance(told[0], Paragraph):
        return [Paragraph(told[0].text, lead=lead), *told[1:], *below]
    return [Paragraph("", lead=lead), *told, *below]


def themes(content: dict, theme: str) -> list[Block]:
    """What the units wrote of it, equal words once."""
    return _below(content, [found for found in content.get("themes") or () if found["theme"] == theme])


def _below(content: dict, found: list[dict]) -> list[Block]:
    return [Bullet(f"{_named(content, one['units'])}: {text.clean(one['text'])}") for one in found]


def _named(content: dict, units: list[str]) -> str:
    """ "Xã Bàu Đồn, xã Thạnh Đức, Phường 1": only the first begins the sentence."""
    known = {full(unit): within(unit) for unit in content["units"]}
    return ", ".join([*units[:1], *(known.get(unit, unit) for unit in units[1:])])


def of_theme(content: dict, theme: str) -> list[Block]:
    """What the unit itself and those below it wrote of difficulties or proposals.

    A “Không” of the unit's own does not stand over what the units below wrote; what is empty is no “Không” either.
    """
    below, mine = themes(content, theme), written(content, theme)
    if not below:
        return own(content, theme)
    named = [Paragraph(f"{_FROM_BELOW[theme]}:")]
    return (own(content, theme) if mine and not says_nothing(mine) else []) + named + below


_FROM_BELOW = {"difficulties": "Khó khăn, vướng mắc của các đơn vị", "proposals": "Đề xuất, kiến nghị của các đơn vị"}


def _known(content: dict) -> dict[str, dict]:
    return {line["code"]: tables.stated(content, line) for block in content["blocks"] for line in block["lines"]}


def _number(known: dict, code: str) -> int | None:
    return known[code]["value"] if code in known else None
