"""A checked document back in Word: comments on the right figures, formatting untouched."""

from pathlib import Path

import pytest
from annotating import boxed, commented, parts_of, report_on, runs, save
from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from assistant.export.annotated import annotate
from assistant.export.style import Style
from assistant.export.wordfile import new_parts
from assistant.office.archive import pack
from assistant.office.ooxml import make, parse, serialize, text_element, w
from assistant.office.soffice import convert, find_soffice
from assistant.retrieval.loaders import load_document, load_text


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
