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
    body: list[Block] = []
    for part in filter(None, parts):
        if part[0] in "-–•*+" and not part[1:2].isdigit():
            body.append(Bullet(part[1:].strip()))
        else:
            body.append(Paragraph(part))
    return body or [Paragraph(NOTHING)]


def written(content: dict, name: str) -> str:
    """The words of the unit itself, as an addendum put them right."""
    right = content["corrected_words"].get(name)
    return (right["text"] if right else content["narratives"].get(name) or "").strip()


def own(content: dict, name: str) -> list[Block]:
    """Those words as paragraphs; what was put right later is marked."""
    paragraphs = narrative(written(content, name))
    right = content["corrected_words"].get(name)
    return [Paragraph(tables.marked(right["number"])), *paragraphs] if right else paragraphs


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
    figures = _figures_by_code(content)
    where = f"Toàn {content['area']['kind'].lower()}"
    sentences = []
    if (teams := _number(figures, "teams")) is not None:
        members = _number(figures, "members")
        sentences.append(
            f"{where} có {official.counted(teams, 'Tổ Covid cộng đồng')}{_mark(figures, 'teams')} đang hoạt động"
            + (
                f" với {official.counted(members, 'thành viên')}{_mark(figures, 'members')}."
                if members is not None
                else "."
            )
        )
    sentences += _visits(content, figures)
    bare = _number(figures, "hamlets_without_team")
    if bare:
        some = official.counted(bare, content["words"].hamlet)
        sentences.append(f"Còn {some}{_mark(figures, 'hamlets_without_team')} chưa có tổ.")
    elif bare == 0 and teams != 0 and lists.complete(content):
        sentences.append(f"Các {content['words'].hamlet} đều đã có tổ.")
    return [Paragraph(" ".join(sentences))] if sentences else []


def _visits(content: dict, figures: dict) -> list[str]:
    due, seen, coverage = _number(figures, "due"), _number(figures, "seen"), figures.get("coverage")
    if due is None:
        return []
    if due == 0:
        return ["Trong ngày không có hộ phải thăm."] if lists.complete(content) else []
    if seen is None:
        return [f"Trong ngày có {official.counted(due, 'hộ')} phải thăm; số hộ đã gặp {official.NO_ENTRIES}."]
    share = official.share(seen / due, seen, due)
    sentence = "Trong ngày đã gặp trực tiếp hoặc liên hệ qua điện thoại "
    sentence += (
        f"{official.number(seen)}{_mark(figures, 'seen')}/{official.number(due)}{_mark(figures, 'due')} hộ phải thăm"
    )
    return [f"{sentence}, đạt {share}{_moved(content, coverage)}."]


def _moved(content: dict, coverage: dict | None) -> str:
    """ ", tăng 1,2 điểm phần trăm so với cùng giờ (14 giờ 00) hôm trước"; nothing where it is not known."""
    change = official.change(coverage["value"], coverage.get("before"), "%").removesuffix(" điểm") if coverage else ""
    moved = {"+": "tăng", "−": "giảm"}.get(change[:1])
    if not moved:
        return ""
    at = content.get("before_at")
    hour = f"cùng giờ ({official.moment(at).partition(' ngày ')[0]}) hôm trước" if at else "hôm trước"
    return f", {moved} {change[1:]} điểm phần trăm so với {hour}"


def _mark(figures: dict, code: str) -> str:
    """ " (đính chính lần 1)" behind a number that an addendum put right."""
    mark = figures[code]["mark"] if code in figures else ""
    return f" {mark}" if mark else ""


def cases(content: dict) -> list[Block]:
    """What was found that day. Somebody with symptoms is no confirmed case, and a figure nobody sent is no nought."""
    figures = _figures_by_code(content)
    sentences = [*_symptomatic(content, figures), *_confirmed(figures)]
    return [Paragraph(" ".join(sentences))] if sentences else []


def _symptomatic(content: dict, figures: dict) -> list[str]:
    if "symptomatic" not in figures:
        return []
    n, mark = _number(figures, "symptomatic"), _mark(figures, "symptomatic")
    if n is None:
        return [f"Số người có triệu chứng nghi mắc Covid-19: {official.NO_ENTRIES}."]
    if n == 0 and not _everybody(content):
        return [
            "Qua số liệu của các đơn vị đã thăm hộ, trong ngày chưa phát hiện trường hợp có triệu chứng nghi mắc "
            f"Covid-19{mark}."
        ]
    if n == 0:
        return [f"Trong ngày không phát hiện trường hợp có triệu chứng nghi mắc Covid-19{mark}."]
    return [
        f"Trong ngày phát hiện {official.counted(n, 'người')} có triệu chứng nghi mắc Covid-19 "
        f"(chưa phải ca xác định){mark}."
    ]


def _everybody(content: dict) -> bool:
    """Whether every unit has lists and visits, so that nothing found means nothing."""
    return lists.complete(content) and content.get("reported_units") == content.get("asked_units")


def _confirmed(figures: dict) -> list[str]:
    """The number the unit entered; a sum of some units only says of how many, and its nought is no “không”."""
    if "cases_new" not in figures:
        return []
    n, mark, some = _number(figures, "cases_new"), _mark(figures, "cases_new"), tables.summed(figures["cases_new"])
    if n is None:
        return [f"Số ca mắc mới (F0): {official.MISSING}."]
    if some and not mark:
        return [f"Số ca mắc mới (F0): {official.counted(n, 'ca')} ({some})."]
    source = _source(figures["cases_new"])
    if n == 0:
        return [f"Không ghi nhận ca mắc mới (F0){source}{mark}."]
    return [f"Ghi nhận {official.counted(n, 'ca')} mắc mới (F0){source}{mark}."]


def _source(line: dict) -> str:
    """Where a number comes from, as whoever entered it says."""
    source = text.clean(line.get("reason") or "").rstrip(".")
    return f" (nguồn: {source})" if source else ""


def asked(content: dict, asked_text: dict) -> list[Block]:
    """What a section asks for in words: the unit's own, then what the units below wrote, equal words once."""
    right = content["corrected_words"].get(asked_text["code"])
    mine = right["text"] if right else asked_text["text"]
    lead = f"{asked_text['name_vi']}:" if not right else f"{asked_text['name_vi']} {tables.marked(right['number'])}:"
    below = _below(content, asked_text["below"])
    body = narrative(mine) if mine or not below else []
    if body and isinstance(body[0], Paragraph):
        return [Paragraph(body[0].text, lead=lead), *body[1:], *below]
    return [Paragraph("", lead=lead), *body, *below]


def themes(content: dict, theme: str) -> list[Block]:
    """What the units wrote of it, equal words once."""
    return _below(content, [theme_row for theme_row in content.get("themes") or () if theme_row["theme"] == theme])


def _below(content: dict, entries: list[dict]) -> list[Block]:
    return [Bullet(f"{_named(content, entry['units'])}: {text.clean(entry['text'])}") for entry in entries]


def _named(content: dict, units: list[str]) -> str:
    """ "Xã Bàu Đồn, xã Thạnh Đức, Phường 1": only the first begins the sentence."""
    names = {full(unit): within(unit) for unit in content["units"]}
    return ", ".join([*units[:1], *(names.get(unit, unit) for unit in units[1:])])


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


def _figures_by_code(content: dict) -> dict[str, dict]:
    return {line["code"]: tables.stated(content, line) for block in content["blocks"] for line in block["lines"]}


def _number(figures: dict, code: str) -> int | None:
    return figures[code]["value"] if code in figures else None
