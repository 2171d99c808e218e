"""The Word file of a draft: what stands in it and that it never varies."""

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document as WordDocument

from assistant.errors import InputError
from assistant.export.report import export_docx
from assistant.export.style import Style
from assistant.office.ooxml import parse, w
from assistant.records import (
    Cell,
    CheckReport,
    Draft,
    Fact,
    Kind,
    Period,
    Quantity,
    ReportKind,
    SectionText,
    Verdict,
    VerdictKind,
)
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


def test_several_attachments_are_numbered_and_the_annex_comes_last(tmp_path: Path) -> None:
    several = replace(SAMPLE, extra={"attachments": "重大隐患清单\n应急演练照片"})
    export_docx(several, tmp_path / "总结.docx", annex=True)
    texts = [paragraph.text for paragraph in WordDocument(tmp_path / "总结.docx").paragraphs]
    assert [text for text in texts if "附件：" in text or text[:2] in ("2.", "3.")] == [
        "附件：1.重大隐患清单",
        "2.应急演练照片",
        "3.核数表",
    ]
    assert "附件3" in texts


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
    assert rows[1] == ["1", "236家次", "检查企业", "—", "2024.xlsx〔检查台账〕 D4:D31"]
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


def test_with_a_check_the_figures_that_fail_carry_comments_and_the_annex_their_verdicts(tmp_path: Path) -> None:
    text = "\n\n".join(
        [SAMPLE.title, "一、压实责任", "（一）健全机制", "检查企业236家次。", "1.开展培训"]
    )  # another's layout
    start = text.index("236家次")
    claim = Quantity(start, start + 5, "236家次", Decimal(236), "家次", Kind.COUNT, is_claim=True)
    verdict = Verdict(claim, VerdictKind.CONTRADICTED, "wrong_value", FACT, "205家次", FACT.evidence, "与台账不符。")
    export_docx(SAMPLE, tmp_path / "a.docx", check=CheckReport(text, YEAR, (claim,), (verdict,), ()), annex=True)
    made = WordDocument(tmp_path / "a.docx")
    assert [comment.text.split("\n")[0] for comment in made.comments] == ["与台账不符：236家次"]
    assert [cell.text for cell in made.tables[0].rows[1].cells][1:5] == ["236家次", "检查企业", "与台账不符", "205家次"]
    paragraph = next(p for p in part(tmp_path / "a.docx").iter(w("p")) if p.find(w("commentRangeStart")) is not None)
    inside = next(paragraph.find(w("commentRangeStart")).itersiblings())
    assert "".join(t.text for t in inside.iter(w("t"))) == "236家次"


def test_a_table_typed_with_bars_becomes_a_table(tmp_path: Path) -> None:
    table = "情况如下：\n| 领域 | 隐患 |\n|---|---:|\n| 消防 | 12 |\n其他略。"
    export_docx(draft(SectionText("01", "一、检查", 1, table)), tmp_path / "a.docx")
    made = WordDocument(tmp_path / "a.docx").tables[0]
    assert [[cell.text for cell in row.cells] for row in made.rows] == [["领域", "隐患"], ["消防", "12"]]


def test_characters_xml_does_not_allow_do_not_stop_the_export(tmp_path: Path) -> None:
    export_docx(draft(SectionText("01", "一、检\x0b查", 1, "检查\x00企业<&>236家次。")), tmp_path / "a.docx")
    assert "检查企业<&>236家次。" in load_document(tmp_path / "a.docx").text


def test_lists_inside_a_section_are_set_as_text(tmp_path: Path) -> None:
    plan = "一、继续排查隐患。\n二、继续开展宣传。\n（一）压实责任\n层层签订责任书。\n（二）健全机制。每月调度。"
    export_docx(draft(SectionText("04", "四、2025年工作打算", 1, plan)), tmp_path / "a.docx")
    styles = {p.text: p.style.name for p in WordDocument(tmp_path / "a.docx").paragraphs}
    assert styles["四、2025年工作打算"] == "heading 1".capitalize()
    assert styles["一、继续排查隐患。"] == styles["二、继续开展宣传。"] == "Body Text"
    assert styles["（一）压实责任"] == "Heading 2"
    assert styles["（二）健全机制。每月调度。"] == "Body Text"


def test_with_a_seal_the_date_stands_four_characters_in(tmp_path: Path) -> None:
    export_docx(SAMPLE, tmp_path / "a.docx", style=Style(sealed=True))
    (_, name), (_, day) = indents(tmp_path / "a.docx")
    one = Style().character_width
    assert day == 4 * one
    assert name == round((4 + (6 - 7) / 2) * one)  # centred over the date
