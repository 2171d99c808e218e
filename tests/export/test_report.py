"""The Word file of a draft: what stands in it and that it never varies."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.export.report import export_docx
from assistant.export.style import Style
from assistant.office.ooxml import parse, w
from assistant.records import Cell, Draft, Fact, Period, ReportKind, SectionText
from assistant.retrieval.loaders import load_document

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
FACT = Fact(
    id="f1",
    indicator="inspection.enterprises",
    name="检查企业",
    topic="检查执法",
    period=YEAR,
    value=Decimal(236),
    unit="家次",
    evidence=(Cell("2024.xlsx", "检查台账", "D4:D31"),),
)


def draft(*sections: SectionText, **fields: str) -> Draft:
    given = {
        "title": "清河镇2024年安全生产工作总结",
        "addressee": "县安委会",
        "signature": "清河镇人民政府",
        "signed_on": "2025-01-06",
    }
    return Draft(
        "d", ReportKind.ANNUAL, YEAR, unit_name="清河镇", sections=sections, facts=(FACT,), **{**given, **fields}
    )


SAMPLE = draft(
    SectionText("00", "", 0, "现将有关情况总结如下："),
    SectionText("01", "一、压实责任", 1, ""),
    SectionText(
        "01.01", "（一）健全机制", 2, "检查企业236家次。\n1.开展培训\n完成整改【待核实：台账无记录】处。", slots=("f1",)
    ),
)


def part(path: Path, name: str = "word/document.xml") -> object:
    with zipfile.ZipFile(path) as archive:
        return parse(archive.read(name))


def test_the_file_reads_back_as_the_draft(tmp_path: Path) -> None:
    export_docx(SAMPLE, tmp_path / "总结.docx", annex=True)
    document = load_document(tmp_path / "总结.docx")
    assert [(block.level, block.text) for block in document.blocks] == [
        (-1, "清河镇2024年安全生产工作总结"),
        (0, "县安委会："),
        (0, "现将有关情况总结如下："),
        (1, "一、压实责任"),
        (2, "（一）健全机制"),
        (0, "检查企业236家次。"),
        (3, "1.开展培训"),
        (0, "完成整改【待核实：台账无记录】处。"),
        (0, "附件：核数表"),
        (0, "清河镇人民政府"),
        (0, "2025年1月6日"),
    ]


def test_equal_drafts_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        export_docx(SAMPLE, tmp_path / name, annex=True)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_open_marks_stand_on_yellow(tmp_path: Path) -> None:
    export_docx(SAMPLE, tmp_path / "总结.docx")
    yellow = [
        "".join(text.text for text in run.iter(w("t")))
        for run in part(tmp_path / "总结.docx").iter(w("r"))
        if run.find(f"{w('rPr')}/{w('highlight')}") is not None
    ]
    assert yellow == ["【待核实：台账无记录】"]


def test_the_annex_names_figure_indicator_and_cells(tmp_path: Path) -> None:
    export_docx(SAMPLE, tmp_path / "总结.docx", annex=True)
    root = part(tmp_path / "总结.docx")
    rows = [["".join(t.text for t in cell.iter(w("t"))) for cell in row.iter(w("tc"))] for row in root.iter(w("tr"))]
    assert rows[1] == ["1", "236家次", "检查企业", "—", "2024.xlsx〔检查台账〕D4:D31"]
    for table in root.iter(w("tbl")):
        assert len(list(table.iter(w("gridCol")))) == len(rows[0])


def test_no_theme_font_and_an_east_asian_font_in_every_style(tmp_path: Path) -> None:
    export_docx(SAMPLE, tmp_path / "总结.docx")
    for fonts in part(tmp_path / "总结.docx", "word/styles.xml").iter(w("rFonts")):
        assert fonts.get(w("eastAsia"))
        assert not [name for name in fonts.attrib if name.endswith("Theme")]


def test_a_missing_folder_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有文件夹"):
        export_docx(SAMPLE, tmp_path / "无" / "总结.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "总结.docx"
    target.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match="不能保存"):
        export_docx(SAMPLE, target)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["总结.docx"]


def indents(path: Path) -> list[tuple[int, int]]:
    """Left and right of the last two lines."""
    lines = [ind for ind in part(path).iter(w("ind")) if ind.get(w("right")) is not None][-2:]
    return [(int(ind.get(w("left"), 0)), int(ind.get(w("right")))) for ind in lines]


def test_the_date_starts_two_characters_right_of_the_name(tmp_path: Path) -> None:
    export_docx(draft(signature="清河镇安全生产委员会办公室"), tmp_path / "总结.docx")
    one, line = Style().character_width, Style().text_width_twips
    (_, name_right), (date_left, _) = indents(tmp_path / "总结.docx")
    name_left = line - name_right - 13 * one
    assert name_right == 2 * one
    assert date_left == name_left + 2 * one


def test_a_date_longer_than_the_name_stands_two_characters_in(tmp_path: Path) -> None:
    export_docx(draft(signature="清河镇", signed_on="2025年11月26日"), tmp_path / "总结.docx")
    one = Style().character_width
    assert [right for _, right in indents(tmp_path / "总结.docx")] == [(2 + 7 + 2 - 3) * one, 2 * one]
