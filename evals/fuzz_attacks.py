"""Inputs made to hurt: bombs, loops, endless nesting, ranges over the whole sheet."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from evals.fuzz_cases import zip_of
from evals.fuzz_workbooks import book_of, sheet_rows, sheet_xml, skeleton

Attack = Callable[[Random], bytes]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OPEN = f'<worksheet xmlns="{_MAIN}"><sheetData>'
_CLOSE = "</sheetData></worksheet>"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
)  # fmt: skip
FETCH = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % g SYSTEM "http://127.0.0.1:9/x.dtd"> %g;]>'


def _sheet(body: str, before: str = "", after: str = "") -> bytes:
    return book_of(f'{before}<worksheet xmlns="{_MAIN}">{body}</worksheet>{after}'.encode())


def _rows(body: str) -> bytes:
    return book_of(f"{_OPEN}{body}{_CLOSE}".encode())


def _dimension(chance: Random) -> bytes:
    whole = sheet_xml(sheet_rows(chance), chance)
    return book_of(whole.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>', 1))


def _corners(chance: Random) -> bytes:
    row, column = chance.choice(
        ((1_048_576, "XFD"), (1_048_576, "AB"), (1_048_576, "H"), (5_000_000_000, "A"), (99, "ZZZZZZ"), (-1, "B"))
    )
    return _rows(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{column}{row}"><v>1</v></c></row>')


def _spread(chance: Random) -> bytes:
    """Cells far apart whose places their rows do not give."""
    place = chance.choice(("XFD1048576", "AZ1048576", "J1048576"))
    return _rows(f'<row><c r="A1"><v>1</v></c></row><row><c  r="{place}"><v>1</v></c></row>')


def _merges(chance: Random) -> bytes:
    ref = chance.choice(("A1:XFD1048576", "A1:A1048576", "A2:XFD2", "B3:H60000"))
    merges = f'<mergeCell ref="{ref}"/>' * chance.choice((1, 5_000))
    return book_of(
        sheet_xml(sheet_rows(chance), chance).replace(
            b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode(), 1
        )
    )


def _unclosed(chance: Random) -> bytes:
    piece = chance.choice(
        (
            "<c ",
            "<row ",
            '<c r="A1" ',
            "<c r='A1'><f>",
            '<c r="A1"><f>1',
            '<row r="1" hidden="1" ',
            "<row hidden='1'",
            "<!--",
            "<![CDATA[",
            "&",
        )
    )
    return _rows(piece * chance.choice((2_000, 200_000)))


def _deep(chance: Random) -> bytes:
    depth = chance.choice((1_000, 100_000))
    tag = chance.choice(("a", "c", "row", "is", "f"))
    return _rows(f"<{tag}>" * depth + f"</{tag}>" * (depth if chance.random() < 0.5 else 0))


def _formula(chance: Random) -> bytes:
    depth = chance.choice((64, 50_000, 300_000))
    formula = chance.choice(("(" * depth + "1" + ")" * depth, "SUM(" * depth, "A1+" * depth + "1", "-" * depth + "1"))
    shared = (
        '<c r="B2"><f t="shared" si="0"/></c><c r="C2"><f t="shared" ref="A1:XFD1048576" si="0">'
        + formula[:60_000]
        + "</f></c>"
    )
    return _rows(f'<row r="2"><c r="A2"><f>{formula}</f></c>{shared}</row>')


def _laughs(chance: Random) -> bytes:
    declared = chance.choice((LAUGHS, FETCH))
    name = "&i;" if declared is LAUGHS else "&f;"
    part = chance.choice(("sheet", "strings", "workbook"))
    sheet = f'{_OPEN}<row r="1"><c r="A1" t="inlineStr"><is><t>{name}</t></is></c><c r="B1" t="s"><v>0</v></c></row>{_CLOSE}'
    if part == "sheet":
        return book_of((declared + sheet).encode())
    parts = skeleton() | {"xl/worksheets/sheet1.xml": sheet.replace(name, "x").encode()}
    if part == "strings":
        parts["xl/sharedStrings.xml"] = f'{declared}<sst xmlns="{_MAIN}"><si><t>{name}</t></si></sst>'.encode()
    else:
        parts["xl/workbook.xml"] = (declared + parts["xl/workbook.xml"].decode().replace("检查台账", name)).encode()
    return zip_of(parts)


def _strings(chance: Random) -> bytes:
    """Shared strings: endless, empty, millions, cells that point past the end or at nothing."""
    strings = chance.choice(
        (
            "<si/>" * 500_000,
            "<si><t>" + "长" * 3_000_000 + "</t></si>",
            "<si><r>" * 50_000,
            "<si><t>安全</t></si>" * 200_000,
            "",
        )
    )
    count = chance.choice((1, 2**31, -1))
    table = f'<sst xmlns="{_MAIN}" count="{count}" uniqueCount="{count}">{strings}</sst>'
    cells = "".join(
        f'<c r="{letter}1" t="s"><v>{index}</v></c>'
        for letter, index in zip("ABCDE", (0, 1, 2**32, -1, "x"), strict=True)
    )
    return zip_of(
        skeleton()
        | {
            "xl/worksheets/sheet1.xml": f'{_OPEN}<row r="1">{cells}</row>{_CLOSE}'.encode(),
            "xl/sharedStrings.xml": table.encode(),
        }
    )


def _repeated_text(_chance: Random) -> bytes:
    """A long text that very many cells point at."""
    table = f'<sst xmlns="{_MAIN}"><si><t>{"检查企业" * 8_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}">' + '<c t="s"><v>0</v></c>' * 10 + "</row>" for n in range(1, 4_000))
    return zip_of(
        skeleton()
        | {"xl/worksheets/sheet1.xml": f"{_OPEN}{rows}{_CLOSE}".encode(), "xl/sharedStrings.xml": table.encode()}
    )


def _bomb(chance: Random) -> bytes:
    size = chance.choice((45_000_000, 120_000_000, 400_000_000))
    kind = chance.randrange(4)
    if kind == 0:
        return book_of(b"".join((_OPEN.encode(), b" " * size, _CLOSE.encode())))  # made within the worker's memory
    if kind == 1:
        return book_of(_OPEN.encode() + b'<row r="1"><c r="A1"><v>1</v></c></row>' * (size // 40) + _CLOSE.encode())
    name = "xl/media/image1.png" if kind == 2 else "xl/sharedStrings.xml"
    return zip_of(
        skeleton()
        | {"xl/worksheets/sheet1.xml": f"{_OPEN}{_CLOSE}".encode(), name: b"<si><t>1</t></si>" * (size // 17)}
    )


def _many_sheets(chance: Random) -> bytes:
    count = chance.choice((300, 3_000))
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{chance.choice((1, n))}"/>' for n in range(1, count))
    parts = skeleton() | {"xl/worksheets/sheet1.xml": sheet_xml(sheet_rows(chance), chance)}
    book = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = (book[: book.index("<sheets>") + 8] + listed + "</sheets></workbook>").encode()
    return zip_of(parts)


def _relations(chance: Random) -> bytes:
    """Parts that point at themselves, outside the archive, or at nothing."""
    parts = skeleton() | {"xl/worksheets/sheet1.xml": sheet_xml(sheet_rows(chance), chance)}
    name = chance.choice(("xl/_rels/workbook.xml.rels", "_rels/.rels"))
    target = chance.choice(
        (
            "../../../../etc/passwd",
            "workbook.xml",
            "/xl/workbook.xml",
            "http://127.0.0.1:9/",
            "",
            "xl//sheet1.xml",
            "a" * 70_000,
        )
    )
    parts[name] = (
        parts[name].replace(b"worksheets/sheet1.xml", target.encode()).replace(b"xl/workbook.xml", target.encode())
    )
    return zip_of(parts)


def _wide(chance: Random) -> bytes:
    """A header of very many columns, or very many small tables below each other."""
    if chance.random() < 0.5:
        head = "".join(
            f'<c t="inlineStr"><is><t>{chance.choice(("检查企业（家次）", "隐患", "日期"))}{n}</t></is></c>'
            for n in range(4_000)
        )
        return _rows(f"<row>{head}</row>" + "<row>" + "<c><v>3</v></c>" * 4_000 + "</row>")
    block = '<row><c t="inlineStr"><is><t>日期</t></is></c><c t="inlineStr"><is><t>检查企业（家次）</t></is></c></row><row><c t="inlineStr"><is><t>2024.3.5</t></is></c><c><v>3</v></c></row><row></row>'
    return _rows(block * chance.choice((200, 3_000)))


def _long_list(chance: Random) -> bytes:
    """Many rows that an importer has something to say about."""
    odd = chance.choice(("2023.3.5", "不详", "2024.3.5", "45356", ""))
    row = f'<row><c t="inlineStr"><is><t>{odd}</t></is></c><c t="inlineStr"><is><t>约三五家</t></is></c><c><v>9</v></c></row>'
    head = "".join(
        f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("检查日期", "检查企业（家次）", "发现隐患（处）")
    )
    return _rows(f"<row>{head}</row>" + row * chance.choice((500, 20_000)))


WORKBOOKS: tuple[Attack, ...] = (
    _dimension, _corners, _spread, _merges, _unclosed, _deep, _formula, _laughs, _strings, _repeated_text, _bomb, _many_sheets, _relations, _wide, _long_list,
)  # fmt: skip
