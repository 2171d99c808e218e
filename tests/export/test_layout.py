"""The rendered page against the standard, measured."""

from datetime import date
from pathlib import Path

import pytest

from assistant.export.pdf import to_pdf
from assistant.export.report import export_docx
from assistant.export.style import Style
from assistant.office.soffice import find_soffice
from assistant.records import Draft, Period, ReportKind, SectionText
from evals import layout
from evals.layout_rules import requirements

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> layout.LayoutMeasure:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(layout.FONTS))
        return layout.measure(layout.render_sample(tmp_path_factory.mktemp("layout")))


def test_a_full_page_has_22_lines(measured: layout.LayoutMeasure) -> None:
    assert {page.lines for page in measured.pages[1:-1]} == {22}


def test_a_full_line_has_28_characters(measured: layout.LayoutMeasure) -> None:
    counted = sum((page.characters for page in measured.pages), layout.Counter())
    assert set(counted) <= {
        26,
        27,
        28,
    }  # 26 where a paragraph is set in by two, 27 where no mark may start the next line
    assert counted[28] > 5 * counted[27]


def test_the_type_area_is_within_half_a_millimetre(measured: layout.LayoutMeasure) -> None:
    for page in measured.pages[1:-1]:
        found = (page.top_mm, page.bottom_mm, page.left_mm, page.right_mm)
        assert found == pytest.approx((37, 35, 28, 26), abs=0.5)


def test_page_numbers_stand_outside_one_character_in_seven_millimetres_below(measured: layout.LayoutMeasure) -> None:
    assert [page.page_number for page in measured.pages[:3]] == ["—1—", "—2—", "—3—"]
    assert [page.side for page in measured.pages[:4]] == ["right", "left", "right", "left"]
    assert [page.inset_characters for page in measured.pages] == pytest.approx([1.0] * len(measured.pages), abs=0.1)
    assert measured.dash_mm == pytest.approx(7, abs=0.5)


def test_each_level_has_its_font(measured: layout.LayoutMeasure) -> None:
    main = {level: fonts.most_common(1)[0][0] for level, fonts in measured.fonts.items()}
    if "GBZenKai" not in main["（一）"]:
        pytest.skip("the stand-in fonts (AR PL, Noto CJK) are not installed")
    assert "SerifCJK" in main["标题"]
    assert "SansCJK" in main["一、"]
    assert main["1."] == main["（1）"] == main["正文"]
    assert len({main[level] for level in ("标题", "一、", "（一）", "正文")}) == 4


PLAIN = "坚持日常巡查与专项检查相结合" * 40
SENTENCE = "全年组织安全检查1346次，检查企业268家次，签订率98.8%，“四不两直”要求，节假日、夜间和敏感时段带队检查。"
MIXED = "".join(SENTENCE[shift:] + SENTENCE[:shift] for shift in range(len(SENTENCE)))


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines of a report of one paragraph without punctuation and one full of figures, as rendered."""
    folder = tmp_path_factory.mktemp("lines")
    period = Period(date(2024, 1, 1), date(2024, 12, 31))
    sections = (SectionText("1", "一、检查", 1, f"{PLAIN}\n{MIXED}"),)
    export_docx(Draft("d", ReportKind.ANNUAL, period, "总结", "清河镇", sections), folder / "a.docx")
    to_pdf(folder / "a.docx", folder / "a.pdf")
    return [line.text for page in layout.read_pages(folder / "a.pdf") for line in page if "—" not in line.text]


def test_lines_without_punctuation_have_28_characters_each(lines: list[str]) -> None:
    first, last = (
        next(i for i, line in enumerate(lines) if line.startswith(start)) for start in ("坚持", SENTENCE[:3])
    )
    assert len(lines[first]) == 26
    assert {len(line) for line in lines[first + 1 : last - 1]} == {28}


def test_no_character_is_lost_and_no_figure_torn_when_rendered(lines: list[str]) -> None:
    assert "".join(lines) == f"总结一、检查{PLAIN}{MIXED}"
    assert not [one for one, two in zip(lines, lines[1:], strict=False) if one[-1].isdigit() and two[0].isdigit()]


def test_an_office_style_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(layout.FONTS))
    style = Style(left_mm=30, right_mm=24, page_number="centre", line_pitch_pt=30)
    rendered = layout.render_sample(tmp_path, style)
    unmet = [each.name for each in requirements(rendered) if not each.met]
    assert {"满页 22 行", "订口误差不超过 0.5 毫米", "页码单右双左、空一字"} <= set(unmet)
    page = layout.measure(rendered, style).pages[1]
    assert page.left_mm == pytest.approx(30, abs=0.5)
    assert page.lines == 21
    assert page.inset_characters > 5
