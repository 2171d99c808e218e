"""One paragraph from a model: asked, read, repaired once, and cut to what may stand."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.drafting.flaws import SLOT, Flaw, Problem, Rules
from assistant.drafting.prompting import Prompts, Question, repair_turns
from assistant.drafting.validation import cut_problems, find_problems, tidy
from assistant.llm.chat import ChatModel, Chunk, Message, Options, Usage, gather, never
from assistant.records import Notice, Severity

_LONGEST = 3  # times the wanted length, after which a model is not listened to any more
_LEAST_ROOM = 300  # characters that are listened to in any case
_ANSWER_TOKENS = 4096
_LAST_END = re.compile(r"^.*[。！？；]", re.DOTALL)
_TAKEN_OFF = frozenset({Flaw.MARKUP, Flaw.HEADING, Flaw.REPEATED_SLOT})  # cut without loss, not worth asking again
_WEIGHTS = {Flaw.FIGURE: 3, Flaw.UNSUPPORTED: 3, Flaw.ECHO: 3}
_THIN, _KEPT = 3, 0.6
_FORBIDDEN = re.compile(r"[0-9０-９a-zA-Z]")  # what plain text of an answer may not hold
_QUOTED = 30  # characters quoted of what was cut
_CUT = {
    Flaw.UNKNOWN_SLOT: "模型写了没有的数据{}，已删去",
    Flaw.REPEATED_SLOT: "模型重复写了同一数据，已删去重复的",
    Flaw.FIGURE: "模型自写了数字{}，数字只能出自台账，已删去",
    Flaw.MARKUP: "模型用了标记符号{}，已删去",
    Flaw.HEADING: "模型在正文里写了标题{}，已删去",
    Flaw.REPETITION: "{}与前文重复，已删去",
    Flaw.ECHO: "{}不是正文，已删去",
    Flaw.UNSUPPORTED: "{}没有事实依据，已删去",
    Flaw.ADVICE: "{}写的是别人应当做的事，已删去",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What came of a question: text with slots in good order, what it cost, and what was done to it."""

    text: str
    usage: Usage
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """A model with our prompts: turns a question into a paragraph that keeps to the rules.

    `temperature` and `seed` make alternatives differ; `on_text` is given the answer as it grows, readable.
    """

    model: ChatModel
    prompts: Prompts
    on_text: Callable[[str], None] | None = None
    cancelled: Callable[[], bool] = never
    temperature: float = 0.3
    seed: int | None = None
    repair: bool = True  # the one repair round; off only to measure what it is worth

    def write(self, question: Question, rules: Rules) -> Paragraph:
        """The paragraph. Raises the model's errors and `Cancelled`; a poor answer is no error."""
        answer, usage = self._answer(question.messages, question, rules.references)
        problems = find_problems(answer, rules)
        repaired: list[Problem] = []
        if self.repair and any(problem.flaw not in _TAKEN_OFF for problem in problems):
            turns = repair_turns(self.prompts, question, [problem.message for problem in problems])
            second, more = self._answer(question.then(answer or "（空）", turns), question, rules.references)
            usage = usage + more
            left = find_problems(second, rules)
            thin = _THIN if len(second) < len(answer) * _KEPT else 0  # a repair that threw the text away
            if second and weight(left) + thin < weight(problems):
                repaired = [problem for problem in problems if problem.message not in {each.message for each in left}]
                answer, problems = second, left
        text, cut = cut_problems(answer, rules)
        return Paragraph(text, usage, tuple(_notices(question.heading, repaired, cut)))

    def _answer(
        self, messages: Sequence[Message], question: Question, references: Collection[str]
    ) -> tuple[str, Usage]:
        grammar = grammar_for(list(question.labels), references, lines=question.lines)
        options = Options(
            max_tokens=min(_ANSWER_TOKENS, self.model.context // 2) if self.model.context else _ANSWER_TOKENS,
            temperature=self.temperature,
            seed=self.seed,
            grammar=grammar if self.model.takes_grammar else "",
        )
        room = max(_LEAST_ROOM, question.length * _LONGEST)
        chunks = self.model.stream(messages, options, self.cancelled)
        reply = gather(_at_most(chunks, room), self._watched(question))
        text = tidy(reply.text, question.labels)
        if reply.usage.finish != "stop":  # cut off by a limit, ours or theirs: the last sentence is not whole
            whole = _LAST_END.match(text)
            text = whole.group() if whole else ""
        return text, reply.usage

    def _watched(self, question: Question) -> Callable[[str], None] | None:
        """What passes the growing answer on with the slots filled in; an unfinished slot is held back."""
        if self.on_text is None:
            return None
        tell = self.on_text

        def watched(text: str) -> None:
            whole = text[: text.rfind("{{")] if text.rfind("{{") > text.rfind("}}") else text
            tell(SLOT.sub(lambda found: question.words.get(found[1], ""), tidy(whole.rstrip("{"), question.labels)))

        return watched


def weight(problems: Sequence[Problem]) -> int:
    """How bad an answer is: figures, claims and echoes weigh most."""
    return sum(_WEIGHTS.get(problem.flaw, 1) for problem in problems)


def grammar_for(slots: Sequence[str], references: Collection[str] = (), *, lines: bool = False) -> str:
    """A GBNF grammar in which the only digits are those of these slots and references, without markup or foreign letters.

    `references` are numbers that are no figures (the 119 of 119消防宣传月). `lines` allows more than one paragraph.
    """
    words = {
        "slot": ["{{" + name + "}}" for name in slots],
        "name": sorted(each for each in references if _FORBIDDEN.search(each)),
    }
    rules = {rule: " | ".join(map(_literal, texts)) for rule, texts in words.items() if texts}
    parts = " | ".join(["plain", *rules, *(['"\\n"'] if lines else [])])
    plain = r"plain ::= [^0-9０-９a-zA-Z{}#*`|<>_~\x00-\x1F]"
    return "\n".join([f'root ::= ({parts})+ "。"', plain, *(f"{rule} ::= {text}" for rule, text in rules.items())])


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _at_most(chunks: Iterator[Chunk], room: int) -> Iterator[Chunk]:
    """The chunks until the answer is longer than `room` characters; the stream is then closed."""
    length, began = 0, time.monotonic()
    for pieces, chunk in enumerate(chunks, 1):
        length = len(chunk.text) if chunk.restart else length + len(chunk.text)
        yield chunk
        if length > room and not chunk.usage:
            close = getattr(chunks, "close", None)
            if close:
                close()
            taken = Decimal(str(round(time.monotonic() - began, 3)))
            # Nobody says what an answer cost that was not heard out: it is about one token a piece.
            yield Chunk(usage=Usage(completion_tokens=pieces, seconds=taken, requests=1, finish="length"))
            return


def _notices(heading: str, repaired: Sequence[Problem], cut: Sequence[Problem]) -> Iterator[Notice]:
    where = f"“{heading}”" if heading else "本节"
    if repaired:
        words = "；".join(dict.fromkeys(problem.message for problem in repaired))
        yield Notice(Severity.INFO, "model_repaired", f"{where}：模型的初稿有问题（{words}），已让模型改正。")
    for flaw in dict.fromkeys(problem.flaw for problem in cut):
        words = "".join(
            dict.fromkeys(f"“{problem.surface.strip()[:_QUOTED]}”" for problem in cut if problem.flaw is flaw)
        )
        severity = Severity.WARNING if flaw in _WEIGHTS else Severity.INFO
        yield Notice(severity, f"model_{flaw}", f"{where}：{_CUT[flaw].format(words)}。")
