"""Sets a past summary as an official document: A4, 小标宋 title, 黑体, 楷体 and 仿宋 levels, page numbers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from making.archive import settle
from making.prose import Line

BODY, TITLE, LINE = Pt(16), Pt(22), Pt(28)
_TYPE_WIDTH = 442  # points between the margins
_LEVELS = {"##": ("Heading 1", "黑体"), "###": ("Heading 2", "楷体_GB2312"), "####": ("Heading 3", "仿宋_GB2312")}
_THEMES = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def write_document(lines: list[Line], path: Path, moment: datetime) -> None:
    """Writes the summary as .docx with `moment` as its date of making."""
    document = Document()
    _prepare(document)
    for line in lines:
        _add(document, line)
    title = next(line.text.replace("\n", "") for line in lines if line.mark == "#")
    document.core_properties.title, document.core_properties.author = title, lines[-2].text
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = moment
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    settle(path, moment)


def _prepare(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    normal = document.styles["Normal"]
    _set_font(normal, "仿宋_GB2312", BODY)
    _set_spacing(normal)
    for name, font in _LEVELS.values():
        style = document.styles[name]
        _set_font(style, font, BODY)
        style.font.bold = style.font.italic = False
        style.font.color.rgb = RGBColor(0, 0, 0)
        _set_spacing(style)
    title = document.styles["Title"]
    _set_font(title, "方正小标宋简体", TITLE)
    title.font.bold, title.font.color.rgb = False, RGBColor(0, 0, 0)
    _set_spacing(title, Pt(35))
    for border in title.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)
    _number_pages(document, section)


def _set_font(target: ParagraphStyle | Run, east_asian: str, size: Pt) -> None:
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in _THEMES:
        fonts.attrib.pop(qn(attribute), None)
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(attribute), "Times New Roman")
    fonts.set(qn("w:eastAsia"), east_asian)
    target.font.size = size


def _set_spacing(style: ParagraphStyle, line: Pt = LINE) -> None:
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, line
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False
    layout.keep_with_next = style.name.startswith("Heading")


def _number_pages(document: WordDocument, section: Section) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    for part in ("— ", "begin", " PAGE ", "end", " —"):
        run = paragraph.add_run()
        _set_font(run, "宋体", Pt(14))
        if part in ("begin", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), part)
            run._r.append(mark)
        elif part == " PAGE ":
            code = OxmlElement("w:instrText")
            code.text = part
            run._r.append(code)
        else:
            run.text = part


def _add(document: WordDocument, line: Line) -> None:
    if line.mark == "#":
        _add_title(document, line.text)
    elif line.mark == "<":
        _add_signature(document, line.text)
    elif line.mark == ">":
        document.add_paragraph(line.text).paragraph_format.space_before = LINE
    else:
        style = _LEVELS[line.mark][0] if line.mark else None
        _indent(document.add_paragraph(line.text, style=style))


def _indent(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.first_line_indent = BODY * 2
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def _add_title(document: WordDocument, text: str) -> None:
    """The title in one paragraph; side indents make it break where its author broke it."""
    first, _, rest = text.partition("\n")
    paragraph = document.add_paragraph(first + rest, style="Title")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if rest:
        free = (_TYPE_WIDTH - _width(first) * 22 - 30) / 2
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(max(0, int(free)))


def _add_signature(document: WordDocument, text: str) -> None:
    """The office, and below it the date, set as for a document without seal."""
    is_date = text[0].isdigit()
    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.space_before = Pt(0) if is_date else LINE
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = BODY * (1 if is_date else 2)


def _width(text: str) -> float:
    """Width in characters: digits are half as wide."""
    return sum(0.5 if character.isascii() else 1 for character in text)
