"""The text of Word files in reading order: numbers, tables, boxes, notes, tracked changes, fields."""

import io
import zipfile

import pytest

from assistant.errors import UnreadableFile
from assistant.office.archive import MAX_XML, Package, open_word, pack
from assistant.office.body import read_body

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, **parts: str) -> Package:
    """A Word file of this body and these further parts (styles, numbering, footnotes)."""
    relations = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/{n}" Target="{n}.xml"/>' for n in parts)
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{KINDS}.document.main+xml"/></Types>',
        "word/document.xml": f"<w:document {NS}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relations}</Relationships>",
        **{f"word/{name}.xml": f"<w:{name} {NS}>{inside}</w:{name}>" for name, inside in parts.items()},
    }
    return open_word("a.docx", pack({name: text.encode() for name, text in files.items()}))


def texts(body: str, **parts: str) -> list[str]:
    return [paragraph.text for paragraph in read_body(package(body, **parts)).paragraphs]


def p(*runs: str, properties: str = "") -> str:
    inside = "".join(
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def listed(text: str, level: int = 0, num: int = 1) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>'
    '<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%5"/></w:lvl>'
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="5">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="5"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_list_numbers_become_visible_text() -> None:
    body = [
        listed("责任"),
        listed("机制", 1),
        listed("会议", 2),
        listed("培训", 2),
        listed("责任书", 1),
        listed("排查"),
    ]
    assert texts("".join(body), numbering=NUMBERING) == [
        "一、责任",
        "（一）机制",
        "1.会议",
        "2.培训",
        "（二）责任书",
        "二、排查",
    ]


def test_lower_levels_restart_and_instances_share_their_counter_unless_overridden() -> None:
    body = [listed("甲", 1), listed("乙"), listed("丙", 1), listed("丁", 0, 2), listed("戊", 0, 1)]
    assert texts("".join(body), numbering=NUMBERING) == ["（一）甲", "一、乙", "（一）丙", "一、丁", "二、戊"]


def test_bullets_say_nothing_and_legal_numbers_are_arabic() -> None:
    body = [listed("甲"), listed("乙", 3), listed("丙", 4)]
    assert texts("".join(body), numbering=NUMBERING) == ["一、甲", "乙", "1.1丙"]


def test_a_number_never_runs_into_a_figure() -> None:
    assert texts(listed("5家企业", 2), numbering=NUMBERING) == ["1. 5家企业"]


def test_numbers_of_a_style_are_found() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1b"><w:name w:val="own"/><w:basedOn w:val="H1"/></w:style>'
    )
    body = p("责任", properties='<w:pStyle w:val="H1"/>') + p("排查", properties='<w:pStyle w:val="H1b"/>')
    read = read_body(package(body, styles=styles, numbering=NUMBERING)).paragraphs
    assert [(paragraph.text, paragraph.outline) for paragraph in read] == [("一、责任", 0), ("二、排查", 0)]


def test_tracked_changes_count_as_accepted() -> None:
    body = p(
        "检查",
        '<w:del w:id="1"><w:r><w:delText>205</w:delText></w:r></w:del>',
        '<w:ins w:id="2"><w:r><w:t>236</w:t></w:r></w:ins>',
        '<w:moveFrom w:id="3"><w:r><w:t>旧</w:t></w:r></w:moveFrom>',
        "家次",
    )
    word = read_body(package(body))
    assert word.text == "检查236家次"
    assert word.seen["tracked"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = p("检查企业", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("236家次")
    assert texts(body) == ["检查企业236家次"]


def test_a_deleted_row_is_gone() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc></w:tr>"
    gone = '<w:trPr><w:del w:id="1"/></w:trPr>'
    table = f"<w:tbl>{row.format('', p('甲'))}{row.format(gone, p('乙'))}</w:tbl>"
    assert texts(table) == ["甲"]


def test_cells_are_named_by_column_and_row_spans_counted() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("合计")}</w:tc>'
    table = f"<w:tbl><w:tr>{wide}<w:tc>{p('12')}</w:tc></w:tr><w:tr><w:tc>{p('甲')}</w:tc></w:tr></w:tbl>"
    read = read_body(package(p("前") + table + p("后") + table)).paragraphs
    assert [(paragraph.source, paragraph.text) for paragraph in read] == [
        ("第1段", "前"),
        ("表1 A1", "合计"),
        ("表1 C1", "12"),
        ("表1 A2", "甲"),
        ("第2段", "后"),
        ("表2 A1", "合计"),
        ("表2 C1", "12"),
        ("表2 A2", "甲"),
    ]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('框内12次')}</w:txbxContent>"
    run = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    read = read_body(package(p("前", run, "后") + p("下一段"))).paragraphs
    assert [(paragraph.source, paragraph.text) for paragraph in read] == [
        ("第1段", "前后"),
        ("文本框1", "框内12次"),
        ("第2段", "下一段"),
    ]


def test_notes_follow_the_body_in_the_order_of_their_marks() -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{n}">{p(text)}</w:footnote>' for n, text in ((1, "甲注"), (2, "乙注"), (3, "无用"))
    )
    read = read_body(package(p("前", mark.format(2), mark.format(1)) + p("后"), footnotes=notes)).paragraphs
    assert [(paragraph.source, paragraph.text) for paragraph in read] == [
        ("第1段", "前"),
        ("第2段", "后"),
        ("脚注1", "乙注"),
        ("脚注2", "甲注"),
    ]


def test_fields_show_their_result_and_not_their_code() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> REF a \\h </w:instrText></w:r>"
    body = p("检查", mark("begin"), code, "不显示", mark("separate"), "236", mark("end"), "家次")
    assert texts(body) == ["检查236家次"]
    assert texts(p('<w:fldSimple w:instr="SEQ"><w:r><w:t>7</w:t></w:r></w:fldSimple>', "次")) == ["7次"]


def test_hidden_text_and_contents_are_left_out_and_counted() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    body = p("一、责任	3", properties='<w:pStyle w:val="T"/>') + p(
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", "见"
    )
    word = read_body(package(body, styles=styles))
    assert word.text == "见"
    assert (word.seen["hidden"], word.seen["contents"]) == (1, 1)


def test_content_controls_links_formulas_and_ruby_are_read() -> None:
    control = f"<w:sdt><w:sdtContent>{p('控件12次')}</w:sdtContent></w:sdt>"
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>zhèn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>镇</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    formula = "<m:oMath><m:r><m:t>93÷96</m:t></m:r></m:oMath>"
    link = "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
    assert texts(control + p(ruby, link, formula)) == ["控件12次", "镇链接93÷96"]


def test_breaks_tabs_and_line_ends_in_text() -> None:
    assert texts(p("甲", "<w:r><w:br/><w:tab/></w:r>", "乙\n丙")) == ["甲\n\t乙 丙"]
    assert texts(p("甲", '<w:r><w:br w:type="page"/></w:r>')) == ["甲"]


@pytest.mark.parametrize(
    "piece", ["<w:p><w:r><w:t>a</w:t></w:p>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"]
)
def test_broken_xml_is_a_damaged_file(piece: str) -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        read_body(package(piece))


def test_entities_are_not_expanded() -> None:
    files = {
        "[Content_Types].xml": package(p("x")).parts["[Content_Types].xml"],
        "word/document.xml": (
            f"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><w:document {NS}><w:body>{p('<w:r><w:t>文&b;</w:t></w:r>')}"
            "</w:body></w:document>"
        ).encode(),
    }
    word = read_body(open_word("a.docx", pack(files)))
    assert "aaa" not in word.text


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        with archive.open("word/document.xml", "w") as entry:
            for _ in range(MAX_XML // 2**20 + 1):
                entry.write(b" " * 2**20)
    assert len(target.getvalue()) < 1_000_000
    with pytest.raises(UnreadableFile, match="过大"):
        open_word("a.docx", target.getvalue())


def test_strict_open_xml_reads_the_same() -> None:
    made = package(p("检查236家次"))
    strict = made.parts["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read_body(open_word("a.docx", pack({**made.parts, "word/document.xml": strict}))).text == "检查236家次"


def test_offsets_of_pieces_are_offsets_into_the_paragraph() -> None:
    word = read_body(package(listed("检查", 1) + p("甲", "<w:r><w:tab/></w:r>", "乙丙"), numbering=NUMBERING))
    for paragraph in word.paragraphs:
        for piece in paragraph.pieces:
            assert paragraph.text[piece.start : piece.start + len(piece.text)] == piece.text
