"""What the tests of annotated Word files share: a check to annotate with, and what stands in the file afterwards."""

import copy
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from assistant.office.archive import open_word
from assistant.office.body import read_body
from assistant.office.ooxml import Element, parse, w
from assistant.records import (
    Cell,
    CheckReport,
    Fact,
    Kind,
    Period,
    Quantity,
    Verdict,
    VerdictKind,
)
from assistant.retrieval.loaders import load_document

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
CELL = Cell("2024.xlsx", "检查台账", "D4:D31")


def report_on(text: str, *figures: str, verdict: VerdictKind = VerdictKind.CONTRADICTED) -> CheckReport:
    """A check in which each figure (its first appearance after the one before) got this verdict."""
    verdicts, place = [], 0
    for figure in figures:
        start = text.index(figure, place)
        place = start + len(figure)
        claim = Quantity(start, place, figure, Decimal(1), "", Kind.COUNT, is_claim=True)
        fact = Fact("f1", "inspection.enterprises", "检查企业", "检查执法", YEAR, Decimal(236), "家次", (CELL,))
        verdicts.append(Verdict(claim, verdict, "wrong_value", fact, "236家次", (CELL,), "与台账不符。"))
    return CheckReport(text, YEAR, tuple(v.claim for v in verdicts), tuple(verdicts), ())


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def commented(path: Path) -> list[str]:
    """The text inside each comment's range, in the order of the comments."""
    package = open_word(path.name, path.read_bytes())
    found: dict[str, str] = {}
    for part in [name for name in package.parts if name.startswith("word/") and name.endswith(".xml")]:
        opened: set[str] = set()
        for node in parse(package.parts[part]).iter():
            if node.tag == w("commentRangeStart"):
                opened.add(node.get(w("id")))
                found[node.get(w("id"))] = ""
            elif node.tag == w("commentRangeEnd"):
                opened.discard(node.get(w("id")))
            elif node.tag == w("t"):
                for identity in opened:
                    found[identity] += node.text or ""
    comments = parse(package.parts["word/comments.xml"])
    return [found[comment.get(w("id"))] for comment in comments]


def save(document: WordDocument, path: Path) -> str:
    document.save(path)
    return load_document(path).text


def runs(path: Path) -> list[tuple[str, bytes]]:
    """Each character of the body with the formatting of its run, the annex left out."""
    from lxml import etree

    body = read_body(open_word(path.name, path.read_bytes()))
    out = []
    for paragraph in body.paragraphs:
        for piece in paragraph.pieces:
            properties = piece.element.getparent().find(w("rPr"))
            form = b"" if properties is None else etree.tostring(copy.deepcopy(properties), method="c14n")
            out += [(character, form) for character in piece.text]
    return out


BOX = (
    '<w:r xmlns:w="{w}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="3000000" cy="900000"/>'
    '<wp:docPr id="1" name="box"/><a:graphic><a:graphicData'
    ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def boxed(text: str) -> Element:
    return parse_xml(BOX.format(w=qn("w:p")[1:].partition("}")[0], text=text))
