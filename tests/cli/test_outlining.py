"""An outline is confirmed or edited by a person before anything is written; targets are a person's."""

import json

import pytest
import yaml

from assistant.shipped import shipped

PAST = shipped("corpus/past/2023年总结.docx")
WHOLE = ("--kind", "annual", "--period", "2024")


@pytest.fixture
def imported(jushi):
    assert jushi("ledger", "import", shipped("corpus/ledger")).status == 0
    return jushi


def drafted(jushi, *options):
    result = jushi("draft", *WHOLE, "--past", PAST, "--model", "none", "--out", "x.md", "--json", *options)
    assert result.status == 0, result.err
    return json.loads(result.out)


def test_an_unedited_outline_changes_nothing(imported, tmp_path):
    plain = drafted(imported)
    made = imported("outline", *WHOLE, "--past", PAST, "--out", "o.yaml")
    assert made.status == 0, made.err
    again = drafted(imported, "--outline", "o.yaml")
    assert [(each["heading"], each["text"]) for each in again["sections"]] == [
        (each["heading"], each["text"]) for each in plain["sections"]
    ]


def test_an_edited_outline_is_what_is_written(imported, tmp_path):
    imported("outline", *WHOLE, "--past", PAST, "--out", "o.yaml")
    path = tmp_path / "o.yaml"
    outline = yaml.safe_load(path.read_text(encoding="utf-8"))
    sections = outline["章节"]
    index, gone = next(
        (i, each) for i, each in enumerate(sections) if each["类型"] == "工作" and each["级别"] and each["必报"]
    )
    sections[index : index + 1] = [
        {"标题": "执法检查情况", "级别": gone["级别"], "必报": ["检查企业"], "字数": 100, "沿用往年": "无"}
    ]
    path.write_text(yaml.safe_dump(outline, allow_unicode=True), encoding="utf-8")
    draft = drafted(imported, "--outline", "o.yaml")
    written = next(each for each in draft["sections"] if each["heading"].endswith("执法检查情况"))
    assert "268家次" in written["text"]
    assert not any(gone["标题"] in each["heading"] for each in draft["sections"])


def test_an_outline_file_is_never_written_over(imported, tmp_path):
    assert imported("outline", *WHOLE).status == 0
    (path,) = (tmp_path / "jushi-data" / "outlines").iterdir()
    path.write_text("mine", encoding="utf-8")
    result = imported("outline", *WHOLE)
    assert result.status == 2
    assert path.name in result.err
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("章节: [\n", "格式不对"),
        ("种类: annual\n", "没有“章节”"),
        ("章节:\n- 标题: 检查\n  必报: [检查企页]\n", "是不是“检查企业"),
        ("章节:\n- 标题: 检查\n  级别: 9\n", "级别"),
        ("章节:\n- 标题: 检查\n  颜色: 红\n", "颜色"),
        ("章节:\n- 标题: 检查\n  沿用往年: 第99节\n", "第99节"),
    ],
)
def test_a_bad_outline_gets_one_sentence(imported, tmp_path, text, says):
    (tmp_path / "o.yaml").write_text(text, encoding="utf-8")
    result = imported("draft", *WHOLE, "--past", PAST, "--model", "none", "--out", "x.md", "--outline", "o.yaml")
    assert result.status == 2
    assert says in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_targets_stand_in_the_plan_beside_the_results(imported, tmp_path):
    (tmp_path / "t.toml").write_text(
        '[[target]]\nindicator = "隐患整改率"\nvalue = 98.5\n\n[[target]]\nindicator = "检查企业"\nvalue = 10\n',
        encoding="utf-8",
    )
    draft = drafted(imported, "--targets", "t.toml")
    plan = "\n".join(each["text"] for each in draft["sections"])
    assert "隐患整改率不低于98.5%（2024年为" in plan
    weak = [notice for notice in draft["notices"] if notice["kind"] == "weak_target"]
    assert any("检查企业" in notice["message"] and "268家次" in notice["message"] for notice in weak)
    bad = {verdict["verdict"] for each in draft["sections"] for verdict in each["verdicts"]}
    assert bad <= {"supported", "approx_ok"}


def test_targets_of_the_workspace_are_taken_without_asking(imported, tmp_path):
    own = tmp_path / "jushi-data" / "targets.toml"
    own.write_text('[[target]]\nindicator = "检查企业"\nvalue = 200\n', encoding="utf-8")
    assert any("检查企业不低于200家次" in each["text"] for each in drafted(imported)["sections"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[target]\n", "TOML"),
        ("a = 1\n", "[[target]]"),
        ('[[target]]\nindicator = "飞行"\nvalue = 1\n', "飞行"),
        ('[[target]]\nindicator = "检查企业"\nvalue = "多"\n', "多"),
        ('[[target]]\nindicator = "检查企业"\nvalue = 1\nunit = "吨"\n', "吨"),
        ('[[target]]\nindicator = "检查企业"\nvalue = 1\nbound = "around"\n', "around"),
    ],
)
def test_bad_targets_get_one_sentence(imported, tmp_path, text, says):
    (tmp_path / "t.toml").write_text(text, encoding="utf-8")
    result = imported("draft", *WHOLE, "--model", "none", "--out", "x.md", "--targets", "t.toml")
    assert result.status == 2
    assert says in result.err
    assert "Traceback" not in result.err
