"""Tables with their grid: WPS draws a table without gridCol too narrow."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.export import layout
from assistant.export.style import Style
from assistant.office.ooxml import Element, make

_SIZE = 21  # half points: 五号, so that a row of evidence stays short
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(
    rows: Sequence[Sequence[str]], widths: Sequence[int], style: Style, *, marked: frozenset[int] = frozenset()
) -> Element:
    """A bordered table; the first row is its head and repeats on each page; `marked` rows stand on a grey ground.

    Everything is said on the spot and nothing left to the styles of the document it is put into.
    """
    borders = make("tblBorders", *(make(edge, val="single", sz="4", space="0", color="000000") for edge in _EDGES))
    properties = make(
        "tblPr",
        make("tblW", w=sum(widths), type="dxa"),
        make("jc", val="center"),
        borders,
        make("tblLayout", type="fixed"),
        make(
            "tblCellMar",
            *(
                make(side, w=size, type="dxa")
                for side, size in (("top", 40), ("left", 60), ("bottom", 40), ("right", 60))
            ),
        ),
    )
    grid = make("tblGrid", *(make("gridCol", w=size) for size in widths))
    lines = [_row(cells, widths, style, head=not index, grey=index in marked) for index, cells in enumerate(rows)]
    return make("tbl", properties, grid, *lines)


def _row(cells: Sequence[str], widths: Sequence[int], style: Style, *, head: bool, grey: bool) -> Element:
    properties = make("trPr", make("cantSplit"))
    if head:
        properties.append(make("tblHeader"))
    return make(
        "tr", properties, *(_cell(text, size, style, head, grey) for text, size in zip(cells, widths, strict=True))
    )


def _cell(text: str, size: int, style: Style, head: bool, grey: bool) -> Element:
    properties = make("tcPr", make("tcW", w=size, type="dxa"))
    if head or grey:
        properties.append(make("shd", val="clear", color="auto", fill="D9D9D9" if head else "F2F2F2"))
    properties.append(make("vAlign", val="center"))
    font = style.level_1_font if head else style.body_font
    return make("tc", properties, plain_paragraph(text, font, style.latin_font, _SIZE, "center" if head else "left"))


def plain_paragraph(
    text: str, font: str, latin: str, half_points: int, align: str, *, new_page: bool = False
) -> Element:
    """A paragraph that owes nothing to the document's own styles: font, size, spacing and indent are its own."""
    line = round(half_points * 10 * 1.3)
    before = [make("pageBreakBefore")] if new_page else []
    properties = [
        *before,
        make("widowControl", val="0"),
        make("spacing", before="0", after="0", line=line, lineRule="exact"),
        make("ind", leftChars="0", left="0", rightChars="0", right="0", firstLineChars="0", firstLine="0"),
        make("jc", val=align),
    ]
    marks = [
        layout.font_element(font, latin),
        *(make(name, val="0") for name in ("b", "bCs", "i", "iCs")),
        make("color", val="000000"),
        make("spacing", val="0"),
        make("sz", val=half_points),
        make("szCs", val=half_points),
    ]
    runs = [layout.run(text, *marks)] if text else []
    return make("p", make("pPr", *properties), *runs)
