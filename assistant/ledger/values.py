"""What a cell says: a number with its unit, a mark for nothing, a tick, a status, a total."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from unicodedata import normalize

from assistant.ledger.grids import CellValue

NONE_MARKS = frozenset(
    ("/", "\\", "-", "--", "---", "—", "——", "–", "－", "无", "没有", "暂无", "空", "〇", "…", ".", "、", "*")
)
TICKS = frozenset(("√", "✓", "✔", "☑", "V", "v", "是", "有", "对", "Y", "y", "●", "■", "1"))
CROSSES = frozenset(("×", "✗", "✘", "X", "x", "否", "□", "○", "N", "n", "0"))
UNITS = frozenset(
    [
        "家次",
        "家",
        "户次",
        "户",
        "处",
        "条",
        "项",
        "个",
        "人次",
        "人",
        "名",
        "台次",
        "车次",
        "辆次",
        "辆",
        "台",
        "份",
        "册",
        "张",
        "本",
        "幅",
        "块",
        "面",
        "次",
        "场",
        "场次",
        "期",
        "轮",
        "班次",
        "起",
        "件",
        "宗",
        "元",
        "万元",
        "亿元",
        "箱",
        "万响",
        "栋",
        "幢",
        "座",
        "间",
        "所",
        "所次",
        "具",
        "支",
        "套",
        "批次",
        "批",
        "%",
        "公里",
        "米",
        "亩",
        "平方米",
        "吨",
        "公斤",
        "千克",
        "根",
        "只",
        "村",
        "天",
        "小时",
        "条次",
        "条(幅)",
        "处次",
        "艘",
        "把",
        "顶",
        "封",
    ]
)
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_NUMBER = re.compile(
    r"(?P<about>约|大约|近|超|超过|逾|共|计|共计|累计)?(?P<sign>[-−－])?(?:¥|￥)?(?P<number>\d+(?:\.\d+)?)(?P<scale>[万亿]?)"
    r"(?P<more>余|多|左右|以上)?(?P<unit>%|[㎡\u4e00-\u9fff()/]{0,6})"
)
_REMARKED = re.compile(r"(?P<count>\d+[\u4e00-\u9fff]{0,2})\([^()]*[\u4e00-\u9fff][^()]*\)")
_DIGITS = "〇一二三四五六七八九"
_SPELLED = re.compile(
    r"(?=[一二两三四五六七八九十])(?P<tens>[二三四五六七八九]?十)?(?P<ones>[一二两三四五六七八九])?(?P<unit>处|条|项|个|家|家次|起|份|人|名|人次)"
)
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_TOTAL = re.compile(
    r"(?:全镇|全乡|全街道|全年|本年|年度|年|本月|当月|本季|季度|第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?)?(?:合计|总计|共计|累计|小计|总数|汇总|全镇|全乡)(?:数|行)?[::]?"
)
_SUBTOTAL = re.compile(r"小计|本月|当月|季度|月合计|月小计|半年")
_VOID = re.compile(r"^[(\[【]?(?:已)?(?:作废|撤销|取消|废止|删除|误录|录入错误|重复录入)")
_VOID_STARTS = frozenset("(（[【已作撤取废删误录重")
_UNDONE = re.compile(r"未|正在|整改中|治理中|处理中|进行中|待|逾期|部分|不|否|限期|超期|延期|跟踪")
_DONE = re.compile(
    r"已|完成|完毕|到位|销号|闭环|合格|通过|整改好|当场整改|现场整改|立即整改|立行立改|是|结案|消除|办结|100%"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from a cell; `about`: the cell itself only approximates; `remark`: it adds words in brackets."""

    value: Decimal
    unit: str = ""
    about: bool = False
    remark: bool = False


def plain(value: CellValue) -> str:
    """The cell as text on one line: full width made half width, spaces removed."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _plain_text(value)
    return str(value)


@lru_cache(maxsize=65_536)
def _plain_text(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def written(value: CellValue) -> str:
    """The cell as it stands, for evidence: at most 80 characters."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)[:80]


def read_number(value: CellValue) -> Number | None:
    """The number a cell states, or None where it is text, a date, a mark or empty."""
    if isinstance(value, int):
        return Number(Decimal(value))
    if isinstance(value, Decimal):
        return Number(value)
    if isinstance(value, str):
        return _text_number(value)
    return None


@lru_cache(maxsize=65_536)
def _text_number(text: str) -> Number | None:
    told = _GROUPED.sub("", _plain_text(text))
    remarked = _REMARKED.fullmatch(told)
    if spelled := _SPELLED.fullmatch(told):
        return Number(Decimal(_spelled(spelled["tens"], spelled["ones"])), spelled["unit"])
    found = _NUMBER.fullmatch(told) or (_NUMBER.fullmatch(remarked["count"]) if remarked else None)
    if not found:
        return None
    unit = found["unit"].strip("()")
    if unit and unit not in UNITS:
        return None
    number = Decimal(found["number"]) * _SCALES[found["scale"]]
    about = bool(found["more"]) or (found["about"] or "") in ("约", "大约", "近", "超", "超过", "逾")
    return Number(-number if found["sign"] else number, unit, about, remark=found.string != told)


def _spelled(tens: str | None, ones: str | None) -> int:
    """十二, 两, 三十 as a number: `tens` ends with 十, or is missing."""
    high = 0 if not tens else 10 * (_DIGITS.index(tens[0]) if len(tens) > 1 else 1)
    return high + (_DIGITS.index(ones.replace("两", "二")) if ones else 0)


def is_nothing(value: CellValue) -> bool:
    """Whether the cell is empty or holds a mark for none (/, —, 无)."""
    return value is None or (isinstance(value, str) and len(value) < 5 and plain(value) in NONE_MARKS)


def is_total(value: CellValue) -> bool:
    """Whether the cell labels a row or column as a sum of others."""
    return isinstance(value, str) and len(value) < 16 and _is_total_text(value)


@lru_cache(maxsize=16_384)
def _is_total_text(text: str) -> bool:
    return _TOTAL.fullmatch(plain(text)) is not None


def is_subtotal(value: CellValue) -> bool:
    """Whether a total's label speaks of a part only (小计, 一季度合计)."""
    return isinstance(value, str) and _SUBTOTAL.search(plain(value)) is not None


def is_void(value: CellValue) -> bool:
    """Whether the cell says that its row does not count (作废)."""
    return isinstance(value, str) and value[:1] in _VOID_STARTS and _VOID.match(plain(value)) is not None


def is_tick(value: CellValue) -> bool:
    """Whether the cell is a tick (√, 是)."""
    return plain(value) in TICKS


def is_done(value: CellValue) -> bool | None:
    """Whether a status says that the matter is settled; None where it says neither."""
    text = plain(value)
    if is_nothing(value):
        return None
    if text in CROSSES:
        return False
    if text in TICKS:
        return True
    if _UNDONE.search(text):
        return False
    return True if _DONE.search(text) else None
