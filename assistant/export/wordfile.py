"""The parts of a new Word file around its body: styles, settings, fonts, page numbers, properties."""

from __future__ import annotations

from xml.sax.saxutils import escape  # nosec B406  # only writes, reads no XML

from assistant.export import layout
from assistant.export.style import PAGE_HEIGHT_MM, PAGE_WIDTH_MM, TWIPS_PER_MM, Style
from assistant.office import ooxml
from assistant.office.ooxml import Element, R, make, w

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCUMENT = "word/document.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_DATE = "2000-01-01T00:00:00Z"  # a file's date would make equal content unequal; the date is in the text


_FIRST_FOOTER = 4  # the relations before it: styles, settings, fontTable


def new_parts(body: list[Element], style: Style, title: str, author: str) -> dict[str, bytes]:
    """The parts of a .docx with this body in this layout."""
    footers = _footers(style)
    document = ooxml.root_element("document", {"w": ooxml.W, "r": R})
    document.append(make("body", *body, _section(style, footers)))
    parts = {
        DOCUMENT: ooxml.serialize(document),
        "word/styles.xml": ooxml.serialize(_styles(style)),
        "word/settings.xml": ooxml.serialize(_settings(style)),
        "word/fontTable.xml": layout.font_table(style),
        "docProps/core.xml": _core_properties(title, author),
        "docProps/app.xml": _app_properties(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            *(("footer", name.removeprefix("word/")) for name in footers),
        ),
        **{name: ooxml.serialize(root) for name, root in footers.items()},
    }
    return {"[Content_Types].xml": _content_types(footers), **parts}


def _footers(style: Style) -> dict[str, Element]:
    """One footer for all pages, or mirrored ones: odd pages right, even pages left, a character in (7.5)."""
    if style.page_number == "none":
        return {}
    in_one = round(style.page_number_size_pt * 20)
    if style.page_number == "centre":
        return {"word/footer1.xml": _footer([make("jc", val="center")])}
    return {
        "word/footer1.xml": _footer([make("ind", rightChars="100", right=in_one), make("jc", val="right")]),
        "word/footer2.xml": _footer([make("ind", leftChars="100", left=in_one), make("jc", val="left")]),
    }


def _footer(properties: list[Element]) -> Element:
    line = layout.paragraph(
        "Footer", layout.run("— "), *layout.field_runs("PAGE", "1"), layout.run(" —"), properties=properties
    )
    return make("ftr", line)


def _section(style: Style, footers: dict[str, Element]) -> Element:
    section = make("sectPr")
    for offset, kind in enumerate(["default", "even"][: len(footers)]):
        reference = make("footerReference", type=kind)
        reference.set(f"{{{R}}}id", f"rId{_FIRST_FOOTER + offset}")
        section.append(reference)
    twips = {name: round(getattr(style, f"{name}_mm") * TWIPS_PER_MM) for name in ("top", "right", "bottom", "left")}
    footer = round(layout.footer_distance_mm(style) * TWIPS_PER_MM)
    section.append(make("pgSz", w=round(PAGE_WIDTH_MM * TWIPS_PER_MM), h=round(PAGE_HEIGHT_MM * TWIPS_PER_MM)))
    section.append(make("pgMar", **twips, header=round(15 * TWIPS_PER_MM), footer=footer, gutter=0))
    return section


def _styles(style: Style) -> Element:
    root = make("styles")
    fonts = layout.font_element(style.body_font, style.latin_font)
    language = make("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    root.append(make("docDefaults", make("rPrDefault", make("rPr", fonts, language)), make("pPrDefault", make("pPr"))))
    root.extend(layout.report_styles(style))
    letters = make("style", type="character", default="1", styleId="DefaultParagraphFont")
    letters.extend([make("name", val="Default Paragraph Font"), make("uiPriority", val="1"), make("semiHidden")])
    table = make("style", type="table", default="1", styleId="TableNormal")
    table.extend([make("name", val="Normal Table"), make("uiPriority", val="99"), make("semiHidden")])
    margins = make("tblCellMar", *(make(side, w=size, type="dxa") for side, size in _CELL_MARGINS))
    table.append(make("tblPr", make("tblInd", w="0", type="dxa"), margins))
    root.extend([letters, table])
    return root


_CELL_MARGINS = (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))


def _settings(style: Style) -> Element:
    root = make("settings")
    if style.page_number == "outside":
        root.append(make("evenAndOddHeaders"))
    root.append(make("characterSpacingControl", val="doNotCompress"))
    modern = make("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    root.append(make("compat", modern))
    root.append(make("themeFontLang", val="en-US", eastAsia="zh-CN"))
    return root


def _relations(*targets: tuple[str, str]) -> bytes:
    lines = []
    for number, (kind, target) in enumerate(targets, 1):
        base = _OFFICE
        if kind.startswith("metadata/"):
            base = "http://schemas.openxmlformats.org/package/2006/relationships"
        lines.append(f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>')
    return f'{_HEAD}<Relationships xmlns="{ooxml.RELATIONSHIPS}">{"".join(lines)}</Relationships>'.encode()


def _content_types(footers: dict[str, Element]) -> bytes:
    kinds = {
        "/word/document.xml": f"{_WORD_TYPES}.document.main+xml",
        "/word/styles.xml": f"{_WORD_TYPES}.styles+xml",
        "/word/settings.xml": f"{_WORD_TYPES}.settings+xml",
        "/word/fontTable.xml": f"{_WORD_TYPES}.fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        **{f"/{name}": f"{_WORD_TYPES}.footer+xml" for name in footers},
    }
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_HEAD}<Types xmlns="{ooxml.CONTENT_TYPES}">{defaults}{overrides}</Types>'.encode()


def _core_properties(title: str, author: str) -> bytes:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(ooxml.xml_text(title))}</dc:title><dc:creator>{escape(ooxml.xml_text(author))}</dc:creator><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_NO_DATE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_NO_DATE}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _app_properties() -> bytes:
    return (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>据实</Application></Properties>"
    ).encode()


def text_width(document: Element) -> int:
    """The width of the type area of a document's last section, in twips; A4 with usual margins where it does not say."""
    sections = document.findall(f".//{w('sectPr')}")
    size = sections[-1].find(w("pgSz")) if sections else None
    margins = sections[-1].find(w("pgMar")) if sections else None
    if size is None or margins is None:
        return round(150 * TWIPS_PER_MM)
    taken = sum(abs(int(float(margins.get(w(side), 0)))) for side in ("left", "right", "gutter"))
    return max(int(float(size.get(w("w"), 11906))) - taken, 2000)
