"""What a model is asked for one paragraph of a section: facts as slots, last year's words, our rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.drafting.exemplar import Exemplar
from assistant.drafting.sections import Role, SectionSpec
from assistant.llm.chat import Message
from assistant.records import Fact
from assistant.templates import Template, load_template

_TASKS = {
    Role.OPENING: "写开头的一段，概述工作思路和总体做法",
    Role.WORK: "总结已做的工作",
    Role.PROBLEMS: "写存在的问题，语气平实，不夸大、不编造",
    Role.PLAN: "写下一步打算，用“将”“继续”“进一步”，只写要做的事，不写成绩",
    Role.CLOSING: "写结尾的一两句话，表明态度",
}
_NO_SLOTS = "（无，不写任何数字）"
_NO_EXEMPLAR = "（无）"
_CHARACTERS_A_TOKEN = 1.2  # of Chinese text, on the safe side
_RESERVED = 400  # tokens kept for what is the same in every prompt


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompt files of section writing, loaded and checked."""

    section: Template
    question: Template
    repair: Template

    @property
    def content_hash(self) -> str:
        """One hash for the files that made a section."""
        return f"{self.section.content_hash[:6]}{self.question.content_hash[:6]}"

    @property
    def instructions(self) -> tuple[str, ...]:
        """The fixed words of the prompt, punctuation removed: what an answer must not repeat."""
        return tuple("".join(c for c in text if c.isalnum()) for _, text in self.section.turns)


def load_prompts() -> Prompts:
    """The shipped prompts; raises `PromptError` where a file and the program do not fit."""
    return Prompts(
        load_template("section", ["question"]),
        load_template("question", ["heading", "task", "length", "wish", "slots", "exemplar"]),
        load_template("repair", ["problems", "slots"]),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """One paragraph to be written: its prompt, and the facts its slots stand for."""

    messages: tuple[Message, ...]
    slots: Mapping[str, Fact] = field(default_factory=dict)
    length: int = 0

    def then(self, answer: str, turns: Sequence[tuple[str, str]]) -> tuple[Message, ...]:
        """The conversation gone on with: the answer that was given, and what is said to it."""
        return (*self.messages, Message("assistant", answer), *_messages(turns))


def ask(
    prompts: Prompts,
    spec: SectionSpec,
    slots: Mapping[str, Fact],
    exemplar: Exemplar,
    *,
    length: int,
    wish: str = "",
) -> Question:
    """The question for a paragraph of `spec` with these slots; `wish` is what a person wants of it besides."""
    ((_, question),) = prompts.question.fill(
        heading=spec.heading or ("结束语" if spec.role is Role.CLOSING else "开头"),
        task=_TASKS[spec.role],
        length=str(length),
        wish=f"。另外要求：{wish}" if wish else "",
        slots="\n".join(slot_line(name, fact) for name, fact in slots.items()) or _NO_SLOTS,
        exemplar=exemplar.text or _NO_EXEMPLAR,
    )
    return Question(_messages(prompts.section.fill(question=question)), slots, length)


def repair_turns(prompts: Prompts, question: Question, problems: Sequence[str]) -> list[tuple[str, str]]:
    """What is said to an answer that has these problems."""
    listed = "\n".join(f"- {problem}" for problem in dict.fromkeys(problems))
    return prompts.repair.fill(problems=listed, slots="".join("{{" + name + "}}" for name in question.slots) or "无")


def slot_line(name: str, fact: Fact) -> str:
    """A fact as the model sees it: the slot, what it is, its unit; never its value."""
    return "{{" + name + "}}（" + f"{describe(fact)}，{fact.unit or '无单位'}）"


def describe(fact: Fact) -> str:
    """What a fact states: the indicator, or its comparison with last year."""
    compared = {
        "yoy_diff": "比上年的增减",
        "yoy_percent": "比上年的增减幅度",
        "yoy_points": "比上年的百分点变化",
        "share": "占比",
    }
    return fact.name + compared.get(fact.measure, "")


def exemplar_limit(model_context: int, length: int) -> int:
    """How many characters of exemplar fit beside an answer of `length` characters; generous where unknown."""
    wanted = max(120, length * 2)
    if not model_context:
        return wanted
    left = int((model_context - _RESERVED) * _CHARACTERS_A_TOKEN) - 4 * length
    return max(0, min(wanted, left))


def _messages(turns: Sequence[tuple[str, str]]) -> tuple[Message, ...]:
    return tuple(Message(role, text) for role, text in turns)  # type: ignore[arg-type]  # Template knows these roles only
