"""How well questions are answered: our own forms on our own town, and the development set where it is at hand.

    python -m evals.questions [--library FOLDER] [--fetched | --gguf FILE | --url URL --model NAME] [--answers FOLDER]

With a model the development set is answered twice, without it and with it.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.consulting import open_desk
from assistant.llm.chat import ChatModel
from assistant.periods import period_id
from assistant.qa.answer import answer
from assistant.qa.desk import Desk
from assistant.quantities.extract import extract
from assistant.records import Answer
from assistant.retrieval.embedding import open_embeddings
from assistant.retrieval.library import open_library
from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace
from evals.asked_model import add_model_options, model_from

OWN = Path(__file__).parent.parent / "corpus"
RULES = Path(__file__).with_name("regulations.csv")
FORMS = Path(__file__).with_name("questions.csv")
_TERM = re.compile(r"[a-z_]+\.[a-z_]+@\w+")


@dataclass(slots=True)
class Score:
    """Right answers of all, by group, and what went wrong."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    all: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    misses: list[str] = field(default_factory=list)

    def add(self, group: str, question: str, *, right: bool, got: str) -> None:
        """Count one answer."""
        self.all[group] += 1
        self.right[group] += right
        if not right:
            self.misses.append(f"[{group}] {question} → {got}")

    def show(self, title: str) -> None:
        """Print the scores by group."""
        print(title)
        for group, count in self.all.items():
            print(f"  {group:16} {self.right[group]:4}/{count:<4} {100 * self.right[group] // count}%")
        for miss in self.misses:
            print(f"    ✗ {miss}")


def score_forms(desk: Desk, truth: dict[str, Decimal]) -> Score:
    """Our own questions about our own town."""
    score = Score()
    with FORMS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["period"] != "skip"]
    for row in rows:
        given = answer(row["question"], desk)
        if row["group"] == "unanswerable":
            score.add("unanswerable", row["question"], right=given.declined, got=given.text)
            continue
        value = worked_out(row["value"], truth)
        right = any(
            _is(fact.value, value) and fact.unit == row["unit"] and row["period"] in ("?", period_id(fact.period))
            for fact in given.figures
        )
        score.add(row["group"], row["question"], right=right, got=f"{given.text} (expected {value} {row['unit']})")
        if given.declined:
            score.all["wrongly declined"] += 1
    return score


def worked_out(expression: str, truth: dict[str, Decimal]) -> Decimal:
    """The value of an expression over facts: `hazard.found@2024 - hazard.rectified@2024`, |…| for the amount of it."""
    bare = expression.strip("|")
    filled = _TERM.sub(lambda found: f"Decimal('{truth[found[0]]}')", bare)
    filled = re.sub(r"(?<![\w'.])(\d+)(?![\w'.])", r"Decimal('\1')", filled)
    value = Decimal(eval(filled, {"Decimal": Decimal}))  # nosec B307  # noqa: S307 - our own table
    return abs(value) if expression.startswith("|") else value


def _is(value: Decimal, expected: Decimal, tolerance: str | None = None) -> bool:
    return abs(value - expected) <= Decimal(tolerance or ("0.02" if expected != expected.to_integral_value() else "0"))


def score_development(path: Path, desk: Desk, model: ChatModel | None) -> Score:
    """The development set: figures of the example town, regulations, and what cannot be answered."""
    score = Score()
    for line in path.read_text(encoding="utf-8").splitlines():
        item: dict[str, Any] = json.loads(line)
        given = answer(item["question"], desk, model=model)
        expected = item["expected"]
        if item["group"] == "figure":
            right = any(
                _is(fact.value, Decimal(expected["value"]), expected.get("tolerance", "0"))
                and fact.unit == expected["unit"]
                and period_id(fact.period) == expected["period"]
                for fact in given.figures[:1]
            )
        elif item["group"] == "law":
            right = _cites(given, expected)
        else:
            right = given.declined
        score.add(item["group"], f"{item['id']} {item['question']}", right=right, got=given.text[:200])
        if item["group"] != "unanswerable":
            score.add("not declined", f"{item['id']} {item['question']}", right=not given.declined, got=given.reason)
        stray = stray_figures(item["question"], given)
        score.add("no stray figure", f"{item['id']} {item['question']}", right=not stray, got="、".join(stray))
    return score


def stray_figures(question: str, given: Answer) -> list[str]:
    """Figures claimed in an answer that are neither its facts', nor in its quotes or the question."""
    quoted = "\n".join([question, *(citation.quote for citation in given.citations)])
    values = {abs(fact.value) for fact in given.figures}
    return [
        claim.surface
        for claim in extract(given.text)
        if claim.is_claim
        and claim.surface not in quoted
        and claim.value is not None
        and abs(claim.value) not in values
        and not (given.declined and not claim.value)  # 没有数据不等于没有发生
    ]


def score_regulations(desk: Desk) -> Score:
    """Our own questions about regulations, with the articles that answer them, and some that none answers."""
    score = Score()
    with RULES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        given = answer(row["question"], desk)
        if row["law"]:
            numbers = [number.partition(".")[0] for number in row["articles"].split("|")]
            right = _cites(given, {"law": row["law"], "articles": numbers})
            score.add("law", row["question"], right=right, got=given.text[:80])
        else:
            score.add("no law", row["question"], right=given.declined, got=given.text[:80])
    return score


def _cites(given: Answer, expected: dict[str, Any]) -> bool:
    from assistant.retrieval.articles import read_article

    wanted = [
        (expected["law"], str(number)) for number in [*expected["articles"], *expected.get("also_acceptable", [])]
    ]
    for other in expected.get("also_law", []):
        wanted += [(other["law"], str(number)) for number in other["articles"]]
    cited = [(citation.law, read_article(citation.article)) for citation in given.citations]
    return any(pair in wanted for pair in cited) and not given.declined


def own_truth() -> dict[str, Decimal]:
    """Every fact of our own town by indicator@period."""
    facts = json.loads((OWN / "truth.json").read_text(encoding="utf-8"))["facts"]
    return {f"{fact['indicator']}@{fact['period']}": Decimal(fact["value"]) for fact in facts}


def main(arguments: Sequence[str] = ()) -> None:
    """Score both and print."""
    parser = argparse.ArgumentParser(description="问答得分")
    parser.add_argument("--library", type=Path, help="资料库放在这个目录，下次接着用")
    add_model_options(parser)
    options = parser.parse_args(arguments)
    shared = Path(os.environ.get("JUSHI_SHARED", "../shared"))
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(load_settings(Path(folder) / "own"))
        import_ledger(workspace, [OWN / "ledger"])
        score_forms(open_desk(workspace), own_truth()).show("自拟问法（青梧镇）")
        workspace.close()
        questions = shared / "devset" / "questions.jsonl"
        if questions.exists():
            _score_example(shared, questions, Path(folder), options)


def _score_example(shared: Path, questions: Path, folder: Path, options: argparse.Namespace) -> None:
    """The development set on the example town and the real statutes, without and with the model."""
    workspace = open_workspace(load_settings(folder / "example"))
    import_ledger(workspace, sorted((shared / "towns" / "example").glob("ledger_*")))
    with open_library(options.library or folder / "library", embeddings=open_embeddings()) as library:
        library.add(sorted((shared / "laws").glob("*.md")))
        library.fill_vectors()
        desk = open_desk(workspace, library)
        model = model_from(options)
        for name, chat in {"不用模型": None, model.name if model else "": model}.items():
            if name:
                score_development(questions, desk, chat).show(f"开发集（示例镇、27部法规），{name}")
        if model:
            model.close()
        score_regulations(desk).show("自拟法规题（27部法规）")
    workspace.close()


if __name__ == "__main__":
    main(sys.argv[1:])
