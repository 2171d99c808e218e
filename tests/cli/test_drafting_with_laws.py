"""A plan takes up what the laws of the library ask of a town; no library costs nothing."""

import json

from assistant.shipped import shipped

LAW = """青梧县乡镇安全管理条例
（2020年3月1日青梧县人民代表大会通过，自2020年5月1日起施行）

第一章 总则

第一条 为了加强安全管理，保障群众生命和财产安全，制定本条例。

第二条 乡镇人民政府应当加强对本行政区域内安全生产状况的监督检查，督促整改事故隐患。

第三条 生产经营单位应当建立健全全员安全生产责任制，加强安全生产管理。

第四条 本条例自2020年5月1日起施行。
"""


def drafted(jushi, *options):
    past = shipped("corpus/past/2023年总结.docx")
    made = jushi("draft", "-k", "annual", "-p", "2024", "--past", past, "--model", "none", "-o", "x.md", "--json")
    assert made.status == 0, made.err
    return json.loads(made.out)


def test_the_plan_quotes_the_law_of_the_library(jushi, tmp_path):
    assert jushi("ledger", "import", shipped("corpus/ledger")).status == 0
    assert not any("管理条例》第" in each["text"] for each in drafted(jushi)["sections"])
    assert not (tmp_path / "jushi-data" / "library").exists()
    (tmp_path / "青梧县乡镇安全管理条例.txt").write_text(LAW, encoding="utf-8")
    added = jushi("index", "add", "青梧县乡镇安全管理条例.txt")
    assert added.status == 0, added.err
    draft = drafted(jushi)
    text = "\n".join(each["text"] for each in draft["sections"])
    assert "落实《青梧县乡镇安全管理条例》第二条要求，按照“乡镇人民政府应当加强" in text
    verdicts = {verdict["verdict"] for each in draft["sections"] for verdict in each["verdicts"]}
    assert verdicts <= {"supported", "approx_ok"}
