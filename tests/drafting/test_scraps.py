"""What a web page left in a summary."""

import pytest

from assistant.drafting.misprints import mend
from assistant.drafting.scraps import cut_scraps


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("##paidbegin##二是强化监管。", "二是强化监管。"),
        ("浏览次数：1234次", ""),
        ("索引号：113/2023-0001", ""),
        ("工作扎实（此处隐藏512字）成效明显。", "工作扎实成效明显。"),
        ("第2页 共18页", ""),
        ("1. **加强领导**", "1. 加强领导"),
        ("**县安委会", "**县安委会"),  # a redaction, not bold type
        ("检查企业205家次。", "检查企业205家次。"),
    ],
)
def test_scraps(line: str, expected: str) -> None:
    cleaned, notices = cut_scraps(line, "第3段")
    assert cleaned == expected
    assert bool(notices) == (cleaned != line and "加强领导" not in line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("进了认真的考核", "进行了认真的考核"),
        ("走进了社区", "走进了社区"),
        ("截止6月底", "截至6月底"),
        ("整改率100％", "整改率100%"),
        ("利用、宣传车", "利用宣传车"),
    ],
)
def test_misprints(text: str, expected: str) -> None:
    assert mend(text, "")[0] == expected
