"""The commands for a county, as a person uses them."""

import json

import pytest

from tests.county.parts import make_county


@pytest.fixture
def batch(jushi, tmp_path, monkeypatch):
    """`jushi batch` over the small county, without waiting for processes to start."""
    from assistant.county.town import draft_town

    monkeypatch.setattr("assistant.county.batch._processes", lambda jobs, _workers: map(draft_town, jobs))
    make_county(tmp_path / "清河县")

    def run(*arguments):
        return jushi("batch", "清河县", "-k", "annual", "-p", "2024", "--model", "none", *arguments)

    return run


def test_one_line_a_town_then_the_county(batch, tmp_path):
    result = batch("--out", "稿子")
    lines = result.out.splitlines()
    assert result.status == 0, result.err
    assert sum(line.startswith(("云溪镇", "石门乡", "安平街道", "柳河镇")) for line in lines) == 4
    town = next(line for line in lines if line.startswith("云溪镇"))
    assert all(word in town for word in ("完成", "事实", "缺口", "属实", "秒"))
    assert "未报送" in next(line for line in lines if line.startswith("柳河镇"))
    assert "共 4 个乡镇：未报送 1 个，完成 3 个" in result.out or "完成 3 个" in result.out
    written = {path.name for path in (tmp_path / "稿子").glob("*.*")}
    assert written >= {"云溪镇.docx", "石门乡.docx", "安平街道.docx", "清河县汇总.docx", "清河县汇总.xlsx"}
    again = batch("--out", "稿子", "--no-rollup")
    assert "未变，沿用 3 个" in again.out


def test_a_town_that_could_not_be_done_is_the_exit_status(batch, tmp_path):
    for path in (tmp_path / "清河县" / "石门乡").iterdir():
        path.write_bytes(b"PK\x03\x04 damaged")
    result = batch("--json")
    assert result.status == 1
    told = json.loads(result.out)
    by_town = {town["town"]: town for town in told["towns"]}
    assert by_town["石门乡"]["status"] == "failed"
    assert by_town["云溪镇"]["verdicts"]["contradicted"] == 0
    assert told["rollup"]["missing"] == ["柳河镇", "石门乡"]
    assert told["rollup"]["verdicts"]["contradicted"] == 0


def test_each_town_and_all_together_are_asked_by_name(batch, jushi):
    batch("--no-rollup")

    def checked(town):
        facts = json.loads(jushi("facts", "-p", "2024", "--town", town, "--json").out)
        return next(fact["value"] for fact in facts if fact["indicator"] == "inspection.enterprises")

    assert [checked(town) for town in ("云溪镇", "石门乡", "全县")] == ["210", "90", "600"]
    assert "210家次" in jushi("ask", "2024年检查企业多少家次？", "--town", "云溪镇", "--model", "none").out
    ranked = jushi("ask", "2024年各乡镇隐患整改率排名", "--town", "全县", "--model", "none").out
    assert ranked.startswith("2024年各乡镇隐患整改率：")
    assert ranked.index("安平街道") < ranked.index("云溪镇") < ranked.index("石门乡")
    assert jushi("facts", "-p", "2024", "--town", "没有镇").status == 2


def test_the_rollup_is_checked_by_the_same_check(batch, jushi, tmp_path):
    batch("--no-rollup")
    made = jushi("rollup", "-k", "annual", "-p", "2024", "--county", "清河县", "--out", "汇总.docx")
    assert made.status == 0, made.err
    assert "未报送：柳河镇" in made.out
    assert jushi("check", "汇总.docx", "-p", "2024", "--town", "全县").status == 0
    assert jushi("check", "汇总.docx", "-p", "2024", "--town", "石门乡").status == 1


def test_a_folder_that_is_none_gets_one_sentence(jushi):
    result = jushi("batch", "没有", "-k", "annual", "-p", "2024")
    assert (result.status, result.err.count("。")) == (2, 2)
