"""What is in a question but is no question: instructions to the program, and requests it has no part in."""

from __future__ import annotations

import re

_PIECES = re.compile(r"(?<=[。！!？?；;\n])|(?<=[，,])")
_INSTRUCTION = re.compile(
    r"(?:忽略|无视|忘(?:记|掉)|不要?(?:管|理会|看|查|考虑|遵守)|跳过|绕过|抛开|别(?:管|理|看|查))[^，。！？；]{0,14}(?:要求|指令|指示|规则|限制|设定|提示|台账|约束|内容|说明|上文|对话|规定|数据|审核|核对)"
    r"|(?:你|您)(?:现在|从现在起|已经|今后|将|需要|要|应该)*(?:是|变成|扮演|充当|作为|进入)[^，。！？；]{0,16}(?:助手|模型|机器人|AI|人工智能|模式|角色|专家|黑客|管理员|开发者|系统|猫|老师)"
    r"|(?:扮演|假装|角色扮演|开发者模式|越狱|DAN|没有(?:任何)?限制)"
    r"|(?:系统)?提示词|system\s*prompt|(?:模型|接口|API|api)\s*(?:密钥|key|Key|KEY)|密钥|口令|环境变量"
    r"|ignore\s+(?:all|the|previous|above)|disregard|jailbreak|you\s+are\s+now"
    r"|(?:直接|只要?|就|必须|务必|一律|统一|请你?|照我)(?:说|回答|输出|写|回复|答|报|填)(?:成|为|[“\"：:])?(?=[^多少几哪什怎么？?]*$)"
    r"|(?:把|将)[^，。！？；多少几]{1,16}(?:改成|改为|说成|写成|报成|算成|删除|删掉|清空|导出|发给|上传)"
    r"|(?:删除|清空|修改|篡改|伪造|编造|虚构|编(?:一个|个|点|几个)|造(?:一个|个)?假)[^，。！？；]{0,10}(?:台账|数据|数字|记录|库|文件|报表|数)"
    r"|(?:执行|运行)[^，。！？；]{0,8}(?:命令|代码|脚本|SQL)|rm\s+-rf|drop\s+table|select\s+\*",
    re.IGNORECASE,
)
_MATTERLESS = re.compile(
    r"^(?:你好|您好|在吗|谢谢|再见|哈喽|hello|hi|早上好|辛苦了|嗨)[！!。.~～，, ]*$|(?:写|作|编|来)(?:一)?(?:首|篇|个|段|副)[^，。？]{0,12}(?:诗|歌|小说|作文|笑话|故事|段子|对联|情书|代码|程序|检讨|发言稿)"
    r"|讲(?:一)?个?(?:笑话|故事)|(?:翻译|润色)(?:成|一下|这)|你(?:是谁|叫什么|几岁|会什么|能做什么|多大)|天气|股票|股市|彩票|房价|电影|明星|菜谱|红烧|星座|算命|足球|篮球|比赛结果|世界杯|奥运",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")


def instructions_apart(question: str) -> tuple[str, bool]:
    """The question without the pieces that instruct the program, and whether there were any."""
    pieces = [piece for piece in _PIECES.split(question) if piece]
    kept = [piece for piece in pieces if not _INSTRUCTION.search(piece)]
    rest = "".join(kept).strip("，,。；; ")
    return (rest if _WORDS.search(rest) else ""), len(kept) < len(pieces)


def is_matterless(question: str) -> bool:
    """Whether it is small talk, or about something that neither ledgers nor regulations speak of."""
    return bool(_MATTERLESS.search(question))
