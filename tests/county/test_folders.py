"""A county's folder: whose files are whose."""

import pytest
from openpyxl import Workbook

from assistant.county.folders import find_towns
from assistant.errors import InputError


def sheet(path, *cells):
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    for row in cells:
        book.active.append([row])
    book.save(path)


def test_every_folder_is_a_town_with_its_ledgers_and_past_summaries(tmp_path):
    sheet(tmp_path / "01 青梧镇" / "检查.xlsx", "检查台账")
    sheet(tmp_path / "01 青梧镇" / "隐患" / "隐患.xlsx", "隐患台账")
    (tmp_path / "01 青梧镇" / "2023年总结.txt").write_text("总结", encoding="utf-8")
    (tmp_path / "01 青梧镇" / "~$检查.xlsx").write_text("lock", encoding="utf-8")
    (tmp_path / "2、柳河乡").mkdir()
    (tmp_path / ".隐藏").mkdir()
    first, second = find_towns(tmp_path).towns
    assert (first.name, second.name) == ("青梧镇", "柳河乡")
    assert [path.name for path in first.ledgers] == ["检查.xlsx", "隐患.xlsx"]
    assert [path.name for path in first.past] == ["2023年总结.txt"]
    assert not second.ledgers


def test_files_beside_the_folders_go_to_the_town_they_name(tmp_path):
    sheet(tmp_path / "青梧镇2024年检查.xlsx", "检查台账")
    sheet(tmp_path / "附件2.xlsx", "柳河乡2024年隐患台账")
    sheet(tmp_path / "附件3.xlsx", "隐患台账")
    (tmp_path / "坏的.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    found = find_towns(tmp_path)
    assert {town.name: [path.name for path in town.ledgers] for town in found.towns} == {
        "柳河乡": ["附件2.xlsx"],
        "青梧镇": ["青梧镇2024年检查.xlsx"],
    }
    assert set(found.unclaimed) == {"附件3.xlsx", "坏的.xlsx"}


def test_what_a_town_has_sent_has_a_digest_that_changes_with_it(tmp_path):
    sheet(tmp_path / "青梧镇" / "检查.xlsx", "检查台账")
    before = find_towns(tmp_path).towns[0].digest()
    assert find_towns(tmp_path).towns[0].digest() == before
    sheet(tmp_path / "青梧镇" / "检查.xlsx", "检查台账二")
    changed = find_towns(tmp_path).towns[0].digest()
    (tmp_path / "青梧镇" / "2023年总结.txt").write_text("总结", encoding="utf-8")
    assert len({before, changed, find_towns(tmp_path).towns[0].digest()}) == 3


@pytest.mark.parametrize("inside", [None, "说明.docx", "附件.xlsx"])
def test_a_folder_without_towns_is_refused(tmp_path, inside):
    folder = tmp_path / "县"
    if inside:
        folder.mkdir()
        (folder / inside).write_bytes(b"")
    with pytest.raises(InputError, match="文件夹"):
        find_towns(folder)
