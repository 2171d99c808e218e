"""The vector store under other processes: readers beside a writer, a writer killed, a server."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.errors import Conflict
from assistant.retrieval.library import open_library
from tests.retrieval.parts import HashedVectors, big_law, write

ROOT = Path(__file__).resolve().parents[2]
_OTHER = """
import sys, time
from pathlib import Path
from assistant.retrieval.library import open_library
from tests.retrieval.parts import HashedVectors

class Slow(HashedVectors):
    def embed_passages(self, texts):
        time.sleep(float(sys.argv[4]))
        return super().embed_passages(texts)

with open_library(Path(sys.argv[1]), chroma_url=sys.argv[2], embeddings=Slow()) as library:
    if sys.argv[3]:
        library.add([Path(sys.argv[3])])
    print("filling", flush=True)
    print(library.fill_vectors(lambda progress: print(progress.done, flush=True)).done, flush=True)
"""


def other_process(kept, url="", add="", pause=0.0):
    """A real second process that adds a file and fills in the vectors."""
    command = [sys.executable, "-c", _OTHER, str(kept), url, str(add), str(pause)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def fill_elsewhere(kept, url="", add=""):
    process = other_process(kept, url, add)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0, out


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A real Chroma server on loopback; skipped where it cannot be started."""
    program = Path(sys.executable).with_name("chroma")
    if not program.exists():
        pytest.skip("the chroma program is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        for _ in range(150):
            if process.poll() is not None:
                pytest.skip("the chroma server does not start here")
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        else:
            pytest.skip("the chroma server does not answer in time")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(params=["folder", "server"])
def url(request):
    """Where the vectors are: the folder as it comes, or a server."""
    return "" if request.param == "folder" else request.getfixturevalue("server")


def vector_hits(library, query):
    return [hit.passage.article for hit in library.search(query) if "vectors" in hit.found_by]


def test_a_reader_sees_what_another_process_wrote(tmp_path, url):
    law = write(tmp_path / "files", f"规定{time.time_ns()}.md", big_law(40, "山塘规定" + "新" * bool(url)))
    with open_library(tmp_path / "kept", chroma_url=url, embeddings=HashedVectors()) as reader:
        reader.add([law])
        reader.fill_vectors()
        found = vector_hits(reader, "山塘第7号巡查点")
        assert not reader.vector_failure
        assert len(found) == 10
        law.write_text(big_law(12, "河道规定", "河道"), encoding="utf-8")
        fill_elsewhere(tmp_path / "kept", url, law)
        hits = reader.search("河道第12号巡查点", limit=50)
        assert len(hits) == 12
        assert all("河道" in hit.passage.text and "vectors" in hit.found_by for hit in hits)
        assert reader.progress().complete


def test_a_reader_may_search_while_another_process_writes(tmp_path, url):
    law = write(tmp_path / "files", "规定.md", big_law(120))
    with open_library(tmp_path / "kept", chroma_url=url, embeddings=HashedVectors()) as reader:
        writer = other_process(tmp_path / "kept", url, law)
        while writer.poll() is None:
            hits = reader.search("水库第77号巡查点")
            assert all(reader.passage(hit.passage.id) for hit in hits)
            assert not reader.vector_failure
        assert writer.returncode == 0
        writer.stdout.close()
        assert reader.progress().complete
        hits = reader.search("水库第77号巡查点", limit=300)
        assert len(hits) == 120
        assert all("vectors" in hit.found_by for hit in hits)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_writer_leaves_a_readable_index_that_a_second_run_completes(tmp_path, url):
    law = write(tmp_path / "files", "规定.md", big_law(120))
    writer = other_process(tmp_path / "kept", url, law, pause=0.05)
    for line in writer.stdout:
        if line.strip().isdigit() and int(line) >= 24:
            break
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait(timeout=20)
    writer.stdout.close()
    vectors = HashedVectors()
    with open_library(tmp_path / "kept", chroma_url=url, embeddings=vectors) as library:
        done = library.progress()
        assert 24 <= done.done < 120 == done.total
        assert library.search("水库第99号巡查点")[0].passage.article == "99"
        assert library.fill_vectors().complete
        assert vectors.made <= 120 - done.done
        assert len(vector_hits(library, "水库第99号巡查点")) == 10


def test_vectors_lost_from_the_folder_come_back_without_the_model(tmp_path):
    law = write(tmp_path / "files", "规定.md", big_law(30))
    with open_library(tmp_path / "kept", embeddings=HashedVectors()) as library:
        library.add([law])
        library.fill_vectors()
    shutil.rmtree(tmp_path / "kept" / "vectors")
    vectors = HashedVectors()
    with open_library(tmp_path / "kept", embeddings=vectors) as library:
        assert library.search("水库第9号巡查点")
        assert library.fill_vectors().complete
        assert vectors.made == 0
        assert len(vector_hits(library, "水库第9号巡查点")) == 10


def test_a_damaged_folder_is_told_and_rebuilt(tmp_path):
    law = write(tmp_path / "files", "规定.md", big_law(30))
    with open_library(tmp_path / "kept", embeddings=HashedVectors()) as library:
        library.add([law])
        library.fill_vectors()
    (tmp_path / "kept" / "vectors" / "chroma.sqlite3").write_bytes(b"damaged" * 999)
    with open_library(tmp_path / "kept", embeddings=HashedVectors()) as library:
        assert library.search("水库第9号巡查点")[0].passage.article == "9"
        assert "rebuild" in library.vector_failure
        library.rebuild()
        assert library.fill_vectors().complete
        assert len(vector_hits(library, "水库第9号巡查点")) == 10


def test_two_libraries_on_one_server_do_not_mix(tmp_path, server):
    for name in ("水库", "河道"):
        law = write(tmp_path / name, "规定.md", big_law(15, f"{name}规定", name))
        with open_library(tmp_path / name / "kept", chroma_url=server, embeddings=HashedVectors()) as library:
            library.add([law])
            assert library.fill_vectors().complete
            hits = library.search("第9号巡查点", limit=50)
            assert len(hits) == 15
            assert all(name in hit.passage.text and "vectors" in hit.found_by for hit in hits)


def test_only_one_process_makes_vectors(tmp_path):
    law = write(tmp_path / "files", "规定.md", big_law(60))
    writer = other_process(tmp_path / "kept", add=law, pause=0.3)
    for line in writer.stdout:
        if line.strip().isdigit() and int(line) >= 8:
            break
    with (
        open_library(tmp_path / "kept", embeddings=HashedVectors()) as library,
        pytest.raises(Conflict, match="另一个程序正在建立向量索引"),
    ):
        library.fill_vectors()
    writer.terminate()
    writer.wait(timeout=20)
    writer.stdout.close()


def test_a_server_that_is_not_there_leaves_the_words(tmp_path):
    law = write(tmp_path / "files", "规定.md", big_law(10))
    with open_library(tmp_path / "kept", embeddings=HashedVectors()) as library:
        library.add([law])
        library.fill_vectors()
    with open_library(tmp_path / "kept", chroma_url="http://127.0.0.1:9", embeddings=HashedVectors()) as library:
        assert library.search("水库第9号巡查点")[0].passage.article == "9"
        assert "打不开向量服务" in library.vector_failure
