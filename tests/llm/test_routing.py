"""Several endpoints as one model: the least busy is asked, a failing one rests, no answer is cut or mixed."""

import threading
import time

import pytest
from endpoint import answers, drops, endpoint, ends_early, fails, kills_server, stalls

from assistant.errors import Cancelled, ContextExceeded, ModelRefused, ModelUnreachable
from assistant.llm.chat import Message, complete
from assistant.llm.openai_chat import Endpoint, EndpointModel
from assistant.llm.opening import Patience, open_chat
from assistant.llm.routing import Route, RoutedModel, Traffic

ASK = [Message("user", "请写一句话。")]
GOOD = "我镇坚持问题导向，强化工作落实。"


def slowly(seconds, text=GOOD):
    def behave(handler, request):
        time.sleep(seconds)
        handler.send_answer(request, text)

    return behave


def routed(*servers, traffic=None, timeout=5.0, retries=1):
    def opened(server, retries):
        endpoint_ = Endpoint(server.base_url, "test-model", timeout=timeout, retries=retries)
        return EndpointModel(endpoint_, sleep=lambda _seconds: None)

    routes = [Route(server.base_url, opened(server, 0), opened(server, retries)) for server in servers]
    return RoutedModel(routes, traffic or Traffic())


def ask_at_once(model, threads, each):
    workers = [threading.Thread(target=lambda: [complete(model, ASK) for _ in range(each)]) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def test_the_faster_endpoint_gets_more_of_the_questions():
    with endpoint(slowly(0.3)) as slow, endpoint(slowly(0.02)) as fast:
        ask_at_once(routed(slow, fast), threads=3, each=8)
        assert len(slow.requests) + len(fast.requests) == 24
        assert len(fast.requests) >= 2 * len(slow.requests)


def test_the_one_with_fewer_questions_under_way_is_taken_and_of_equals_the_quicker():
    traffic = Traffic()
    assert [traffic.take(["a", "b"]) for _ in range(4)] == ["a", "b", "a", "b"]
    for address, seconds in (("a", 2.0), ("b", 1.0), ("a", 2.0), ("b", 1.0)):
        traffic.give_back(address, seconds, failed=False)
    assert [traffic.take(["a", "b"]) for _ in range(3)] == ["b", "a", "b"]


def test_an_endpoint_dying_in_mid_answer_costs_nothing_of_the_answer():
    with endpoint(kills_server) as dying, endpoint(answers(GOOD)) as other:
        model, seen = routed(dying, other), []
        reply = complete(model, ASK, on_text=seen.append)
        assert reply.text == GOOD
        assert "我镇加强" in seen and "" in seen, "what had come of the first answer is taken back"
        assert reply.usage.requests == 2
        assert complete(model, ASK).text == GOOD
        assert (len(dying.requests), len(other.requests)) == (1, 2), "the dead one rests"


@pytest.mark.parametrize(
    "bad", [drops(), ends_early("我镇加强"), stalls("我镇加强"), fails(503), fails(429), fails(401)], ids=str
)
def test_any_failure_of_one_endpoint_is_made_good_by_the_other(bad):
    with endpoint(bad) as broken, endpoint(answers(GOOD)) as other:
        reply = complete(routed(broken, other, timeout=0.5), ASK)
        assert reply.text == GOOD
        assert (len(broken.requests), len(other.requests)) == (1, 1)
        assert reply.usage.seconds > 0


def test_an_endpoint_that_came_back_is_asked_again():
    now = [0.0]
    with endpoint(fails(503), answers(GOOD)) as shaky, endpoint(answers(GOOD)) as other:
        model = routed(shaky, other, traffic=Traffic(rest=30.0, clock=lambda: now[0]))
        complete(model, ASK)
        complete(model, ASK)
        assert (len(shaky.requests), len(other.requests)) == (1, 2)
        now[0] = 31.0
        complete(model, ASK)
        assert len(shaky.requests) == 2


def test_when_all_fail_they_are_asked_again_with_patience():
    with endpoint(fails(503), fails(503), answers(GOOD)) as one, endpoint(fails(503)) as other:
        reply = complete(routed(one, other, retries=2), ASK)
        assert reply.text == GOOD
        assert len(one.requests) == 3


def test_when_none_answers_the_reason_is_told():
    with endpoint(fails(503)) as one, endpoint(fails(503)) as other, pytest.raises(ModelUnreachable, match="503"):
        complete(routed(one, other), ASK)
    with endpoint(fails(401)) as one, endpoint(fails(401)) as other, pytest.raises(ModelRefused, match="密钥"):
        complete(routed(one, other), ASK)


def test_a_question_that_is_too_long_is_not_asked_elsewhere():
    with endpoint(fails(400, "maximum context length is 4096")) as one, endpoint(answers(GOOD)) as other:
        with pytest.raises(ContextExceeded):
            complete(routed(one, other), ASK)
        assert not other.requests


def test_stopping_is_no_failure_of_the_endpoint():
    traffic = Traffic()
    with endpoint(stalls("我镇加强")) as one, endpoint(answers(GOOD)) as other:
        with pytest.raises(Cancelled):
            complete(routed(one, other, traffic=traffic), ASK, cancelled=lambda: bool(one.requests))
        assert not other.requests
        assert traffic.take([one.base_url]) == one.base_url


def test_addresses_with_commas_are_several_endpoints():
    with endpoint(fails(503)) as broken, endpoint(answers(GOOD)) as other:
        model = open_chat("test-model", f"{broken.base_url}, {other.base_url}", "", None, Patience(timeout=5))
        assert isinstance(model, RoutedModel)
        assert complete(model, ASK).text == GOOD
        model.close()
    assert not isinstance(open_chat("m", "http://127.0.0.1:1/v1,", "", None, Patience()), RoutedModel)


def test_counts_of_many_threads_come_out_even():
    traffic = Traffic()
    with endpoint(answers(GOOD)) as one, endpoint(drops()) as other:
        ask_at_once(routed(one, other, traffic=traffic), threads=4, each=4)
        assert all(load.busy == 0 for load in traffic._loads.values())
        assert traffic.asked(one.base_url) == len(one.requests) == 16
