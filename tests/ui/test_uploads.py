import pytest

from assistant.errors import InputError
from ui.uploads import SHEETS, TEXTS, accepted, keep


def test_one_file_several_or_none_are_taken():
    assert [path.name for path in accepted(["a.XLSX", "b.csv"], SHEETS)] == ["a.XLSX", "b.csv"]
    assert [path.name for path in accepted("总结.docx", TEXTS)] == ["总结.docx"]
    assert accepted(None, SHEETS) == []


def test_files_of_another_kind_are_named_with_the_kinds_that_fit():
    with pytest.raises(InputError, match="“照片.png”、“b.exe”.*\\.xlsx"):
        accepted(["照片.png", "a.xlsx", "b.exe"], SHEETS)


def test_a_kept_file_never_takes_the_place_of_another(tmp_path):
    source, folder = tmp_path / "总结.docx", tmp_path / "past"
    source.write_bytes(b"2022")
    first = keep(source, folder)
    assert keep(source, folder) == first
    source.write_bytes(b"2023")
    second = keep(source, folder)
    assert (first.read_bytes(), second.read_bytes()) == (b"2022", b"2023")
    assert second.name == "总结（2）.docx"
