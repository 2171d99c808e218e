"""The XML of our files against the order and the rules of the OOXML schema that Word insists on."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.export.annotated import annotate
from assistant.export.report import export_docx
from assistant.export.style import Style
from assistant.office.archive import open_word
from assistant.office.ooxml import Element, parse, w
from assistant.records import (
    CheckReport,
    Draft,
    Kind,
    Period,
    Quantity,
    ReportKind,
    SectionText,
    Verdict,
    VerdictKind,
)
from assistant.retrieval.loaders import load_text

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
ORDER = {  # ECMA-376 part 1, the sequences of the complex types; only what we write
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr overflowPunct autoSpaceDE autoSpaceDN spacing ind jc"
    " outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs highlight lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan shd vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "sectPr": "footerReference pgSz pgMar",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "settings": "evenAndOddHeaders characterSpacingControl compat themeFontLang",
    "font": "altName charset family pitch",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
}
REQUIRED = {
    "gridCol": "w",
    "commentRangeStart": "id",
    "commentRangeEnd": "id",
    "commentReference": "id",
    "comment": "author",
}


def report(text: str) -> CheckReport:
    start = text.index("205家次")
    claim = Quantity(start, start + 5, "205家次", Decimal(205), "家次", Kind.COUNT, is_claim=True)
    return CheckReport(text, YEAR, (claim,), (Verdict(claim, VerdictKind.UNSUPPORTED, "no_row"),), ())


def exported(path: Path) -> None:
    text = "检查企业205家次【待核实：无台账】。\n1.培训\n| 甲 | 乙 |\n| 1 | 2 |"
    draft = Draft(
        "d", ReportKind.ANNUAL, YEAR, "总结", "清河镇", (SectionText("1", "一、检查", 1, text),), signature="清河镇"
    )
    style = Style(bold_level_3=True, keep_headings=True)
    export_docx(draft, path, style=style, check=report("总结\n一、检查\n" + text), annex=True)


def annotated(path: Path) -> None:
    source = load_text("总结\n检查企业205家次。")
    annotate(source, report(source.text), path)


@pytest.fixture(params=[exported, annotated], ids=["export", "annotate"])
def roots(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Element]:
    path = tmp_path / "a.docx"
    request.param(path)
    parts = open_word("a.docx", path.read_bytes(), everything=True).parts
    return {name: parse(data) for name, data in parts.items() if name.startswith("word/") and name.endswith(".xml")}


def test_children_come_in_the_order_of_the_schema(roots: dict[str, Element]) -> None:
    for name, root in roots.items():
        for parent, order in ORDER.items():
            wanted = [w(child) for child in order.split()]
            for node in root.iter(w(parent)):
                places = [wanted.index(child.tag) for child in node if "bookmark" not in child.tag]
                assert places == sorted(places), (name, parent)
                if parent in ("pPr", "rPr", "tblPr"):
                    assert len(places) == len(set(places)), (name, parent)


def test_required_attributes_are_there(roots: dict[str, Element]) -> None:
    for root in roots.values():
        for element, attribute in REQUIRED.items():
            assert all(node.get(w(attribute)) for node in root.iter(w(element)))


def test_every_row_fills_its_grid(roots: dict[str, Element]) -> None:
    for table in roots["word/document.xml"].iter(w("tbl")):
        columns = len(list(table.iter(w("gridCol"))))
        assert {len(row.findall(w("tc"))) for row in table.iter(w("tr"))} == {columns}


def test_every_comment_has_one_range_and_one_mark(roots: dict[str, Element]) -> None:
    comments = [node.get(w("id")) for node in roots["word/comments.xml"].iter(w("comment"))]
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        marks = Counter(node.get(w("id")) for node in roots["word/document.xml"].iter(w(name)))
        assert marks == Counter(comments)


def test_every_style_used_is_defined(roots: dict[str, Element]) -> None:
    defined = {node.get(w("styleId")) for node in roots["word/styles.xml"].iter(w("style"))}
    used = {node.get(w("val")) for root in roots.values() for node in root.iter(w("pStyle"), w("basedOn"), w("next"))}
    assert used <= defined


def test_relations_and_content_types_name_parts_that_are_there(tmp_path: Path) -> None:
    exported(tmp_path / "a.docx")
    parts = open_word("a.docx", (tmp_path / "a.docx").read_bytes(), everything=True).parts
    types = {node.get("PartName") for node in parse(parts["[Content_Types].xml"]) if node.get("PartName")}
    assert types <= {f"/{name}" for name in parts}
    assert {f"/{name}" for name in parts if name.endswith(".xml") and name != "[Content_Types].xml"} <= types
    targets = [node.get("Target") for node in parse(parts["word/_rels/document.xml.rels"])]
    assert {f"word/{target}" for target in targets} <= set(parts)
    ids = [node.get("Id") for node in parse(parts["word/_rels/document.xml.rels"])]
    assert len(ids) == len(set(ids))
