import time

import pytest

from assistant.retrieval.loaders import load_text
from assistant.retrieval.statutes import is_statute, read_statute
from assistant.retrieval.summaries import read_summary
from tests.retrieval.parts import BOATS, LAKES, OLD_LAKES, SUMMARY, big_law


def law(text, name="条例.md"):
    return read_statute(load_text(text, name))


def test_articles_carry_number_chapter_and_their_later_paragraphs():
    read = law(LAKES)
    assert [article.number for article in read.articles] == ["1", "2", "3", "3.1", "4"]
    assert read.articles[2].path == ("第二章 游船管理",)
    assert read.articles[2].text.endswith("（一）抢险救灾；\n（二）紧急送医。")
    assert read.articles[0].path == ("第一章 总则",)


def test_every_article_stands_where_it_says():
    for text in (LAKES, OLD_LAKES, BOATS, big_law(30)):
        read = law(text)
        assert all(read.text[each.start : each.end] == each.text for each in read.articles)


def test_title_version_effect_and_repeals_come_from_the_text():
    read = law(LAKES)
    assert (read.title, read.version, read.effective) == ("湖泊安全管理条例", "2019-06-18", "2019-09-01")
    assert read.repeals == ("湖泊游船管理办法",)
    assert law(BOATS).document_number == "云溪县人民政府令第18号"


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("山塘规定(2024-05-06).md", "2024-05-06"),
        ("山塘规定_20240506.docx", "2024-05-06"),
        ("山塘规定.md", "2020-01-01"),
    ],
)
def test_the_file_name_may_give_a_later_version(name, version):
    assert law(big_law(3), name).version == version


def test_the_other_markdown_form_reads_the_same():
    marked = "---\nsidebar: auto\n---\n\n" + LAKES.replace("第一条 ", "**第一条**\u3000").replace(
        "第二条 ", "**第二条**\u3000"
    )
    read, plain = law(marked), law(LAKES)
    assert [each.number for each in read.articles] == [each.number for each in plain.articles]
    assert read.title == plain.title
    assert "**" not in read.text
    assert "sidebar" not in read.text


def test_a_reference_at_the_start_of_a_line_begins_no_article():
    broken = "# 测试办法\n\n第一条 违反本办法\n第三条规定的，责令改正。\n\n第二条 依照\n第一条的规定处理。"
    assert [each.number for each in law(broken).articles] == ["1", "2"]


def test_articles_without_a_blank_after_the_number_are_read_in_order():
    tight = "测试办法\n第一条为了安全，制定本办法。\n第二条船只应当登记。\n第三条违者罚款。"
    assert [each.number for each in law(tight).articles] == ["1", "2", "3"]


def test_a_table_of_contents_makes_no_articles():
    listed = LAKES.replace("## 第一章", "目录\n\n第一章 总则\n\n第二章 游船管理\n\n## 第一章", 1)
    assert law(listed).articles[0].path == ("第一章 总则",)
    assert len(law(listed).articles) == 5


def test_an_annex_is_a_passage_without_a_number():
    read = law(LAKES + "\n附件1\n\n游船检修项目表：船体、主机、救生衣。\n")
    assert read.articles[-1].number == ""
    assert read.articles[-1].path == ("附件1",)
    assert "救生衣" in read.articles[-1].text
    assert "救生衣" not in read.articles[-2].text


def test_a_digest_says_that_it_is_no_law_text():
    read = law(LAKES.replace("# 湖泊安全管理条例", "# 湖泊安全管理条例（摘要）"))
    assert read.digest_only
    assert "digest" in [notice.kind for notice in read.notices]


def test_missing_articles_and_dates_are_told():
    kinds = [notice.kind for notice in law("# 测试办法\n\n第一条 甲事项的规定。\n\n第四条 乙事项的规定。").notices]
    assert kinds == ["no_version", "article_gap"]


@pytest.mark.parametrize(("text", "expected"), [(LAKES, True), (BOATS, True), (SUMMARY, False)])
def test_a_statute_is_told_from_a_summary(text, expected):
    assert is_statute(load_text(text, "甲.md")) is expected


def test_a_notice_that_quotes_an_article_is_no_statute():
    notice = "关于做好夏季安全工作的通知\n\n各村：\n\n天气炎热，溺水易发，务必守好水域。请对照学习以下内容，抓紧排查并上报情况。\n\n第十条 游船应当检修。"
    assert not is_statute(load_text(notice, "甲.txt"))


def test_the_shared_collection_is_read_whole(shared):
    from assistant.retrieval.loaders import load_document

    for path in sorted(shared("laws").rglob("*.md")):
        document = load_document(path)
        assert is_statute(document), path.name
        read = read_statute(document)
        numbers = [int(each.number) for each in read.articles]
        assert numbers == list(range(1, len(numbers) + 1)), path.name
        assert read.version, path.name
        assert not read.notices, path.name


def test_comments_opened_without_end_cost_no_more_than_their_length():
    began = time.process_time()
    assert not is_statute(load_text("<!--" * 50_000))
    assert time.process_time() - began < 3


def test_very_many_paragraphs_without_a_heading():
    began = time.process_time()
    summary = read_summary(load_text("检查了企业。\n" * 20_000))
    assert time.process_time() - began < 5
    assert sum(len(section.text) for section in summary.sections) > 120_000
