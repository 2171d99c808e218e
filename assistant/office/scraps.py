"""What a web page left in a document: pay marks, navigation, reading counts, cut out and told."""

from __future__ import annotations

import re

_INSIDE = re.compile(
    r"#{2}\s*[A-Za-z_]+\s*#{2}"  # ##paidbegin##
    r"|[（(【\[]?此处隐藏[^）)】\]。]{0,16}[）)】\]]?"
    r"|[（(【\[]?(?:开头|中间|结尾)?部分(?:内容)?已省略[^）)】\]。]{0,12}[）)】\]]?"
    r"|第\s*\d+\s*页\s*[,，/]?\s*共\s*\d+\s*页|共\s*\d+\s*页"
    r"|(?:浏览|阅读|点击|下载)(?:次数|人数|量|数)?\s*[:：]\s*\d+\s*次?"
    r"|(?:发布|更新|发表)(?:时间|日期)\s*[:：]\s*[\d\-/年月日 :：]+"
    r"|阅读\s*\d+\s*分钟"
    r"|未完[，,]?\s*继续(?:阅读|浏览)"
    r"|https?://[^\s\u4e00-\u9fff，。）)]+|www\.[^\s\u4e00-\u9fff，。）)]+"
)
_LINE = re.compile(
    r"(?:首页|网站首页|当前位置|您(?:现在)?(?:的|所在的?)位置)\s*(?:[:：>＞»/|].*)?"
    r"|(?:索引号|文号|主题词|信息分类|发布机构|来源|作者|编辑|责任编辑|字号|字体|上一篇|下一篇|标签|关键词|相关(?:文章|推荐|阅读))\s*[:：].{0,80}"
    r"|(?:分享到?|返回(?:顶部|首页|列表)?|打印(?:本页)?|关闭(?:窗口|本页)?|收藏(?:本文)?|点赞|评论|上一页|下一页|扫一扫.{0,20})(?:\s*[|｜、].{0,40})?"
    r"|.{0,12}(?:本站声明|版权所有|版权归|转载请注明|备案号|ICP备).{0,200}"
    r"|第\s*\d+\s*页\s*[,，/]?\s*共\s*\d+\s*页|[-—–=*_·\s]*\d{0,4}[-—–=*_·\s]*"
)
_SHOWN = 30


def cut_scraps(line: str) -> tuple[str, list[str]]:
    """The line without what a web page left in it (empty where it is nothing else), and the pieces cut."""
    stripped = line.strip(" \t\u3000\xa0\ufeff")
    if _LINE.fullmatch(stripped):
        return "", [stripped] if stripped else []
    cut = [found.group() for found in _INSIDE.finditer(stripped)]
    return (_INSIDE.sub("", stripped).strip(" \t\u3000"), cut) if cut else (stripped, [])


def shown(piece: str) -> str:
    """A piece as a message shows it."""
    return piece if len(piece) <= _SHOWN else piece[: _SHOWN - 1] + "…"
