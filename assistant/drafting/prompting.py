"""What a model is asked for one paragraph of a section: facts as slots, last year's words, our rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.drafting.exemplar import Exemplar
from assistant.drafting.factbook import wording
from assistant.drafting.phrases import label_of as phrase_for
from assistant.drafting.polishing import Veiled, shown
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
_NOTHING = "（无）"
_CHARACTERS_A_TOKEN = 1.2  # of Chinese text, on the safe side
_RESERVED = 400  # tokens kept for what is the same in every prompt


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompt files of section writing, loaded and checked."""

    section: Template
    question: Template
    polish: Template
    repair: Template

    @property
    def content_hash(self) -> str:
        """One hash for the files that made a section."""
        return f"{self.section.content_hash[:6]}{self.question.content_hash[:6]}"

    @property
    def instructions(self) -> tuple[str, ...]:
        """What is asked in the fixed part of the prompt, punctuation removed: an answer must not repeat it."""
        return tuple(_letters(text) for role, text in self.section.turns if role != "assistant")

    @property
    def example(self) -> str:
        """The example's answer, punctuation removed: an answer must not carry its subject over."""
        return "".join(_letters(text) for role, text in self.section.turns if role == "assistant")


def load_prompts() -> Prompts:
    """The shipped prompts; raises `PromptError` where a file and the program do not fit."""
    return Prompts(
        load_template("section", ["question"]),
        load_template("question", ["heading", "task", "length", "wish", "slots", "sources", "exemplar"]),
        load_template("polish", ["heading", "wish", "draft"]),
        load_template("repair", ["heading", "problems", "slots"]),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """One paragraph to be written: its prompt, and how its slots are shown (label → slot name).

    `words` are what stands for a slot (by name) where a person watches the answer grow.
    """

    messages: tuple[Message, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    length: int = 0
    heading: str = ""
    lines: bool = False  # whether the answer may have several paragraphs

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
    sources: str = "",
) -> Question:
    """The question for a paragraph of `spec` with these slots.

    `wish` is what a person wants of it besides, `sources` rules and policies it may cite.
    """
    labels = labels_of(slots)
    ((_, question),) = prompts.question.fill(
        heading=_heading(spec),
        task=_TASKS[spec.role],
        length=str(length),
        wish=_wish(wish),
        slots="\n".join("{{" + label + "}}" for label in labels) or _NOTHING,
        sources=f"可引用的规定：\n{sources}\n" if sources else "",
        exemplar=exemplar.text or _NOTHING,
    )
    words = {name: phrase_for(fact) + wording(fact) for name, fact in slots.items()}
    return Question(_messages(prompts.section.fill(question=question)), labels, words, length, spec.heading)


def ask_polish(prompts: Prompts, spec: SectionSpec, veiled: Veiled, *, wish: str = "") -> Question:
    """The question for a better wording of a draft in which figures are shown as their labels."""
    draft = shown(veiled)
    ((_, question),) = prompts.polish.fill(heading=_heading(spec), wish=_wish(wish), draft=draft)
    messages = _messages(prompts.section.fill(question=question))
    return Question(messages, veiled.labels, veiled.words, len(draft), spec.heading, "\n" in draft)


def repair_turns(prompts: Prompts, question: Question, problems: Sequence[str]) -> list[tuple[str, str]]:
    """What is said to an answer that has these problems."""
    listed = "\n".join(f"- {problem}" for problem in dict.fromkeys(problems))
    for label, name in question.labels.items():
        listed = listed.replace("{{" + name + "}}", "{{" + label + "}}")
    slots = "".join("{{" + label + "}}" for label in question.labels) or _NOTHING
    return prompts.repair.fill(heading=question.heading, problems=listed, slots=slots)


def label_of(fact: Fact) -> str:
    """How a model sees a fact: what it says when rendered, with N for the value (检查企业N家次)."""
    return re.sub(r"[{}\s]", "", f"{phrase_for(fact)}N{fact.unit}")


def labels_of(slots: Mapping[str, Fact]) -> dict[str, str]:
    """Label → slot name; facts that would look the same are told apart by their topic."""
    labels: dict[str, str] = {}
    for name, fact in slots.items():
        label = label_of(fact)
        labels[label if label not in labels else f"{label}（{fact.topic or name}）"] = name
    return labels


def _heading(spec: SectionSpec) -> str:
    return spec.heading or ("结束语" if spec.role is Role.CLOSING else "开头")


def _wish(wish: str) -> str:
    return f"。另外要求：{wish}" if wish else ""


def exemplar_limit(model_context: int, length: int) -> int:
    """How many characters of exemplar fit beside an answer of `length` characters; generous where unknown."""
    wanted = max(120, length * 2)
    if not model_context:
        return wanted
    left = int((model_context - _RESERVED) * _CHARACTERS_A_TOKEN) - 4 * length
    return max(0, min(wanted, left))


def _messages(turns: Sequence[tuple[str, str]]) -> tuple[Message, ...]:
    return tuple(Message(role, text) for role, text in turns)  # type: ignore[arg-type]  # Template knows these roles only


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
