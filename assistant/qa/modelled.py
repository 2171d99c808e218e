"""A model words what quotes say: every sentence names the quote it rests on, and is checked against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.errors import ModelError
from assistant.llm.chat import ChatModel, Message, Options, complete
from assistant.qa.numbers import figures_in
from assistant.records import Answer, Citation, Notice, Severity
from assistant.templates import load_template

PROMPT = "answer"
_LONGEST_QUOTE = 500  # characters of an article, and so many articles, that a small model can take in
_QUOTES = 3
_SHORTEST_FRAGMENT = 6
_LINE = re.compile(
    r"^\s*(?:[-*•\d]{0,2}[.、)]?\s*)?(?P<said>[^\[\]【】]*?)[\[【]\s*(?P<number>\d{1,2})\s*[\]】]\s*[“\"「『](?P<quote>[^”\"」』]+)[”\"」』]?\s*[。；]?\s*$"
)
_TOKENS = 400
_SPACE = re.compile(r"\s+")


def worded(question: str, plain: Answer, model: ChatModel, cancelled: Callable[[], bool]) -> Answer:
    """The answer in the model's words where they hold against the quotes, the quotes as they are where they do not.

    A model that fails leaves the quotes, and a notice saying why. Raises `Cancelled`.
    """
    messages = prompt_for(question, plain.citations)
    try:
        reply = complete(model, messages, Options(max_tokens=_TOKENS), cancelled=cancelled)
    except ModelError as error:
        failed = Notice(Severity.WARNING, "model_failed", f"模型没有用上（{error}），以下直接列出原文。")
        return replace(plain, notices=(*plain.notices, failed))
    lines = checked_lines(reply.text, plain.citations)
    spent = plain.tokens + reply.usage.tokens
    if not lines:
        notice = Notice(Severity.INFO, "quotes_only", "模型的回答没有通过与原文的核对，以下直接列出原文。")
        return replace(plain, tokens=spent, notices=(*plain.notices, notice))
    used = list(dict.fromkeys(number for _, number, _ in lines))
    order = [*used, *(index for index in range(len(plain.citations)) if index not in used)]
    citations = tuple(plain.citations[index] for index in order)
    text = "\n".join(
        f"{said}（《{plain.citations[number].law}》{plain.citations[number].article}：“{quote}”）"
        for said, number, quote in lines
    )
    return replace(plain, text=text, citations=citations, tokens=spent)


def prompt_for(question: str, citations: Sequence[Citation]) -> list[Message]:
    """What the model is asked: the quotes, numbered, and the question."""
    quotes = "\n\n".join(
        f"[{number}] 《{each.law}》{each.article}\n{each.quote[:_LONGEST_QUOTE]}"
        for number, each in enumerate(citations[:_QUOTES], start=1)
    )
    filled = load_template(PROMPT, ("quotes", "question")).fill(quotes=quotes, question=question)
    return [Message(role, text) for role, text in filled]  # type: ignore[arg-type]  # Template knows these roles only


def checked_lines(text: str, citations: Sequence[Citation]) -> list[tuple[str, int, str]]:
    """(sentence, index of its citation, fragment) of the lines whose fragment stands verbatim in its article.

    A sentence with a figure that its fragment has not is left out.
    """
    kept = []
    for line in text.splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        number, said = int(found["number"]) - 1, found["said"].strip(" ：:")
        fragment = found["quote"].strip("…. ")
        if not 0 <= number < len(citations) or len(fragment) < _SHORTEST_FRAGMENT or not said:
            continue
        quote = verbatim(fragment, citations[number].quote)
        if quote and figures_in(said) <= figures_in(quote):
            kept.append((said, number, quote))
    return kept


def verbatim(fragment: str, quote: str) -> str:
    """The fragment as it stands in the quote (line breaks and spaces aside); empty where it does not."""
    if fragment in quote:
        return fragment
    wanted = _SPACE.sub("", fragment)
    places = [at for at, char in enumerate(quote) if not char.isspace()]
    at = "".join(quote[place] for place in places).find(wanted)
    return quote[places[at] : places[at + len(wanted) - 1] + 1] if at >= 0 and wanted else ""
