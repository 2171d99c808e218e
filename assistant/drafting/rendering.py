"""Text with `{{f12}}` slots, and the facts rendered into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.drafting.context import HOUSE_STYLE, Style
from assistant.records import Fact, Notice
from assistant.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text with its slots filled."""

    text: str
    used: tuple[str, ...]  # ids of the facts rendered, in order
    unknown: tuple[str, ...] = ()  # slot names no fact answers to; they are cut from the text
    notices: tuple[Notice, ...] = ()  # labels that were repaired


def render_slots(text: str, slots: Mapping[str, Fact], registry: Registry, style: Style = HOUSE_STYLE) -> Rendered:
    """The text with every slot replaced by its fact.

    `slots` maps slot names ("f12") to facts. A slot renders name and value together (检查企业184家次)
    unless the text around it already says the name or the unit, which it then absorbs.
    """
    return Rendered(text, ())
