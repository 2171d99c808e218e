"""Which model a name, an address and a file stand for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError
from assistant.llm.chat import ChatModel


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait (seconds of silence), how often to try again, how long a conversation may be (tokens)."""

    timeout: int = 120
    retries: int = 2
    context: int = 8192


def open_chat(name: str, base_url: str, api_key: str, gguf: Path | None, patience: Patience) -> ChatModel:
    """The model at `base_url`, or in the file `gguf` where there is no address or the file itself is named.

    Several addresses, with commas between them, have the same model (and key): the least busy one is asked. Nothing is sent or loaded yet. Raises `SettingsError` where a model is named and there is neither.
    """
    from assistant.llm.local import open_gguf

    if gguf and (not base_url or name == gguf.name):
        return open_gguf(gguf, context=patience.context, timeout=patience.timeout)
    if not base_url:
        raise SettingsError(
            f"指定了模型“{name}”，但没有设置模型服务地址。请设置 JUSHI_LLM_BASE_URL（如 http://127.0.0.1:11434/v1），"
            "或用 JUSHI_LLM_GGUF 指定本地模型文件，或用 --model none 不用模型。"
        )
    return _open_endpoints(name, base_url, api_key, patience)


def _open_endpoints(name: str, base_url: str, api_key: str, patience: Patience) -> ChatModel:
    from assistant.llm.openai_chat import open_endpoint
    from assistant.llm.routing import Route, RoutedModel

    def opened(address: str, retries: int) -> ChatModel:
        return open_endpoint(
            address, name, api_key, timeout=patience.timeout, retries=retries, context=patience.context
        )

    addresses = list(dict.fromkeys(part.strip() for part in base_url.split(",") if part.strip()))
    if len(addresses) < 2:
        return opened(addresses[0] if addresses else base_url, patience.retries)
    return RoutedModel([Route(address, opened(address, 0), opened(address, patience.retries)) for address in addresses])
