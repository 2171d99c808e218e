import pytest

from assistant.office.scraps import cut_scraps


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("一是抓责任落实。##paidbegin##二是抓检查。", "一是抓责任落实。二是抓检查。"),
        ("检查企业36家次（此处隐藏1280字）。", "检查企业36家次。"),
        ("首页 > 政务公开 > 工作总结", ""),
        ("浏览次数：1024次", ""),
        ("发布时间：2024-01-05 10:20", ""),
        ("上一篇：防汛工作方案", ""),
        ("打印本页 | 关闭窗口", ""),
        ("版权所有：云溪县人民政府 备案号123", ""),
        ("- 3 -", ""),
        ("全年打印宣传资料3000份，首页刊发信息12条。", "全年打印宣传资料3000份，首页刊发信息12条。"),
        ("三、下一步打算", "三、下一步打算"),
    ],
)
def test_what_a_web_page_left_is_cut_and_nothing_else(line, left):
    text, cut = cut_scraps(line)
    assert text == left
    assert bool(cut) == (text != line)
