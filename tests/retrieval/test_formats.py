"""PDF, the old Word formats, and files that are locked."""

import io
from pathlib import Path

import pytest
from docx import Document as NewDocument

from assistant.errors import UnreadableFile
from assistant.office import soffice
from assistant.retrieval import loaders
from assistant.retrieval.loaders import load_bytes
from assistant.retrieval.pdf import _lines, _paragraphs

TEXT = [
    "清河镇2024年安全生产工作总结",
    "一、加强领导，压实责任",
    "全年组织安全生产检查136次，检查企业236家次，下发整改通知书23份，排查隐患418处，完成整改409处，整改率97.8%。" * 2,
    "二、广泛宣传",
    "发放资料1.2万余份，悬挂横幅40条。",
]


def word() -> bytes:
    document = NewDocument()
    for text in TEXT:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    if soffice.find_soffice() is None:
        pytest.skip("LibreOffice is not installed")
    return soffice.convert("a.docx", word(), "pdf")


@pytest.mark.office
def test_a_pdf_gives_back_its_paragraphs_and_headings(pdf: bytes) -> None:
    document = load_bytes("总结.pdf", pdf)
    assert document.text.split("\n") == TEXT
    assert document.title == TEXT[0]
    assert [block.level for block in document.blocks] == [-1, 1, 0, 1, 0]
    assert document.blocks[0].source == "第1页"


@pytest.mark.office
def test_a_locked_pdf_is_refused_and_one_that_only_forbids_printing_is_read(pdf: bytes) -> None:
    import pypdf

    for user, readable in (("秘密", False), ("", True)):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
        writer.encrypt(user, "owner", algorithm="RC4-128")
        target = io.BytesIO()
        writer.write(target)
        if readable:
            assert load_bytes("锁.pdf", target.getvalue()).title == TEXT[0]
        else:
            with pytest.raises(UnreadableFile, match="密码"):
                load_bytes("锁.pdf", target.getvalue())


def test_a_scan_is_refused_with_advice() -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    target = io.BytesIO()
    writer.write(target)
    with pytest.raises(UnreadableFile, match="扫描件.*OCR"):
        load_bytes("扫描.pdf", target.getvalue())


def test_pdf_lines_are_joined_and_page_numbers_dropped() -> None:
    full = "全年组织安全生产检查一百余次检查企业二百余家次下发整改通知书"
    pages = [f"一、检查\n{full}\n— 1 —", f"{full}。\n（一）宣传\n发放资料300份。\n2"]
    assert [line.text for line in _paragraphs(pages)] == [
        "一、检查",
        f"{full}{full}。",
        "（一）宣传",
        "发放资料300份。",
    ]


def test_radicals_of_pdf_fonts_become_ordinary_characters() -> None:
    assert _lines("⼀、⼯作⼒度") == ["一、工作力度"]


@pytest.mark.office
@pytest.mark.skipif(soffice.find_soffice() is None, reason="LibreOffice is not installed")
def test_old_formats_are_read_through_libreoffice() -> None:
    old = soffice.convert("a.docx", word(), "doc")
    document = load_bytes("总结.wps", old)  # WPS gives Word's format this suffix, which LibreOffice takes for MS Works
    assert document.text.split("\n") == TEXT
    assert document.notices[0].kind == "converted"
    assert document.file == "总结.wps"


def test_an_old_format_without_libreoffice_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "find_soffice", lambda: None)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le")
    with pytest.raises(UnreadableFile, match="总结.doc.*LibreOffice"):
        load_bytes("总结.doc", old)


def test_a_locked_word_file_is_refused() -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(word())).encrypt("秘密", target)
    with pytest.raises(UnreadableFile, match="密码"):
        load_bytes("锁.docx", target.getvalue())


def test_a_spreadsheet_is_sent_to_the_ledger_import() -> None:
    from openpyxl import Workbook

    target = io.BytesIO()
    Workbook().save(target)
    with pytest.raises(UnreadableFile, match="台账"):
        load_bytes("台账.xlsx", target.getvalue())


def test_the_content_decides_and_not_the_suffix() -> None:
    assert load_bytes("总结.txt", word()).title == TEXT[0]
    assert load_bytes("总结.doc", "\n".join(TEXT).encode()).title == TEXT[0]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaders, "MAX_BYTES", 10)
    (tmp_path / "大.txt").write_text("检查企业236家次。", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="没有读取"):
        loaders.load_document(tmp_path / "大.txt")


def test_a_word_file_of_pictures_only_is_refused_with_advice() -> None:
    document = NewDocument()
    target = io.BytesIO()
    document.save(target)
    with pytest.raises(UnreadableFile, match="没有文字"):
        load_bytes("空.docx", target.getvalue())


def test_a_body_that_is_an_embedded_web_page_is_refused_with_advice() -> None:
    import zipfile

    from assistant.office.archive import pack

    document = NewDocument()
    target = io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chunk = b'<w:body><w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9"/>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", chunk)
    with pytest.raises(UnreadableFile, match="嵌入的网页"):
        load_bytes("网页.docx", pack(parts))
