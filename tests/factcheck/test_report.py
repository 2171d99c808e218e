"""The report as plain data and in a sentence."""

import json

from assistant.factcheck.check import check
from assistant.factcheck.report import REASON_NAMES, as_json, summary
from assistant.ledger.facts import facts_from_csv, facts_from_rows


def report(tmp_path, text="检查企业208家次，放映电影3场，签订率100％。"):  # type: ignore[no-untyped-def]
    path = tmp_path / "台账.csv"
    path.write_text(
        "topic,indicator,period,value,unit\n检查,检查企业,2024,236,家次\n检查,检查企业,2023,208,家次\n",
        encoding="utf-8",
    )
    return check(text, facts_from_csv(path), "2024")


def test_the_shape_of_the_json(tmp_path) -> None:  # type: ignore[no-untyped-def]
    data = json.loads(json.dumps(as_json(report(tmp_path)), ensure_ascii=False))
    assert list(data) == ["period", "length", "verdicts", "findings", "counts", "chance"]
    assert data["verdicts"][0] == {
        "start": 4,
        "end": 9,
        "surface": "208家次",
        "verdict": "contradicted",
        "reason": "stale",
        "indicator": "检查企业",
        "fact": "inspection.enterprises@2024",
        "expected": "236家次",
        "evidence": [{"file": "台账.csv", "sheet": "", "cell": "D2", "text": "236"}],
        "message": data["verdicts"][0]["message"],
    }
    assert data["counts"] == {"supported": 0, "approx_ok": 0, "contradicted": 1, "unsupported": 2, "ambiguous": 0}
    assert [each["kind"] for each in data["findings"]] == ["percent_sign"]


def test_the_summary_says_how_much_is_chance(tmp_path) -> None:  # type: ignore[no-untyped-def]
    said = summary(report(tmp_path))
    assert "与台账不符 1" in said
    assert "仅看数值" in said


def test_a_text_without_figures_never_passes_as_right(tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert "没有读到可核对的数字" in summary(report(tmp_path, "形势总体平稳。"))


def test_every_reason_has_a_name() -> None:
    from evals.factcheck import read_own

    reasons = {
        verdict.reason
        for case in read_own()
        for verdict in check(case.text, facts_from_rows(case.rows), case.period).verdicts
    }
    assert reasons <= set(REASON_NAMES)
    assert len(reasons) >= 18
