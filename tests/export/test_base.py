"""A unit's own template as the base of a report."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.shared import Mm

from assistant.errors import UnreadableFile
from assistant.export.report import export_docx
from assistant.office.archive import pack
from assistant.records import Draft, Period, ReportKind, SectionText
from assistant.retrieval.loaders import load_document

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
SECTIONS = (SectionText("01", "一、压实责任", 1, ""), SectionText("01.01", "（一）健全机制", 2, "检查企业236家次。"))
SAMPLE = Draft("d", ReportKind.ANNUAL, YEAR, "清河镇2024年安全生产工作总结", "清河镇", SECTIONS)


def template(path: Path, *paragraphs: str) -> Path:
    """A .dotx with a wide left margin, a header and these paragraphs."""
    document = WordDocument()
    document.sections[0].left_margin = Mm(33)
    document.sections[0].header.paragraphs[0].text = "清河镇应急管理办公室"
    for text in paragraphs:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    types = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    path.write_bytes(pack({**parts, "[Content_Types].xml": types}))
    return path


def test_page_and_header_of_the_template_stand(tmp_path: Path) -> None:
    export_docx(SAMPLE, tmp_path / "a.docx", base=template(tmp_path / "单位.dotx"))
    made = WordDocument(tmp_path / "a.docx")
    assert made.sections[0].left_margin.mm == pytest.approx(33, abs=0.1)
    assert made.sections[0].header.paragraphs[0].text == "清河镇应急管理办公室"
    assert [p.style.name for p in made.paragraphs if p.text.startswith(("一、", "（一）", "清河镇2024"))] == [
        "Title",
        "Heading 1",
        "Heading 2",
    ]
    assert load_document(tmp_path / "a.docx").title == SAMPLE.title


def test_the_report_goes_where_the_template_says(tmp_path: Path) -> None:
    export_docx(
        SAMPLE, tmp_path / "a.docx", base=template(tmp_path / "单位.dotx", "内部资料", "{{正文}}", "抄送：县应急局")
    )
    texts = [block.text for block in load_document(tmp_path / "a.docx").blocks]
    assert texts[0] == "内部资料"
    assert texts[-1] == "抄送：县应急局"
    assert "检查企业236家次。" in texts


def test_a_base_that_is_no_word_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "坏.dotx").write_bytes(b"hello")
    with pytest.raises(UnreadableFile, match="坏.dotx"):
        export_docx(SAMPLE, tmp_path / "a.docx", base=tmp_path / "坏.dotx")
    with pytest.raises(UnreadableFile, match="读不了模板"):
        export_docx(SAMPLE, tmp_path / "a.docx", base=tmp_path / "无.dotx")
    assert not (tmp_path / "a.docx").exists()
