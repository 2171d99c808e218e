"""Markdown, fonts and PDF."""

import os
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import UnreadableFile
from assistant.export import fonts
from assistant.export.files import write_atomically
from assistant.export.markdown import export_markdown
from assistant.export.pdf import to_pdf
from assistant.records import Draft, Period, ReportKind, SectionText

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def test_markdown_has_title_headings_and_paragraphs(tmp_path: Path) -> None:
    sections = (
        SectionText("01", "一、检查", 1, "检查企业236家次。\n（一）成效\n| 月份 | 次数 |\n| --- | --- |\n| 1 | 3 |"),
    )
    export_markdown(Draft("d", ReportKind.ANNUAL, YEAR, "清河镇总结", "清河镇", sections), tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == (
        "# 清河镇总结\n\n## 一、检查\n\n检查企业236家次。\n\n### （一）成效\n\n| 月份 | 次数 |\n| --- | --- |\n| 1 | 3 |\n"
    )


def test_missing_fonts_are_named_with_their_stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed", lambda: lambda name: name == "黑体")
    assert "黑体" not in fonts.missing_fonts()
    assert "仿宋_GB2312（用仿宋代替）" in fonts.fonts_note()
    monkeypatch.setattr(fonts, "_installed", lambda: lambda name: True)
    assert fonts.fonts_note() == ""


def test_the_mode_of_a_replaced_file_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    target.chmod(0o640)
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o640


def test_pdf_without_libreoffice_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.office.soffice.find_soffice", lambda: None)
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(UnreadableFile, match="LibreOffice"):
        to_pdf(tmp_path / "a.docx", tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()
