"""The layout of a report: GB/T 9704—2012 as it comes, an office's own habits from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from assistant.errors import SettingsError

TWIPS_PER_MM = 1440 / 25.4
PAGE_WIDTH_MM = 210.0
PAGE_HEIGHT_MM = 297.0
PAGE_NUMBERS = ("outside", "centre", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """Measures in millimetres and points; the defaults are the standard's (clauses 5.2 and 7.3–7.5).

    22 lines of 28.95 pt fill the type area's 225 mm without overrunning it. 28 characters of 16 pt are wider than
    its 156 mm, so they are set closer by `character_spacing`.
    """

    top_mm: float = 37.0
    bottom_mm: float = 35.0
    left_mm: float = 28.0
    right_mm: float = 26.0
    line_pitch_pt: float = 28.95
    characters_per_line: int = 28  # 0: leave the spacing of characters alone
    body_size_pt: float = 16.0
    title_size_pt: float = 22.0
    page_number: str = "outside"  # outside | centre | none
    page_number_size_pt: float = 14.0
    bold_level_2: bool = False
    bold_level_3: bool = False
    keep_headings: bool = False  # True: a heading never stands alone at the foot; pages may then have 21 lines
    spaced_figures: bool = (
        False  # True: what renders it sets figures a quarter character off Chinese, as LibreOffice does
    )
    sealed: bool = False  # with a seal the date stands four characters from the right (7.3.5.1)
    title_font: str = "方正小标宋简体"
    body_font: str = "仿宋_GB2312"
    level_1_font: str = "黑体"
    level_2_font: str = "楷体_GB2312"
    page_number_font: str = "宋体"
    latin_font: str = "Times New Roman"  # figures and letters of the body

    def __post_init__(self) -> None:
        problems = _problems(self)
        if problems:
            raise SettingsError(f"版式设置有误：{'；'.join(problems)}。请改正后重试。")

    @property
    def text_width_twips(self) -> int:
        """The width of the type area."""
        page, left, right = (round(mm * TWIPS_PER_MM) for mm in (PAGE_WIDTH_MM, self.left_mm, self.right_mm))
        return page - left - right

    @property
    def character_spacing(self) -> int:
        """What is added between characters, in twips, so that a full line holds `characters_per_line` and no more."""
        if not self.characters_per_line:
            return 0
        return int(self.text_width_twips // self.characters_per_line - round(self.body_size_pt * 20))

    @property
    def character_width(self) -> int:
        """The width of one body character with its spacing, in twips."""
        return round(self.body_size_pt * 20) + self.character_spacing

    @property
    def fonts(self) -> tuple[str, ...]:
        """Every font the layout names, once."""
        named = (self.title_font, self.body_font, self.level_1_font, self.level_2_font, self.page_number_font)
        return tuple(dict.fromkeys((*named, self.latin_font)))


def load_style(path: Path) -> Style:
    """The style of a TOML file whose keys are the names of `Style`; what it leaves out is as in the standard.

    Raises `SettingsError` naming the unknown key, the wrong value, or the line that is not TOML.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"读不了版式文件“{path}”：{error.strerror}。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"版式文件“{path.name}”不是规范的 TOML：{error}。") from error
    known = {entry.name: entry for entry in fields(Style)}
    unknown = [name for name in given if name not in known]
    if unknown:
        raise SettingsError(
            f"版式文件“{path.name}”里有不认识的项：{'、'.join(unknown)}。可用的项：{'、'.join(known)}。"
        )
    wrong = [name for name, found in given.items() if not _fits(known[name].default, found)]
    if wrong:
        raise SettingsError(f"版式文件“{path.name}”里这些项的值类型不对：{'、'.join(wrong)}。请参照文档改正。")
    return Style(**given)


def _fits(default: object, found: object) -> bool:
    if isinstance(default, bool) or isinstance(found, bool):
        return isinstance(default, bool) and isinstance(found, bool)
    if isinstance(default, float):
        return isinstance(found, int | float)
    return isinstance(found, type(default))


def _problems(style: Style) -> list[str]:
    problems = []
    if style.page_number not in PAGE_NUMBERS:
        problems.append(f"page_number 只能是 {'、'.join(PAGE_NUMBERS)}，现为“{style.page_number}”")
    if (
        not 8 <= style.body_size_pt <= 36
        or not 8 <= style.title_size_pt <= 60
        or not 6 <= style.page_number_size_pt <= 36
    ):
        problems.append("字号超出合理范围（正文 8–36 磅，标题 8–60 磅，页码 6–36 磅）")
    if not style.body_size_pt <= style.line_pitch_pt <= 100:
        problems.append(f"行距 {style.line_pitch_pt} 磅放不下 {style.body_size_pt} 磅的字，或超过 100 磅")
    margins = (style.top_mm, style.bottom_mm, style.left_mm, style.right_mm)
    if min(margins) < 5 or style.left_mm + style.right_mm > 150 or style.top_mm + style.bottom_mm > 220:
        problems.append("页边距应不小于 5 毫米，并给正文留出地方")
    elif style.characters_per_line and not -60 <= style.character_spacing <= 200:
        problems.append(f"一行放不下 {style.characters_per_line} 个 {style.body_size_pt} 磅的字，或字距过大")
    return problems
