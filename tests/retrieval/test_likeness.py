import numpy
import pytest

from assistant.retrieval.likeness import BOUNDS, LEAST, centre_of, likeness


def unit(rows):
    rows = numpy.asarray(rows, dtype=numpy.float32)
    return rows / numpy.linalg.norm(rows, axis=-1, keepdims=True)


def test_without_a_centre_it_is_the_cosine():
    rows = unit([[1, 0], [1, 1]])
    assert numpy.allclose(likeness(unit([1, 0]), rows, None), [1, 0.70710678])


def test_a_passage_near_every_question_falls_behind_one_near_this():
    random = numpy.random.default_rng(5)
    common = unit(random.normal(size=32))
    others = unit(common + 0.3 * random.normal(size=(LEAST, 32)))
    questions = unit(common + 0.3 * random.normal(size=(20, 32)))
    asked = unit(common + 0.3 * random.normal(size=32))
    everywhere = unit(questions.mean(axis=0))
    about_it = unit(asked - common + 0.9 * common)
    centre = centre_of(list(questions), list(others))
    scores = likeness(asked, numpy.stack([everywhere, about_it]), centre)
    assert scores[1] > scores[0]


def test_few_passages_have_nothing_certain_in_common():
    assert centre_of([unit([1, 0])], [unit([1, 0])] * (LEAST - 1)) is None


@pytest.mark.parametrize("bounds", BOUNDS.values(), ids=BOUNDS.keys())
def test_a_passage_is_related_above_the_bounds_not_below_and_undecided_between(bounds):
    between = (bounds.near + bounds.far) / 2
    assert [bounds.judge(each) for each in (bounds.near, between, bounds.far, bounds.far - 0.01)] == [
        True,
        None,
        None,
        False,
    ]
