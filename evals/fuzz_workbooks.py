"""Hostile spreadsheets: ledgers with odd cells, broken or malicious parts, damaged archives."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random
from xml.sax.saxutils import escape  # nosec B406  # only writes

from assistant.office.ooxml import xml_text
from assistant.registry.registry import shipped_registry
from assistant.shipped import shipped
from evals.fuzz_cases import Case, break_zip, mutate_bytes, unzip, zip_of
from evals.fuzz_texts import NUMERALS, ODD, WORDS

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}" xmlns:r="{_RELS}">'
_DATES = (
    "2024.3.5", "2024-03-05", "2024/3/5", "3月5日", "2024年3月", "24.3.5", "20240305", "2024.2.30", "0000-00-00", "9999-12-31", "10000.1.1", "1-1",
    "2024.13.1", "二〇二四年三月五日", "3.5", "45356", "1900-02-29", "2024年3月5日-8日", "2024.3.5—2023.1.1", "5日", "13月", "2024Q3", "上半年", "1至13月",
)  # fmt: skip
_RAW = (
    "45356", "1e308", "-1e308", "1e-320", "nan", "inf", "2958466", "-1", "60", "1e15", "999999999999999999999", "0.1234567891", "-0", "", "TRUE", "#REF!", "0x10",
)  # fmt: skip
Rows = list[list[object]]


def sheet_rows(chance: Random) -> Rows:
    """A ledger somebody might keep, with cells nobody would write."""
    names = [
        chance.choice(entry.names) + chance.choice(("", f"（{entry.unit}）"))
        for entry in chance.sample(list(shipped_registry()), 6)
    ]
    head: list[object] = [
        *chance.sample(("序号", "日期", "月份", "村（社区）", "检查类型", "整改情况", "备注", "单位名称"), 4),
        *names[: chance.randrange(1, 7)],
    ]
    rows: Rows = [[chance.choice(("2024年安全生产台账", "台账", "2024年1-6月检查", "XX镇2024年度隐患排查台账", ""))]]
    if chance.random() < 0.3:
        rows.append([chance.choice(WORDS) for _ in head])
    rows.append(head)
    for number in range(1, chance.choice((2, 6, 30))):
        rows.append([_value(chance, number, str(title)) for title in head])
    if chance.random() < 0.5:
        rows.append(["合计", *(chance.choice((chance.randrange(999), "", "=SUM(B2:B9)")) for _ in head[1:])])
    for _ in range(chance.randrange(4)):
        row = chance.choice(rows)
        row.insert(chance.randrange(len(row) + 1), chance.choice(NUMERALS))
    return rows


def _value(chance: Random, number: int, title: str) -> object:
    roll = chance.random()
    if roll < 0.12:
        return chance.choice((*NUMERALS, *ODD, *WORDS))
    if roll < 0.16:
        return "".join(chance.choice(WORDS) for _ in range(chance.choice((3, 40, 3000))))
    if title in ("日期", "月份"):
        return chance.choice(_DATES)
    if title == "序号":
        return number
    if title in _TEXTS:
        return chance.choice(_TEXTS[title])
    odd = f"{chance.randrange(90)}{chance.choice(('家', '.5', '%', '(其中2处)'))}"
    return chance.choice((chance.randrange(500), chance.randrange(30), 0, "/", "", odd, "约30", "-3", 1.5))


_MARKS = ("日常检查", "已整改", "未整改", "√", "×", "/", "作废", "")
_PLACES = ("东沟村", "西河村", "全镇", "合计", "", "甲厂、乙厂等3家")
_TEXTS = {"村（社区）": _PLACES, "单位名称": _PLACES, "检查类型": _MARKS, "整改情况": _MARKS, "备注": _MARKS}


def sheet_xml(rows: Rows, chance: Random) -> bytes:
    """The XML of a sheet, with numbers, texts, formulas and raw nonsense among the values."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{_letters(at)}{number}", value, chance) for at, value in enumerate(row))
        lines.append(f'<row r="{number}"{chance.choice(("", "", " hidden=" + chr(34) + "1" + chr(34)))}>{cells}</row>')
    merges = "".join(f'<mergeCell ref="{_range(chance, rows)}"/>' for _ in range(chance.choice((0, 0, 1, 5))))
    return f"{_HEAD}<sheetData>{''.join(lines)}</sheetData>{f'<mergeCells>{merges}</mergeCells>' if merges else ''}</worksheet>".encode(
        "utf-8", "replace"
    )


def _cell(name: str, value: object, chance: Random) -> str:
    if chance.random() < 0.003:
        return f'<c r="{name}" t="{chance.choice(("n", "s", "d", "e", "b", "str"))}" s="{chance.choice((0, 1, 2, 9999))}"><v>{chance.choice(_RAW)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value}</v></c>'
    text = escape(xml_text(str(value)))
    if text.startswith("="):
        return f'<c r="{name}"><f>{text[1:]}</f>{chance.choice(("", "<v>12</v>"))}</c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>' if text else ""


def _range(chance: Random, rows: Rows) -> str:
    if chance.random() < 0.02:
        return chance.choice(("A1:XFD1048576", "B2:A1", "A0:A0", "ZZZ1:A9", "A1", "A1:A1048576", "A1:XFD1", ":", ""))
    row, column = chance.randrange(1, len(rows) + 2), chance.randrange(8)
    return f"{_letters(column)}{row}:{_letters(column + chance.randrange(4))}{row + chance.randrange(4)}"


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


@cache
def skeleton() -> dict[str, bytes]:
    """The parts of the smallest workbook, its sheet left out."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets><sheet name="检查台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELS}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="{_RELS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><strike/></font></fonts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22" fontId="0"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" count="2" uniqueCount="2"><si><t>检查日期</t></si><si><t>12家</t></si></sst>',
    }  # fmt: skip
    return {name: text.encode() for name, text in parts.items()}


def book_of(sheet: bytes, **others: bytes) -> bytes:
    """A workbook with this sheet; `others` are parts by name with / as __ and . as _dot_."""
    parts = skeleton() | {"xl/worksheets/sheet1.xml": sheet}
    return zip_of(parts | {name.replace("__", "/").replace("_dot_", "."): data for name, data in others.items()})


@cache
def _bases() -> tuple[bytes, ...]:
    own = (shipped("corpus/ledger/2024.xlsx").read_bytes(),)
    made = tuple(book_of(sheet_xml(sheet_rows(Random(seed)), Random(seed))) for seed in range(6))
    return own + made * 3


def workbook_case(chance: Random) -> Case:
    """A hostile .xlsx."""
    roll = chance.random()
    if roll < 0.5:
        return Case("台账.xlsx", book_of(sheet_xml(sheet_rows(chance), chance)))
    if roll < 0.8:
        parts = unzip(chance.choice(_bases()[1:]))
        name = chance.choice(sorted(parts)) if chance.random() < 0.5 else "xl/worksheets/sheet1.xml"
        parts[name] = mutate_bytes(parts[name], chance)
        if chance.random() < 0.05:
            del parts[name]
        return Case("台账.xlsx", zip_of(parts))
    if roll < 0.9:
        return Case("台账.xlsx", break_zip(chance.choice(_bases()), chance))
    from evals.fuzz_attacks import WORKBOOKS

    return Case("台账.xlsx", chance.choice(WORKBOOKS)(chance))


def csv_case(chance: Random) -> Case:
    """A hostile .csv: odd delimiters, quotes, encodings, line ends, lengths."""
    delimiter = chance.choice((",", ",", "\t", ";", "|", "，"))
    rows = sheet_rows(chance)
    lines = [delimiter.join(_quoted(str(value), chance) for value in row) for row in rows]
    text = chance.choice(("\n", "\r\n", "\r", "\n\n")).join(lines)
    if chance.random() < 0.05:
        text = chance.choice(
            (
                delimiter * 300_000,
                '"' + text,
                text * 300,
                "a" * 2_000_000,
                (delimiter * 16 + "\n") * 20_000,
                '"' * 100_001,
            )
        )
    encoding = chance.choice(
        ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5", "utf-7", "utf-32", "shift_jis", "latin-1")
    )
    data = text.encode(encoding, "replace")
    return Case(
        chance.choice(("台账.csv", "台账.txt", "台账.xls")),
        mutate_bytes(data, chance) if chance.random() < 0.4 else data,
    )


def _quoted(value: str, chance: Random) -> str:
    return f'"{value}"' if chance.random() < 0.2 else value


def other_case(chance: Random) -> Case:
    """A hostile .xls, .ods or web page called .xls."""
    kinds: tuple[Callable[[Random], Case], ...] = (_xls, _xls, _ods, _page)
    return chance.choice(kinds)(chance)


@cache
def _kept(name: str) -> bytes:
    return (shipped("corpus").parent / "tests" / "data" / "hostile" / name).read_bytes()


def _xls(chance: Random) -> Case:
    data = _kept("ledger.xls")
    if chance.random() < 0.5:  # records of the workbook stream rather than the container
        at = data.find(b"\x09\x08\x10\x00", 512)
        tail = bytearray(data)
        for _ in range(chance.randrange(1, 12)):
            place = chance.randrange(max(at, 0), len(tail))
            tail[place] = chance.choice((0, 255, 127, 128, chance.randrange(256)))
        return Case("台账.xls", bytes(tail))
    return Case("台账.xls", mutate_bytes(data, chance))


def _ods(chance: Random) -> Case:
    parts = unzip(_kept("ledger.ods"))
    content = parts["content.xml"]
    if chance.random() < 0.4:
        repeat = f'number-columns-repeated="{chance.choice((2, 16384, 10**9, -1, 10**20))}" '.encode()
        content = content.replace(b"<table:table-cell ", b"<table:table-cell table:" + repeat, chance.randrange(1, 9))
    if chance.random() < 0.4:
        repeat = f'number-rows-repeated="{chance.choice((2, 1048576, 10**9, -1, 10**20))}" '.encode()
        content = content.replace(b"<table:table-row ", b"<table:table-row table:" + repeat, chance.randrange(1, 9))
    parts["content.xml"] = mutate_bytes(content, chance) if chance.random() < 0.5 else content
    data = zip_of(parts)
    return Case("台账.ods", break_zip(data, chance) if chance.random() < 0.2 else data)


def _page(chance: Random) -> Case:
    spans = (
        "",
        ' rowspan="3"',
        ' colspan="2"',
        ' colspan="99999999"',
        ' rowspan="-1"',
        ' rowspan="999999999999999999"',
        ' colspan="x"',
    )
    lines = "".join(
        f"<tr>{''.join(f'<td{chance.choice(spans) if chance.random() < 0.1 else str()}>{value}' for value in row)}</tr>"
        for row in sheet_rows(chance)
    )
    page = f"<html><meta charset={chance.choice(('gb2312', 'utf-8', 'none', 'utf-16'))}><table>{lines}</table>"
    if chance.random() < 0.1:
        page = "<table><tr><td>" * chance.choice((50, 5_000, 100_000)) + page
    data = page.encode(chance.choice(("utf-8", "gb18030")), "replace")
    return Case("台账.xls", mutate_bytes(data, chance) if chance.random() < 0.4 else data)


def sheet_of(data: bytes) -> Case:
    """Fuzzer's bytes as the XML of a sheet."""
    return Case("台账.xlsx", book_of(data))


def csv_of(data: bytes) -> Case:
    """Fuzzer's bytes as a .csv."""
    return Case("台账.csv", data)


def sheet_seeds() -> list[bytes]:
    """Sheets to begin with."""
    return [sheet_xml(sheet_rows(Random(seed)), Random(seed)) for seed in range(8)]


def csv_seeds() -> list[bytes]:
    """Delimited texts to begin with."""
    return [csv_case(Random(seed)).data[:3_000] for seed in range(12)]
