"""How far the lists of households go, as documents say it: first, before any figure, and never as if all were there."""

from lib.core import text
from lib.core.words import titles
from lib.exchange.letters import official
from lib.exchange.letters.letter import Block, Paragraph
from lib.oversight.figures import list_completeness

_NAMED = 12  # units called by name in one sentence


def sentences(content: dict) -> list[str]:
    """What is missing of the lists, then how many households are on them; nothing where nothing is known."""
    counts = content.get("lists")
    if not counts or not counts["communes"]:
        return []
    parts = _unlisted(content, counts), _short(content, counts), _registered(counts), _unknown(content, counts)
    return list(filter(None, parts))


def paragraphs(content: dict) -> list[Block]:
    lines = sentences(content)
    return [Paragraph(" ".join(lines))] if lines else []


def complete(content: dict) -> bool:
    """Whether "all of them" may be said; also of reports that know nothing of lists."""
    counts = content.get("lists")
    return not counts or list_completeness.complete(counts)


def unlisted(unit: dict) -> bool:
    """Whether a unit of a report has no list at all."""
    counts = unit.get("counts") or {}
    return bool(counts.get("communes")) and not counts.get("communes_listed", 1)


def _unlisted(content: dict, counts: dict) -> str:
    n = list_completeness.unlisted(counts)
    if not n:
        return ""
    if counts["communes"] == 1:
        return "Đơn vị chưa có danh sách hộ gia đình."
    some = f"{official.number(n)}/{official.number(counts['communes'])} {content['words'].commune}"
    return f"Còn {some} chưa có danh sách hộ gia đình{_named(content)}; số liệu dưới đây chưa bao gồm các hộ này."


def _named(content: dict) -> str:
    """Which: communes by name, of a province the districts with how many."""
    units_named = []
    for unit in sorted(content["units"], key=lambda unit: text.sort_key(unit["name"])):
        counts = unit.get("counts") or {}
        if counts and (n := list_completeness.unlisted(counts)):
            many = f" {official.number(n)}/{official.number(counts['communes'])}" if unit["level"] == "district" else ""
            units_named.append(f"{titles.within(unit)}{many}")
    if not units_named:
        return ""
    more = len(units_named) - _NAMED
    return f" ({', '.join(units_named[:_NAMED])}{f' và {more} đơn vị khác' if more > 0 else ''})"


def _short(content: dict, counts: dict) -> str:
    n = counts["communes_short"]
    if not n or counts["communes"] == 1:
        return ""
    return f"{official.counted(n, content['words'].commune)} có danh sách còn thiếu nhiều so với số hộ dự kiến."


def _registered(counts: dict) -> str:
    if not counts["communes_expected"]:
        return ""
    done, wanted, left = counts["registered"], counts["expected_households"], list_completeness.unregistered(counts)
    guess = " (số ước tính)" if counts["communes_estimated"] else ""
    sentence = f"Đã lập danh sách {official.number(done)}/{official.number(wanted)} hộ dự kiến{guess}"
    return f"{sentence}; còn {official.counted(left, 'hộ')} chưa lập danh sách." if left else f"{sentence}."


def _unknown(content: dict, counts: dict) -> str:
    """Of some communes the number is known, of others not; said only where a sum stands that lacks them."""
    n = counts["communes"] - counts["communes_expected"]
    if not n or not counts["communes_expected"]:
        return ""
    return f"{official.counted(n, content['words'].commune)} chưa có số hộ dự kiến."
