"""No figure of last year's text survives in the new one, however it was written. A property."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.drafting.rollforward import write_section
from assistant.drafting.sections import Role
from assistant.drafting.slots import is_stand_in
from tests.drafting.report_town import context, facts, section, spec

OLD = ("7531", "8642", "97531", "64.37", "3857.5", "5931")  # no fact of the town has these
BEFORE = (
    "",
    "全年",
    "共",
    "累计",
    "约",
    "近",
    "超过",
    "力争",
    "不少于",
    "至少",
    "每月",
    "由",
    "其余",
    "同比上升",
    "较上年增加",
)
THINGS = (
    "检查企业",
    "排查隐患",
    "发放宣传资料",
    "参演人员",
    "安装路灯",
    "整改率",
    "知晓率",
    "其中重大隐患",
    "投入资金",
    "占比",
    "增至",
)
UNITS = ("家次", "人次", "处", "份", "万元", "%", "次", "名", "条", "户", "亩", "公里", "个百分点", "倍")
AFTER = ("，", "，", "，", "。", "。", "；", "、", "（", "）", "\n", "。二是", "以上，", "左右。")

mentions = st.tuples(*map(st.sampled_from, (BEFORE, THINGS, ("", "达", "共计"), OLD, ("", "余", "多"), UNITS, AFTER)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(mentions, min_size=1, max_size=15), st.sampled_from([Role.WORK, Role.OPENING, Role.PROBLEMS, Role.PLAN])
)
def test_no_old_figure_survives(said: list[tuple[str, ...]], role: Role) -> None:
    text = "".join("".join(mention) for mention in said)
    written = write_section(spec(role=role), facts(), section(*text.split("\n"), role=role), context()).text
    assert not [old for old in OLD if re.search(rf"(?<![\d.]){re.escape(old)}(?!\d)", written)]
    assert not any(map(is_stand_in, written))
