"""The evidence package: complete, readable, the same for the same content, and checkable again."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.errors import InputError, UnreadableFile
from assistant.evidence import export_evidence, verify_evidence
from assistant.permissions import LOCAL, Actor, Role
from assistant.reviewing import sign, submit
from assistant.store import audit, drafts
from assistant.wordfiles import import_word
from tests.wordfiles.parts import report, save

DRAFT = "annual-2024-1"
FILES = {
    "report.docx", "facts.csv", "facts.json", "check.json", "revisions.csv", "audit.csv", "signoff.json", "index.html",
    "SHA256SUMS",
}  # fmt: skip


@pytest.fixture
def package(town, tmp_path):
    export_evidence(town, DRAFT, tmp_path / "证据.zip")
    return tmp_path / "证据.zip"


def files_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(path, change):
    parts = files_of(path)
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


class Page(HTMLParser):
    """What a browser would make of the page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.words = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        assert not any(name.startswith("on") for name in given)

    def handle_data(self, data):
        self.words.append(data)


def test_everything_that_proves_the_report_is_in_it(package, town):
    parts = files_of(package)
    assert set(parts) == FILES
    facts = json.loads(parts["facts.json"])
    enterprises = next(each for each in facts if each["id"] == "inspection.enterprises@2024")
    assert (enterprises["value"], enterprises["evidence"][0]["cell"]) == ("120", "B2:B13")
    rate = next(each for each in facts if each["indicator"] == "hazard.rate")
    assert set(rate["inputs"]) <= {each["id"] for each in facts}
    check = json.loads(parts["check.json"])
    assert check["counts"]["supported"] >= 4
    for verdict in check["verdicts"]:
        assert check["text"][verdict["start"] : verdict["end"]] == verdict["surface"]
    rows = list(csv.DictReader(io.StringIO(parts["revisions.csv"].decode("utf-8-sig"))))
    assert {row["节"] for row in rows} == {"", *(section.key for section in report().sections)}


def test_the_same_content_gives_the_same_bytes(package, town, tmp_path):
    export_evidence(town, DRAFT, tmp_path / "又一份.zip")
    assert (tmp_path / "又一份.zip").read_bytes() == package.read_bytes()


def test_the_report_inside_comes_back_like_any_export(package, town, tmp_path):
    (tmp_path / "report.docx").write_bytes(files_of(package)["report.docx"])
    assert import_word(town, tmp_path / "report.docx").proposals == ()


def test_the_page_runs_nothing_fetches_nothing_and_every_figure_leads_to_its_cells(package):
    text = files_of(package)["index.html"].decode()
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form"} & set(page.tags)
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert not re.search(r"url\(|@import|https?://", text)
    assert "default-src 'none'" in text
    assert "2024.csv B2:B13" in "".join(page.words)


def test_markup_and_formulas_in_a_text_stay_text(town, tmp_path):
    bad = replace(report("annual-2024-2"), title="<script>alert(1)</script>总结", unit_name='"><img src=x>')
    section = replace(bad.sections[2], heading="=HYPERLINK(1)", text="<b onclick=x>检查企业120家次</b>&amp;")
    bad = replace(bad, sections=(*bad.sections[:2], section, *bad.sections[3:]))
    save(town, bad)
    export_evidence(town, bad.id, tmp_path / "坏.zip")
    parts = files_of(tmp_path / "坏.zip")
    page = Page(parts["index.html"].decode())
    assert not {"script", "img", "b"} & set(page.tags)
    assert "<script>alert(1)</script>总结" in page.words
    for name in ("facts.csv", "revisions.csv", "audit.csv"):
        for row in csv.reader(io.StringIO(parts[name].decode("utf-8-sig"))):
            assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row)
    assert "'=HYPERLINK(1)" in parts["revisions.csv"].decode("utf-8-sig")


def test_a_package_is_intact_until_something_is_changed(package, town):
    found = verify_evidence(package, town)
    assert found.good
    assert set(found.intact) == FILES - {"SHA256SUMS"}
    exported, *_ = audit.entries(town.engine, action=audit.Action.EXPORT)
    assert found.draft_id == DRAFT
    assert f"{exported.at.astimezone():%Y-%m-%d %H:%M:%S}" in found.recorded  # as `jushi audit show` tells it

    def tamper(parts):
        parts["facts.csv"] += b"x"
        parts["more.txt"] = b"?"
        del parts["audit.csv"]

    changed = verify_evidence(repacked(package, tamper), town)
    assert not changed.good
    assert [word in "".join(changed.problems) for word in ("audit.csv”不见了", "more.txt", "facts.csv”被改动过")] == [
        True
    ] * 3


def test_a_list_of_hashes_made_anew_is_not_the_one_in_the_log(package, town):
    def forge(parts):
        import hashlib

        parts["facts.csv"] = b"forged"
        names = sorted(set(parts) - {"SHA256SUMS"})
        parts["SHA256SUMS"] = "".join(f"{hashlib.sha256(parts[n]).hexdigest()}  {n}\n" for n in names).encode()

    found = verify_evidence(repacked(package, forge), town)
    assert found.good
    assert found.recorded == ""


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text"])
def test_what_is_no_package_is_refused(tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(UnreadableFile):
        verify_evidence(tmp_path / "x.zip")


def test_another_zip_and_a_broken_list_are_refused(tmp_path, package):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(UnreadableFile, match="SHA256SUMS"):
        verify_evidence(tmp_path / "x.zip")
    with pytest.raises(UnreadableFile, match="损坏"):
        verify_evidence(repacked(package, lambda parts: parts.update({"SHA256SUMS": b"nonsense"})))


def test_a_signed_report_says_by_whom_and_that_it_is_unchanged(town, tmp_path):
    submit(town, DRAFT, LOCAL)
    sign(town, DRAFT, Actor("王主任", Role.ADMIN, "王主任"))
    export_evidence(town, DRAFT, tmp_path / "签发.zip")
    parts = files_of(tmp_path / "签发.zip")
    signed = json.loads(parts["signoff.json"])
    assert (signed["status"], signed["signed_by"]) == ("signed", "王主任")
    assert signed["signed_sha256"] == signed["content_sha256"]
    assert "与现在的内容一致" in parts["index.html"].decode()
    assert "签发" in parts["audit.csv"].decode("utf-8-sig")


def test_an_unknown_draft_and_another_ending_are_refused(town, tmp_path):
    with pytest.raises(InputError, match="没有编号"):
        export_evidence(town, "annual-1999-1", tmp_path / "x.zip")
    with pytest.raises(InputError, match=r"\.zip"):
        export_evidence(town, DRAFT, tmp_path / "x.rar")
    assert drafts.load_draft(town.engine, DRAFT).id == DRAFT
