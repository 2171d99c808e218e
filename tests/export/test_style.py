"""Layout measures and the office's own style file."""

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.export.style import Style, load_style


def test_the_standard_gives_22_lines_and_28_characters() -> None:
    style = Style()
    height_pt = (297 - style.top_mm - style.bottom_mm) / 25.4 * 72
    assert int(height_pt // style.line_pitch_pt) == 22
    assert style.text_width_twips // style.character_width == 28


def test_an_office_changes_only_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "版式.toml"
    path.write_text('line_pitch_pt = 28\npage_number = "centre"\ntop_mm = 35\nbody_font = "仿宋"\n', encoding="utf-8")
    style = load_style(path)
    assert (style.line_pitch_pt, style.page_number, style.top_mm, style.body_font) == (28, "centre", 35, "仿宋")
    assert style.title_font == Style().title_font


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = 1", "不认识的项：colour"),
        ('line_pitch_pt = "28"', "值类型不对：line_pitch_pt"),
        ("sealed = 1", "值类型不对：sealed"),
        ('page_number = "left"', "outside"),
        ("line_pitch_pt = 10", "行距"),
        ("characters_per_line = 60", "放不下 60 个"),
        ("left_mm = 1", "页边距"),
        ("left_mm = [", "不是规范的 TOML"),
    ],
)
def test_a_wrong_style_is_refused_with_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "版式.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        load_style(tmp_path / "版式.toml")


def test_a_missing_style_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="读不了版式文件"):
        load_style(tmp_path / "无.toml")
