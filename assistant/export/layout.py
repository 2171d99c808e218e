"""Paragraphs and styles of GB/T 9704 as WordprocessingML: what python-docx leaves to its users."""

from __future__ import annotations

import re

from assistant.export.style import Style
from assistant.office import ooxml
from assistant.office.headings import number_level, run_in_end
from assistant.office.ooxml import Element, make, text_element, w

OPEN_MARK = re.compile(r"【待[^】\n]*】?|\{\{[^{}\n]*\}\}")
FALLBACKS = {  # licensed fonts that offices have, and what stands in where they are missing
    "方正小标宋简体": "宋体",
    "方正小标宋_GBK": "宋体",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "宋体": "SimSun",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
}
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
HEADINGS = {1: "Heading1", 2: "Heading2", 3: "Heading3", 4: "Heading4"}


def font_element(east_asian: str, latin: str) -> Element:
    """w:rFonts naming one font for Chinese and one for the rest."""
    return make("rFonts", ascii=latin, hAnsi=latin, eastAsia=east_asian, cs=latin)


def drop_theme_fonts(root: Element) -> None:
    """Remove theme fonts everywhere: WPS reports them as missing, and they overrule named ones."""
    for fonts in root.iter(w("rFonts")):
        for name in _THEME:
            fonts.attrib.pop(w(name), None)


def style_element(
    identity: str,
    name: str,
    *,
    run: list[Element] | None = None,
    paragraph: list[Element] | None = None,
    based_on: str = "Normal",
    following: str = "",
    default: bool = False,
) -> Element:
    """A paragraph style; the children come in the order the schema wants."""
    style = make("style", type="paragraph", styleId=identity)
    if default:
        style.set(w("default"), "1")
    style.append(make("name", val=name))
    if based_on and not default:
        style.append(make("basedOn", val=based_on))
    if following:
        style.append(make("next", val=following))
    style.append(make("qFormat"))
    style.append(make("pPr", *(paragraph or [])))
    style.append(make("rPr", *(run or [])))
    return style


def report_styles(style: Style) -> list[Element]:
    """Normal, title, headings by level, body, and the lines around it."""
    line = _spacing(style.line_pitch_pt)
    size = round(style.body_size_pt * 2)
    base = [
        *(make(name, val="0") for name in ("widowControl",)),
        make("overflowPunct", val="1"),  # Word's own way; LibreOffice takes 0 for yes, and then loses the hanging marks
        make("autoSpaceDE", val="0"),
        make("autoSpaceDN", val="0"),
        line,
        make("jc", val="both"),
    ]
    letters = [
        font_element(style.body_font, style.latin_font),
        make("spacing", val=style.character_spacing),
        make("kern", val="0"),
        make("sz", val=size),
        make("szCs", val=size),
        make("lang", val="en-US", eastAsia="zh-CN"),
    ]
    title_letters = [
        font_element(style.title_font, style.title_font),
        make("spacing", val="0"),
        make("sz", val=round(style.title_size_pt * 2)),
        make("szCs", val=round(style.title_size_pt * 2)),
    ]
    pitch = max(style.line_pitch_pt, style.title_size_pt * 1.2)
    return [
        style_element("Normal", "Normal", run=letters, paragraph=base, default=True),
        style_element("BodyText", "Body Text", paragraph=[two_characters(style)]),
        style_element(
            "Title",
            "Title",
            run=title_letters,
            paragraph=[_spacing(pitch), make("jc", val="center")],
            following="BodyText",
        ),
        *(_heading(style, level) for level in HEADINGS),
        style_element(
            "Footer",
            "footer",
            paragraph=[_spacing(_footer_line(style)), make("jc", val="left")],
            run=_footer_letters(style),
        ),
    ]


def _heading(style: Style, level: int) -> Element:
    bold = (level == 2 and style.bold_level_2) or (level == 3 and style.bold_level_3)
    return style_element(
        HEADINGS[level],
        f"heading {level}",
        run=[*heading_font(style, level), make("b", val="1" if bold else "0"), make("bCs", val="1" if bold else "0")],
        paragraph=[
            make("keepNext", val="1" if style.keep_headings else "0"),
            two_characters(style),
            make("outlineLvl", val=level - 1),
        ],
        following="BodyText",
    )


def heading_font(style: Style, level: int) -> list[Element]:
    """The font of a heading level: 黑体, 楷体, then the body's own."""
    font = {1: style.level_1_font, 2: style.level_2_font}.get(level)
    return [font_element(font, font)] if font else [font_element(style.body_font, style.latin_font)]


def two_characters(style: Style) -> Element:
    """The first line's indent of two characters (7.3.3)."""
    return make("ind", firstLineChars="200", firstLine=2 * style.character_width)


def _spacing(points: float) -> Element:
    return make("spacing", before="0", after="0", line=round(points * 20), lineRule="exact")


def _footer_line(style: Style) -> float:
    return style.page_number_size_pt + 2


def _footer_letters(style: Style) -> list[Element]:
    size = round(style.page_number_size_pt * 2)
    font = font_element(style.page_number_font, style.page_number_font)
    return [font, make("spacing", val="0"), make("sz", val=size), make("szCs", val=size)]


def footer_distance_mm(style: Style) -> float:
    """From the page's lower edge to the footer's foot, so that the dashes stand 7 mm below the type area (7.5)."""
    above_dash_mm = _footer_line(style) * 0.46 / 72 * 25.4  # measured: a dash is drawn a little below its line's middle
    return max(style.bottom_mm - 7.0 - above_dash_mm, 5.0)


def paragraph(style_id: str, *runs: Element, properties: list[Element] | None = None) -> Element:
    """A paragraph of a style, with properties of its own after it."""
    first = [make("pStyle", val=style_id)] if style_id else []
    return make("p", make("pPr", *first, *(properties or [])), *runs)


def run(text: str, *properties: Element) -> Element:
    """A run whose quotation marks and dashes are Chinese ones; a newline becomes a line break."""
    fonts = next((entry for entry in properties if entry.tag == w("rFonts")), None)
    if fonts is None:
        fonts = make("rFonts")
    fonts.set(w("hint"), "eastAsia")
    others = [entry for entry in properties if entry is not fonts]
    element = make("r", make("rPr", fonts, *others))
    for index, part in enumerate(text.split("\n")):
        if index:
            element.append(make("br"))
        if part:
            element.append(text_element(part))
    return element


def text_runs(text: str, *properties: Element) -> list[Element]:
    """The runs of a text; what is still open (【待核实…】) stands on yellow."""
    import copy

    runs, end = [], 0

    def add(part: str, *marks: Element) -> None:
        if part:
            runs.append(run(part, *(copy.deepcopy(entry) for entry in properties), *marks))

    for found in OPEN_MARK.finditer(text):
        add(text[end : found.start()])
        add(found[0], make("highlight", val="yellow"))
        end = found.end()
    add(text[end:])
    return runs


def body_paragraph(style: Style, text: str, within: int = 0) -> Element:
    """A body paragraph; a heading that it runs on from keeps its level's font, where that is below level `within`."""
    end = run_in_end(text) if number_level(text) > within else 0
    head = text_runs(text[:end], *heading_font(style, number_level(text))) if end else []
    return paragraph("BodyText", *head, *text_runs(text[end:]))


def field_runs(instruction: str, shown: str) -> list[Element]:
    """A complex field with the value it shows until it is brought up to date."""
    code = text_element(f" {instruction} ", "instrText")
    return [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", code),
        make("r", make("fldChar", fldCharType="separate")),
        make("r", text_element(shown)),
        make("r", make("fldChar", fldCharType="end")),
    ]


def font_table(style: Style) -> bytes:
    """fontTable.xml: every font with the one to use where it is missing."""
    root = make("fonts")
    for name in style.fonts:
        latin = name == style.latin_font
        entry = make("font", name=name)
        if name in FALLBACKS:
            entry.append(make("altName", val=FALLBACKS[name]))
        entry.append(make("charset", val="00" if latin else "86"))
        entry.append(make("family", val="roman" if latin else "auto"))
        entry.append(make("pitch", val="variable"))
        root.append(entry)
    return ooxml.serialize(root)
