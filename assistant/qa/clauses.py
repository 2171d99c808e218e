"""A question cut into what is asked one after the other, and the words that ask for nothing."""

from __future__ import annotations

import re

from assistant.qa import cues

_SENTENCES = re.compile(r"[？?。；;！!\n]+")
_COMMAS = re.compile(r"[，,、]")
_ASKING = (
    cues.REST, cues.SHARE, cues.MULTIPLE, cues.PERCENT, cues.CHANGE_FIRM, cues.AVERAGE, cues.VALUE, cues.WHETHER,
    cues.PLACE_ASKED, cues.TIME_ASKED, cues.SPREAD_ASKED,
)  # fmt: skip

#: Words that narrow nothing: how people talk around what they ask.
_IDLE = re.compile(
    "|".join(
        sorted(
            (
                "请问 请教 请 麻烦 帮我 帮忙 帮 给我 我想 想 知道 了解 问一下 问下 问 查一下 查询 看一下 看看 看 告诉 说说 说一下 说 讲 列出 列一下 列 统计 算一下 算算 算 汇总 "
                "一下 一下子 具体 大概 大约 到底 究竟 总共 一共 共计 累计 合计 总计 总 共 全部 所有 全 "
                "我们 咱们 咱 我 你 你们 本镇 全镇 我镇 镇里 镇上 镇 全乡 我乡 本乡 乡里 乡镇 本街道 全街道 街道 辖区内 辖区 全域 这里 这边 这 那边 那里 那么 那 这个 那个 单位 "
                "政府 镇政府 领导 有关 关于 对于 方面 情况 数据 数字 数量 数目 数 人数 次数 起数 份数 家数 户数 金额 台账 台帐 账上 记录 里面 里头 里 中 内 上面 上 下面 当中 其中 期间 "
                "时候 时间 时 以来 以内 为止 截至 截止 目前 现在 已经 已 曾 曾经 过去 往年 同期 同 期 "
                "开展 组织 举办 进行 完成 实施 落实 举行 推进 推动 搞 做 干 办 弄 发生 出现 存在 发 出 查 检查 工作 活动 安全生产 安全 生产 "
                "是不是 是否 有没有 有无 是 有 没有 没 不 了 过 的 地 得 着 吗 呢 吧 啊 呀 嘛 哦 么 呗 哈 也 都 就 才 还 又 再 却 只 仅 "
                "多少 几 多大 多 少 怎样 怎么样 怎么 如何 什么样 什么 哪些 哪个 哪 个 家 次 处 份 起 人 场 期 栋 户 条 块 名 元 钱 点 百分点 百分之 倍 成 率 比例 比重 "
                "与 和 跟 及 以及 或 或者 还是 并且 而且 并 同时 另外 此外 然后 分别 各自 各 每个 每 按 分 逐 "
                "比 较 相比 对比 比较 同比 环比 增长 增加 上升 提高 提升 下降 减少 降低 变化 增减 相差 差 高 低 涨 跌 升 降 增 减 少了 多了 幅度 趋势 "
                "占 最 前 名 位 排名 排行 排 第一 为 达到 达 到 至 在 从 自 由 把 被 将 给 向 对 于 以 等 之 其 均 平均 分布 "
                "年度 年 月份 月 季度 全年 今年 去年 半年 日 底 末 初 整个 当年 一年 "
                "截止到 到目前为止 请你 能不能 可以 可不可以 能 会 要 用 回答 想要 需要 应该 该 "
                "数值 总数 总量 总额 一点 一些 些 第 吗 好 来 去 下 起来 下来 出来 出去 下去 所 者 方 时段 阶段 部分 "
                "注 注意 按照 以 准 指 指的 即 报 上报 情形 结果 成果 成绩 表现 实际 实际上 真正 真 大家 各位 老百姓 群众 村民 队伍 "
                "有过 出过 发过 搞过 办过 开过 查过 超过 超 不到 达成 够 够不够 满 只有 仅有 起码 至少 "
            ).split(),
            key=lambda word: -len(word),
        )
    )
)
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")


def is_asking(text: str) -> bool:
    """Whether a piece of a question asks for anything itself."""
    return any(pattern.search(text) for pattern in _ASKING)


def clauses_of(question: str) -> list[str]:
    """What is asked one after the other; a piece that asks nothing itself belongs to its neighbour."""
    found: list[str] = []
    for sentence in _SENTENCES.split(question):
        if sentence.strip():
            found += _of_sentence(sentence.strip())
    return found


def _of_sentence(sentence: str) -> list[str]:
    pieces: list[str] = []
    waiting = ""
    for piece in _COMMAS.split(sentence):
        joined = f"{waiting}，{piece}" if waiting else piece
        if is_asking(piece):
            pieces.append(joined)
            waiting = ""
        else:
            waiting = joined
    if waiting.strip("， "):
        if pieces:
            pieces[-1] = f"{pieces[-1]}，{waiting}"
        else:
            pieces.append(waiting)
    return pieces


def leftover(text: str) -> tuple[str, ...]:
    """The words that are not idle: what would narrow a question to something else."""
    return tuple(_RUN.findall(_IDLE.sub("\u3000", text)))
