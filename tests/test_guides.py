"""The guides and READMEs name only buttons and commands that exist, in exactly those words."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from assistant.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
GUIDES = [ROOT / "docs" / f"{role}.md" for role in ("secretary", "reviewer", "staff", "admin")]
PAGES = sorted([ROOT / "README.md", ROOT / "README.en.md", *(ROOT / "docs").glob("*.md")])


@pytest.fixture(scope="module")
def shown():
    """All that the page can show is somewhere in its sources."""
    return "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "ui").iterdir() if path.suffix in (".py", ".js", ".html")
    )


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_words_in_bold_stand_on_the_page(guide, shown):
    bold = re.findall(r"\*\*([^*]+)\*\*", guide.read_text(encoding="utf-8"))
    assert bold
    assert not [words for words in bold if not all(part in shown for part in words.split("……"))]


def commands(page):
    """The lines of a page's blocks that call jushi, as they would be typed."""
    for block in re.findall(r"```(?:sh|bash|bat)?\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            found = re.match(r"\s*(?:\S+=\S+\s+)*(?:\S*[/\\])?jushi\s+(.*)", line)
            if found:
                yield shlex.split(found.group(1), comments=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_their_options_exist(page):
    for words in commands(page):
        at = typer.main.get_command(app)
        given = list(words)
        while hasattr(at, "commands"):
            assert given, f"{words} names no command"
            assert given[0] in at.commands, f"{page.name}: jushi {' '.join(words)}"
            at = at.commands[given.pop(0)]
        known = {name for parameter in at.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
        asked = {word.split("=")[0] for word in given if word.startswith("-") and word != "-"}
        assert asked <= known, f"{page.name}: jushi {' '.join(words)}"


def test_nobody_is_sent_to_an_index_for_jushi():
    """It is on none: a package of that name there would be somebody else's."""
    sources = [*(ROOT / "assistant").rglob("*.py"), *(ROOT / "ui").glob("*.py"), *PAGES]
    wrong = re.compile(r"(?:pip install|安装)\s+['\"“]?jushi(?:\[|\s|['\"”])")
    assert not [path.name for path in sources if wrong.search(path.read_text(encoding="utf-8"))]
