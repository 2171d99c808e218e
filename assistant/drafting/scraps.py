"""What a web page or a conversion left inside a summary, cut out and reported."""

from __future__ import annotations

import re

from assistant.records import Notice, Severity

_INLINE = re.compile(
    r"#{2}[A-Za-z]+#{2}"  # ##paidbegin##
    r"|[（(【\[]?此处隐藏[^）)】\]。]{0,12}字[）)】\]]?"
    r"|[（(【\[]?(?:开头|中间|结尾)部分已省略[^）)】\]。]{0,12}字[）)】\]]?"
    r"|(?:浏览|阅读|点击)(?:次数|量)?[:：]\s*\d+次?"
    r"|(?:发布|更新)(?:时间|日期)[:：]\s*[\d\-/年月日 :]+"
    r"|阅读\s*\d+\s*分钟"
    r"|第\s*\d+\s*页\s*[,，/]?\s*共\s*\d+\s*页|共\s*\d+\s*页"
    r"|https?://[\w./?=&%#-]+|www\.[\w./?=&%#-]+"
)
_WHOLE_LINE = re.compile(
    r"(?:索引号|文号|主题词|信息分类|发布机构|来源|作者|编辑|责任编辑|字号|字体|分享到?|打印|关闭窗口|上一篇|下一篇|相关(?:文章|推荐)|标签)"
    r"\s*[:：].{0,60}"
    r"|.{0,12}本站声明.{0,200}|.{0,10}版权所有.{0,60}|(?:返回|打印本页|关闭本页|收藏本文).{0,10}"
    r"|[-—–=*_·\s\d]{1,12}"
)
_BOLD = re.compile(r"\*\*(?=[^*\s])([^*]+?)(?<=[^*\s])\*\*(?![县市省镇乡村区街局])")


def cut_scraps(line: str, source: str) -> tuple[str, list[Notice]]:
    """The line without what is no part of the summary, and a notice for each piece cut."""
    stripped = line.strip().strip("　\ufeff").strip()
    if stripped and _WHOLE_LINE.fullmatch(stripped):
        return "", [_notice(stripped, source)]
    notices = [_notice(found.group(), source) for found in _INLINE.finditer(stripped)]
    cleaned = _INLINE.sub("", stripped)
    return _BOLD.sub(r"\1", cleaned).strip(), notices


def _notice(piece: str, source: str) -> Notice:
    where = f"（{source}）" if source else ""
    return Notice(Severity.INFO, "scraps_cut", f"往年总结中的网页残留“{piece[:30]}”{where}不是正文，已略去。")
