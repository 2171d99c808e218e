"""Answers that say there is none, why, and what the nearest thing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from time import monotonic

from assistant.qa import cues, saying
from assistant.qa.ask import Ask
from assistant.qa.desk import Desk
from assistant.records import Answer, Passage

_CAN = "我能回答的是：台账里有的数字（如检查了多少家企业）、已导入的法律法规、往年总结里写过的内容。"


def declined(reason: str) -> Answer:
    """An answer that is none."""
    return Answer(reason, declined=True, reason=reason)


def instruction() -> Answer:
    """To an instruction in place of a question."""
    return declined(f"这是一条指令，不是可以据实回答的问题，没有照办。{_CAN}")


def off_topic(desk: Desk) -> Answer:
    """To what neither ledger nor regulations speak of."""
    return declined(f"这个问题台账和法规里都没有依据，不能回答。{_CAN}{saying.known_years(desk.years)}。")


def refusal(question: str) -> Answer | None:
    """To questions of a kind that no ledger answers; None for others."""
    kinds = (
        (cues.PERSONAL, "台账不提供个人信息，不能回答。可以问的是同一项工作的汇总数字。"),
        (cues.REASON, "台账只记录数字，不记录原因，不能回答为什么。可以问的是数字本身，或者它和去年同期相比的变化。"),
        (cues.WHO, "台账不记录是谁，不能回答。可以问的是同一项工作的汇总数字。"),
        (cues.OPINION, "这是评价或看法，台账里没有依据，不能回答。可以问的是具体的数字和它的变化。"),
        (cues.FUTURE, "还没有发生的事台账里没有依据，不能预测。可以问的是台账已有期间的数字。"),
    )
    return next((declined(text) for pattern, text in kinds if pattern.search(question)), None)


def not_in_ledger(asks: Sequence[Ask], desk: Desk) -> Answer:
    """To a question for figures that the ledger does not tell apart, or that are of another place."""
    elsewhere = next((ask.elsewhere for ask in asks if ask.elsewhere), "")
    foreign = "、".join(dict.fromkeys(word for ask in asks for word in ask.foreign))
    subjects = list(dict.fromkeys(entry.name for ask in asks for entry in ask.subjects))
    if elsewhere:
        near = f"台账里有的地方是{'、'.join(desk.places[:12])}" if desk.places else "台账里只有本镇的数据"
        return declined(f"台账里没有“{elsewhere}”的数据，不能回答。{near}。")
    near = (
        f"最接近的指标是“{'”“'.join(subjects[:3])}”，但它不单独统计这一项"
        if subjects
        else saying.known_years(desk.years)
    )
    what = f"“{foreign}”" if foreign else "这一项"
    return declined(f"台账里没有{what}的数据，不能回答。{near}。")


def missing(reasons: Sequence[str], desk: Desk) -> Answer:
    """To a question for figures of which the ledger has none."""
    text = "；".join(reasons) or saying.known_years(desk.years)
    return declined(f"{text}。没有数据不等于没有发生，所以不按零回答。")


def no_library() -> Answer:
    """To a question about regulations where none are imported."""
    return declined("还没有导入法律法规，不能回答这个问题。请先用 jushi index add 导入法规文件。")


def no_rule(nearest: Passage | None, why: str) -> Answer:
    """To a question that no regulation at hand answers."""
    near = ""
    if nearest is not None:
        place = f"《{nearest.title}》" + (f"{saying.article_name(nearest.article)}" if nearest.article else "")
        near = f"最接近的是{place}，但它没有这方面的内容。"
    return declined(f"已导入的法规里没有找到依据（{why}），不能回答。{near}")


def timed(answer: Answer, began: float) -> Answer:
    """The answer with how long it took."""
    return replace(answer, seconds=Decimal(str(round(monotonic() - began, 3))))
