"""The readable page of an evidence package: one HTML file that needs nothing else and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from assistant.export.annex import PASSED, cells_behind
from assistant.office.ooxml import xml_text
from assistant.periods import chinese_name
from assistant.records import Cell, CheckReport, Fact, Verdict, VerdictKind

_STYLE = """
:root{color-scheme:light}body{margin:0 auto;max-width:62rem;padding:1.5rem;color:#1f2328;background:#fff;
font:16px/1.75 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif}
h1{font-size:1.5rem;text-align:center}h2{font-size:1.15rem;border-bottom:2px solid #b42318;padding-bottom:.2rem;margin-top:2rem}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.2rem 1rem}dt{color:#57606a}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{border:1px solid #d0d7de;padding:.3rem .5rem;text-align:left;
vertical-align:top;overflow-wrap:anywhere}th{background:#f6f8fa;white-space:nowrap}.wide{overflow-x:auto}
#text p{margin:.2rem 0;text-indent:2em;white-space:pre-wrap}#text p.top{text-indent:0}a.f{color:inherit;text-decoration:none;border-bottom:2px solid}
a.ok{border-color:#2da44e;background:#eaf7ee}a.about{border-color:#bf8700;background:#fff8e5}a.bad{border-color:#cf222e;background:#ffebe9}
.key a{padding:0 .3rem}:target{background:#fff3bf}code{font-size:13px;overflow-wrap:anywhere}@media print{a.f{background:none}}
"""
_CLASSES = {VerdictKind.SUPPORTED: "ok", VerdictKind.APPROX_OK: "about"}


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of the page: its heading, what stands over it, its columns and rows."""

    heading: str
    intro: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the page shows."""

    title: str
    about: Sequence[tuple[str, str]]
    report: CheckReport
    facts: Mapping[str, Fact]
    tables: Sequence[PageTable]


def evidence_page(evidence: Evidence) -> bytes:
    """The page as UTF-8 HTML; every text that comes from outside is escaped."""
    report = evidence.report
    good = sum(verdict.verdict in PASSED for verdict in report.verdicts)
    body = [
        f"<h1>{_safe(evidence.title)}</h1>",
        "<h2>这份材料</h2><dl>",
        *(f"<dt>{_safe(name)}</dt><dd>{_safe(value)}</dd>" for name, value in evidence.about),
        "</dl>",
        f"<h2>报告全文</h2><p>文中应核数字 {len(report.verdicts)} 个，{good} 个与台账相符。点一个数字，看它出自哪些单元格。</p>",
        '<p class="key"><a class="f ok">属实</a> <a class="f about">约数相符</a> <a class="f bad">需要人看</a></p>',
        f'<div id="text">{_text(report)}</div>',
        f"<h2>数字和出处</h2>{_figures(report, evidence.facts)}",
        *(_table(table) for table in evidence.tables),
    ]
    head = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(evidence.title)} 证据材料</title><style>{_STYLE}</style></head><body>"
    )
    return "\n".join([head, *body, "</body></html>\n"]).encode()


def _safe(text: str) -> str:
    return escape(xml_text(text))


def _text(report: CheckReport) -> str:
    """The text as paragraphs, each checked figure a link to its row."""
    marked, end = [], 0
    for number, verdict in enumerate(_in_order(report), 1):
        if verdict.start < end:  # inside another figure
            continue
        marked.append(_safe(report.text[end : verdict.start]))
        kind = _CLASSES.get(verdict.verdict, "bad")
        said = _safe(verdict.surface)
        marked.append(f'<a class="f {kind}" id="t{number}" href="#v{number}">{said}</a>')
        end = verdict.end
    marked.append(_safe(report.text[end:]))
    lines = [line for line in "".join(marked).split("\n") if line.strip()]
    return "\n".join(
        f'<p class="top">{line}</p>' if not place else f"<p>{line}</p>" for place, line in enumerate(lines)
    )


def _in_order(report: CheckReport) -> list[Verdict]:
    return sorted(report.verdicts, key=lambda verdict: (verdict.start, -verdict.end))


def _figures(report: CheckReport, facts: Mapping[str, Fact]) -> str:
    rows = []
    for number, verdict in enumerate(_in_order(report), 1):
        fact = verdict.fact
        cells = verdict.evidence or (cells_behind(fact, facts) if fact else ())
        named = f"{_safe(fact.name)}（{_safe(chinese_name(fact.period))}）" if fact else "—"
        formula = f"<br>算法：{_safe(fact.formula)}" if fact and fact.formula else ""
        said = f"<br>{_safe(verdict.message)}" if verdict.message else ""
        rows.append(
            f'<tr id="v{number}"><td><a href="#t{number}">{number}</a></td><td>{_safe(verdict.surface)}</td>'
            f"<td>{verdict.verdict.label}{said}</td><td>{_safe(verdict.expected) or '—'}</td>"
            f"<td>{named}{formula}</td><td>{'<br>'.join(_cells(cells)) or '—'}</td></tr>"
        )
    return _rows(("序号", "文中数字", "核对结果", "台账数", "指标", "台账单元格"), rows)


def _cells(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        sheet = f"〔{cell.sheet}〕" if cell.sheet else " "
        text = f"：{cell.text}" if cell.text else ""
        yield _safe(f"{cell.file}{sheet}{cell.cell}{text}")


def _table(table: PageTable) -> str:
    rows = ["<tr>" + "".join(f"<td>{_safe(cell)}</td>" for cell in row) + "</tr>" for row in table.rows]
    intro = f"<p>{_safe(table.intro)}</p>" if table.intro else ""
    return f"<h2>{_safe(table.heading)}</h2>{intro}{_rows(table.columns, rows) if rows else '<p>没有。</p>'}"


def _rows(columns: Sequence[str], rows: Sequence[str]) -> str:
    head = "".join(f"<th>{_safe(name)}</th>" for name in columns)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
