"""What a figure states of its subject."""

import pytest

from assistant.alignment.readings import read
from assistant.alignment.roles import Role
from assistant.periods import parse_period
from assistant.quantities.extract import extract
from assistant.registry.registry import shipped_registry

CASES = [
    ("检查企业236家次", [Role.VALUE]),
    ("共计检查企业236家次", [Role.TOTAL]),
    ("检查企业236家次，同比上升12.5%", [Role.VALUE, Role.CHANGE]),
    ("检查企业236家次，比上年多检查26家次", [Role.VALUE, Role.CHANGE]),
    ("较2023年的198家次增加38家次", [Role.PRIOR, Role.CHANGE]),
    ("检查企业由198家次增至236家次", [Role.PRIOR, Role.VALUE]),
    ("立案45起，是上年的2.25倍，同比增长1.25倍", [Role.VALUE, Role.MULTIPLE, Role.CHANGE]),
    ("整改率98%，同比提高2个百分点", [Role.VALUE, Role.CHANGE]),
    ("事故起数、受伤人数同比分别下降33.3%、50%", [Role.CHANGE, Role.CHANGE]),
    ("剩余9处正在整改", [Role.REST]),
    ("电气类隐患占隐患总数的40%", [Role.SHARE]),
    ("平均每处投入350元", [Role.PER]),
    ("全年未发生生产安全事故", [Role.ZERO]),
    ("新增警示牌12块", [Role.VALUE]),
]


@pytest.mark.parametrize(("text", "due"), CASES)
def test_roles(text: str, due: list[Role]) -> None:
    alignment = read(text, extract(text), [], parse_period("2024"), shipped_registry())
    assert [each.reading.role for each in alignment.aligned] == due


@pytest.mark.parametrize(("text", "direction"), [("同比上升5%", 1), ("同比下降5%", -1), ("较上年减少3起", -1)])
def test_directions(text: str, direction: int) -> None:
    alignment = read(text, extract(text), [], parse_period("2024"), shipped_registry())
    assert alignment.aligned[0].reading.direction == direction
