"""The package that a DOCX is put into: its styles, its header with the page number, and nothing of a body."""

import io
from functools import cache

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from lib.exchange.fonts import NAME
from lib.exchange.letters.styles import FIRST_LINE, STYLES, Style

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_FONTS = f'<w:rFonts {nsdecls("w")} w:ascii="{NAME}" w:hAnsi="{NAME}" w:eastAsia="{NAME}" w:cs="{NAME}"/>'
_PAGE = '<w:fldSimple {} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'


@cache
def base(layout: str) -> tuple[bytes, str]:
    """The package of a layout, and the id of its header."""
    doc = Document()
    for style in doc.styles.element.findall(qn("w:style")):
        if style.get(qn("w:default")) is None:  # half a megabyte that nobody here asks for
            doc.styles.element.remove(style)
    _defaults(doc)
    for role, style in STYLES[layout].items():
        _style(doc, f"TN{role}", style)
    header = doc.sections[0].header
    header.is_linked_to_previous = False
    header.paragraphs[0].style = doc.styles["Số trang"]
    header.paragraphs[0]._p.append(parse_xml(_PAGE.format(nsdecls("w"))))
    found = next(key for key, rel in doc.part.rels.items() if rel.reltype.endswith("/header"))
    _settings(doc)
    _drop(doc.part.package.rels, "thumbnail", "extended-properties")  # of the document the package was made from
    _drop(doc.part.rels, "stylesWithEffects", "customXml", "numbering")
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue(), found


def _drop(rels, *kinds: str) -> None:
    for key in [key for key, rel in rels.items() if rel.reltype.rpartition("/")[2] in kinds]:
        del rels[key]


def _defaults(doc: Doc) -> None:
    """Times New Roman for every script, Vietnamese for the spelling checker."""
    properties = doc.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(properties):
        properties.remove(child)
    properties.append(parse_xml(_FONTS))
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'))
    normal = doc.styles["Normal"]
    _face(normal)
    normal.font.size = Pt(14)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0


def _settings(doc: Doc) -> None:
    """Word's present layout, Vietnamese, a comma for decimals; else it opens as a paper of 2010 in English."""
    settings = doc.settings.element
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
    for name in ("w:useFELayout", "w:savePreviewPicture"):
        for element in list(settings.iter(qn(name))):
            element.getparent().remove(element)
    language = settings.find(qn("w:themeFontLang"))
    language.attrib.clear()
    language.set(qn("w:val"), "vi-VN")
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")


def _face(style) -> None:
    marks = style.element.get_or_add_rPr()
    for old in marks.findall(qn("w:rFonts")):
        marks.remove(old)
    marks.insert(0, parse_xml(_FONTS))


def _style(doc: Doc, key: str, wished: Style) -> None:
    style = doc.styles.add_style(wished.name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), key)
    style.base_style = doc.styles["Normal"]
    style.quick_style = True
    _face(style)
    style.font.size, style.font.underline = Pt(wished.size), wished.underline or None
    style.font.bold, style.font.italic = "B" in wished.font, "I" in wished.font
    form = style.paragraph_format
    form.alignment = _ALIGN[wished.align]
    form.space_before, form.space_after = Pt(wished.before), Pt(wished.after)
    form.keep_with_next = wished.with_next or None
    if wished.indented:
        form.first_line_indent = Mm(FIRST_LINE)
    if wished.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(wished.line)
