"""A document as the sequence of things that are drawn, the same for every writer."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lib.exchange import fonts
from lib.exchange.letters import official
from lib.exchange.letters.items import Box, Gap, Item, NewPage, Pair, Rule, Small, TextLine
from lib.exchange.letters.letter import STATE, Annex, Block, Bullet, Heading, Letter, LetterTable, Paragraph
from lib.exchange.letters.styles import FEET, HEADS, MM, STYLES, WIDEST, room

DOTS = "……"  # where a number will be written by hand


def flow(letter: Letter) -> Iterator[Item]:
    """The whole document from its head to its last annex."""
    yield _head(letter)
    yield from _title(letter)
    yield from _salutation(letter)
    yield from _preamble(letter)
    *text, last = _blocks(_ended(letter))
    yield from text
    yield replace(last, keeps=True) if isinstance(last, TextLine) else last  # no signature alone on a page
    yield _foot(letter)
    for annex in letter.annexes:
        yield from _annex(annex)


def number(letter: Letter) -> str:
    """ "Số ……-BC/HU" of the Party, "Số: 05/BC-SYT" of the State; blank unless somebody typed one."""
    if letter.layout == STATE:
        return f"Số: {official.two_digits(letter.number) or DOTS}{letter.mark}"
    return f"Số {letter.number or DOTS}{letter.mark}"


def _lines(role: str, text: str) -> tuple[TextLine, ...]:
    return tuple(TextLine(role, part) for part in text.split("\n") if part)


def _rule(letter: Letter, role: str, text: str, part: float, width: float) -> Rule:
    """As long as a part of the last line that the text takes."""
    style = STYLES[letter.layout][role]
    last = fonts.lines(text.split("\n")[-1], style.size, width * MM, style.font)[-1]
    return Rule(round(fonts.width(last, style.size, style.font) * part, 1))


def _head(letter: Letter) -> Pair:
    place, role, widths = _place(letter)
    left = [*_broken(letter, "superior", letter.superior, widths[0])]
    left += _broken(letter, "issuer", letter.issuer, widths[0])
    if letter.layout == STATE:
        left += [_rule(letter, "issuer", letter.issuer, 0.45, widths[0]), Gap(4)]
        motto = "Độc lập - Tự do - Hạnh phúc"
        right = [TextLine("nation", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), TextLine("motto", motto)]
        right += [_rule(letter, "motto", motto, 1, widths[1]), Gap(4)]
    else:
        left.append(TextLine("star", "*"))
        nation = "ĐẢNG CỘNG SẢN VIỆT NAM"
        right = [TextLine("nation", nation), _rule(letter, "nation", nation, 1, widths[1]), Gap(12)]
    left += [TextLine("number", number(letter)), *_urgency(letter), *_lines("draft", letter.draft)]
    return Pair(tuple(left), (*right, TextLine(role, place)), widths)


def _place(letter: Letter) -> tuple[str, str, tuple[float, float]]:
    """Place and day on one line: a long one is set smaller, and takes room from the left."""
    place = f"{letter.place}, {official.long_date(letter.day)}"
    left, right = HEADS[letter.layout]
    role = "place" if _wide(letter, "place", place) <= right else "place_long"
    wide = min(max(right, _wide(letter, role, place)), WIDEST)
    return place, role, (left + right - wide, wide)


def _wide(letter: Letter, role: str, text: str) -> float:
    """Millimetres a line takes, with a little beside it."""
    style = STYLES[letter.layout][role]
    return fonts.width(text, style.size, style.font) / MM + 2


# Where the name of a body may be broken: behind the committee, before the kind of its area.
_BREAK = re.compile(r"(?<=ỦY) |(?<=\w) (?=(?:TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN)\b)")


def _broken(letter: Letter, role: str, text: str, width: float) -> tuple[TextLine, ...]:
    """Lines of a body's name; one that is too wide is broken where its parts meet, not where the room ends."""
    parts = [part for line in text.split("\n") for part in _halves(letter, role, line, width)]
    return _lines(role, "\n".join(parts))


def _halves(letter: Letter, role: str, text: str, width: float) -> list[str]:
    if _wide(letter, role, text) <= width or not (break_at := _BREAK.search(text)):
        return [text]
    return [text[: break_at.start()], text[break_at.end() :]]


def _urgency(letter: Letter) -> tuple[Small, ...]:
    if not letter.urgency:
        return ()
    word = letter.urgency.upper()
    if letter.layout != STATE:
        return (TextLine("urgency", word),)
    return (Gap(4), Box("urgency", word, {"KHẨN": 20, "THƯỢNG KHẨN": 40}.get(word, 30)))


def _title(letter: Letter) -> Iterator[Item]:
    yield from _lines("kind", letter.kind)
    yield from _lines("abstract", letter.abstract)
    if letter.layout == STATE:
        yield _rule(letter, "abstract", letter.abstract, 0.4, room())
        yield Gap(8)
    else:
        yield TextLine("dash", "-----")


def _salutation(letter: Letter) -> Iterator[Item]:
    if len(letter.salutation) == 1:
        yield TextLine("salute", f"Kính gửi: {letter.salutation[0]}{'' if letter.layout == STATE else '.'}")
    elif letter.salutation:
        names = tuple(TextLine("salute_name", f"\u00a0{text}") for text in listed(letter, letter.salutation))
        yield Gap(6)
        yield Pair((TextLine("salute_word", "Kính gửi:"),), names, (50, 115))
        yield Gap(8)


def listed(letter: Letter, texts: tuple[str, ...]) -> list[str]:
    """ "- …," to the last, which ends with a full stop; the State writes semicolons."""
    mark = ";" if letter.layout == STATE else ","
    return [f"- {text}{'.' if place == len(texts) else mark}" for place, text in enumerate(texts, start=1)]


def _preamble(letter: Letter) -> Iterator[Item]:
    """Who decides, and on what legal bases."""
    if not letter.decider:
        return
    yield TextLine("decider", letter.decider)
    for place, basis in enumerate(letter.bases, start=1):
        yield TextLine("basis", f"{basis.rstrip(' .;,')}{'.' if place == len(letter.bases) else ';'}")
    yield TextLine("decides", "QUYẾT ĐỊNH:")


def _ended(letter: Letter) -> tuple[Block, ...]:
    """The State ends its text with "./."; the Party does not."""
    if letter.layout != STATE:
        return letter.body
    last = letter.body[-1] if letter.body else None
    if isinstance(last, Paragraph | Bullet):
        return (*letter.body[:-1], replace(last, text=last.text.rstrip(" .") + "./."))
    return (*letter.body, Paragraph("./."))


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Item]:
    for block in blocks:
        if isinstance(block, Heading):
            yield TextLine(f"heading{block.level}", block.text)
        elif isinstance(block, Bullet):
            yield TextLine("body", f"- {block.text}")
        elif isinstance(block, Paragraph):
            yield TextLine("body", block.text, block.lead)
        else:
            if block.title:
                yield TextLine("caption", block.title)
            yield block
            if isinstance(block, LetterTable):
                yield TextLine("note", block.note) if block.note else Gap(8)


def _foot(letter: Letter) -> Pair:
    to = (TextLine("to", "Nơi nhận:"),) if letter.recipients else ()
    left = (Gap(12), *to, *(TextLine("recipient", text) for text in listed(letter, letter.recipients)))
    signed = letter.signature
    right = (Gap(12), *_lines("authority", signed.authority), *_lines("position", signed.position))
    return Pair(left, (*right, Gap(72), TextLine("signer", signed.name or "\u00a0")), FEET)


def _annex(annex: Annex) -> Iterator[Item]:
    yield NewPage(annex.landscape)
    yield from _lines("label", annex.label)
    yield from _lines("title", annex.title)
    yield from _lines("reference", annex.reference)
    yield from _blocks(annex.body)
