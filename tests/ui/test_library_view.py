import pytest

from assistant.records import Hit, Passage, SourceKind
from assistant.retrieval.listing import Added, Outcome, Progress, SourceInfo, State
from ui.holdings import Standing
from ui.library_view import document_html, hits_html, marked, sources_html, standing_html

EVIL = "<img src=x onerror=alert(1)>"


def article(number: int, text: str, path: tuple[str, ...] = ("第一章 总则",)) -> Passage:
    return Passage(
        f"1-{number}", SourceKind.LAW, "办法.md", "渡口办法", path, text, 0, len(text), str(number), "2024-01-01"
    )


def source(**given: object) -> SourceInfo:
    return SourceInfo(
        **{"name": "办法.md", "kind": SourceKind.LAW, "title": "渡口办法", "passages": 3, "vectors": 0, **given}
    )


def test_what_was_found_is_marked_and_the_rest_is_text():
    assert marked("a<b>堵塞通道", ((4, 6),)) == "a&lt;b&gt;<mark>堵塞</mark>通道"


def test_overlapping_marks_do_not_repeat_text():
    assert marked("堵塞通道", ((0, 2), (1, 3), (3, 4))) == "<mark>堵塞</mark>通<mark>道</mark>"


def test_a_hit_names_law_article_and_version_and_says_when_it_is_old():
    from dataclasses import replace

    hit = Hit(replace(article(21, "第二十一条 每年检查。"), in_force=False), 900, ("keywords",), ((5, 7),))
    html = hits_html("检查", [hit])
    assert "《渡口办法》第二十一条" in html
    assert "2024-01-01版" in html
    assert "已不是现行版本" in html
    assert 'data-passage="1-21"' in html


def test_a_document_shows_chapters_once_and_the_article_asked_for():
    passages = [article(1, "第一条 甲。"), article(2, "第二条 乙。"), article(3, "第三条 丙。", ("第二章 罚则",))]
    html = document_html(passages, passages[1], (), source(version="2024-01-01"))
    assert html.count("第一章 总则") == 1
    assert html.count("第二章 罚则") == 1
    assert html.count('class="here"') == 1
    assert '<p class="here">第二条 乙。</p>' in html


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.CURRENT, "现行"),
        (State.SUPERSEDED, "已有新版本"),
        (State.REPEALED, "已废止"),
        (State.UPCOMING, "尚未施行"),
    ],
)
def test_the_list_says_whether_a_law_is_in_force(state, word):
    assert word in sources_html([source(state=state, version="2020-01-01")])


def test_an_import_under_way_says_which_file_of_how_many():
    html = standing_html(Standing(waiting=3, current="消防法.md", files=(Added("a.md", Outcome.ADDED, source()),)))
    assert "第 2 份，共 4 份：消防法.md" in html
    assert 'aria-valuenow="25"' in html


def test_vectors_being_made_are_counted():
    html = standing_html(Standing(vectors=Progress(30, 120)))
    assert "30／120" in html
    assert 'data-busy="true"' in html


def test_a_refused_file_stands_there_with_its_reason():
    html = standing_html(Standing(files=(Added("坏.pdf", Outcome.REFUSED, reason="“坏.pdf”已损坏。"),)))
    assert "没有导入资料，有 1 份没有导入" in html
    assert "“坏.pdf”已损坏。" in html


def test_everything_told_is_escaped():
    passage = Passage(f'"{EVIL}', SourceKind.OTHER, EVIL, EVIL, (EVIL,), EVIL, 0, len(EVIL))
    info = source(name=EVIL, title=EVIL, version=EVIL, document_number=EVIL)
    added = Added(EVIL, Outcome.REFUSED, reason=EVIL)
    for html in (
        hits_html(EVIL, [Hit(passage, 1, (), ((0, 4),))]),
        hits_html(EVIL, []),
        document_html([passage], passage, ((1, 3),), info),
        sources_html([info]),
        standing_html(Standing(waiting=1, current=EVIL, files=(added,), failure=EVIL)),
    ):
        assert "<img" not in html
