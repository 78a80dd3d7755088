"""A document as a DOCX that an office opens, edits and signs. Its body is streamed into the package."""

import io
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lib.exchange.letters import bars
from lib.exchange.letters.docx_base import base
from lib.exchange.letters.docx_table import opening, safe, table, twips
from lib.exchange.letters.flow import flow
from lib.exchange.letters.items import ABOVE_RULE, RULE, Box, Gap, Item, NewPage, Pair, Rule, Small, TextLine
from lib.exchange.letters.letter import Bars, Letter, LetterTable
from lib.exchange.letters.styles import BOTTOM, LEFT, MM, PAPER, RIGHT, TOP, room

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BODY, _RELS, _CORE = "word/document.xml", "word/_rels/document.xml.rels", "docProps/core.xml"
_TYPES, _PNG = "[Content_Types].xml", b'<Default Extension="png" ContentType="image/png"/><Default '


def docx(letter: Letter) -> bytes:
    out = io.BytesIO()
    write(letter, out)
    return out.getvalue()


def write(letter: Letter, out: BinaryIO) -> None:
    """The same letter makes the same bytes: the files in the package bear the day of the letter."""
    package, header = base(letter.layout)
    pictures: list[bytes] = []
    with ZipFile(io.BytesIO(package)) as template, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=4) as package_out:
        for name in template.namelist():
            if name not in (_BODY, _RELS, _CORE):
                text = template.read(name)
                package_out.writestr(
                    _entry(letter, name), text.replace(b"<Default ", _PNG, 1) if name == _TYPES else text
                )
        with package_out.open(_entry(letter, _BODY), "w") as body:
            for part in _batched(_document(letter, header, pictures)):
                body.write(part.encode("utf-8"))
        package_out.writestr(_entry(letter, _CORE), _core(letter))
        links = "".join(
            f'<Relationship Id="rIdBars{place}" Type="{_SPACES["r"]}/image" Target="media/bars{place}.png"/>'
            for place in range(len(pictures))
        )
        rels = template.read(_RELS).decode().replace("</Relationships>", f"{links}</Relationships>")
        package_out.writestr(_entry(letter, _RELS), rels)
        for place, picture in enumerate(pictures):
            package_out.writestr(_entry(letter, f"word/media/bars{place}.png"), picture)


def _entry(letter: Letter, name: str) -> ZipInfo:
    year, month, day = map(int, letter.day.split("-"))
    entry = ZipInfo(name, (year, month, day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _batched(parts: Iterator[str], size: int = 500) -> Iterator[str]:
    held = []
    for part in parts:
        held.append(part)
        if len(held) == size:
            yield "".join(held)
            held.clear()
    yield "".join(held)


def _core(letter: Letter) -> str:
    title = safe(f"{letter.kind.capitalize()} {letter.abstract}".replace("\n", " "))
    at = f'xsi:type="dcterms:W3CDTF">{letter.day}T00:00:00Z'
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
        f"<dc:creator>{safe(letter.issuer.replace(chr(10), ' '))}</dc:creator><dc:language>vi-VN</dc:language>"
        f"<dcterms:created {at}</dcterms:created><dcterms:modified {at}</dcterms:modified></cp:coreProperties>"
    )


def _document(letter: Letter, header: str, pictures: list[bytes]) -> Iterator[str]:
    spaces = " ".join(f'xmlns:{short}="{uri}"' for short, uri in _SPACES.items())
    yield f"{_XML}<w:document {spaces}><w:body>"
    landscape = False
    for item in flow(letter):
        if isinstance(item, NewPage):
            tiny = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            yield f"<w:p><w:pPr>{tiny}{_section(header, landscape)}</w:pPr></w:p>"
            landscape = item.landscape
        elif isinstance(item, LetterTable):
            yield from table(item, room(landscape))
        elif isinstance(item, Bars):
            pictures.append(bars.picture(item, room(landscape)))
            yield _drawing(item, len(pictures) - 1, room(landscape))
        else:
            yield _item(item, room(landscape))
    yield f"{_section(header, landscape)}</w:body></w:document>"


def _section(header: str, landscape: bool) -> str:
    """Paper, margins and the number of the page, top centre from the second page of each part on."""
    width, height = map(twips, reversed(PAPER) if landscape else PAPER)
    left, right = map(twips, (TOP, BOTTOM) if landscape else (LEFT, RIGHT))
    turned = ' w:orient="landscape"' if landscape else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:top="{twips(TOP)}" w:right="{right}" '
        f'w:bottom="{twips(BOTTOM)}" w:left="{left}" w:header="{twips(10)}" w:footer="{twips(10)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def _item(item: Item, width: float) -> str:
    if isinstance(item, Pair):
        return _pair(item)
    return _small(item, width)


def _pair(pair: Pair) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>'
        f"{''.join(_small(part, width) for part in side) or '<w:p/>'}</w:tc>"
        for side, width in zip((pair.left, pair.right), pair.widths, strict=True)
    )
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return f"{opening(list(pair.widths), borders=False)}{row}</w:tbl>"


def _small(part: Small, width: float) -> str:
    if isinstance(part, TextLine):
        lead = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{safe(part.lead)} </w:t></w:r>'
        runs = f"{lead if part.lead else ''}<w:r><w:t>{safe(part.text)}</w:t></w:r>"
        keeps = "<w:keepNext/><w:keepLines/>" if part.keeps else ""
        return f'<w:p><w:pPr><w:pStyle w:val="TN{part.role}"/>{keeps}</w:pPr>{runs}</w:p>'
    if isinstance(part, Gap):
        return f"<w:p><w:pPr>{_exact(part.height)}</w:pPr></w:p>"
    if isinstance(part, Rule):
        side = max(0, round((width * MM - part.length) * 10))
        line = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        place = f'{_exact(RULE - ABOVE_RULE, ABOVE_RULE)}<w:ind w:left="{side}" w:right="{side}"/>'
        return f"<w:p><w:pPr>{line}{place}</w:pPr></w:p>"
    return _box(part, width)


def _exact(height: float, before: float = 0) -> str:
    return f'<w:spacing w:before="{round(before * 20)}" w:after="0" w:line="{round(height * 20)}" w:lineRule="exact"/>'


def _box(box: Box, width: float) -> str:
    side = twips((width - box.width) / 2)
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="12" w:space="2" w:color="C00000"/>'
        for edge in ("top", "left", "bottom", "right")
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TN{box.role}"/><w:pBdr>{lines}</w:pBdr><w:ind w:left="{side}" w:right="{side}"/>'
        f'</w:pPr><w:r><w:rPr><w:color w:val="C00000"/></w:rPr><w:t>{safe(box.text)}</w:t></w:r></w:p>'
    )


def _drawing(item: Bars, place: int, width: float) -> str:
    """The chart as a picture; its text says in words what it shows."""
    wide, high = round(width * 36000), round(bars.height(item) * 36000)
    words = safe("; ".join(f"{bar.label}: {bar.said}" for bar in item.bars)).replace('"', "&quot;")
    return (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{place + 1}" name="Biểu đồ {place + 1}" descr="{words}"/>'
        f'<a:graphic><a:graphicData uri="{_SPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{place + 1}" '
        f'name="bars{place}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdBars{place}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
