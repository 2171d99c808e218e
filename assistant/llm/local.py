"""A small model on this computer: a llama.cpp server inside this process, spoken to like any endpoint."""

from __future__ import annotations

import gc
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from assistant.errors import ModelUnreachable, SettingsError, UnreadableFile
from assistant.llm.chat import Chunk, Message, Options, never
from assistant.llm.openai_chat import Endpoint, EndpointModel

_MAGIC = b"GGUF"
_QUIET = -1
_PATIENCE = 300.0  # seconds: a busy computer may take minutes over a long prompt, and is not broken
_CACHE_MIB = 512  # of earlier prompts, kept beside the one in use


class _Server(Protocol):
    """What is used of the llama.cpp server."""

    listening_address: str


def open_gguf(path: Path, *, context: int = 8192, timeout: float = 300.0) -> GgufModel:
    """The model in this GGUF file; the weights are loaded by the first question. Raises what `GgufModel` raises."""
    return GgufModel(path, context=context, timeout=max(timeout, _PATIENCE))


class GgufModel:
    """A `ChatModel` over a GGUF file. The server is started by the first question, on loopback, and closed by `close`.

    Raises `UnreadableFile` where the file is missing or not GGUF, `SettingsError` where the extra
    ``local`` is not installed, `ModelUnreachable` where the weights cannot be loaded.
    """

    takes_grammar = True

    def __init__(self, path: Path, *, context: int = 8192, timeout: float = 300.0, threads: int = 0) -> None:
        _require_gguf(path)
        self.path = path
        self.name = path.stem
        self.context = context
        self._timeout = timeout
        self._threads = threads
        self._lock = threading.Lock()
        self._server: _Server | None = None
        self._endpoint: EndpointModel | None = None

    def stream(
        self, messages: Sequence[Message], options: Options | None = None, cancelled: Callable[[], bool] = never
    ) -> Iterator[Chunk]:
        """The answer, piece by piece; see `ChatModel.stream`."""
        yield from self.started().stream(messages, options, cancelled)

    def started(self) -> EndpointModel:
        """The running server as an endpoint; starts it (some seconds) if need be."""
        with self._lock:
            if self._endpoint is None:
                key = secrets.token_urlsafe(24)  # other users of this computer cannot use the server
                self._server = self._start(key)
                self._endpoint = EndpointModel(
                    Endpoint(
                        base_url=f"{self._server.listening_address}/v1",
                        model=self.name,
                        api_key=key,
                        timeout=self._timeout,
                        context=self.context,
                        grammar=True,
                    )
                )
            return self._endpoint

    def _start(self, key: str) -> _Server:
        try:
            import xllamacpp
        except ImportError as error:
            raise SettingsError(
                "没有安装本地模型组件。请在装据实的环境里运行 pip install xllamacpp（如 .venv/bin/pip install xllamacpp）后重试。"
            ) from error
        wanted = xllamacpp.CommonParams()
        wanted.model.path = str(self.path)
        wanted.model_alias = {self.name}
        wanted.n_ctx = self.context
        wanted.port = 0  # any free one
        wanted.api_keys = [key]
        wanted.verbosity = _QUIET
        wanted.cache_ram_mib = _CACHE_MIB
        wanted.ui = False
        if self._threads:
            wanted.cpuparams.n_threads = self._threads
        try:
            server: _Server = xllamacpp.Server(wanted)
        except (RuntimeError, ValueError) as error:
            raise ModelUnreachable(
                f"本地模型 {self.path.name} 加载失败：请检查文件是否下载完整、内存是否够用（模型大小之外另需约 1 GB）。"
            ) from error
        return server

    def close(self) -> None:
        """Stop the server and give its memory back."""
        with self._lock:
            endpoint, self._endpoint = self._endpoint, None
            self._server = None
        if endpoint is not None:
            endpoint.close()
            gc.collect()  # the server stops when its last reference goes


def _require_gguf(path: Path) -> None:
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise UnreadableFile(f"打不开本地模型文件 {path}：请检查路径是否写对、有没有读取权限。") from error
    if magic != _MAGIC:
        raise UnreadableFile(f"{path} 不是 GGUF 模型文件：请换用扩展名为 .gguf 的权重文件，或重新下载。")
