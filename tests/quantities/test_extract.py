"""What `extract` reads in a text: the table of cases, and what holds for any text."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quantities.extract import extract
from assistant.records import Approx, Kind, Quantity

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_SIGNS = {Approx.MORE_THAN: ">", Approx.LESS_THAN: "<", Approx.ABOUT: "~"}


def _rows() -> Iterator[tuple[str, str, str | None]]:
    name = ""
    for line in Path(__file__).with_name("cases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line[3:]
        elif line and not line.startswith("#"):
            marked, _, said = line.replace("⏎", "\n").partition(" | ")
            yield name, marked, said or None


# Characters that make numbers, units, dates, placeholders and plans, to meet each other in every order.
_LIVELY = "0123456789０３９一二两三十百千万亿半零〇余多几数第〔〕（）()、。，；：\n 年月日号%％个家次处元成倍至-—～约近超不以上下内左右XxX*_×{}【】未发生无将计划每某全县镇力争Ⅰ①+/:.翻番分之点GK"
_lively_text = st.text(st.sampled_from(_LIVELY), max_size=60)
_any_text = st.text(max_size=80) | _lively_text


def _said(quantity: Quantity) -> str:
    if quantity.value is None:
        return f"{quantity.low}..{quantity.high} {quantity.unit}"
    return f"{_SIGNS.get(quantity.approx, '')}{quantity.value.normalize():f} {quantity.unit}"


@pytest.mark.parametrize(("name", "marked", "said"), list(_rows()))
def test_claims_of_the_table_are_found_and_nothing_else_is_a_claim(name: str, marked: str, said: str | None) -> None:
    text = re.sub("[«»]", "", marked)
    claims = [quantity for quantity in extract(text, year=2024) if quantity.is_claim]
    found = text
    for claim in reversed(claims):
        found = f"{found[: claim.start]}«{claim.surface}»{found[claim.end :]}"
    assert found == marked
    if said is not None:
        assert [_said(claim).strip() for claim in claims] == [part.strip() for part in said.split(";") if part.strip()]


_PLAIN_CLAIM = re.compile(r"«(?P<number>[0-9]{1,8})(?P<unit>[^0-9.,余多万%‰以左 —–～~至»-][^0-9»左以余]*)»")
_OTHERWISE: dict[str, tuple[Callable[[str, str], str], Approx]] = {
    "full-width": (lambda number, unit: number.translate(_FULL_WIDTH) + unit, Approx.EXACT),
    "thousands": (lambda number, unit: f"{int(number):,}{unit}", Approx.EXACT),
    "spaced": (lambda number, unit: f"{number} {unit}", Approx.EXACT),
    "about": (lambda number, unit: f"约{number}{unit}", Approx.ABOUT),
    "around": (lambda number, unit: f"{number}{unit}左右", Approx.ABOUT),
    "more": (lambda number, unit: f"{number}余{unit}", Approx.MORE_THAN),
    "many": (lambda number, unit: f"{number}多{unit}", Approx.MORE_THAN),
}


@pytest.mark.parametrize("form", _OTHERWISE)
def test_a_claim_stays_one_however_its_number_is_written(form: str) -> None:
    write, approx = _OTHERWISE[form]
    lost = []
    for _, marked, _ in _rows():
        for claim in _PLAIN_CLAIM.finditer(marked):
            surface = write(claim["number"], claim["unit"])
            before, after = (re.sub("[«»]", "", part) for part in (marked[: claim.start()], marked[claim.end() :]))
            found = [read for read in extract(before + surface + after, year=2024) if read.start == len(before)]
            if [(read.surface, read.value, read.approx, read.is_claim) for read in found] != [
                (surface, Decimal(claim["number"]), approx, True)
            ]:
                lost.append((before[-12:], surface, found))
    assert lost == []


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("检查企业56家", "56家", Kind.COUNT),
        ("投入3.5万元", "3.5万元", Kind.MONEY),
        ("整改率98.5%", "98.5%", Kind.PERCENT),
        ("提高3个百分点", "3个百分点", Kind.PERCENT),
        ("频次是之前的1.5倍", "1.5倍", Kind.MULTIPLE),
        ("数量翻了两番", "翻了两番", Kind.MULTIPLE),
        ("三分之一的村", "三分之一", Kind.RATIO),
        ("管护林地3.8万亩", "3.8万亩", Kind.AREA),
        ("护栏1.6公里", "1.6公里", Kind.LENGTH),
        ("清运垃圾35吨", "35吨", Kind.WEIGHT),
        ("2024年5月", "2024年5月", Kind.DATE),
        ("1—6月", "1—6月", Kind.PERIOD),
        ("连续三年", "三年", Kind.DURATION),
        ("第三季度", "第三季度", Kind.ORDINAL),
        ("第二十一条第三款", "第二十一条第三款", Kind.ARTICLE),
        ("安委〔2024〕7号", "〔2024〕7号", Kind.DOCNO),
        ("一、基本情况", "一、", Kind.HEADING),
        ("三年行动", "三年行动", Kind.POLICY),
        ("检查*次", "*次", Kind.PLACEHOLDER),
        ("火灾0起", "0起", Kind.ZERO),
    ],
)
def test_every_kind_is_told(text: str, surface: str, kind: Kind) -> None:
    assert [(quantity.surface, quantity.kind) for quantity in extract(text)] == [(surface, kind)]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("召开会议*次，涉及XX家、××户、xx余份", ["*次", "XX家", "××户", "xx余份"]),
        ("20xx年、202X年6月、20__年、****年", ["20xx年", "202X年6月", "20__年", "****年"]),
        ("检查{{f12}}，整改【待核实：整改数】，培训___人", ["{{f12}}", "【待核实：整改数】", "___人"]),
        ("合格率XX%，下降×.×个百分点", ["XX%", "×.×个百分点"]),
    ],
)
def test_placeholders_are_reported(text: str, surfaces: list[str]) -> None:
    found = [quantity for quantity in extract(text) if quantity.kind is Kind.PLACEHOLDER]
    assert [quantity.surface for quantity in found] == surfaces
    assert all(quantity.value is None and not quantity.is_claim for quantity in found)


def test_names_behind_marks_are_no_placeholders() -> None:
    assert extract("XX镇联合**县、X村、××派出所") == []


def test_a_denial_says_what_it_denies() -> None:
    (denial,) = extract("全镇未发生较大及以上生产安全事故。")
    assert (denial.surface, denial.value, denial.denies) == ("未发生", Decimal(0), "较大及以上生产安全事故")


@given(_any_text)
def test_no_text_makes_it_fail_and_offsets_always_hold(text: str) -> None:
    end = 0
    for quantity in extract(text, year=2024):
        assert text[quantity.start : quantity.end] == quantity.surface
        assert end <= quantity.start < quantity.end
        end = quantity.end


@given(_lively_text, st.sampled_from(["前情如此。\n", "各村高度重视。\n\n", "  \n"]))
def test_a_paragraph_before_shifts_the_spans_and_changes_nothing_else(text: str, before: str) -> None:
    alone, moved = extract(text), extract(before + text)
    shift = len(before)
    assert [(q.start + shift, q.end + shift, q.value, q.unit, q.kind, q.is_claim, q.approx) for q in alone] == [
        (q.start, q.end, q.value, q.unit, q.kind, q.is_claim, q.approx) for q in moved
    ]


def test_no_text_has_no_quantities() -> None:
    assert extract("") == []
    assert extract("安全生产，人人有责。") == []
