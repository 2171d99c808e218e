"""The OpenAI-compatible model over real HTTP: what it sends, what it makes of answers, and of failures."""

import time

import pytest
from endpoint import (
    KEY,
    answers,
    drops,
    endpoint,
    ends_early,
    fails,
    kills_server,
    needs_key,
    reports_error,
    sends_garbage,
    sends_html,
    sends_nothing,
    stalls,
    writes_slots,
)

from assistant.errors import (
    Cancelled,
    ContextExceeded,
    ModelError,
    ModelNonsense,
    ModelRefused,
    ModelUnreachable,
    SettingsError,
)
from assistant.llm.chat import Message, Options, complete
from assistant.llm.openai_chat import Endpoint, EndpointModel, open_endpoint

ASK = [Message("system", "你是公文写手。"), Message("user", "请用{{f1}}和{{f2}}写一句话。")]


def model_at(server, **settings):
    settings = {"timeout": 5.0, "retries": 2, "api_key": KEY, **settings}
    return EndpointModel(Endpoint(server.base_url, "test-model", **settings), sleep=lambda _seconds: None)


def test_an_answer_comes_with_its_cost():
    with endpoint(writes_slots) as server:
        reply = complete(model_at(server), ASK)
    assert reply.text == "我镇坚持问题导向，强化工作落实，{{f1}}，{{f2}}。"
    assert reply.usage.model == "test-model"
    assert reply.usage.prompt_tokens > reply.usage.cached_tokens > 0
    assert reply.usage.completion_tokens == len(reply.text)
    assert reply.usage.seconds > 0
    assert (reply.usage.requests, reply.usage.finish) == (1, "stop")


def test_the_text_grows_as_it_comes():
    seen = []
    with endpoint(answers("我镇加强领导，压实责任，扎实推进各项工作。")) as server:
        complete(model_at(server), ASK, on_text=seen.append)
    assert len(seen) > 2
    assert all(later.startswith(earlier) for earlier, later in zip(seen, seen[1:], strict=False))


def test_messages_and_options_are_sent_as_given():
    with endpoint(writes_slots) as server:
        model = model_at(server, grammar=True, extra_body={"top_k": 5})
        complete(model, ASK, Options(max_tokens=99, temperature=0.1, seed=7, grammar='root ::= "甲"', stop=("##",)))
        body = server.requests[0].body
    assert [(m["role"], m["content"]) for m in body["messages"]] == [(m.role, m.content) for m in ASK]
    assert (body["max_tokens"], body["temperature"], body["seed"], body["stop"]) == (99, 0.1, 7, ["##"])
    assert (body["grammar"], body["top_k"], body["stream"]) == ('root ::= "甲"', 5, True)


def test_a_grammar_is_kept_from_endpoints_that_do_not_take_it():
    with endpoint(writes_slots) as server:
        complete(model_at(server), ASK, Options(grammar='root ::= "甲"'))
        assert "grammar" not in server.requests[0].body


@pytest.mark.parametrize("parameter", ["stream_options", "temperature", "seed"])
def test_a_parameter_the_endpoint_does_not_know_is_left_out_from_then_on(parameter):
    with endpoint(fails(400, f"Unsupported parameter: '{parameter}'"), writes_slots) as server:
        model = model_at(server, retries=0)
        assert complete(model, ASK, Options(seed=1)).text
        complete(model, ASK, Options(seed=1))
        assert [parameter in request.body for request in server.requests] == [True, False, False]


@pytest.mark.parametrize(
    "trouble",
    [
        fails(429, retry_after=0),
        fails(500),
        fails(503),
        drops(),
        ends_early("我镇加强"),
        sends_garbage,
        reports_error("overloaded"),
    ],
)
def test_trouble_that_passes_is_sat_out(trouble):
    with endpoint(trouble, writes_slots) as server:
        reply = complete(model_at(server), ASK)
    assert reply.text.startswith("我镇坚持") and reply.text.count("{{f1}}") == 1
    assert reply.usage.requests == 2


def test_a_stalled_stream_is_given_up_and_asked_again():
    with endpoint(stalls("我镇"), writes_slots) as server:
        reply = complete(model_at(server, timeout=1.0), ASK)
    assert reply.text.count("我镇") == 1


@pytest.mark.parametrize(
    ("behaviour", "error", "words"),
    [
        (fails(401), ModelRefused, "密钥"),
        (fails(402), ModelRefused, "余额"),
        (fails(404), ModelRefused, "模型名称"),
        (fails(429, retry_after=0), ModelRefused, "额度"),
        (fails(400, "bad thing"), ModelRefused, "bad thing"),
        (fails(400, "request exceeds the available context size (4096)"), ContextExceeded, "上下文长度"),
        (fails(500), ModelUnreachable, "500"),
        (drops(), ModelUnreachable, "断开"),
        (stalls(), ModelUnreachable, "没有回应"),
        (stalls("我镇"), ModelUnreachable, "答到一半停了"),
        (sends_garbage, ModelNonsense, "JSON"),
        (sends_html, ModelNonsense, "OpenAI"),
        (sends_nothing, ModelNonsense, "空"),
        (answers(""), ModelNonsense, "空"),
        (reports_error("slot is broken"), ModelNonsense, "slot is broken"),
    ],
)
def test_lasting_trouble_is_one_clear_sentence_with_the_address(behaviour, error, words):
    with endpoint(behaviour) as server:
        model = model_at(server, timeout=0.4, retries=1)
        with pytest.raises(error) as caught:
            complete(model, ASK)
    message = str(caught.value)
    assert words in message and f"127.0.0.1:{server.address[1]}" in message
    assert message.endswith("。") and "\n" not in message and len(message) < 200


def test_the_key_is_never_said_even_if_the_server_repeats_it():
    wrong = "sk-secret-abcdef123456"
    for behaviour in (needs_key(writes_slots), fails(400, f"you sent {wrong}"), reports_error(f"bad {wrong}")):
        with endpoint(behaviour) as server, pytest.raises(ModelError) as caught:
            complete(model_at(server, api_key=wrong, retries=0), ASK)
        assert wrong not in str(caught.value) and "secret" not in str(caught.value)


def test_the_right_key_is_let_in():
    with endpoint(needs_key(writes_slots)) as server:
        assert complete(model_at(server), ASK).text


def test_an_endpoint_that_dies_in_the_middle_is_unreachable():
    with endpoint(kills_server) as server, pytest.raises(ModelUnreachable):
        complete(model_at(server, timeout=2.0, retries=1), ASK)


def test_nobody_at_the_address():
    with pytest.raises(ModelUnreachable, match="连接不上"):
        complete(EndpointModel(Endpoint("http://127.0.0.1:9/v1", "m", retries=0)), ASK)


def test_the_wait_the_endpoint_asks_for_is_kept():
    waited = []
    with endpoint(fails(429, retry_after=3), writes_slots) as server:
        model = EndpointModel(Endpoint(server.base_url, "m", timeout=5.0), sleep=waited.append)
        complete(model, ASK)
    assert sum(waited) == pytest.approx(3.0)


@pytest.mark.parametrize("behaviour", [stalls(), stalls("我镇"), fails(429, retry_after=30)])
def test_stopping_works_while_the_endpoint_is_silent(behaviour):
    started = time.monotonic()
    with endpoint(behaviour) as server:
        model = open_endpoint(server.base_url, "m", timeout=20)
        with pytest.raises(Cancelled):
            complete(model, ASK, cancelled=lambda: time.monotonic() > started + 0.5)
        assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "answer",
    [
        "<think>先想想{{f9}}</think>我镇加强{{f1}}。",
        "先想想{{f9}}\n</think>\n\n我镇加强{{f1}}。",
        "<thinking>x</thinking>我镇加强{{f1}}。",
    ],
)
def test_what_a_reasoning_model_thinks_is_cut(answer):
    with endpoint(answers(answer)) as server:
        assert complete(model_at(server), ASK).text == "我镇加强{{f1}}。"


def test_a_model_that_only_thinks_is_nonsense():
    with endpoint(answers("<think>想了很久", "length")) as server, pytest.raises(ModelNonsense, match="思考"):
        complete(model_at(server, retries=0), ASK)


@pytest.mark.parametrize("address", ["127.0.0.1:8080/v1", "ftp://host/v1", "", "http://"])
def test_an_address_that_is_none_is_refused_at_once(address):
    with pytest.raises(SettingsError, match="http://"):
        open_endpoint(address, "m")


def test_no_model_name_is_a_setting_to_correct():
    with pytest.raises(SettingsError, match="模型名称"):
        open_endpoint("http://127.0.0.1:1/v1", " ")


def test_a_closed_model_can_be_asked_again():
    with endpoint(writes_slots) as server:
        model = model_at(server)
        complete(model, ASK)
        model.close()
        assert complete(model, ASK).text


def test_tracing_services_and_proxies_of_the_environment_get_nothing(monkeypatch):
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "x")
    with endpoint(writes_slots) as server, endpoint(writes_slots) as spy:
        monkeypatch.setenv("LANGSMITH_ENDPOINT", spy.base_url)
        monkeypatch.setenv("HTTP_PROXY", spy.base_url)
        monkeypatch.setenv("http_proxy", spy.base_url)
        assert complete(model_at(server), ASK).text
        assert (len(server.requests), len(spy.requests)) == (1, 0)
