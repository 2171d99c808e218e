"""Reading documents: what is kept, where it stands, and what is refused."""

import io
from pathlib import Path

import pytest
from docx import Document as NewDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableFile
from assistant.records import Document
from assistant.retrieval.loaders import load_bytes, load_document, load_text


def word(*paragraphs: str) -> bytes:
    document = NewDocument()
    for text in paragraphs:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def offsets_hold(document: Document) -> bool:
    return all(document.text[b.start : b.start + len(b.text)] == b.text for b in document.blocks)


def levels(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in document.blocks]


def test_word_paragraphs_become_text_with_levels_and_places() -> None:
    document = load_bytes(
        "清河镇总结.docx",
        word(
            "清河镇2024年安全生产工作总结",
            "",
            "一、压实责任",
            "（一）健全机制。镇党委专题研究4次。",
            "检查企业236家次。",
        ),
    )
    assert document.title == "清河镇2024年安全生产工作总结"
    assert levels(document) == [
        (-1, "清河镇2024年安全生产工作总结"),
        (1, "一、压实责任"),
        (2, "（一）健全机制。"),
        (0, "镇党委专题研究4次。"),
        (0, "检查企业236家次。"),
    ]
    assert [block.source for block in document.blocks] == ["第1段", "第2段", "第3段", "第3段", "第4段"]
    assert offsets_hold(document)


def test_a_text_keeps_every_character_and_blank_line() -> None:
    text = "清河镇2024年工作总结\r\n\r\n　　检查企业236家次。 \r\n"
    document = load_text(text)
    assert document.text == text.replace("\r\n", "\n")
    assert document.file == "标准输入"
    assert document.blocks[1].text == "检查企业236家次。"
    assert document.blocks[1].source == "第3行"
    assert offsets_hold(document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_chinese_encodings_are_read(encoding: str) -> None:
    text = "全年检查企业236家次，下发整改通知书23份，隐患整改率97.8％。"
    assert load_bytes("总结.txt", text.encode(encoding)).text == text


def test_a_guessed_encoding_is_said() -> None:
    document = load_bytes("总结.txt", "全年检查企业236家次，下发整改通知书23份。".encode("gb18030"))
    assert [notice.kind for notice in document.notices] == ["guessed_encoding"]


def test_markdown_marks_are_not_part_of_the_blocks() -> None:
    document = load_bytes("总结.md", "# 清河镇2024年总结\n\n## 一、责任\n\n### 消防\n检查12次。".encode())
    assert levels(document) == [(-1, "清河镇2024年总结"), (1, "一、责任"), (2, "消防"), (0, "检查12次。")]
    assert offsets_hold(document)


def test_web_leftovers_stay_in_the_text_and_are_reported() -> None:
    document = load_text("工作总结\n##paidbegin##检查企业236家次。")
    assert "##paidbegin##" in document.text
    assert [notice.kind for notice in document.notices] == ["web_leftover"]
    assert "第2行" in document.notices[0].message


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "清河镇人民政府文件\n清政发〔2024〕12号\n关于报送2024年安全生产工作总结的报告\n县安委会：",
            "关于报送2024年安全生产工作总结的报告",
        ),
        ("清河镇2024年\n安全生产工作总结\n一、责任", "清河镇2024年安全生产工作总结"),
        ("清河镇2024年安全生产工作总结\n及2025年工作打算\n县安委会：", "清河镇2024年安全生产工作总结及2025年工作打算"),
        ("附件1\n安全生产工作总结\n正文。", "安全生产工作总结"),
        ("浏览次数：33\n清河镇工作总结\n正文。", "清河镇工作总结"),
        ("2024年，我镇认真贯彻落实上级部署，现总结如下。\n一、责任", ""),
        ("一、2024年工作总结\n正文。", ""),
    ],
)
def test_titles_are_found_under_letterheads_and_over_lines(text: str, title: str) -> None:
    assert load_text(text).title == title


def test_numbered_sentences_in_a_row_are_a_list_and_no_headings() -> None:
    document = load_text("四、工作打算\n一、继续排查隐患。\n二、继续开展宣传。\n三、完善预案。")
    assert [level for level, _ in levels(document)] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.docx", b"", "空文件"),
        ("空.txt", b"\xef\xbb\xbf \r\n", "空文件"),
        ("坏.docx", b"PK\x03\x04broken", "损坏"),
        ("假.docx", b"not a zip at all", "损坏"),
        ("图.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是能读取的文档"),
        ("乱.txt", bytes(range(128, 256)) * 20, "不是能读取的文档"),
        ("坏.pdf", b"%PDF-1.7\nnothing here", "PDF"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(name: str, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        load_bytes(name, data)
    assert says in str(raised.value)
    assert name in str(raised.value)


def test_missing_file_and_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="找不到"):
        load_document(tmp_path / "无.docx")
    with pytest.raises(UnreadableFile, match="文件夹"):
        load_document(tmp_path)
    (tmp_path / "~$总结.docx").write_bytes(b"\x05" + "张三".encode() * 20)
    with pytest.raises(UnreadableFile, match="临时文件"):
        load_document(tmp_path / "~$总结.docx")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["a.docx", "a.txt", "a.md", "a.pdf", "a"]), st.binary(max_size=300), st.booleans())
def test_any_bytes_give_a_document_or_one_clear_refusal(name: str, data: bytes, as_zip: bool) -> None:
    try:
        document = load_bytes(name, b"PK\x03\x04" + data if as_zip else data)
    except UnreadableFile as refusal:
        assert name in str(refusal)
    else:
        assert offsets_hold(document)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="一、（）1.。 \n\r\t#检查企业236家次及总结\u3000", min_size=1, max_size=80))
def test_blocks_cover_the_text_in_order(text: str) -> None:
    try:
        document = load_text(text)
    except UnreadableFile:
        return
    assert offsets_hold(document)
    starts = [block.start for block in document.blocks]
    assert starts == sorted(set(starts))
    assert all(block.text == block.text.strip() for block in document.blocks)
