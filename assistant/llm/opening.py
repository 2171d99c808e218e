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

    Nothing is sent or loaded yet. Raises `SettingsError` where a model is named and there is neither.
    """
    from assistant.llm.local import open_gguf
    from assistant.llm.openai_chat import open_endpoint

    if gguf and (not base_url or name == gguf.name):
        return open_gguf(gguf, context=patience.context, timeout=patience.timeout)
    if not base_url:
        raise SettingsError(
            f"指定了模型“{name}”，但没有设置模型服务地址。请设置 JUSHI_LLM_BASE_URL（如 http://127.0.0.1:11434/v1），"
            "或用 JUSHI_LLM_GGUF 指定本地模型文件，或用 --model none 不用模型。"
        )
    return open_endpoint(
        base_url, name, api_key, timeout=patience.timeout, retries=patience.retries, context=patience.context
    )
