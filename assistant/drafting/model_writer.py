"""The model's writer: a section in a model's words on facts it never sees the values of.

Facts go out as slots, the answer is read by `validation`, repaired once, cut where it still may not
stand, completed by the offline writer's sentences, and only then are values put in by code.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.drafting.context import Context
from assistant.drafting.exemplar import NO_EXEMPLAR, Exemplar, exemplar_of, quotable, sentences_of, unnumbered
from assistant.drafting.factbook import FactBook, book_of
from assistant.drafting.flaws import SLOT, Rules
from assistant.drafting.offers import add_period, add_riders, fit_labels, grouped, left_sentences, offered_facts
from assistant.drafting.paragraphs import Asker, Paragraph
from assistant.drafting.phrases import label_of
from assistant.drafting.places import settle_kind, settle_places
from assistant.drafting.polishing import is_same_size, unveil, veil
from assistant.drafting.prompting import Prompts, Question, ask, ask_polish, exemplar_limit, load_prompts
from assistant.drafting.rendering import render_slots
from assistant.drafting.rollforward import write_section as write_offline
from assistant.drafting.sections import PastSection, Role, SectionSpec, Writer
from assistant.drafting.slots import Slots
from assistant.drafting.timewords import move_on
from assistant.drafting.validation import find_problems
from assistant.errors import ContextExceeded
from assistant.llm.chat import ChatModel, Usage, never
from assistant.records import Fact, Notice, SectionText, Severity

_SLOTS_A_PARAGRAPH = 6
_SHORTEST = 60  # characters a paragraph is asked for at least
_MOST = 1.1  # of the wanted length, up to which last year's words are carried over
_UNKNOWN = re.compile(r"【待核实：([^，】]+)[^】]*】")  # the offline writer's mark
_LEAD_IN = 10  # characters of words before the first figure, below which a paragraph has no beginning
_FORMULAS = (Role.OPENING, Role.CLOSING)  # fixed phrases: nothing for a model to add unless a person wants it


def writer_with(
    model: ChatModel,
    *,
    on_text: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] = never,
    wish: str = "",
    variant: int = 0,
    repair: bool = True,
    references: Callable[[SectionSpec], str] | None = None,
) -> Writer:
    """A `Writer` for `assemble` that lets this model write.

    `on_text` is given the paragraph under way, readable, each time it grows; `wish` is what a person wants
    of the section besides (更精炼); each `variant` gives another wording; `references` finds rules and
    policies for a section, whose article numbers and names may then be used; without `repair` an answer
    is cut at once. The writer raises the model's errors and `Cancelled`; prompts are loaded, and checked, here.
    """
    temperature = min(0.3 + 0.2 * variant, 0.9)
    asker = Asker(model, load_prompts(), on_text, cancelled, temperature, seed=variant + 1, repair=repair)
    told: list[str] = []  # sentences of the sections written so far, so that none is written twice

    def write(spec: SectionSpec, facts: Sequence[Fact], past: PastSection | None, context: Context) -> SectionText:
        started = time.monotonic()
        offline = write_offline(spec, facts, past, context)
        if not offline.text or (spec.role in _FORMULAS and not wish):
            return offline
        book = book_of(facts, context.period, context.registry)
        work = _Work(spec, book, past, context, asker, tuple(told), wish, references(spec) if references else "")
        made = work.written(offline)
        told.extend(sentences_of(made.section.text))
        return made.accounted(asker, time.monotonic() - started)

    return write


@dataclass(frozen=True, slots=True)
class _Made:
    """A section as it came about, and what the model cost."""

    section: SectionText
    usage: Usage

    def accounted(self, asker: Asker, seconds: float) -> SectionText:
        usage, section = self.usage, self.section
        words = (
            f"模型请求{usage.requests}次，输入{usage.prompt_tokens}（其中缓存{usage.cached_tokens}）、"
            f"输出{usage.completion_tokens}个词元，模型用时{usage.seconds:.1f}秒，本节共{seconds:.1f}秒。"
        )
        return replace(
            section,
            model=usage.model or asker.model.name,
            prompt_hash=asker.prompts.content_hash,
            tokens=usage.tokens,
            answer_tokens=usage.completion_tokens,
            seconds=usage.seconds,
            notices=(*section.notices, Notice(Severity.INFO, "model_cost", _about(section.heading) + words)),
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """One section under work."""

    spec: SectionSpec
    book: FactBook
    past: PastSection | None
    context: Context
    asker: Asker
    told: tuple[str, ...]
    wish: str
    sources: str

    @property
    def prompts(self) -> Prompts:
        return self.asker.prompts

    def written(self, offline: SectionText) -> _Made:
        """The section on its facts; a better wording of the offline text where there is no fact to tell."""
        facts = offered_facts(self.spec, self.book, self.context)
        if self.spec.role is not Role.WORK or not facts:
            return self._polished(offline)
        groups = grouped(facts, _SLOTS_A_PARAGRAPH)
        length = max(_SHORTEST, self.spec.length // len(groups))
        exemplars = self._exemplars(len(groups), length)
        paragraphs: list[Paragraph] = []
        slots: dict[str, Fact] = {}
        for group, exemplar in zip(groups, exemplars, strict=True):
            own = {f"f{number}": fact for number, fact in enumerate(group, len(slots) + 1)}
            paragraphs.append(self._paragraph(own, exemplar, length, [each.text for each in paragraphs]))
            slots |= own
        usage = sum((paragraph.usage for paragraph in paragraphs), Usage())
        notices = [notice for paragraph in paragraphs for notice in paragraph.notices]
        notices += [
            self._note(f"往年总结中的“{words[:30]}”像是写给模型的指令，没有交给模型。")
            for each in exemplars
            for words in each.dropped
        ]
        drafted = [(each.text, exemplar) for each, exemplar in zip(paragraphs, exemplars, strict=True) if each.text]
        return _Made(self._completed(drafted, slots, offline, notices), usage)

    # --- A section on facts --------------------------------------------------------------------

    def _paragraph(
        self, slots: Mapping[str, Fact], exemplar: Exemplar, length: int, before: Sequence[str]
    ) -> Paragraph:
        earlier = (*self.told, *(sentence for text in before for sentence in sentences_of(text)))
        names = frozenset(map(label_of, slots.values()))
        rules = replace(self._rules(exemplar), slots=tuple(slots), must=tuple(slots), names=names, earlier=earlier)

        def question(shown_exemplar: Exemplar) -> Question:
            words = {"wish": self.wish, "sources": self.sources}
            return ask(self.prompts, self.spec, slots, shown_exemplar, length=length, **words)

        try:
            return self.asker.write(question(exemplar), rules)
        except ContextExceeded:
            return self.asker.write(question(NO_EXEMPLAR), rules)

    def _rules(self, exemplar: Exemplar) -> Rules:
        return Rules(
            slots=(),
            must=(),
            book=self.book,
            heading=self.spec.heading,
            plan=self.spec.role is Role.PLAN,
            done=self.spec.role is Role.WORK,
            references=exemplar.references | quotable(self.sources),
            material=exemplar.text + self.sources + self.wish,
            instructions=self.prompts.instructions,
            example=self.prompts.example,
            earlier=self.told,
        )

    def _exemplars(self, count: int, length: int) -> list[Exemplar]:
        """Last year's section, moved on to this year, in as many parts as there are paragraphs to write."""
        limit = exemplar_limit(self.asker.model.context, length)
        sentences = []
        for sentence in sentences_of(self.past.text if self.past else ""):
            settled = settle_places(sentence, self.context).text
            if settled:
                sentences.append(move_on(settled, self.context, self.spec.role))
        size = -(-len(sentences) // count) or 1
        return [exemplar_of(sentences[start * size : (start + 1) * size], limit) for start in range(count)]

    def _completed(
        self,
        drafted: Sequence[tuple[str, Exemplar]],
        offered: Mapping[str, Fact],
        offline: SectionText,
        notices: list[Notice],
    ) -> SectionText:
        """The section from the model's paragraphs, last year's words, and the facts still missing."""
        if not drafted:
            notices.append(self._note("模型没有写出可用的内容，本节改由不用模型的写法写成。"))
            return replace(offline, notices=(*offline.notices, *notices))
        body = move_on("\n".join(self._worded(drafted, offered)), self.context, self.spec.role)
        used = [offered[name] for name in SLOT.findall(body) if name in offered]
        slots = Slots(said={fact.indicator for fact in used})
        body = add_riders(body, offered, self.spec, self.book, self.context, slots)
        rendered = render_slots(body, offered, self.context.registry, self.context.style)
        left = left_sentences(self.spec, self.book, self.context, slots)
        if any(fact.indicator in slots.said for name, fact in offered.items() if fact not in used):
            notices.append(self._note("模型漏写的数据已按固定句式补上。", Severity.INFO))
        notices += [
            self._note(f"往年写过的数据今年台账没有，未写：{words}。") for words in _UNKNOWN.findall(offline.text)
        ]
        text, riders = slots.fill(_ended(rendered.text) + "".join(left))
        return SectionText(
            key=self.spec.key,
            heading=self.spec.heading,
            level=self.spec.level,
            text=settle_kind(text, self.context.unit_name),
            slots=tuple(dict.fromkeys((*rendered.used, *riders))),
            writer="model",
            missing=offline.missing,
            notices=(*notices, *rendered.notices),
        )

    def _worded(self, drafted: Sequence[tuple[str, Exemplar]], offered: Mapping[str, Fact]) -> list[str]:
        """The paragraphs with last year's figure-free sentences, until the section is long enough.

        What a paragraph that opens with figures lacks is its beginning; others are carried on. With a
        person's wish (更精炼) the length is the model's.
        """
        rules = replace(self._rules(NO_EXEMPLAR), slots=tuple(offered))
        long = [
            add_period(fit_labels(_ended(text), offered, self.context), offered, self.context) for text, _ in drafted
        ]
        for index, (_, exemplar) in enumerate(drafted if not self.wish else ()):
            bare = "{{" in long[index][:_LEAD_IN]
            lead = ""
            for sentence in map(unnumbered, exemplar.narrative):
                own = replace(rules, references=rules.references | exemplar.references, material=sentence)
                candidate = "\n".join([*long[:index], lead + _ended(sentence) + long[index], *long[index + 1 :]])
                if len(candidate) > self.spec.length * _MOST or find_problems(candidate, own):
                    continue
                if bare:
                    lead += _ended(sentence)
                else:
                    long[index] += _ended(sentence)
            long[index] = lead + long[index]
        return long

    # --- A better wording of the offline text -----------------------------------------------------

    def _polished(self, offline: SectionText) -> _Made:
        veiled = veil(offline.text)
        question = ask_polish(self.prompts, self.spec, veiled, wish=self.wish)
        rules = replace(
            self._rules(NO_EXEMPLAR),
            slots=tuple(veiled.words),
            must=tuple(veiled.words),
            material=offline.text + self.sources + self.wish,
            draft=veiled.text,
        )
        made = self.asker.write(question, rules)
        text = unveil(made.text, veiled)
        lost = set(veiled.words) - set(SLOT.findall(made.text))
        if lost or not (self.wish or is_same_size(text, offline.text)):
            note = self._note("模型的改写丢了内容，本节保留不用模型的写法。", Severity.INFO)
            return _Made(replace(offline, notices=(*offline.notices, *made.notices, note)), made.usage)
        section = replace(offline, text=text, writer="model", notices=(*offline.notices, *made.notices))
        return _Made(section, made.usage)

    def _note(self, words: str, severity: Severity = Severity.WARNING) -> Notice:
        return Notice(severity, "model_writer", _about(self.spec.heading) + words)


def _about(heading: str) -> str:
    return f"“{heading}”：" if heading else ""


def _ended(text: str) -> str:
    text = text.rstrip("，、：； \n")
    return text if text.endswith(("。", "！", "？", "”", "：")) else text + "。"
