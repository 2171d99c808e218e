"""Prompts: one Markdown file each, with ``<<name>>`` where something is filled in.

Slots of a draft are ``{{f1}}``, so placeholders of a prompt look different. A file may begin its turns
with a line ``--- system``, ``--- user`` or ``--- assistant``; comments are lines that begin with ``%%``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.errors import PromptError
from assistant.shipped import shipped

_PLACEHOLDER = re.compile(r"<<(\w+)>>")
_TURN = re.compile(r"^--- (system|user|assistant)[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"^%%.*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt: its turns (role, text), the placeholders in them, and the hash of the file's content."""

    name: str
    turns: tuple[tuple[str, str], ...]
    placeholders: frozenset[str]
    content_hash: str

    def fill(self, **values: str) -> list[tuple[str, str]]:
        """The turns with every placeholder filled in; a filled-in ``<<…>>`` stays as it is.

        Raises `PromptError` where the names given are not exactly the placeholders.
        """
        self.require(values)
        return [(role, _PLACEHOLDER.sub(lambda found: values[found[1]], text)) for role, text in self.turns]

    def require(self, names: Iterable[str]) -> None:
        """Raise `PromptError` unless the prompt's placeholders are exactly these."""
        given = set(names)
        missing, unknown = given - self.placeholders, self.placeholders - given
        if not missing and not unknown:
            return
        complaints = []
        if unknown:
            complaints.append(f"程序没有提供 {_list(unknown)}")
        if missing:
            complaints.append(f"文件里缺少 {_list(missing)}")
        raise PromptError(
            f"提示词文件 {self.name}.md 的占位符不对：{'；'.join(complaints)}。"
            f"文件里有 {_list(self.placeholders)}，程序提供 {_list(given)}；请改正该文件。"
        )


def load_template(name: str, provides: Iterable[str], folder: Path | None = None) -> Template:
    """The prompt ``name.md``, whose placeholders must be exactly those the caller `provides`.

    Raises `PromptError` where the file is missing, empty, not UTF-8, or its placeholders are others.
    """
    template = _read((folder or shipped("prompts")) / f"{name}.md")
    template.require(provides)
    return template


@cache
def _read(path: Path) -> Template:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(f"找不到提示词文件 {path}：请重新安装，或检查 prompts 目录。") from error
    except UnicodeDecodeError as error:
        raise PromptError(f"提示词文件 {path} 不是 UTF-8 编码：请另存为 UTF-8。") from error
    turns = _turns(_COMMENT.sub("", text))
    if not turns:
        raise PromptError(f"提示词文件 {path} 是空的：请重新安装，或补上内容。")
    names = frozenset(name for _, body in turns for name in _PLACEHOLDER.findall(body))
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Template(path.stem, turns, names, digest)


def _turns(text: str) -> tuple[tuple[str, str], ...]:
    """The turns of a prompt; a text without turn lines is one turn of the user."""
    pieces = _TURN.split(text)
    turns = [("user", pieces[0])] + list(zip(pieces[1::2], pieces[2::2], strict=True))
    return tuple((role, body.strip()) for role, body in turns if body.strip())


def _list(names: Iterable[str]) -> str:
    return "、".join(f"<<{name}>>" for name in sorted(names)) or "（无）"
