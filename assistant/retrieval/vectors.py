"""The vector store: Chroma, embedded in a folder or a server by URL.

An embedded Chroma that another process has written to goes on answering from what it read at first.
Every write is counted in the library's database; a reader whose count is behind opens the folder anew, and
while another process is writing it does not go near the folder (see `assistant.retrieval.bystander`).
"""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import WorkspaceError

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors

_SPACE = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}}
_LEAST_NAME = 16
_SERIAL = count()


class VectorStore:
    """The vectors of one library by one embedding model. Rows are pieces of passages: "12-3#0" is the first of passage "12-3"."""

    def __init__(self, folder: Path, url: str, library: str, model: str) -> None:
        self._folder = folder
        self._url = url
        digest = hashlib.sha256(f"{library} {model}".encode()).hexdigest()[:_LEAST_NAME]
        self._name = f"passages-{digest}"
        where = hashlib.sha256((url or "folder").encode()).hexdigest()[:_LEAST_NAME]
        self.key = f"{where}-{digest}"  # what a passage is marked with once its vectors are in
        self._client: Any = None
        self._collection: Any = None
        self._lock = threading.RLock()
        self.seen = -1  # the library's count of writes up to which this one answers

    def open(self) -> None:
        """Connect, or connect anew, seeing everything written until now. Raises `WorkspaceError`."""
        import chromadb

        try:
            with self._lock:
                self.close()
                self._client = self._connect(chromadb)
                self._begin()
        except Exception as error:
            where = f"向量服务 {self._url}" if self._url else f"向量索引 {self._folder}"
            advice = "请检查服务是否在运行、地址是否正确" if self._url else "可用 jushi index rebuild 重建"
            raise WorkspaceError(f"打不开{where}（{_first_line(error)}）：{advice}。") from error

    def _connect(self, chromadb: Any) -> Any:  # noqa: ANN401 - the module and its client
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        if not self._url:
            self._folder.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(self._own_path(), settings=settings)
        parts = urlsplit(self._url)
        secure = parts.scheme == "https"
        return chromadb.HttpClient(
            host=parts.hostname or self._url,
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=settings,
        )

    def _own_path(self) -> str:
        """The folder under a name no other store of this process uses: Chroma shares one reader between equal names."""
        return f"{self._folder}{'/.' * (1 + next(_SERIAL))}"

    def settle(self) -> None:
        """Apply what waits in the log, which an embedded Chroma does when it is first asked."""
        with self._lock:
            if self.count():
                first = self._collection.get(limit=1, include=["embeddings"])
                self._collection.query(query_embeddings=[first["embeddings"][0]], n_results=1, include=[])

    @property
    def opened(self) -> bool:
        """Whether it is connected."""
        return self._collection is not None

    @property
    def local(self) -> bool:
        """Whether it is a folder, which only shows this process's own writes."""
        return not self._url

    def count(self) -> int:
        """How many vectors there are."""
        return int(self._collection.count())

    def put(self, ids: Sequence[str], vectors: Vectors, sources: Sequence[int]) -> None:
        """Keep vectors; ones already there are replaced."""
        with self._lock:
            self._collection.upsert(
                ids=list(ids), embeddings=vectors, metadatas=[{"source": source} for source in sources]
            )

    def drop(self, source: int) -> None:
        """Forget the vectors of a source."""
        with self._lock:
            self._collection.delete(where={"source": source})

    def clear(self) -> None:
        """Forget everything; a folder that cannot be opened is thrown away. Raises `WorkspaceError`."""
        with self._lock:
            try:
                self.open()
            except WorkspaceError:
                if not self.local:
                    raise
                shutil.rmtree(self._folder, ignore_errors=True)
                self.open()
            self._client.delete_collection(self._name)
            self._begin()

    def _begin(self) -> None:
        self._collection = self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration=_SPACE
        )

    def nearest(self, vector: Vectors, limit: int, sources: Sequence[int] | None) -> tuple[list[str], Vectors] | None:
        """The pieces nearest to a vector with their own vectors, nearest first; only of these sources where given.

        None where the store has been closed meanwhile.
        """
        import numpy

        where = None if sources is None else {"source": {"$in": list(sources)}}
        with self._lock:
            if self._collection is None:
                return None
            found = self._collection.query(
                query_embeddings=[vector], n_results=limit, where=where, include=["embeddings"]
            )
        return found["ids"][0], numpy.asarray(found["embeddings"][0], dtype=numpy.float32).reshape(-1, len(vector))

    def close(self) -> None:
        """Let go of the store, so that the next `open` reads it afresh."""
        with self._lock:
            client, self._client, self._collection = self._client, None, None
            if client is not None:
                client.close()
                for each in (client, getattr(client, "_admin_client", None)):
                    session = getattr(getattr(each, "_server", None), "_session", None)
                    if session is not None:  # a server's connections are left open by `close`
                        session.close()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
