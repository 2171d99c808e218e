"""A model's answers are kept, and asked for only once."""

from __future__ import annotations

from decimal import Decimal

from assistant.llm.chat import Chunk, Message, Options, Usage, complete
from evals.recorded import RecordedModel


class Counting:
    """A model that says how often it was asked."""

    name, context, takes_grammar = "counting", 0, False

    def __init__(self):
        self.asked = 0

    def stream(self, messages, options=None, cancelled=None):
        self.asked += 1
        yield Chunk(f"第{self.asked}次：")
        yield Chunk(messages[-1].content, usage=Usage("counting", 3, 0, 5, Decimal(2), 1, "stop"))

    def close(self):
        pass


def test_the_same_question_is_answered_from_the_folder_with_what_it_cost(tmp_path):
    model = Counting()
    first = complete(RecordedModel(model, tmp_path), [Message("user", "问")], Options(seed=1))
    again = RecordedModel(model, tmp_path)
    assert complete(again, [Message("user", "问")], Options(seed=1)) == first
    assert model.asked == 1 and again.replayed == Decimal(2)


def test_another_question_or_other_options_are_asked(tmp_path):
    model = Counting()
    recorded = RecordedModel(model, tmp_path)
    for question, seed in (("问", 1), ("答", 1), ("问", 2)):
        complete(recorded, [Message("user", question)], Options(seed=seed))
    assert model.asked == 3 and recorded.replayed == 0


def test_an_answer_that_was_not_heard_out_is_kept_as_far_as_it_was(tmp_path):
    model = Counting()
    answer = RecordedModel(model, tmp_path).stream([Message("user", "问")])
    next(answer)
    answer.close()
    reply = complete(RecordedModel(model, tmp_path), [Message("user", "问")])
    assert (reply.text, reply.usage.finish, reply.usage.completion_tokens) == ("第1次：", "length", 1)
    assert model.asked == 1
