"""A checked document back in Word: comments on the right figures, formatting untouched."""

import copy
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableFile
from assistant.export.annotated import annotate
from assistant.export.style import Style
from assistant.export.wordfile import new_parts
from assistant.office.archive import open_word, pack
from assistant.office.body import read_body
from assistant.office.ooxml import Element, make, parse, serialize, text_element, w
from assistant.office.soffice import convert, find_soffice
from assistant.records import (
    Cell,
    CheckReport,
    Fact,
    Finding,
    Kind,
    Period,
    Quantity,
    Severity,
    Verdict,
    VerdictKind,
)
from assistant.retrieval.loaders import load_document, load_text

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


def test_a_figure_inside_a_run_gets_a_comment_of_its_own(tmp_path: Path) -> None:
    document = WordDocument()
    run = document.add_paragraph().add_run("全年检查企业205家次，下发通知书23份。")
    run.bold, run.font.size = True, Pt(16)
    text = save(document, tmp_path / "a.docx")
    annotate(tmp_path / "a.docx", report_on(text, "205家次"), tmp_path / "b.docx")
    assert commented(tmp_path / "b.docx") == ["205家次"]
    assert runs(tmp_path / "a.docx") == runs(tmp_path / "b.docx")
    said = "\n".join(node.text for node in parse(parts_of(tmp_path / "b.docx")["word/comments.xml"]).iter(w("t")))
    assert "与台账不符：205家次" in said
    assert "台账数：236家次" in said
    assert "2024.xlsx〔检查台账〕D4:D31" in said


def test_a_figure_over_several_runs_is_commented_whole(tmp_path: Path) -> None:
    document = WordDocument()
    paragraph = document.add_paragraph("检查企业")
    for text, bold in (("2", True), ("0", False), ("5家", True), ("次，发通知书23份。", False)):
        paragraph.add_run(text).bold = bold
    text = save(document, tmp_path / "a.docx")
    annotate(tmp_path / "a.docx", report_on(text, "205家次", "23份"), tmp_path / "b.docx")
    assert commented(tmp_path / "b.docx") == ["205家次", "23份"]
    assert runs(tmp_path / "a.docx") == runs(tmp_path / "b.docx")


def test_the_right_one_of_equal_figures_is_commented(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("培训8次，检查18次。")
    document.add_paragraph("演练8次，宣传8次。")
    text = save(document, tmp_path / "a.docx")
    report = report_on(text, "18次", "8次")
    annotate(tmp_path / "a.docx", report, tmp_path / "b.docx")
    assert commented(tmp_path / "b.docx") == ["18次", "8次"]
    body = parse(parts_of(tmp_path / "b.docx")["word/document.xml"])
    before = [
        ["".join(t.text for t in p.iter(w("t"))), len(list(p.iter(w("commentRangeStart"))))] for p in body.iter(w("p"))
    ]
    assert before[:2] == [["培训8次，检查18次。", 1], ["演练8次，宣传8次。", 1]]


def test_figures_in_tables_links_and_tracked_insertions_are_commented(tmp_path: Path) -> None:
    document = WordDocument()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "检查企业", "205家次"
    paragraph = document.add_paragraph("下发通知书")
    paragraph._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="7" w:author="张"><w:r><w:rPr><w:b/></w:rPr><w:t>23份，</w:t></w:r></w:ins>'
        )
    )
    paragraph._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="8" w:author="张"><w:r><w:delText>99份</w:delText></w:r></w:del>')
    )
    paragraph._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="x"><w:r><w:t>隐患418处</w:t></w:r></w:hyperlink>')
    )
    text = save(document, tmp_path / "a.docx")
    assert text == "检查企业\n205家次\n下发通知书23份，隐患418处"
    annotate(tmp_path / "a.docx", report_on(text, "205家次", "23份", "418处"), tmp_path / "b.docx")
    assert commented(tmp_path / "b.docx") == ["205家次", "23份", "418处"]
    assert runs(tmp_path / "a.docx") == runs(tmp_path / "b.docx")
    assert b"<w:delText>99\xe4\xbb\xbd" in parts_of(tmp_path / "b.docx")["word/document.xml"]


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


def said_in(path: Path) -> list[str]:
    """The first line of each comment."""
    comments = parse(parts_of(path)["word/comments.xml"])
    return ["".join(t.text for t in comment.find(w("p")).iter(w("t"))) for comment in comments]


def test_a_figure_in_a_text_box_is_marked_there_and_named_where_the_box_hangs(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("见右侧统计。")._p.append(boxed("检查企业205家次"))
    document.add_paragraph("检查企业205家次。")
    text = save(document, tmp_path / "a.docx")
    assert text == "见右侧统计。\n检查企业205家次\n检查企业205家次。"
    annotate(tmp_path / "a.docx", report_on(text, "205家次"), tmp_path / "b.docx")
    assert commented(tmp_path / "b.docx")[0] == "205家次"
    assert said_in(tmp_path / "b.docx") == ["与台账不符：205家次", "文本框1中的“205家次”："]
    inside, outside = parse(parts_of(tmp_path / "b.docx")["word/document.xml"]).iter(w("commentReference"))
    assert [any(node.tag == w("txbxContent") for node in mark.iterancestors()) for mark in (inside, outside)] == [
        True,
        False,
    ]


def with_footnote(path: Path) -> str:
    """A document whose footnote has a figure; its text."""
    mark = make("r", make("footnoteReference", id=1))
    parts = new_parts([make("p", make("r", text_element("检查企业205家次。")), mark)], Style(), "", "")
    note = make("footnote", make("p", make("r", text_element("其中复查12家次。"))), id=1)
    parts["word/footnotes.xml"] = serialize(make("footnotes", note))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    for part, end, added in (
        ("[Content_Types].xml", b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>'),
        ("word/_rels/document.xml.rels", b"</R", f'<Relationship Id="n1" Type="{relation}" Target="footnotes.xml"/>'),
    ):
        head, _, tail = parts[part].rpartition(end)
        parts[part] = head + added.encode() + end + tail
    path.write_bytes(pack(parts))
    return load_document(path).text


def test_a_figure_in_a_footnote_is_named_at_its_mark_in_the_text(tmp_path: Path) -> None:
    text = with_footnote(tmp_path / "a.docx")
    assert text == "检查企业205家次。\n其中复查12家次。"
    annotate(tmp_path / "a.docx", report_on(text, "12家次"), tmp_path / "b.docx")
    assert said_in(tmp_path / "b.docx") == ["脚注1中的“12家次”："]
    assert parts_of(tmp_path / "b.docx")["word/footnotes.xml"].count(b"comment") == 0
    (reference,) = parse(parts_of(tmp_path / "b.docx")["word/document.xml"]).iter(w("commentReference"))
    end = reference.getparent().getprevious()
    assert end.getprevious().find(w("footnoteReference")) is not None


@pytest.mark.office
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_the_annex_is_known_again_after_libreoffice_has_saved_the_file(tmp_path: Path) -> None:
    source = load_text("清河镇工作总结\n一、检查\n检查企业205家次。")
    annotate(source, report_on(source.text, "205家次"), tmp_path / "b.docx")
    (tmp_path / "c.docx").write_bytes(convert("b.docx", (tmp_path / "b.docx").read_bytes(), "docx"))
    assert load_document(tmp_path / "c.docx").text == source.text


@pytest.mark.office
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_a_file_with_a_comment_on_a_footnote(tmp_path: Path) -> None:
    text = with_footnote(tmp_path / "a.docx")
    annotate(tmp_path / "a.docx", report_on(text, "12家次"), tmp_path / "b.docx")
    assert b"<office:annotation " in convert("b.docx", (tmp_path / "b.docx").read_bytes(), "fodt")


def test_parts_the_comments_do_not_touch_come_back_byte_for_byte(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("检查企业205家次。")
    text = save(document, tmp_path / "a.docx")
    annotate(tmp_path / "a.docx", report_on(text, "205家次"), tmp_path / "b.docx")
    before, after = parts_of(tmp_path / "a.docx"), parts_of(tmp_path / "b.docx")
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert set(after) - set(before) == {"word/comments.xml"}


def test_comments_of_others_stay_and_our_own_are_renewed(tmp_path: Path) -> None:
    document = WordDocument()
    paragraph = document.add_paragraph("检查企业205家次，发通知书23份。")
    document.add_comment(paragraph.runs, text="请核", author="李主任")
    text = save(document, tmp_path / "a.docx")
    annotate(tmp_path / "a.docx", report_on(text, "205家次"), tmp_path / "b.docx")
    annotate(tmp_path / "b.docx", report_on(text, "23份"), tmp_path / "c.docx")
    assert commented(tmp_path / "c.docx") == ["检查企业205家次，发通知书23份。", "23份"]
    assert len(list(parse(parts_of(tmp_path / "c.docx")["word/document.xml"]).iter(w("tbl")))) == 1
    assert load_document(tmp_path / "c.docx").text == text


def test_a_file_that_has_been_put_right_loses_our_comments(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("检查企业205家次。")
    text = save(document, tmp_path / "a.docx")
    annotate(tmp_path / "a.docx", report_on(text, "205家次"), tmp_path / "b.docx")
    annotate(tmp_path / "b.docx", report_on(text, "205家次", verdict=VerdictKind.SUPPORTED), tmp_path / "c.docx")
    assert list(WordDocument(tmp_path / "c.docx").comments) == []
    assert b"comment" not in parts_of(tmp_path / "c.docx")["word/document.xml"]


def test_the_annex_lists_every_figure_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("检查企业205家次，发通知书23份。")
    text = save(document, tmp_path / "a.docx")
    annotate(
        tmp_path / "a.docx", report_on(text, "205家次", "23份", verdict=VerdictKind.SUPPORTED), tmp_path / "b.docx"
    )
    again = WordDocument(tmp_path / "b.docx")
    rows = [[cell.text for cell in row.cells] for row in again.tables[0].rows]
    assert [row[1] for row in rows] == ["文中数字", "205家次", "23份"]
    assert rows[1][3] == "属实"
    assert load_document(tmp_path / "b.docx").text == text
    assert "word/comments.xml" not in parts_of(tmp_path / "b.docx")


def test_other_findings_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    source = load_text("（四）检查\n（六）检查企业205家次。")
    finding = Finding("numbering_gap", Severity.WARNING, 8, 11, "（六）", "编号从（四）跳到（六）。", "改为（五）")
    annotate(source, replace(report_on(source.text, "205家次"), findings=(finding,)), tmp_path / "b.docx")
    rows = [[cell.text for cell in row.cells] for row in WordDocument(tmp_path / "b.docx").tables[1].rows]
    assert rows[1] == ["1", "注意", "（六）", "编号从（四）跳到（六）。建议：改为（五）"]
    assert load_document(tmp_path / "b.docx").text == source.text


def test_a_text_comes_back_as_a_new_file_with_comments(tmp_path: Path) -> None:
    source = load_text("清河镇2024年工作总结\n\n一、检查\n　　检查企业205家次。\n")
    annotate(source, report_on(source.text, "205家次"), tmp_path / "b.docx")
    assert commented(tmp_path / "b.docx") == ["205家次"]
    assert load_document(tmp_path / "b.docx").title == "清河镇2024年工作总结"


def test_a_text_file_comes_back_typeset_with_title_and_headings(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 清河镇总结\n## 一、检查\n检查企业205家次。\n### 消防\n略。", encoding="utf-8")
    text = load_document(tmp_path / "a.md").text
    annotate(tmp_path / "a.md", report_on(text, "205家次"), tmp_path / "b.docx")
    assert [(b.level, b.text) for b in load_document(tmp_path / "b.docx").blocks] == [
        (-1, "清河镇总结"),
        (1, "一、检查"),
        (0, "检查企业205家次。"),
        (2, "消防"),
        (0, "略。"),
    ]
    assert commented(tmp_path / "b.docx") == ["205家次"]


def test_macros_and_templates_come_back_as_plain_documents(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("检查企业205家次。")
    text = save(document, tmp_path / "a.docx")
    parts = parts_of(tmp_path / "a.docx")
    macro = b'<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = parts["[Content_Types].xml"].replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    parts["[Content_Types].xml"] = types.replace(b"</Types>", macro)
    relations = parts["word/_rels/document.xml.rels"]
    relation = b'<Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    parts["word/_rels/document.xml.rels"] = relations.replace(b"</Relationships>", relation + b"</Relationships>")
    (tmp_path / "a.docm").write_bytes(pack({**parts, "word/vbaProject.bin": b"macro"}))
    assert load_document(tmp_path / "a.docm").text == text
    annotate(tmp_path / "a.docm", report_on(text, "205家次"), tmp_path / "b.docx")
    after = parts_of(tmp_path / "b.docx")
    assert "word/vbaProject.bin" not in after
    assert not [name for name, data in after.items() if b"vbaProject" in data or b"macroEnabled" in data]
    assert [comment.author for comment in WordDocument(tmp_path / "b.docx").comments] == ["据实"]


def test_a_text_edited_since_the_file_was_read_still_finds_its_figures(tmp_path: Path) -> None:
    document = WordDocument()
    for text in ("一、检查", "检查企业205家次，发通知书23份。", "二、宣传", "发放资料300份。"):
        document.add_paragraph(text)
    document.save(tmp_path / "a.docx")
    edited = "一、检查\n全年共检查企业205家次，下发通知书25份。\n\n二、宣传\n发放资料300份。"
    annotate(tmp_path / "a.docx", report_on(edited, "205家次", "25份", "300份"), tmp_path / "b.docx")
    assert commented(tmp_path / "b.docx") == ["205家次", "300份"]  # 25份 is not in the file


def test_equal_input_gives_equal_bytes_and_the_source_is_not_touched(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("检查企业205家次。")
    text = save(document, tmp_path / "a.docx")
    before = (tmp_path / "a.docx").read_bytes()
    for name in ("b.docx", "c.docx"):
        annotate(tmp_path / "a.docx", report_on(text, "205家次"), tmp_path / name)
    assert (tmp_path / "b.docx").read_bytes() == (tmp_path / "c.docx").read_bytes()
    assert (tmp_path / "a.docx").read_bytes() == before


def test_a_broken_source_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04" + b"x" * 50)
    with pytest.raises(UnreadableFile, match="损坏"):
        annotate(tmp_path / "a.docx", report_on("检查5次", "5次"), tmp_path / "b.docx")
    assert not (tmp_path / "b.docx").exists()


def test_automatic_numbers_do_not_shift_the_comments(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("检查企业205家次。", style="List Number")
    document.add_paragraph("5家企业停产，约谈12人次。", style="List Number")
    text = save(document, tmp_path / "a.docx")
    assert text == "1.检查企业205家次。\n2. 5家企业停产，约谈12人次。"
    annotate(tmp_path / "a.docx", report_on(text, "205家次", "5家", "12人次"), tmp_path / "b.docx")
    assert commented(tmp_path / "b.docx") == ["205家次", "5家", "12人次"]


def test_bytes_of_a_zip_are_readable_by_word_libraries(tmp_path: Path) -> None:
    source = load_text("检查企业205家次。")
    annotate(source, report_on(source.text, "205家次"), tmp_path / "b.docx")
    again = WordDocument(io.BytesIO((tmp_path / "b.docx").read_bytes()))
    assert [comment.text.splitlines()[0] for comment in again.comments] == ["与台账不符：205家次"]


FIGURE = st.sampled_from(["205家次", "23份", "8次", "18次", "1.2万余份", "97.8%"])
RUNS = st.lists(st.integers(min_value=0, max_value=60), max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.lists(FIGURE, min_size=1, max_size=4), RUNS), min_size=1, max_size=3))
def test_however_the_runs_are_cut_comments_sit_on_the_figures_and_nothing_else_changes(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[tuple[list[str], list[int]]]
) -> None:
    folder = tmp_path_factory.mktemp("runs")
    body = []
    for figures, cuts in paragraphs:
        text = "，检查".join(["全年", *figures]) + "。"
        edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
        cut_runs = [
            make("r", make("rPr", make("b", val=index % 2)), text_element(text[start:end]))
            for index, (start, end) in enumerate(zip(edges, edges[1:], strict=False))
        ]
        body.append(make("p", *cut_runs))
    (folder / "a.docx").write_bytes(pack(new_parts(body, Style(), "", "")))
    text = load_document(folder / "a.docx").text
    wanted = [figure for figures, _ in paragraphs for figure in figures]
    annotate(folder / "a.docx", report_on(text, *wanted), folder / "b.docx")
    assert commented(folder / "b.docx") == wanted
    assert runs(folder / "a.docx") == runs(folder / "b.docx")
    assert load_document(folder / "b.docx").text == text


@pytest.mark.office
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_comments_on_the_same_figures(tmp_path: Path) -> None:
    document = WordDocument()
    paragraph = document.add_paragraph("检查企业20")
    paragraph.add_run("5家").bold = True
    paragraph.add_run("次，通知书23份。")
    document.add_table(1, 1).cell(0, 0).text = "培训12场"
    document.add_paragraph("见框。")._p.append(boxed("隐患418处"))
    text = save(document, tmp_path / "a.docx")
    annotate(tmp_path / "a.docx", report_on(text, "205家次", "12场", "418处"), tmp_path / "b.docx")
    flat = convert("b.docx", (tmp_path / "b.docx").read_bytes(), "fodt").decode()
    shown = []
    for name in re.findall('<office:annotation-end office:name="([^"]+)"', flat):
        span = flat.partition(f'<office:annotation office:name="{name}"')[2].partition("</office:annotation>")[2]
        span = span.partition(f'<office:annotation-end office:name="{name}"')[0]
        shown.append(re.sub("<office:annotation .*?</office:annotation>|<[^>]+>|\\s", "", span, flags=re.DOTALL))
    assert {"205家次", "12场", "418处"} <= set(shown)
    assert len(re.findall("<office:annotation ", flat)) == 4  # the box's figure is named outside it as well
