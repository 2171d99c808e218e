"""Hostile texts: mutated sample reports, and texts made of the pieces figures are written with."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from hypothesis import strategies as st

from assistant.retrieval.loaders import load_document
from assistant.shipped import shipped
from evals.fuzz_cases import Case

NUMERALS = (
    "0", "1", "12", "236", "1,234", "１２３", "3.5", "98.5%", "0.0", "007", "１，２３４．５", "一", "两", "十二", "二十三", "一百零八", "三千六百",
    "1.2万", "3亿", "一万二千", "数十", "十几", "几", "百余", "廿", "卅", "〇", "零", "○", "壹拾", "①", "⑵", "Ⅳ", "½", "²", "٣", "९", "1e9",
    "9" * 40, "一" * 30, "万亿万亿", "1-3", "3—5", "2～4", "1/3", "三分之二", "百分之九十八点五", "100％", "‰", "-5", "−7", "+8", "12.", ".5", "1..2", "1，2，3",
)  # fmt: skip
WORDS = (
    "检查", "企业", "家次", "家", "隐患", "处", "条", "整改", "整改率", "下发", "整改通知书", "份", "培训", "期", "人次", "人", "演练", "场", "未发生", "零",
    "全年", "上半年", "今年", "去年", "同比", "上升", "下降", "增长", "其中", "共", "累计", "约", "余", "多", "近", "超过", "以上", "不少于", "左右", "分别", "各",
    "由", "增至", "降至", "2024年", "2023年", "1—6月", "截至11月底", "第一季度", "第二十一条", "〔2024〕5号", "三管三必须", "一岗双责", "下一步", "计划", "拟",
    "一、", "（一）", "1.", "（1）", "《", "》", "“", "”", "【待核实：", "】", "XX", "{{f12}}", "{{", "}}", "，", "。", "；", "、", "：", "\n", "\r\n", "\t", " ", "　",
    "万元", "元", "平方米", "公里", "吨", "亩", "%", "个百分点", "倍", "成", "全部", "均", "无", "没有", "每", "人均", "占",
)  # fmt: skip
ODD = (
    "\x00", "\x07", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u0301", "\u200b", "\u200d", "\u200e", "\u202e", "\u202c", "\u2028", "\u2029",
    "\u2066", "\u2069", "\ufeff", "\ufffd", "\uffff", "\ue000", "\U0001f4a5", "\U00020000", "\U000e0041", "\u3099", "Ａ", "ﬁ", "㎡", "㈠", "㊀", "𝟙", "߁",
)  # fmt: skip
_SENTENCE = re.compile(r"[^。\n]*[。\n]?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十百千万]+")
LONGEST = 300_000  # characters in the longest single lines; a million are read too, in more than the limit of a case


@cache
def samples() -> tuple[str, ...]:
    """The sample town's own reports."""
    return tuple(load_document(path).text for path in sorted(shipped("corpus/past").glob("*.docx")))


def text_case(chance: Random) -> Case:
    """A hostile text."""
    roll = chance.random()
    if roll < 0.55:
        text = mutated(chance)
    elif roll < 0.85:
        text = made(chance, chance.choice((5, 30, 200, 1500)))
    elif roll < 0.98:
        text = repeated(chance, chance.choice((2_000, 10_000, 40_000)))
    else:
        text = repeated(chance, LONGEST)
    return Case("text", text.encode("utf-8", "surrogatepass"))


def mutated(chance: Random) -> str:
    """A part of a sample report with some of its sentences, figures and characters changed."""
    sentences = [found for found in _SENTENCE.findall(chance.choice(samples())) if found]
    start = chance.randrange(len(sentences))
    part = sentences[start : start + chance.choice((1, 3, 10, 40))]
    for _ in range(chance.randrange(1, 6)):
        chance.choice(_CHANGES)(part, chance)
    return "".join(part)


def made(chance: Random, pieces: int) -> str:
    """Numerals, words and odd characters in any order."""
    kinds = chance.choices((NUMERALS, WORDS, ODD), (4, 6, chance.choice((0, 0, 1))), k=pieces)
    return "".join(chance.choice(kind) for kind in kinds)


def repeated(chance: Random, length: int) -> str:
    """A short piece over and over, on one line where the piece has no line end."""
    piece = made(chance, chance.choice((1, 1, 2, 3, 6, 12)))
    return (piece * (length // len(piece) + 1))[:length]


def question_case(chance: Random) -> Case:
    """A hostile question."""
    asked = (
        "去年培训了多少人？",
        "今年上半年检查了几家企业，同比怎么样？",
        "隐患最多的是哪个村？",
        "燃气管道多久检查一次？",
        "去年总结里食品安全怎么写的？",
    )
    text = chance.choice(asked) if chance.random() < 0.6 else ""
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + made(chance, chance.choice((1, 2, 4))) + text[place + chance.randrange(3) :]
    return Case("question", text[: chance.choice((60, 400, 3_000))].encode("utf-8", "surrogatepass"))


def pieces() -> st.SearchStrategy[str]:
    """Texts for hypothesis: pieces of figures beside any characters at all."""
    piece = st.one_of(st.sampled_from(NUMERALS), st.sampled_from(WORDS), st.sampled_from(ODD), st.text(max_size=4))
    return st.lists(piece, max_size=40).map("".join)


def text_strategy() -> st.SearchStrategy[Case]:
    """The same as cases."""
    return pieces().map(lambda text: Case("text", text.encode("utf-8", "surrogatepass")))


def text_of(data: bytes) -> Case:
    """Fuzzer's bytes as a text."""
    return Case("text", data.decode("utf-8", "ignore").encode())


def text_seeds() -> list[bytes]:
    """Paragraphs to begin with."""
    return [line.encode() for text in samples() for line in text.split("\n") if line][:60]


def _swap_number(part: list[str], chance: Random) -> None:
    at = chance.randrange(len(part))
    part[at] = _NUMBER.sub(lambda found: chance.choice(NUMERALS) if chance.random() < 0.4 else found[0], part[at])


def _insert(part: list[str], chance: Random) -> None:
    at = chance.randrange(len(part))
    place = chance.randrange(len(part[at]) + 1)
    part[at] = part[at][:place] + chance.choice(chance.choice((NUMERALS, WORDS, ODD))) + part[at][place:]


def _cut(part: list[str], chance: Random) -> None:
    at = chance.randrange(len(part))
    start = chance.randrange(len(part[at]) + 1)
    part[at] = part[at][:start] + part[at][start + chance.randrange(1, 12) :]


def _double(part: list[str], chance: Random) -> None:
    at = chance.randrange(len(part))
    part[at] = part[at] * chance.choice((2, 3, 20))


def _shuffle(part: list[str], chance: Random) -> None:
    at = chance.randrange(len(part))
    clauses = re.split("(?<=[，；、])", part[at])
    chance.shuffle(clauses)
    part[at] = "".join(clauses)


def _run_on(part: list[str], chance: Random) -> None:
    """Sentences made one: full stops and line ends become commas."""
    part[:] = ["".join(part).replace("。", chance.choice("，、； ")).replace("\n", chance.choice(("", "，")))]


def _widen(part: list[str], _chance: Random) -> None:
    part[:] = ["".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in line) for line in part]


_CHANGES = (_swap_number, _swap_number, _insert, _insert, _cut, _double, _shuffle, _run_on, _widen)
