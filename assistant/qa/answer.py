"""Questions answered: figures from facts, regulations from quotes, past summaries with what the ledger says of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from time import monotonic

from assistant.errors import InputError
from assistant.llm.chat import ChatModel, never
from assistant.qa import cues, declining, guarding, ledger_answers
from assistant.qa.ask import Ask
from assistant.qa.asks import read_question
from assistant.qa.cues import Want
from assistant.qa.desk import Desk, Turn
from assistant.qa.regulations import answer_regulation, is_legal, names_law
from assistant.qa.subjects import asked_unit
from assistant.qa.summaries import answer_summary, asks_for_summary
from assistant.records import Answer

__all__ = ["Desk", "Turn", "answer"]

_LONGEST = 2_000
_FOLLOW_UP = 20  # characters of a question that may go on with the one before
_PLAINLY_FIGURES = (Want.PLACES, Want.TIMES, Want.SPREAD)
_RULED = frozenset(
    {"天", "倍", "米", "公里", "元", "钱", "人", "点", "桌", "吨", "亩", "次", "个"}
)  # units that rules set limits in


def answer(
    question: str,
    desk: Desk,
    history: Sequence[Turn] = (),
    model: ChatModel | None = None,
    cancelled: Callable[[], bool] = never,
) -> Answer:
    """Answer a question about the town's figures, about regulations, or about what past summaries say.

    Figures are computed from the ledger's facts; regulations are quoted, best first, and a `model` only
    words what the quotes say. Where nothing supports an answer it is declined, with the nearest thing there
    is. `history` are the turns before, oldest first. Raises `InputError` for an empty or endless question,
    and `Cancelled`; a model that fails only leaves a notice.
    """
    if not question.strip():
        raise InputError("问题是空的。请写上要问的内容。")
    if len(question) > _LONGEST:
        raise InputError(f"问题太长（{len(question)}字，最多{_LONGEST}字）。请只留下要问的部分。")
    rest, instructed = guarding.instructions_apart(question.strip())
    if not rest:
        return declining.instruction()
    if guarding.is_matterless(rest):
        return declining.off_topic(desk)
    return _routed(rest, desk, history, model, cancelled)


def _routed(
    question: str, desk: Desk, history: Sequence[Turn], model: ChatModel | None, cancelled: Callable[[], bool]
) -> Answer:
    before, lawful = _conversation(history, desk)
    if asks_for_summary(question):
        return answer_summary(question, desk)
    if names_law(question, desk):
        return answer_regulation(question, desk, model, cancelled)
    refusal = None if is_legal(question) else declining.refusal(question)
    asks = read_question(question, desk, before)
    if refusal is not None or _is_figure(question, asks):
        return refusal or _figures(asks, desk)
    if _is_ledger_matter(question, asks) and (any(ask.period_said for ask in asks) or not is_legal(question)):
        return declining.not_in_ledger(asks, desk)
    if lawful and len(question) < _FOLLOW_UP:  # 那个人呢？
        question = f"{lawful} {question}"
    return answer_regulation(question, desk, model, cancelled, asks=asks)


def _conversation(history: Sequence[Turn], desk: Desk) -> tuple[Ask | None, str]:
    """What was asked last of figures; or the last question, where it was one about regulations."""
    before: Ask | None = None
    lawful = ""
    for turn in history:
        rest, _ = guarding.instructions_apart(turn.question)
        if turn.answer.citations:
            before, lawful = None, rest
        elif rest:
            asks = read_question(rest, desk, before)
            said = [ask for ask in asks if ask.subjects and not ask.foreign]
            before, lawful = (said[-1] if said else before), "" if said else lawful
    return before, lawful


def _is_figure(question: str, asks: Sequence[Ask]) -> bool:
    """Whether every part of it is about known indicators and nothing narrows it to something else."""
    if not asks or not all(ask.subjects and not ask.foreign and not ask.elsewhere for ask in asks):
        return False
    firm = any(ask.period_said or ask.want in _PLAINLY_FIGURES for ask in asks)
    return firm or not is_legal(question)


def _is_ledger_matter(question: str, asks: Sequence[Ask]) -> bool:
    """Whether it asks for figures of the town's own work, though for none that are there."""
    counted = bool(cues.VALUE.search(question) or cues.CHANGE_FIRM.search(question) or cues.MOST.search(question))
    own = bool(re.search(r"我们|咱|全镇|我镇|本镇|镇里|全乡|台账|辖区", question))
    subject = any(ask.subjects for ask in asks)
    unit = asked_unit(question)
    return (
        any(ask.period_said or ask.elsewhere for ask in asks)
        or (own and (counted or subject))
        or (subject and bool(unit) and unit not in _RULED)
    )


def _figures(asks: Sequence[Ask], desk: Desk) -> Answer:
    began = monotonic()
    found = [(ask, each) for ask in asks for each in ledger_answers.answer_ask(ask, desk)]
    facts = ledger_answers.ordered(found)
    missing = list(dict.fromkeys(each.missing for _, each in found if each.missing))
    if not facts:
        return declining.missing(missing, desk)
    sentences = list(dict.fromkeys(each.sentence for _, each in found if each.sentence))
    kept = [one for one in sentences if not any(one != other and one in other for other in sentences)]
    text = "；".join(kept) + "。"
    text = text.replace("。。", "。")
    if missing:
        text += "".join(f"{each}。" for each in missing)
    return declining.timed(Answer(text, tuple(facts)), began)
