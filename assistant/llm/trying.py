"""Trying an endpoint before it is relied on: which models it lists, whether it answers, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from assistant.errors import ModelError, ModelNonsense, ModelRefused, ModelUnreachable
from assistant.llm.chat import ChatModel, Message, Options, complete
from assistant.llm.failures import Peer, failure_of

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_QUESTION = "请只回答一个字：好"
_LONG_ENOUGH = 400  # tokens: a model that thinks aloud needs some before it answers
_MOST_MODELS = 200
_SHOWN = 8
_KEY_REFUSED = (401, 403)


class Outcome(StrEnum):
    """How a trial ended."""

    WORKS = "works"
    UNREACHABLE = "unreachable"
    KEY_REFUSED = "key_refused"
    MODEL_UNKNOWN = "model_unknown"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    Outcome.WORKS: "可以用", Outcome.UNREACHABLE: "连不上", Outcome.KEY_REFUSED: "密钥不对", Outcome.MODEL_UNKNOWN: "没有这个模型",
    Outcome.OTHER: "不能用",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome, and a sentence about it with the next step."""

    outcome: Outcome
    message: str


def list_models(base_url: str, api_key: str = "", timeout: float = 15.0) -> tuple[str, ...]:
    """The names of the models an endpoint lists, in its order. Raises what a question to it would raise."""
    import openai

    peer = Peer(base_url, "", timeout, api_key)
    local = urlsplit(base_url).hostname in LOOPBACK
    with openai.DefaultHttpxClient(trust_env=not local, timeout=timeout) as http:
        client = openai.OpenAI(base_url=base_url, api_key=api_key or "none", max_retries=0, http_client=http)
        try:
            return tuple(str(model.id) for model in client.models.list().data[:_MOST_MODELS])
        except Exception as error:
            failure = failure_of(error, peer, begun=False)
            if failure is None:
                raise
            raise failure.error from error


def try_model(model: ChatModel, known: tuple[str, ...] = ()) -> Trial:
    """Ask a model one short question. `known` are the models its endpoint lists, where it lists any."""
    try:
        reply = complete(model, [Message("user", _QUESTION)], Options(max_tokens=_LONG_ENOUGH, temperature=0))
    except ModelError as error:
        return trial_of(error, model.name, known)
    return Trial(Outcome.WORKS, f"可以用：模型“{model.name}”在 {reply.usage.seconds:.1f} 秒内作了回答。")


def is_final(error: ModelError) -> bool:
    """Whether a failed listing tells enough: nobody is there, or the key is refused. An endpoint that lists no models may still answer."""
    status = _status_of(error)
    return status in _KEY_REFUSED or (isinstance(error, ModelUnreachable) and not status)


def trial_of(error: ModelError, name: str, known: tuple[str, ...] = ()) -> Trial:
    """What a failure says of endpoint, key and model."""
    status = _status_of(error)
    if isinstance(error, ModelUnreachable):
        return Trial(Outcome.UNREACHABLE, str(error))
    unknown = bool(name and known) and name not in known
    if isinstance(error, ModelRefused) and status in _KEY_REFUSED:
        return Trial(Outcome.KEY_REFUSED, str(error))
    if isinstance(error, ModelRefused) and (status == 404 or unknown):
        return Trial(Outcome.MODEL_UNKNOWN, _with_known(str(error), known))
    if isinstance(error, ModelNonsense) and unknown:
        return Trial(Outcome.MODEL_UNKNOWN, _with_known(str(error), known))
    return Trial(Outcome.OTHER, str(error))


def _status_of(error: ModelError) -> int:
    return int(getattr(error.__cause__, "status_code", 0))


def _with_known(message: str, known: tuple[str, ...]) -> str:
    if not known:
        return message
    more = f" 等 {len(known)} 个" if len(known) > _SHOWN else ""
    return f"{message}这个服务上有：{'、'.join(known[:_SHOWN])}{more}，请从中选一个。"
