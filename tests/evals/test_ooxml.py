"""Our Word files keep the rules of OOXML that nobody else keeps for us; the checker sees a breach of each."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.export.annotated import annotated_bytes
from assistant.export.origin import origin_of
from assistant.export.report import docx_bytes
from assistant.export.style import Style
from assistant.factcheck.check import check
from assistant.records import Document, SectionText
from evals.ooxml import problems
from tests.wordfiles.parts import FACT, YEAR, report

LINES = st.lists(
    st.sampled_from(
        [
            "全年检查企业125家次，整改【待核实：台账无记录】处。",
            "1.加强巡查",
            "（1）夜间巡查。每周一次。",
            "| 月份 | 检查 |\n| --- | --- |\n| 1月 | 10 |",
            "| 只有一行 |",
            "  两端 有空格  ",
            "控制字符\x07和\x0b换行",
            "检查<b>企业</b>&120家次",
        ]
    ),
    max_size=6,
)
BUILD = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def a_report(lines, headings):
    sections = tuple(
        SectionText(f"{number:02}", f"{heading}", level, "\n".join(lines))
        for number, (level, heading) in enumerate(headings)
    )
    return replace(report(), sections=sections)


@BUILD
@given(
    lines=LINES,
    headings=st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(["", "一、工作", "（一）检查", "没有编号"])), max_size=4
    ),
    annex=st.booleans(),
    comments=st.booleans(),
    carried=st.booleans(),
    style=st.sampled_from(
        [Style(), Style(page_number="centre", bold_level_3=True), Style(page_number="none", sealed=True)]
    ),
)
def test_every_report_keeps_the_rules(lines, headings, annex, comments, carried, style):
    draft = a_report(lines, headings)
    text = "\n".join(lines)
    found = check(text, [FACT], YEAR) if text.strip() and (annex or comments) else None
    origin = origin_of(draft, {section.key: 1 for section in draft.sections}) if carried else None
    data = docx_bytes(draft, style=style, check=found, annex=annex, comments=comments, origin=origin)
    assert problems(data) == []
    assert docx_bytes(draft, style=style, check=found, annex=annex, comments=comments, origin=origin) == data


@BUILD
@given(lines=LINES)
def test_a_checked_text_keeps_the_rules(lines):
    text = "\n".join(lines) or "检查企业125家次。"
    found = check(text, [FACT], YEAR)
    document = Document("报告.txt", text, (), "报告")
    assert problems(annotated_bytes(document, found)) == []


def test_a_checked_word_file_keeps_the_rules(tmp_path):
    data = docx_bytes(report(), annex=True)
    (tmp_path / "总结.docx").write_bytes(data)
    found = check("全年检查企业125家次，排查安全隐患60处。", [FACT], YEAR)
    assert problems(annotated_bytes(tmp_path / "总结.docx", found)) == []


def breach(old, new, part="word/document.xml"):
    return old, new, part


BREACHES = {
    "a column missing in the grid": breach(b'<w:gridCol w:w="1768"/>', b""),
    "a bookmark without end": breach(b'<w:bookmarkEnd w:id="2"/>', b""),
    "two bookmarks of one id": breach(b'<w:bookmarkStart w:id="3"', b'<w:bookmarkStart w:id="2"'),
    "children out of order": breach(b"<w:keepNext", b'<w:jc w:val="left"/><w:keepNext', "word/styles.xml"),
    "an unknown child": breach(b"<w:qFormat/>", b"<w:quickFormat/>", "word/styles.xml"),
    "a style that is not there": breach(b'w:val="Heading1"', b'w:val="Heading9"'),
    "even footers unannounced": breach(b"<w:evenAndOddHeaders/>", b"", "word/settings.xml"),
    "a relation to nothing": breach(b"footer2.xml", b"footer9.xml", "word/_rels/document.xml.rels"),
    "a part without type": breach(b'<Override PartName="/word/styles.xml"', b'<Override PartName="/word/s.xml"',
                                  "[Content_Types].xml"),
    "a theme font": breach(b"<w:rFonts ", b'<w:rFonts w:eastAsiaTheme="minorEastAsia" ', "word/styles.xml"),
    "a broken number": breach(b'w:val="32"', b'w:val="32.0"', "word/styles.xml"),
    "the section not at the end": breach(b"</w:sectPr></w:body>", b"</w:sectPr><w:p/></w:body>"),
    "a part twice in the styles": breach(b'w:styleId="Heading2"', b'w:styleId="Heading1"', "word/styles.xml"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_seen(name):
    old, new, part = BREACHES[name]
    draft = report()
    data = docx_bytes(draft, annex=True, origin=origin_of(draft, {"01": 1}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    if old not in parts[part]:
        old = next(each for each in (b"<w:gridCol w:w=",) if each in parts[part])
        end = parts[part].index(b"/>", parts[part].index(old)) + 2
        old = parts[part][parts[part].index(old) : end]
    parts[part] = parts[part].replace(old, new, 1)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    assert problems(target.getvalue())
