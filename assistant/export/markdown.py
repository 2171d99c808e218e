"""A draft as Markdown."""

from __future__ import annotations

from pathlib import Path

from assistant.export.files import write_atomically
from assistant.export.manuscript import ManuscriptLine, Role, manuscript
from assistant.records import Draft


def export_markdown(draft: Draft, path: Path) -> None:
    """Write the draft as UTF-8 Markdown, whole or not at all."""
    write_atomically(path, markdown_text(draft).encode())


def markdown_text(draft: Draft) -> str:
    """The draft as Markdown: # the title, ## to ##### the levels, a paragraph a line."""
    lines = manuscript(draft)
    titles = [line.text for line in lines if line.role is Role.TITLE]
    parts = [f"# {''.join(titles)}"] if titles else []
    rows: list[str] = []
    for line in lines:
        if rows and line.role is not Role.TABLE_ROW:
            parts.append("\n".join(rows))
            rows = []
        if line.role is Role.TABLE_ROW:
            rows.append(line.text)
        elif line.role is not Role.TITLE:
            parts.append(_written(line))
    if rows:
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _written(line: ManuscriptLine) -> str:
    return f"{'#' * (line.level + 1)} {line.text}" if line.role is Role.HEADING else line.text
