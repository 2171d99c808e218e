"""Annotated Word files as a whole: what is not ours stays, byte for byte; broken, edited and other sources."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from annotating import boxed, commented, parts_of, report_on, runs, save
from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableFile
from assistant.export.annotated import annotate
from assistant.export.style import Style
from assistant.export.wordfile import new_parts
from assistant.office.archive import pack
from assistant.office.ooxml import make, parse, text_element, w
from assistant.office.soffice import convert, find_soffice
from assistant.records import (
    Finding,
    Severity,
    VerdictKind,
)
from assistant.retrieval.loaders import load_document, load_text


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
