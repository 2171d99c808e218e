"""Lines laid against each other and taken over: whatever was edited, nothing is lost and nothing made up."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.export.changes import ChangeKind, Comparison
from assistant.export.lines import Part, draft_lines, plain
from assistant.export.merging import Merging, key_between, rebuild
from assistant.export.returned import FileLine
from assistant.export.threeway import merge_texts
from assistant.office.headings import heading_level
from tests.wordfiles.parts import LONG, SECTIONS, report

LONG_REPORT = replace(report(), sections=LONG)
NEW = (
    "由镇安委办牵头逐月调度通报。",
    "各村要落实专人值守。",
    "五、有关建议",
    "组织应急演练3次，参演120人。",
    "附带说明",
)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["remove", "add", "move", "change", "split", "join", "retype"]),
        st.integers(0, 30),
        st.integers(0, 30),
        st.sampled_from(NEW),
    ),
    max_size=6,
)
RUN = settings(max_examples=50, deadline=None)


def file_of(draft):
    return [FileLine(line.text, _level(line), frozenset({line.mark})) for line in draft_lines(draft)]


def _level(line):
    return -1 if line.part is Part.TITLE else heading_level(line.text)


def edited(lines, edits):
    """The file's lines with the edits done to what stands between title and signature."""
    head, body, foot = lines[:2], list(lines[2:-2]), lines[-2:]
    for name, first, second, words in edits:
        if not body:
            break
        at, other = first % len(body), second % len(body)
        line = body[at]
        middle = len(line.text) // 2
        if name == "remove":
            body.pop(at)
        elif name == "add":
            body.insert(at, FileLine(words, heading_level(words)))
        elif name == "move":
            body.insert(other, body.pop(at))
        elif name == "change":
            body[at] = replace(line, text=line.text[:middle] + "从严" + line.text[middle:])
        elif name == "retype":
            body[at] = replace(line, text=words, level=heading_level(words))
        elif name == "split" and middle:
            body[at : at + 1] = [replace(line, text=line.text[:middle]), FileLine(line.text[middle:])]
        elif name == "join" and at + 1 < len(body):
            marks = line.marks | body[at + 1].marks
            body[at : at + 2] = [replace(line, text=line.text + body[at + 1].text, marks=marks)]
    return [*head, *body, *foot]


def words_of(nodes):
    return [plain(part) for node in nodes for part in node.text.split("\n") if plain(part)]


@RUN
@given(edits=EDITS, marked=st.booleans())
def test_accepting_everything_gives_the_file_and_nothing_the_draft(edits, marked):
    file = edited(file_of(LONG_REPORT), edits)
    if not marked:
        file = [replace(line, marks=frozenset()) for line in file]
    lines = draft_lines(LONG_REPORT)
    comparison = Comparison(lines, file, lines)
    changes = comparison.changes()
    assert words_of(Merging(comparison, changes).nodes) == [plain(line.text) for line in file]
    assert words_of(Merging(comparison, []).nodes) == [plain(line.text) for line in lines]
    after = rebuild(LONG_REPORT, Merging(comparison, changes).nodes)
    assert [plain(line.text) for line in draft_lines(after)] == [plain(line.text) for line in file]
    assert [section.key for section in after.sections] == sorted({section.key for section in after.sections})


@RUN
@given(edits=EDITS, theirs=EDITS, chosen=st.sets(st.integers(0, 12)))
def test_any_choice_on_a_draft_that_moved_on_loses_nothing_untouched(edits, theirs, chosen):
    base = draft_lines(LONG_REPORT)
    plainly = Comparison(base, edited(file_of(LONG_REPORT), theirs), base)
    now = rebuild(LONG_REPORT, Merging(plainly, plainly.changes()).nodes)
    comparison = Comparison(base, edited(file_of(LONG_REPORT), edits), draft_lines(now))
    changes = comparison.changes()
    accepted = [change for number, change in enumerate(changes) if number in chosen]
    after = rebuild(now, Merging(comparison, accepted).nodes)
    text = "\n".join(line.text for line in draft_lines(after))
    touched = {plain(part) for change in changes for part in f"{change.before}\n{change.now}".split("\n")}
    for line in draft_lines(now):
        assert plain(line.text) in touched or line.text in text
    for change in accepted:
        for part in change.after.split("\n"):
            assert part in text or change.kind is ChangeKind.MOVED or len(accepted) > 1


@RUN
@given(edits=EDITS)
def test_the_same_file_after_all_was_accepted_has_nothing_more_to_say(edits):
    base, file = draft_lines(LONG_REPORT), edited(file_of(LONG_REPORT), edits)
    first = Comparison(base, file, base)
    now = rebuild(LONG_REPORT, Merging(first, first.changes()).nodes)
    left = Comparison(base, file, draft_lines(now)).changes()
    assert left == []


KEYS = st.from_regex(r"[0-9]{2}(\.[0-9]{2}){0,2}[ab]?", fullmatch=True)


@settings(max_examples=50, deadline=None)
@given(keys=st.lists(KEYS, min_size=2, max_size=8, unique=True).map(sorted))
def test_a_key_between_two_keys_sorts_between_them(keys):
    for before, after in zip(["", *keys], [*keys, ""], strict=True):
        key = key_between(before, after, set(keys))
        assert before < key
        assert key < after or not after
        assert key not in keys


def test_a_key_after_the_last_is_free():
    assert key_between("03", "", {"03", "03a"}) == "03b"


def test_changes_of_two_hands_are_brought_together_only_where_they_do_not_touch():
    base = "检查企业120家次，整改60处，夜间检查8次。"
    assert merge_texts(base, base.replace("120", "125"), base.replace("8次", "9次")) == (
        "检查企业125家次，整改60处，夜间检查9次。"
    )
    assert merge_texts(base, base.replace("120", "125"), base.replace("120", "220")) is None


def test_the_fixture_reads_as_its_own_lines():
    assert [line.text for line in draft_lines(report())][2] == SECTIONS[0].text
