"""The model of prepared answers keeps to the protocol."""

import pytest

from assistant.errors import Cancelled, ModelNonsense, ModelRefused
from assistant.llm.chat import Message, Options, Usage, complete
from assistant.llm.queued import QueuedModel

ASK = [Message("user", "写一句话")]


def test_answers_come_in_order():
    model = QueuedModel(["甲", lambda messages: messages[0].content, ModelRefused("不行。")])
    assert [complete(model, ASK).text, complete(model, ASK, Options(seed=3)).text] == ["甲", "写一句话"]
    with pytest.raises(ModelRefused):
        complete(model, ASK)
    with pytest.raises(ModelNonsense):
        complete(model, ASK)
    assert model.options[1].seed == 3 and len(model.asked) == 4


def test_a_repeated_answer_and_a_stop():
    model = QueuedModel(["甲"], repeat=True)
    assert {complete(model, ASK).text for _ in range(3)} == {"甲"}
    with pytest.raises(Cancelled):
        complete(model, ASK, cancelled=lambda: True)


def test_costs_add_up():
    both = Usage("m", 10, 4, 5, requests=1, finish="stop") + Usage("m", 20, 16, 7, requests=2, finish="length")
    assert (both.prompt_tokens, both.cached_tokens, both.completion_tokens, both.tokens) == (30, 20, 12, 42)
    assert (both.requests, both.finish) == (3, "length")
