"""What can go wrong with an endpoint, said in one Chinese sentence that never contains the key."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.errors import ContextExceeded, ModelError, ModelNonsense, ModelRefused, ModelUnreachable

_KEY_LIKE = re.compile(r"\b(?:sk|ak|key|Bearer)[-_ ][\w.*-]{4,}", re.IGNORECASE)
_TOO_LONG = re.compile(
    r"context (?:size|length|window)|maximum context|context_length|too many tokens|prompt is too long|max_model_len"
    r"|上下文|超(?:出|过).{0,8}长度",
    re.IGNORECASE,
)

# What LangChain and the client raise over an answer that has another form than they expect.
_NOT_A_COMPLETION = (ValueError, IndexError, KeyError, TypeError, AttributeError)


class CutShort(Exception):  # noqa: N818 - what happened, not what to do
    """A stream that ended without saying that the answer was complete."""


class EmptyAnswer(Exception):  # noqa: N818 - what happened, not what to do
    """An answer without text; `thought` where it had thoughts."""

    def __init__(self, finish: str, *, thought: bool) -> None:
        super().__init__(finish)
        self.finish = finish
        self.thought = thought


@dataclass(frozen=True, slots=True)
class Failure:
    """A vendor's exception as ours: what to raise, whether trying again may help, and after how many seconds."""

    error: ModelError
    again: bool = False
    wait: float | None = None  # what the endpoint asks for; None where it does not say
    said: str = ""  # the endpoint's own words, without secrets


@dataclass(frozen=True, slots=True)
class Peer:
    """Whom we speak to, as far as messages need it."""

    base_url: str
    model: str
    timeout: float
    secret: str = ""

    @property
    def address(self) -> str:
        """The address without user, password or query."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"

    def clean(self, text: str, limit: int = 120) -> str:
        """Foreign words made fit for a message: one line, no key, not long."""
        if self.secret:
            text = text.replace(self.secret, "***")
        text = _KEY_LIKE.sub("***", " ".join(text.split()))
        return text if len(text) <= limit else text[: limit - 1] + "…"


def failure_of(error: Exception, peer: Peer, *, begun: bool) -> Failure | None:
    """The failure an exception of the vendor stands for; None where it is not the endpoint's doing.

    `begun` says whether part of the answer had already come.
    """
    import openai

    if isinstance(error, EmptyAnswer):
        return _empty(peer, error)
    if isinstance(error, openai.APIStatusError):
        return _status_failure(error.status_code, _said(error, peer), _retry_after(error), peer)
    if isinstance(error, openai.APIConnectionError | CutShort):
        return _silence(peer, begun=begun, stalled=isinstance(error, openai.APITimeoutError))
    not_json = isinstance(error, openai.APIResponseValidationError | json.JSONDecodeError | UnicodeDecodeError)
    if isinstance(error, openai.APIError) and not not_json:
        return _error_in_stream(peer.clean(str(error.message)), peer)
    if not_json or isinstance(error, _NOT_A_COMPLETION):
        what = "返回的内容不是合法的 JSON" if not_json else "返回的不是 OpenAI 格式的回答"
        return Failure(_nonsense(what, peer), again=not_json or begun)
    return None


def _silence(peer: Peer, *, begun: bool, stalled: bool) -> Failure:
    if stalled:
        what = "答到一半停了" if begun else "没有回应"
        advice = "请检查服务是否正常、电脑是否过慢，或把超时时间调大"
        message = f"模型服务 {peer.address} {what}，{peer.timeout:g} 秒内没有新内容：{advice}。"
    else:
        what = "答到一半断开了连接" if begun else "连接不上"
        message = f"模型服务 {peer.address} {what}：请检查服务是否在运行、地址和端口是否写对、网络是否畅通。"
    return Failure(ModelUnreachable(message), again=True)


def _error_in_stream(said: str, peer: Peer) -> Failure:
    if _TOO_LONG.search(said):
        return Failure(_too_long(peer), said=said)
    return Failure(_nonsense(f"中途报错“{said}”", peer), again=True, said=said)


def _empty(peer: Peer, error: EmptyAnswer) -> Failure:
    who = f"模型“{peer.model}”（{peer.address}）"
    if error.finish == "length" and error.thought:
        advice = "请调大输出长度上限，或关闭该模型的思考模式"
        return Failure(ModelNonsense(f"{who}只输出了思考过程，没来得及作答：{advice}。"))
    return Failure(ModelNonsense(f"{who}返回了空的回答：请重试，或换一个模型。"), again=True)


def _status_failure(status: int, said: str, wait: float | None, peer: Peer) -> Failure:
    if _TOO_LONG.search(said) and status in (400, 413, 422):
        return Failure(_too_long(peer), said=said)
    where = f"模型服务 {peer.address}"
    if status == 408 or status >= 500:
        message = f"{where} 暂时出错（{status}）：请稍后再试；一直如此请查看该服务的日志。"
        return Failure(ModelUnreachable(message), again=True, wait=wait, said=said)
    refusal = {
        401: f"不接受当前的密钥（401）：请检查密钥是否填对、是否过期、有没有使用“{peer.model}”的权限",
        402: "提示余额不足（402）：请充值，或换一个服务",
        403: f"不允许使用（403）：请检查密钥有没有使用“{peer.model}”的权限",
        404: f"没有模型“{peer.model}”，或地址不对（404）：请检查模型名称；地址一般以 /v1 结尾",
        429: "说请求太多或额度已用完（429）：请稍等几分钟再试，或检查账户额度",
    }
    other = f"拒绝了请求（{status}{'，' + said if said else ''}）：请检查模型名称和附加参数"
    return Failure(ModelRefused(f"{where} {refusal.get(status, other)}。"), again=status == 429, wait=wait, said=said)


def _too_long(peer: Peer) -> ContextExceeded:
    return ContextExceeded(
        f"交给模型“{peer.model}”（{peer.address}）的文字超过了它的上下文长度：请减少参考材料，或换上下文更长的模型。"
    )


def _nonsense(what: str, peer: Peer) -> ModelNonsense:
    return ModelNonsense(
        f"模型服务 {peer.address} {what}：请检查地址是否是 OpenAI 兼容接口（一般以 /v1 结尾），或换一个服务。"
    )


def _said(error: object, peer: Peer) -> str:
    body = getattr(error, "body", None)
    message = body.get("message") if isinstance(body, dict) else None
    return peer.clean(str(message or getattr(error, "message", "") or ""))


def _retry_after(error: object) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return float(headers.get("retry-after", ""))
    except ValueError:  # absent, or an HTTP date
        return None
