"""The model's writer: a section in a model's words on facts it never sees the values of.

Facts go out as slots, the answer is read by `validation`, repaired once, cut where it still may not
stand, completed by the offline writer, and only then are values put in by code.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.drafting.context import Context
from assistant.drafting.exemplar import NO_EXEMPLAR, Exemplar, exemplar_of, sentences_of
from assistant.drafting.factbook import FactBook, book_of
from assistant.drafting.families import family_of
from assistant.drafting.paragraphs import Asker, Paragraph, slots_in
from assistant.drafting.places import settle_places
from assistant.drafting.prompting import Prompts, ask, exemplar_limit, load_prompts
from assistant.drafting.rendering import render_slots
from assistant.drafting.rollforward import write_section as write_offline
from assistant.drafting.sections import PastSection, Role, SectionSpec, Writer
from assistant.drafting.timewords import move_on
from assistant.drafting.validation import Rules, find_problems
from assistant.errors import ContextExceeded
from assistant.llm.chat import ChatModel, Usage, never
from assistant.records import Fact, Notice, SectionText, Severity

_SLOTS_A_PARAGRAPH = 6
_SHORTEST = 60  # characters a paragraph is asked for at least
_ENOUGH = Decimal("0.7")  # of the wanted length; below that last year's words are carried over
_FORMULAS = (Role.OPENING, Role.CLOSING)  # no facts to tell, fixed phrases: nothing for a model to add
_SAID_ELSEWHERE = "accident"  # the family the offline writer has sentences of its own for


@dataclass(slots=True)
class _Memory:
    """Sentences of the sections written so far, so that none is written twice."""

    sentences: list[str] = field(default_factory=list)


def writer_with(
    model: ChatModel,
    *,
    on_text: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] = never,
    wish: str = "",
    variant: int = 0,
    references: Callable[[SectionSpec], str] | None = None,
) -> Writer:
    """A `Writer` for `assemble` that lets this model write.

    `on_text` is given the paragraph under way each time it grows; `wish` is what a person wants of the
    section besides (更精炼); each `variant` gives another wording; `references` finds rules and policies
    for a section, whose article numbers and names may then be used. Raises the model's errors and
    `Cancelled`; prompts are loaded, and checked, here.
    """
    prompts = load_prompts()
    asker = Asker(
        model,
        prompts,
        on_text,
        cancelled,
        temperature=min(0.3 + 0.2 * variant, 0.9),
        seed=variant + 1,
    )
    memory = _Memory()

    def write(spec: SectionSpec, facts: Sequence[Fact], past: PastSection | None, context: Context) -> SectionText:
        offline = write_offline(spec, facts, past, context)
        if not spec.length or (spec.role in _FORMULAS and not wish):
            return offline
        work = _Work(spec, facts, past, context, asker, prompts, memory, wish, references(spec) if references else "")
        return work.written(offline)

    return write


@dataclass(frozen=True, slots=True)
class _Work:
    """One section under work."""

    spec: SectionSpec
    facts: Sequence[Fact]
    past: PastSection | None
    context: Context
    asker: Asker
    prompts: Prompts
    memory: _Memory
    wish: str
    sources: str

    def written(self, offline: SectionText) -> SectionText:
        """The section; the offline writer's where nothing of the model's could stand."""
        started = time.monotonic()
        book = book_of(self.facts, self.context.period, self.context.registry)
        groups = grouped(reported_facts(self.spec, book), _SLOTS_A_PARAGRAPH)
        length = max(_SHORTEST, self.spec.length // len(groups))
        shown = self._exemplars(len(groups), length)
        paragraphs: list[Paragraph] = []
        slots: dict[str, Fact] = {}
        for group, exemplar in zip(groups, shown, strict=True):
            own = {f"f{number}": fact for number, fact in enumerate(group, len(slots) + 1)}
            paragraphs.append(self._paragraph(own, exemplar, length, [p.text for p in paragraphs]))
            slots |= own
        usage = sum((paragraph.usage for paragraph in paragraphs), Usage())
        notices = tuple(notice for paragraph in paragraphs for notice in paragraph.notices)
        made = self._completed([p.text for p in paragraphs if p.text], slots, shown, offline, notices)
        return replace(
            made,
            model=usage.model or self.asker.model.name,
            prompt_hash=self.prompts.content_hash,
            tokens=usage.tokens,
            seconds=usage.seconds,
            notices=(*made.notices, _cost(self.spec, usage, time.monotonic() - started)),
        )

    # --- Asking --------------------------------------------------------------------------------

    def _paragraph(
        self, slots: Mapping[str, Fact], exemplar: Exemplar, length: int, before: Sequence[str]
    ) -> Paragraph:
        rules = self._rules(slots, exemplar, before)
        question = ask(self.prompts, self.spec, slots, exemplar, length=length, wish=self.wish)
        try:
            return self.asker.write(question, rules, self.spec.heading)
        except ContextExceeded:
            question = ask(self.prompts, self.spec, slots, NO_EXEMPLAR, length=length, wish=self.wish)
            return self.asker.write(question, rules, self.spec.heading)

    def _rules(self, slots: Mapping[str, Fact], exemplar: Exemplar, before: Sequence[str]) -> Rules:
        earlier = [*self.memory.sentences, *(sentence for text in before for sentence in sentences_of(text))]
        return Rules(
            slots=tuple(slots),
            must=tuple(slots),
            book=book_of(self.facts, self.context.period, self.context.registry),
            heading=self.spec.heading,
            plan=self.spec.role is Role.PLAN,
            references=exemplar.references,
            material=exemplar.text + self.sources + self.wish,
            instructions=self.prompts.instructions,
            earlier=tuple(earlier),
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

    # --- Completing ----------------------------------------------------------------------------

    def _completed(
        self,
        texts: Sequence[str],
        slots: Mapping[str, Fact],
        shown: Sequence[Exemplar],
        offline: SectionText,
        notices: tuple[Notice, ...],
    ) -> SectionText:
        """The section from the model's paragraphs, last year's words and what is still missing."""
        if not texts:
            return replace(
                offline,
                notices=(*offline.notices, *notices, _note(self.spec, "模型没有写出可用的内容，已改用往年写法。")),
            )
        body = self._lengthened("\n".join(texts), shown)
        rendered = render_slots(body, slots, self.context.registry, self.context.style)
        rest = self._rest(rendered.used)
        added = rest.text if rest else ""
        self.memory.sentences += sentences_of(body)
        dropped = [sentence for exemplar in shown for sentence in exemplar.dropped]
        extra = [
            _note(self.spec, f"往年总结中的“{sentence[:30]}”像是写给模型的指令，未交给模型。") for sentence in dropped
        ]
        if added:
            extra.append(_note(self.spec, "模型漏写的事实已按固定句式补上。", Severity.INFO))
        return SectionText(
            key=self.spec.key,
            heading=self.spec.heading,
            level=self.spec.level,
            text=_ended(rendered.text) + added,
            slots=tuple(dict.fromkeys((*rendered.used, *(rest.slots if rest else ())))),
            writer="model",
            missing=offline.missing,
            notices=(*notices, *rendered.notices, *extra),
        )

    def _rest(self, used: Sequence[str]) -> SectionText | None:
        """What the offline writer says of the must-report facts that are not in the text yet."""
        book = book_of(self.facts, self.context.period, self.context.registry)
        done = set(used)
        missing = tuple(name for name in self.spec.must if (fact := book.fact(name)) and fact.id not in done)
        if not missing:
            return None
        narrowed = replace(self.spec, must=missing, may=(), role=Role.WORK)
        return write_offline(narrowed, self.facts, None, self.context)

    def _lengthened(self, body: str, shown: Sequence[Exemplar]) -> str:
        """The text with last year's figure-free sentences behind it, until it is long enough."""
        for sentence in (sentence for exemplar in shown for sentence in exemplar.narrative):
            if len(body) >= self.spec.length * _ENOUGH:
                break
            candidate = _ended(body) + _ended(sentence)
            rules = replace(self._rules({}, NO_EXEMPLAR, ()), slots=tuple(slots_in(body)), must=())
            rules = replace(
                rules, references=frozenset(ref for exemplar in shown for ref in exemplar.references), material=sentence
            )
            if not find_problems(candidate, rules):
                body = candidate
        return body


def reported_facts(spec: SectionSpec, book: FactBook) -> list[Fact]:
    """The facts a model is given for a section: of this period, not nought, in the outline's order."""
    found = []
    for indicator in (*spec.must, *spec.may):
        fact = book.fact(indicator)
        if fact is not None and fact.value != 0 and family_of(indicator) != _SAID_ELSEWHERE:
            found.append(fact)
    return found


def grouped(facts: Sequence[Fact], most: int) -> list[list[Fact]]:
    """The facts in groups of about equal size, at most `most` each; one empty group where there are none."""
    count = max(1, -(-len(facts) // most))
    size, longer = divmod(len(facts), count)
    groups: list[list[Fact]] = []
    start = 0
    for number in range(count):
        end = start + size + (number < longer)
        groups.append(list(facts[start:end]))
        start = end
    return groups


def _ended(text: str) -> str:
    text = text.rstrip("，、：； \n")
    return text if text.endswith(("。", "！", "？", "”", "：")) else text + "。"


def _note(spec: SectionSpec, words: str, severity: Severity = Severity.WARNING) -> Notice:
    where = f"“{spec.heading}”" if spec.heading else "本节"
    return Notice(severity, "model_writer", f"{where}：{words}")


def _cost(spec: SectionSpec, usage: Usage, seconds: float) -> Notice:
    words = (
        f"请求{usage.requests}次，输入{usage.prompt_tokens}（缓存{usage.cached_tokens}）、输出{usage.completion_tokens}个词元，"
        f"模型用时{usage.seconds:.1f}秒，共{seconds:.1f}秒。"
    )
    return Notice(Severity.INFO, "model_cost", (f"“{spec.heading}”：" if spec.heading else "") + words)
