"""Files that cannot come back: each with one clear sentence, and nothing saved."""

import io
import zipfile

import pytest
from docx import Document as open_docx
from sqlalchemy import text as sql

from assistant.errors import InputError, SignedOff, UnreadableFile
from assistant.export.origin import PART
from assistant.permissions import LOCAL
from assistant.reviewing import new_version, sign, submit
from assistant.settings import load_settings
from assistant.store import drafts
from assistant.wordfiles import accept_proposals, export_word, import_word
from assistant.workspace import open_workspace
from tests.wordfiles.parts import SECTIONS, find, report, retype, save

DRAFT = "annual-2024-1"


@pytest.fixture
def exported(town, tmp_path):
    export_word(town, DRAFT, tmp_path / "总结.docx")
    return tmp_path / "总结.docx"


def rewritten(path, change):
    """The same package with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(target.getvalue())
    return path


def test_a_file_from_elsewhere_is_named_as_such(town, tmp_path):
    document = open_docx()
    document.add_paragraph("某镇工作总结")
    document.save(str(tmp_path / "别处.docx"))
    with pytest.raises(InputError, match="不是从这里导出的"):
        import_word(town, tmp_path / "别处.docx")


def test_a_retyped_copy_is_offered_the_draft_of_its_title_and_compared_when_that_is_named(town, tmp_path):
    document = open_docx()
    for line in ("青梧镇2024年安全生产工作总结及2025年工作打算", "县安全生产委员会："):
        document.add_paragraph(line)
    for section in SECTIONS:
        for line in (section.heading, *section.text.split("\n")):
            document.add_paragraph(line.replace("日日有巡查", "天天有巡查")) if line else None
    document.add_paragraph("青梧镇人民政府")
    document.add_paragraph("2025年1月6日")
    document.save(str(tmp_path / "另存.docx"))
    with pytest.raises(InputError, match=f"--draft {DRAFT}"):
        import_word(town, tmp_path / "另存.docx")
    returned = import_word(town, tmp_path / "另存.docx", draft_id=DRAFT)
    (proposal,) = returned.proposals
    assert "天天有巡查" in proposal.after
    assert returned.notices[0].kind == "no_origin"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"not a word file"])
def test_damaged_and_other_files_are_refused(town, tmp_path, data):
    (tmp_path / "坏.docx").write_bytes(data)
    with pytest.raises(UnreadableFile, match="坏.docx"):
        import_word(town, tmp_path / "坏.docx")


def test_a_file_cut_short_is_refused(town, exported):
    exported.write_bytes(exported.read_bytes()[:3000])
    with pytest.raises(UnreadableFile, match="已损坏"):
        import_word(town, exported)


def test_a_missing_file_and_another_kind_are_refused(town, tmp_path):
    with pytest.raises(UnreadableFile, match="读不了"):
        import_word(town, tmp_path / "没有.docx")
    (tmp_path / "表.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableFile, match="不是 Word 文件"):
        import_word(town, tmp_path / "表.xlsx")


def test_a_locked_file_asks_for_the_password_to_be_taken_off(town, exported, tmp_path):
    import msoffcrypto

    office = msoffcrypto.OfficeFile(io.BytesIO(exported.read_bytes()))
    with (tmp_path / "加密.docx").open("wb") as target:
        office.encrypt("secret", target)
    with pytest.raises(UnreadableFile, match="密码"):
        import_word(town, tmp_path / "加密.docx")


def test_macros_are_not_taken_along_and_said(town, exported):
    def add_macro(parts):
        parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + b"\0" * 100
        kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(kind, macro)

    returned = import_word(town, rewritten(exported, add_macro))
    assert returned.proposals == ()
    assert [notice.kind for notice in returned.notices] == ["macros"]


def test_a_file_that_lost_its_properties_is_known_by_its_bookmarks(town, exported):
    returned = import_word(town, rewritten(exported, lambda parts: parts.pop(PART) and None or _forget(parts)))
    assert (returned.draft_id, returned.proposals) == (DRAFT, ())


def _forget(parts):
    import re

    parts["[Content_Types].xml"] = re.sub(rb"<Override[^>]*custom\.xml[^>]*/>", b"", parts["[Content_Types].xml"])
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*custom\.xml[^>]*/>", b"", parts["_rels/.rels"])


def test_a_file_that_lost_its_bookmarks_is_known_by_its_properties(town, exported):
    import re

    def strip(parts):
        body = parts["word/document.xml"]
        parts["word/document.xml"] = re.sub(rb"<w:bookmark(?:Start|End)[^>]*/>", b"", body)

    assert import_word(town, rewritten(exported, strip)).proposals == ()


def test_a_deleted_draft_is_named(town, exported):
    with town.engine.begin() as connection:
        connection.execute(sql("PRAGMA foreign_keys = OFF"))
        for table in ("section_revisions", "draft_heads", "drafts"):
            connection.execute(sql(f"DELETE FROM {table}")) if table in _tables(connection) else None
    with pytest.raises(InputError, match=rf"{DRAFT}，这个工作目录里没有它"):
        import_word(town, exported)


def _tables(connection):
    return {row[0] for row in connection.execute(sql("SELECT name FROM sqlite_master"))}


def test_a_deleted_revision_is_named(town, exported):
    with town.engine.begin() as connection:
        connection.execute(sql("UPDATE section_revisions SET number = 9 WHERE section = '01.02'"))
    with pytest.raises(InputError, match="第 1 稿.*没有了"):
        import_word(town, exported)


def test_the_same_draft_number_of_another_workspace_is_not_mixed_up(exported, tmp_path):
    other = open_workspace(load_settings(tmp_path / "other"))
    draft = report()
    changed = tuple(
        each if each.key != "02" else SECTIONS[0].__class__("02", "二、问题", 1, "别的话。") for each in draft.sections
    )
    from dataclasses import replace

    save(other, replace(draft, sections=changed))
    try:
        with pytest.raises(InputError, match="别的工作目录"):
            import_word(other, exported)
    finally:
        other.close()


def test_a_signed_report_takes_nothing_back(town, exported):
    document = open_docx(str(exported))
    retype(find(document, "落实党政"), "落实党政同责。")
    document.save(str(exported))
    before = import_word(town, exported)
    submit(town, DRAFT, LOCAL)
    sign(town, DRAFT, LOCAL)
    with pytest.raises(SignedOff, match="另起新版"):
        import_word(town, exported)
    with pytest.raises(SignedOff):
        accept_proposals(town, before, [1], author="张文秘")
    assert len(drafts.revisions(town.engine, DRAFT, "01.01")) == 1
    assert new_version(town, DRAFT, LOCAL)


def test_endings_we_do_not_write_are_refused(town, tmp_path):
    with pytest.raises(InputError, match="结尾"):
        export_word(town, DRAFT, tmp_path / "总结.wps")
