"""What this year's facts show to be wanting: open hazards, rates short of the whole, work that fell off."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.drafting.factbook import FactBook, wording
from assistant.drafting.slots import Slots
from assistant.records import Fact

_WHOLE = 100
_FALL = -10  # percent: a smaller fall is not worth a word in the problems part
_RISE = 10
_NAMED_PLACES = 3

_RATES = (
    (
        "hazard.rate",
        "整改",
        "部分隐患整改不够及时",
        "隐患整改率为{v}，仍有少数隐患未整改到位",
        "盯紧未整改到位的隐患，逐项明确责任人和整改时限，整改一处、销号一处",
    ),
    (
        "house.treated_rate",
        "危房|房屋",
        "危房整治还有差距",
        "危房整治率为{v}，尚有部分危房未完成整治",
        "加快剩余危房整治，整治到位前落实警示、巡查和人员撤离措施",
    ),
    (
        "pledge.rate",
        "责任书|签订",
        "责任书签订还有缺口",
        "签订率为{v}，尚未做到应签尽签",
        "补签尚未签订的安全生产责任书，把责任落实到每个单位",
    ),
    ("food.rate", "抽检", "食品安全风险仍然存在", "食品抽检合格率为{v}", "对抽检不合格的食品和单位跟踪处理、定期复检"),
)
_EFFORTS = (
    ("inspection.enterprises", "检查企业"),
    ("inspection.times", "安全检查次数"),
    ("road.persuaded", "劝导交通违法"),
    ("road.checks", "路检路查"),
    ("publicity.events", "宣传活动"),
    ("publicity.leaflets", "发放宣传资料"),
    ("training.sessions", "安全培训期数"),
    ("training.people", "培训人员"),
    ("emergency.drills", "应急演练"),
    ("drown.patrols", "防溺水巡查"),
    ("food.checked", "检查食品经营单位"),
)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something wanting: in words of its own, as an addition to an item on the same matter, and what to do about it."""

    key: str
    matter: str  # words, separated by |, that tell that an item is about the same matter
    said: str  # 部分隐患整改不够及时，隐患整改率为97.6%
    added: str  # 隐患整改率为97.6%
    remedy: str  # 盯紧未整改到位的隐患…


def find_shortfalls(book: FactBook, slots: Slots, rankings: tuple[Fact, ...] = ()) -> list[Shortfall]:
    """The shortfalls, the gravest first, in measured words; nothing that is not in the facts."""
    found = [_accidents(book, slots), _major(book, slots)]
    found += [_rate(entry, book, slots) for entry in _RATES]
    found += [_fallen(book, slots), _violations(book, slots), _places(rankings)]
    return [shortfall for shortfall in found if shortfall is not None]


def _accidents(book: FactBook, slots: Slots) -> Shortfall | None:
    count = book.fact("accident.count")
    if count is None or count.value == 0:
        return None
    added = f"本期发生生产安全事故{slots.put(count, wording(count))}"
    difference = book.difference("accident.count")
    if difference is not None and difference.value > 0:
        added += f"，比上年同期增加{slots.put(difference, wording(difference))}"
    remedy = "深刻吸取事故教训，举一反三开展同类风险排查，坚决防止类似事故再次发生"
    return Shortfall("accident", "事故", f"事故防范仍有薄弱环节，{added}", added, remedy)


def _major(book: FactBook, slots: Slots) -> Shortfall | None:
    fact = book.fact("hazard.major_found")
    if fact is None or fact.value == 0:
        return None
    added = f"排查出重大隐患{slots.put(fact, wording(fact))}，防范重大风险的压力仍然较大"
    return Shortfall("major", "重大隐患", added, added, "对重大隐患实行挂牌督办，落实整改责任、措施、资金、时限和预案")


def _rate(entry: tuple[str, str, str, str, str], book: FactBook, slots: Slots) -> Shortfall | None:
    indicator, matter, head, form, remedy = entry
    fact = book.fact(indicator)
    if fact is None or fact.value >= _WHOLE:
        return None
    added = form.replace("{v}", slots.put(fact, wording(fact)))
    return Shortfall(indicator, matter, f"{head}，{added}", added, remedy)


def _fallen(book: FactBook, slots: Slots) -> Shortfall | None:
    """The efforts that fell most, two at the most, in one item."""
    changes = [(change, name) for indicator, name in _EFFORTS if (change := book.change(indicator)) is not None]
    fallen = sorted((entry for entry in changes if entry[0].value <= _FALL), key=lambda entry: entry[0].value)[:2]
    if not fallen:
        return None
    added = "、".join(f"{name}同比下降{slots.put(change, wording(change))}" for change, name in fallen)
    remedy = "合理安排力量，保持检查、劝导和宣传培训的频次与覆盖面"
    return Shortfall("fallen", "监管力量|检查力度|力度", f"部分工作力度有所减弱，{added}", added, remedy)


def _violations(book: FactBook, slots: Slots) -> Shortfall | None:
    change = book.change("road.violations")
    if change is None or change.value < _RISE:
        return None
    added = f"查处交通违法行为同比上升{slots.put(change, wording(change))}"
    remedy = "加大农村道路交通劝导和宣传力度，严查违法载人、酒驾醉驾和不戴头盔等行为"
    return Shortfall("road", "无证驾驶|交通|驾驶", f"交通违法行为仍较突出，{added}", added, remedy)


def _places(rankings: tuple[Fact, ...]) -> Shortfall | None:
    """Where most hazards are; places are named, their figures are not."""
    places = list(dict.fromkeys(fact.place for fact in rankings if fact.place and fact.value > 0))[:_NAMED_PLACES]
    if len(places) < 2:
        return None
    added = f"隐患主要集中在{'、'.join(places)}等地"
    return Shortfall(
        "places", "隐患反复|反复出现", added, added, f"把{'、'.join(places)}等隐患较多的地方作为重点，增加检查频次"
    )
