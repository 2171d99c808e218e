"""Hostile documents: Word files, PDFs, web pages, Markdown, plain text."""

from __future__ import annotations

import zlib
from functools import cache
from random import Random
from xml.sax.saxutils import escape  # nosec B406  # only writes

from assistant.office.ooxml import xml_text
from assistant.shipped import shipped
from evals.fuzz_attacks import FETCH, LAUGHS
from evals.fuzz_cases import Case, break_zip, mutate_bytes, unzip, zip_of
from evals.fuzz_texts import made, mutated, repeated

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "word/document.xml"


@cache
def _word() -> dict[str, bytes]:
    return unzip(shipped("corpus/past/2023年上半年总结.docx").read_bytes())


def word_case(chance: Random) -> Case:
    """A hostile .docx."""
    roll, parts = chance.random(), dict(_word())
    if roll < 0.3:
        parts[_MAIN] = word_xml(chance)
    elif roll < 0.6:
        name = _MAIN if chance.random() < 0.5 else chance.choice(sorted(parts))
        parts[name] = mutate_bytes(parts[name], chance)
        if chance.random() < 0.05:
            del parts[name]
    elif roll < 0.8:
        parts[_MAIN] = chance.choice(_WORD_ATTACKS)(chance)
    elif roll < 0.9:
        parts["word/numbering.xml"] = _numbering(chance)
    else:
        return Case("总结.docx", break_zip(zip_of(parts), chance))
    if chance.random() < 0.01:
        parts["word/x.xml"] = b" " * chance.choice((50_000_000, 200_000_000))
    return Case("总结.docx", zip_of(parts))


def word_xml(chance: Random) -> bytes:
    """Paragraphs, tables and marks in odd orders."""
    return _document("".join(_block(chance, 0) for _ in range(chance.choice((1, 5, 40)))))


def _document(body: str, before: str = "") -> bytes:
    return f'{before}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'.encode("utf-8", "replace")


def _block(chance: Random, depth: int) -> str:
    if chance.random() < 0.15 and depth < 6:
        cells = "".join(
            f"<w:tc>{_properties(chance)}{_block(chance, depth + 1)}</w:tc>" for _ in range(chance.randrange(4))
        )
        return f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * chance.choice((1, 3))}</w:tbl>"
    runs = "".join(_run(chance) for _ in range(chance.choice((0, 1, 4))))
    style = chance.choice(
        (
            "",
            '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>',
            '<w:pPr><w:outlineLvl w:val="-3"/></w:pPr>',
            _NUMBERED.format(chance.choice((0, 1, 99)), chance.choice((0, 8, -1, "x"))),
        )
    )
    return f"<w:p>{style}{runs}</w:p>"


_NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="{1}"/><w:numId w:val="{0}"/></w:numPr></w:pPr>'


def _properties(chance: Random) -> str:
    return chance.choice(
        ("", "", f'<w:tcPr><w:gridSpan w:val="{chance.choice((2, 0, -1, 10**6, 10**9, "x"))}"/><w:vMerge/></w:tcPr>')
    )


def _run(chance: Random) -> str:
    text = escape(xml_text(mutated(chance)[:200] if chance.random() < 0.6 else made(chance, 8)))
    wrap = chance.choice(
        (
            "{}",
            "{}",
            "{}",
            "<w:ins>{}</w:ins>",
            "<w:del>{}</w:del>",
            "<w:hyperlink>{}</w:hyperlink>",
            "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        )
    )
    mark = chance.choice(
        (
            "",
            "",
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:fldChar w:fldCharType="end"/>',
            "<w:br/>",
            "<w:tab/>",
            '<w:footnoteReference w:id="1"/>',
        )
    )
    return wrap.format(f"<w:r>{mark}<w:t>{text}</w:t></w:r>")


def _numbering(chance: Random) -> bytes:
    """Lists whose definitions point at each other, with formats and texts that do not exist."""
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{chance.choice((1, 0, -5, 10**9, "x"))}"/><w:numFmt w:val="{chance.choice(("decimal", "chineseCounting", "lowerRoman", "none", "?"))}"/>'
        f'<w:lvlText w:val="{chance.choice(("%1.", "%9%1", "%", "（%1）", "%1" * 500))}"/></w:lvl>'
        for n in range(9)
    )
    linked = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum>' * 2
    return f'<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{linked}<w:num w:numId="1"><w:abstractNumId w:val="{chance.choice((0, 1, 7))}"/></w:num></w:numbering>'.encode()


def _nested(chance: Random) -> bytes:
    """Runs, tables, boxes or tags inside each other without end."""
    depth = chance.choice((200, 3_000, 60_000))
    opened, closed = chance.choice(
        (
            ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            ("<w:ins>", "</w:ins>"),
            ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:r><w:pict><w:txbxContent><w:p>", "</w:p></w:txbxContent></w:pict></w:r>"),
            ("<x>", "</x>"),
        )
    )
    inner = "<w:p><w:r><w:t>检查企业12家次。</w:t></w:r></w:p>"
    return _document(opened * depth + inner + (closed * depth if chance.random() < 0.8 else ""))


def _laughs(chance: Random) -> bytes:
    before, name = chance.choice(((LAUGHS, "&i;"), (FETCH, "&f;"), (FETCH, "%g;")))
    return _document(f"<w:p><w:r><w:t>全年检查{name}家</w:t></w:r></w:p>", before)


def _many(chance: Random) -> bytes:
    paragraph = chance.choice(
        (
            "<w:p><w:r><w:t>一、检查企业12家次。</w:t></w:r></w:p>",
            "<w:p/>",
            "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            _block(chance, 0),
        )
    )
    return _document(paragraph * chance.choice((500, 8_000)))


def _long(chance: Random) -> bytes:
    run = escape(xml_text(repeated(chance, chance.choice((50_000, 1_000_000)))))
    return _document(f"<w:p><w:r><w:t>{run}</w:t></w:r></w:p>")


def _pieces(chance: Random) -> bytes:
    return _document("<w:p>" + "<w:r><w:t>9</w:t></w:r>" * chance.choice((1_000, 60_000)) + "</w:p>")


_WORD_ATTACKS = (_nested, _laughs, _many, _long, _pieces)


def pdf_case(chance: Random) -> Case:
    """A hostile .pdf."""
    data = pdf_of(chance)
    return Case("总结.pdf", mutate_bytes(data, chance) if chance.random() < 0.6 else data)


def pdf_of(chance: Random) -> bytes:
    """A small PDF with text, some of its objects made to mislead a reader."""
    text = "".join(
        f"({made(chance, 6).encode('ascii', 'ignore').decode().translate({40: None, 41: None, 92: None})} 2024) Tj T* "
        for _ in range(chance.choice((1, 20)))
    )
    stream = f"BT /F1 12 Tf 14 TL 72 700 Td {text}{'[' * chance.choice((0, 0, 0, 5_000))} ET {'q ' * chance.choice((0, 0, 20_000))}".encode()
    packed = zlib.compress(stream if chance.random() < 0.95 else b"0 " * chance.choice((1_000_000, 60_000_000)))
    kids = chance.choice(
        (
            "[3 0 R]",
            "[3 0 R]",
            "[3 0 R]",
            "[2 0 R]",
            "[3 0 R 2 0 R]",
            "[" + "3 0 R " * 500 + "]",
            "[9 0 R]",
            "[" * 3_000,
        )
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids{kids}/Count {chance.choice((1, -1, 10**9))}>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Filter/FlateDecode/Length {chance.choice((len(packed), len(packed), 0, 10**12, -1))}>>\nstream\n".encode()
        + packed
        + b"\nendstream",
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R>>"
        if chance.random() < 0.4
        else b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        _characters(chance),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = chance.choice((len(data), len(data), len(data), 0, 10**9))
    before = chance.choice(("", "", f"/Prev {len(data)}", "/Encrypt 5 0 R", "/Prev -1"))
    return (
        data
        + f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<</Size 7/Root 1 0 R{before}>>\nstartxref\n{start}\n%%EOF".encode()
    )


def _characters(chance: Random) -> bytes:
    """A table from codes to characters, with ranges that are far too wide."""
    ranges = chance.choice(
        (
            "<20> <7e> <4e00>",
            "<0000> <ffff> <0000>",
            "<00> <ff> [<4e00>]",
            "<00000000> <ffffffff> <00>",
            "<7e> <20> <0041>",
        )
    )
    text = f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange {ranges} endbfrange endcmap".encode()
    return f"<</Length {len(text)}>>\nstream\n".encode() + text + b"\nendstream"


def page_case(chance: Random) -> Case:
    """A hostile web page, Markdown or plain text for the library."""
    name = chance.choice(("规定.html", "规定.html", "规定.md", "规定.txt"))
    roll = chance.random()
    if roll < 0.5:
        lines = [chance.choice(("# 某某管理条例", "第一章 总则", "第一条 " + made(chance, 10), "第二十一条之一 " + mutated(chance)[:80], "（一）" + made(chance, 5), mutated(chance), "2020年1月1日公布", "")) for _ in range(chance.choice((3, 30, 200)))]  # fmt: skip
        text = ("<p>" if name.endswith("html") else "\n").join(lines)
    elif roll < 0.9:
        text = chance.choice(_PAGES)(chance)
    else:
        text = repeated(chance, 1_000_000)
    encoding = chance.choice(("utf-8", "utf-8", "gb18030", "utf-16", "big5", "utf-7", "utf-32"))
    data = text.encode(encoding, "replace")
    return Case(name, mutate_bytes(data, chance) if chance.random() < 0.4 else data)


_PAGES = (
    lambda chance: "<div>" * chance.choice((100, 5_000, 200_000)) + "检查企业12家次",
    lambda chance: "<table><tr><td>" * chance.choice((100, 5_000)) + "x",
    lambda chance: "<p>第一条 检查</p>" * chance.choice((100, 20_000)),
    lambda chance: "#" * chance.choice((7, 100_000)) + " 标题\n正文",
    lambda chance: "> " * chance.choice((50, 50_000)) + "引用",
    lambda chance: "\n".join(f"第{n}条 本条引用第{n + 1}条。" for n in range(chance.choice((50, 4_000)))),
    lambda chance: f"<html><head><meta charset={chance.choice(('x-none', 'utf-16', 'idna', 'hex', 'base64', 'rot13', 'undefined'))}></head><body>{made(chance, 30)}",
    lambda _chance: f"{LAUGHS}<html><body>&i;</body></html>",
    lambda _chance: "<!--" * 50_000 + "<p>条例",
    lambda _chance: "&#x110000;&#0;&#xd800;" + "&amp" * 20_000,
    lambda chance: "第一条" * chance.choice((100, 60_000)),
    lambda chance: "《" * chance.choice((100, 60_000)) + "》",
    lambda _chance: "一、" * 30_000,
    lambda _chance: "（" * 60_000 + "2020年1月1日" * 100,
)  # fmt: skip


def word_of(data: bytes) -> Case:
    """Fuzzer's bytes as the main part of a Word file."""
    return Case("总结.docx", zip_of(_word() | {_MAIN: data}))


def word_seeds() -> list[bytes]:
    """Main parts to begin with."""
    return [word_xml(Random(seed))[:6_000] for seed in range(6)]
