"""What a paragraph inherits from its style: outline level, list, name, alignment."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.office.ooxml import Element, child, is_on, value, w

_DEEPEST = 20  # a chain of styles longer than this goes in circles


class Styles:
    """The paragraph styles of one document."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self.default = ""
        for style in [] if root is None else root.findall(w("style")):
            identity = style.get(w("styleId"), "")
            self._by_id[identity] = style
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
                self.default = identity

    def id_of(self, paragraph: Element) -> str:
        """The style id of a paragraph."""
        return value(child(paragraph, "pPr"), "pStyle") or self.default

    def name(self, style: str) -> str:
        """The style's own name, in lower case ("heading 1", "title", "toc 2")."""
        found = self._by_id.get(style)
        return "" if found is None else (value(found, "name") or style).lower()

    def chain(self, style: str) -> Iterator[Element]:
        """The style and those it is based on."""
        for _ in range(_DEEPEST):
            found = self._by_id.get(style)
            if found is None:
                return
            yield found
            style = value(found, "basedOn") or ""

    def outline(self, paragraph: Element) -> int | None:
        """The outline level, 0 for the highest, None for body text."""
        for properties in self._properties(paragraph):
            if (level := value(properties, "outlineLvl")) is not None:
                return int(level) if int(level) < 9 else None
        return None

    def is_centred(self, paragraph: Element) -> bool:
        """Whether the paragraph stands in the middle of the line."""
        found = (value(properties, "jc") for properties in self._properties(paragraph))
        return next((jc for jc in found if jc), "") == "center"

    def numbering(self, paragraph: Element) -> tuple[str, int | None, str]:
        """The list id ("" for none), the level where stated, and the style it came from ("" for direct)."""
        direct = child(child(paragraph, "pPr"), "numPr")
        level = _level(direct)
        if direct is not None and (num_id := value(direct, "numId")) is not None:
            return ("" if num_id == "0" else num_id), level or 0, ""
        for style in self.chain(self.id_of(paragraph)):
            inherited = child(child(style, "pPr"), "numPr")
            if inherited is not None and (num_id := value(inherited, "numId")) is not None:
                own = level if level is not None else _level(inherited)
                return ("" if num_id == "0" else num_id), own, style.get(w("styleId"), "")
        return "", None, ""

    def is_hidden(self, run: Element) -> bool:
        """Whether a run, or its character style, is hidden text."""
        properties = child(run, "rPr")
        if child(properties, "vanish") is not None:
            return is_on(properties, "vanish")
        style = value(properties, "rStyle") or ""
        return any(is_on(child(entry, "rPr"), "vanish") for entry in self.chain(style))

    def _properties(self, paragraph: Element) -> Iterator[Element | None]:
        yield child(paragraph, "pPr")
        for style in self.chain(self.id_of(paragraph)):
            yield child(style, "pPr")


def _level(numbering: Element | None) -> int | None:
    level = value(numbering, "ilvl")
    return None if level is None else int(level)
