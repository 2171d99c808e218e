import os
from datetime import date

import pytest

from assistant.errors import InputError
from assistant.records import SourceKind
from assistant.retrieval.library import open_library
from assistant.retrieval.listing import Outcome, State
from tests.retrieval.parts import BOATS, LAKES, OLD_LAKES, SUMMARY, HashedVectors, big_law, write

TODAY = date(2025, 6, 1)


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    write(folder, "湖泊(2019-06-18).md", LAKES)
    write(folder, "湖泊(2010-03-01).md", OLD_LAKES)
    write(folder, "游船办法.md", BOATS)
    write(folder, "2023上半年总结.txt", SUMMARY)
    return folder


@pytest.fixture
def library(tmp_path, files):
    with open_library(tmp_path / "kept", today=TODAY) as opened:
        opened.add([files])
        yield opened


def found(hits):
    return [(hit.passage.title, hit.passage.article) for hit in hits]


def test_adding_says_what_each_file_became(tmp_path, files):
    with open_library(tmp_path / "kept", today=TODAY) as library:
        told = []
        report = library.add([files], told.append)
    assert told == list(report.files)
    assert [(each.name, each.outcome, each.source.kind, each.source.passages) for each in report.files] == [
        ("2023上半年总结.txt", Outcome.ADDED, SourceKind.SUMMARY, 4),
        ("游船办法.md", Outcome.ADDED, SourceKind.LAW, 2),
        ("湖泊(2010-03-01).md", Outcome.ADDED, SourceKind.LAW, 2),
        ("湖泊(2019-06-18).md", Outcome.ADDED, SourceKind.LAW, 5),
    ]


def test_versions_and_repeals_are_marked(library):
    assert [(each.title, each.version, each.state) for each in library.list_sources()] == [
        ("湖泊安全管理条例", "2010-03-01", State.SUPERSEDED),
        ("湖泊安全管理条例", "2019-06-18", State.CURRENT),
        ("湖泊游船管理办法", "2005-04-02", State.REPEALED),
        ("青柳镇2023年上半年安全生产工作总结及下半年工作打算", "", State.CURRENT),
    ]


def test_a_search_finds_what_is_in_force(library):
    assert found(library.search("游船一年要检修几次"))[0] == ("湖泊安全管理条例", "2")
    assert all(hit.passage.in_force for hit in library.search("游船"))


def test_a_search_may_ask_for_old_versions(library):
    hits = library.search("游船每年检修", in_force_only=False)
    assert {hit.passage.version for hit in hits if hit.passage.article == "2"} == {
        "2019-06-18",
        "2010-03-01",
        "2005-04-02",
    }


def test_articles_are_looked_up_first(library):
    assert found(library.search("《湖泊安全管理条例》第三条之一"))[0] == ("湖泊安全管理条例", "3.1")
    assert library.search("湖安条例第三条")[0].found_by == ("article",)
    assert found(library.search("湖泊安全管理条例第2条怎么规定的")) == [("湖泊安全管理条例", "2")]


def test_looking_up_gives_the_version_in_force_first(library):
    assert [(each.version, each.in_force) for each in library.find_article("湖泊安全管理条例第二条")] == [
        ("2019-06-18", True),
        ("2010-03-01", False),
    ]


def test_an_article_alone_is_looked_up_in_the_law_meant(library):
    assert [each.article for each in library.find_article("第三条", law="湖泊条例")] == ["3"]
    assert {each.title for each in library.find_article("第二条")} == {"湖泊安全管理条例", "湖泊游船管理办法"}


def test_a_law_that_is_not_here_gives_nothing_of_another(library):
    assert library.find_article("《森林法》第二条") == []


def test_document_numbers_are_looked_up(library, files):
    notice = "云溪县安全生产委员会文件\n云安委〔2023〕12号\n关于开展燃气整治的通知\n\n各乡镇：\n\n即日起开展整治，务必逐店检查。"
    library.add([write(files, "通知.txt", notice)])
    hits = library.search("云安委〔2023〕12号")
    assert hits[0].passage.source == "通知.txt"
    assert hits[0].found_by == ("article",)
    assert library.search("第18号令")[0:1] == [] or library.search("令第18号", in_force_only=False)


def test_searches_are_limited_by_kind_year_topic_and_law(library):
    assert {hit.passage.kind for hit in library.search("安全", kind=SourceKind.SUMMARY)} == {SourceKind.SUMMARY}
    assert {hit.passage.topic for hit in library.search("检查", topic="危化燃气")} == {"危化燃气"}
    assert library.search("劝导", year=2022) == []
    assert library.search("劝导", year=2023)[0].passage.path[-1] == "（一）道路交通安全"
    assert {hit.passage.title for hit in library.search("游船", law="湖泊条例")} == {"湖泊安全管理条例"}
    assert library.search("游船", law="森林法") == []


def test_hits_say_where_the_words_are(library):
    hit = library.search("游船检修")[0]
    assert [hit.passage.text[start:end] for start, end in hit.spans] == ["游船", "检修", "检修"]
    assert 0 < hit.score <= 1000


def test_an_unchanged_file_costs_nothing_and_a_changed_one_replaces(library, files):
    assert {each.outcome for each in library.add([files]).files} == {Outcome.UNCHANGED}
    write(files, "游船办法.md", BOATS.replace("游船应当登记", "游船应当挂牌编号"))
    report = library.add([files / "游船办法.md"])
    assert [each.outcome for each in report.files] == [Outcome.REPLACED]
    assert library.regulation("湖泊游船管理办法", "第二条").text == "第二条 游船应当挂牌编号。"


def test_two_files_of_one_name_are_both_kept(library, tmp_path):
    paths = [write(tmp_path / place, "规定.md", big_law(3, f"{place}规定")) for place in ("甲村", "乙村")]
    assert [each.name for each in library.add(paths).files] == ["规定.md", "乙村/规定.md"]


def test_taking_a_version_out_brings_the_older_back(library):
    library.remove("湖泊(2019-06-18).md")
    states = {each.name: each.state for each in library.list_sources()}
    assert states["湖泊(2010-03-01).md"] is State.CURRENT
    assert states["游船办法.md"] is State.CURRENT
    assert "1" in [article for _, article in found(library.search("湖泊"))]
    with pytest.raises(InputError, match="没有“湖泊"):
        library.remove("湖泊(2019-06-18).md")


def test_the_same_summary_twice_is_found_once(library, files):
    library.add([write(files, "另存.txt", SUMMARY)])
    assert len([hit for hit in library.search("劝导站") if "劝导站" in hit.passage.text]) == 1


def test_the_check_is_answered_as_it_asks(library):
    assert library.regulation_text("湖泊条例", "第三条之一").startswith("第三条之一 六级以上大风")
    assert library.regulation_text("湖泊安全管理条例", "第九十条") == ""
    assert library.regulation_text("湖泊安全管理条例", "")
    assert library.regulation_text("森林法", "第一条") is None
    assert library.knows_law("中华人民共和国湖泊安全管理条例")


def test_passages_are_found_by_id_with_their_neighbours(library):
    passage = library.find_article("湖泊安全管理条例第三条")[0]
    assert library.passage(passage.id) == passage
    assert [each.article for each in library.around(passage)] == ["2", "3", "3.1"]
    assert library.passage("99-1") is None


def test_a_law_comes_into_effect_with_the_day(tmp_path, files):
    coming = LAKES.replace("2019年6月18日", "2025年5月8日").replace("2019年9月1日", "2025年12月1日")
    write(files, "湖泊新.md", coming)
    with open_library(tmp_path / "other", today=TODAY) as library:
        library.add([files])
        assert library.find_article("湖泊安全管理条例第二条")[0].version == "2019-06-18"
    with open_library(tmp_path / "other", today=date(2026, 1, 1)) as library:
        assert library.find_article("湖泊安全管理条例第二条")[0].version == "2025-05-08"


def test_bad_files_are_refused_and_harm_nothing(library, tmp_path):
    before = library.list_sources()
    bad = tmp_path / "bad"
    write(bad, "空.txt", "")
    (bad / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    (bad / "图.pdf").write_bytes(b"%PDF-1.4 nothing")
    (bad / "码.txt").write_bytes(bytes(range(256)) * 40)
    os.truncate(write(bad, "大.txt", "甲"), 200 * 1024 * 1024)
    report = library.add([bad, bad / "没有.txt"])
    assert {each.outcome for each in report.files} == {Outcome.REFUSED}
    assert all(each.reason.endswith("。") for each in report.refused)
    assert len(report.refused) == 6
    assert library.list_sources() == before
    assert library.search("游船检修")


def test_an_index_gone_or_damaged_is_made_again(library, tmp_path):
    expected = found(library.search("游船检修"))
    library.close()
    for path in (tmp_path / "kept" / "keywords").rglob("*.npy"):
        path.write_bytes(b"damaged")
    with open_library(tmp_path / "kept", today=TODAY) as again:
        assert found(again.search("游船检修")) == expected
        again.rebuild()
        assert found(again.search("游船检修")) == expected


def test_vectors_fill_in_behind_and_are_never_made_twice(tmp_path, files):
    vectors = HashedVectors()
    with open_library(tmp_path / "kept", embeddings=vectors, today=TODAY) as library:
        library.add([files])
        assert library.search("游船检修")[0].found_by == ("keywords",)
        steps = []
        done = library.fill_vectors(steps.append)
        assert done.complete
        assert [step.done for step in steps] == sorted({step.done for step in steps})
        assert "vectors" in library.search("游船检修")[0].found_by
        made = vectors.made
        library.rebuild()
        assert not library.progress().complete
        assert library.fill_vectors().complete
        write(files, "游船办法.md", BOATS + "\n第三条 游船应当编号。\n")
        library.add([files])
        library.fill_vectors()
        assert vectors.made == made + 1


def test_a_stopped_filling_goes_on_where_it_was(tmp_path):
    vectors = HashedVectors()
    path = write(tmp_path / "files", "大.md", big_law(60))
    with open_library(tmp_path / "kept", embeddings=vectors, today=TODAY) as library:
        library.add([path])
        steps = iter([False, False, True])
        stopped = library.fill_vectors(cancelled=lambda: next(steps))
        assert stopped.done == 2 * vectors.batch
    with open_library(tmp_path / "kept", embeddings=vectors, today=TODAY) as library:
        assert library.fill_vectors().complete
    assert vectors.made == 60
