"""What the library's tests share: small laws of our own, and vectors that need no model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy

LAKES = """# 湖泊安全管理条例

2010年3月1日 云溪县人民代表大会通过

2019年6月18日 云溪县人民代表大会修订

## 第一章 总则

第一条 为了加强湖泊安全管理，保护群众生命安全，制定本条例。

第二条 游船每年至少检修两次，检修情况应当记入船舶台账。

## 第二章 游船管理

第三条 夜间不得载客航行。

有下列情形之一的除外：
（一）抢险救灾；
（二）紧急送医。

第三条之一 六级以上大风时，一切船只应当靠岸停泊。

第四条 本条例自2019年9月1日起施行。《湖泊游船管理办法》同时废止。
"""

OLD_LAKES = """# 湖泊安全管理条例

2010年3月1日 云溪县人民代表大会通过

第一条 为了加强湖泊管理，制定本条例。

第二条 游船每年至少检修一次。
"""

BOATS = """# 湖泊游船管理办法

2005年4月2日 云溪县人民政府令第18号公布

第一条 为了管好游船，制定本办法。

第二条 游船应当登记。
"""

SUMMARY = """青柳镇2023年上半年安全生产工作总结及下半年工作打算

首页 > 政务公开 > 工作总结
浏览次数：1024次

2023年上半年，青柳镇扎实抓好安全生产各项工作。##paidbegin##现总结如下：

一、工作开展情况

（一）道路交通安全

设立劝导站6个，劝导电动车骑行人员1200人次，查处超员面包车3辆。

（二）燃气安全

检查餐饮店燃气报警器85家次，更换老化软管40条。

二、存在的问题

个别村劝导员年龄偏大。
"""


class HashedVectors:
    """Vectors of the pairs of characters in a text: alike texts get alike vectors, and nothing is loaded."""

    name = "hashed-pairs"
    batch = 8

    def __init__(self) -> None:
        self.made = 0

    def embed_passages(self, texts: Sequence[str]) -> numpy.ndarray:
        self.made += len(texts)
        return numpy.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> numpy.ndarray:
        row = numpy.full(64, 1e-3, dtype=numpy.float32)
        for start in range(len(text) - 1):
            row[int(hashlib.md5(text[start : start + 2].encode()).hexdigest(), 16) % 64] += 1
        return row / numpy.linalg.norm(row)


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def big_law(articles: int, title: str = "山塘水库巡查规定", word: str = "水库") -> str:
    """A law of many articles, each of which says something of its own."""
    lines = [f"# {title}", "2020年1月1日 云溪县人民政府公布"]
    lines += [
        f"第{number}条 {word}第{number}号巡查点每{number}日巡查一次，记录编号为{number * 7}。"
        for number in range(1, articles + 1)
    ]
    return "\n\n".join(lines)
