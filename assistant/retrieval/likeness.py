"""How alike a question and passages are by their vectors.

Sentence embeddings crowd together, and some passages stand near every question. What is common to all questions
and to all passages is taken off before they are compared again; measured in evals/retrieval.py, it lifts the
vector half by two to three points of recall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors

QUESTIONS = (  # what all questions have in common, whatever they ask about
    "发现问题应该向谁报告？",
    "没有许可证就开业怎么处罚？",
    "这种情况要不要承担责任？",
    "多长时间检查一次？",
    "这件事由谁负责审批？",
    "受伤了能赔多少钱？",
    "单位不履行义务怎么办？",
    "没有签字的文件有效吗？",
    "可以要求对方退钱吗？",
    "政府部门应该怎么处理？",
    "哪些人不能从事这项工作？",
    "申请需要什么材料？",
    "逾期不改正会怎么样？",
    "小孩能不能单独去？",
    "邻居影响我怎么办？",
    "公司倒闭了找谁？",
    "什么情况下可以免责？",
    "罚款最多是多少？",
    "对处理决定不服怎么办？",
    "村里的地可以用来做什么？",
)
LEAST = 200  # passages below which nothing certain can be said of what they have in common
SAMPLE = 2000
_OF_QUESTIONS = 0.8  # how much of the common part is taken off
_SHARE = 0.3  # of the second comparison, which spreads about three times as wide as the first


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which likeness on a passage is of the question's matter (`near`), and below which it is of another (`far`)."""

    near: float
    far: float

    def judge(self, alike: float) -> bool | None:
        """Whether a passage this much alike is related; None between the bounds."""
        return True if alike >= self.near else False if alike < self.far else None


#: By embedding model, for likeness with a centre; a model without an entry is not judged by. Measured on 160 questions
#: over 27 statutes: above `near` 1 in 20 is of another matter, below `far` none is of the statutes' own.
BOUNDS = {"multilingual-e5-small/q4": Bounds(near=0.985, far=0.945)}


@dataclass(frozen=True, slots=True)
class Centre:
    """What questions have in common, and what passages have."""

    questions: Vectors
    passages: Vectors


def likeness(query: Vectors, passages: Vectors, centre: Centre | None) -> Vectors:
    """A number for each row of `passages`, larger for more alike; of use only beside each other, or, with a `centre`, beside the model's `BOUNDS`."""
    import numpy

    plain: Vectors = passages @ query
    if centre is None:
        return plain
    asked = query - _OF_QUESTIONS * centre.questions
    said = passages - centre.passages
    lengths = numpy.linalg.norm(said, axis=1)
    lengths[lengths == 0] = 1
    second: Vectors = (said @ asked) / lengths / max(float(numpy.linalg.norm(asked)), 1e-9)
    return plain + _SHARE * second


def centre_of(questions: Sequence[Vectors], passages: Sequence[Vectors]) -> Centre | None:
    """The common parts of these vectors; None where there are too few passages to tell."""
    import numpy

    if len(passages) < LEAST or not questions:
        return None
    return Centre(numpy.mean(numpy.stack(questions), axis=0), numpy.mean(numpy.stack(passages), axis=0))
