"""Questions about regulations: what they name looked up, else searched; answered by quotes, best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic

from assistant.llm.chat import ChatModel, never
from assistant.qa import declining, saying, support
from assistant.qa.ask import Ask
from assistant.qa.desk import Desk
from assistant.qa.modelled import worded
from assistant.records import Answer, Citation, Hit, Notice, Passage, Severity, SourceKind

_QUOTED_LAW = re.compile(r"《([^《》]{2,40})》")
_BARE_LAW = re.compile(
    r"(?:[\u4e00-\u9fff]{1,22})(?:法典|法|条例|办法|细则|规定)(?=第|里|中|上|规定|对|有没有|是否|哪|怎么|要求|关于|，|,|的|$|？|说|明确|是)"
)
_NOT_LAW = re.compile(
    r"(?:违|执|司|守|合|非|方|没|想|做|说|看|用|普|立|无|依|犯|办|手|设|宪|按|书|语|乘|加|减|枪|魔)法$|(?<!管理)(?<!实施)办法$|^(?:什么|哪些|哪个|有|没有|国家|法律|法规|相关|有关|是否|怎么)?(?:的)?规定$"
)
_ARTICLE = re.compile(r"第\s*[\d一二三四五六七八九十百零两]+\s*条")
_LEGAL = re.compile(
    r"法律|法规|法定|规定|条例|条款|哪[一几]?条|依据|违法(?!行为)|犯法|合法|刑事|坐牢|判刑|怎么[罚处]|如何处[罚理]|罚多少|处罚(?:标准|多少|什么)|会(?:被|怎么|受|挨|不会被)?(?:罚|处罚|处理|拘留|吊销)|要(?:被)?罚|挨罚|吊销"
    r"|后果|责任(?!书|状)|应当|应该(?!签)|必须|得(?:有|要|由)(?:人)?|需要|要不要|能不能|可不可以|可以[^，。]{0,16}吗|能[^，。]{0,12}吗|允许|禁止|不准|准不准|行不行|算不算|算[^，。]{0,8}吗|有没有(?:权|奖|义务|资格)|有权|权利|权力|义务|职责|资质|资格|许可|备案|审批|手续"
    r"|谁(?:来)?(?:负责|管|承担|处理|调查)|归(?:谁|哪)|哪(?:个|些|一级)?(?:部门|单位|机关|级)|向(?:谁|哪)|报告给|找谁|多久|多长时间|(?<!哪)几(?:小时|天|日|年|个月)|(?:多少|几)个?(?:天|日|小时|工作日|分钟)(?:之)?内|提前|多快|时速|限速|期限|时限|标准|条件|怎么(?:办|管|处理|报|认定|申请|赔)|如何(?:办理|管理|认定|申请|处置|报告)|赔偿|赔多少|罚款(?:吗|标准)|怎样才|干(?:什么|哪些|啥)|做(?:什么|哪些)|哪些(?:情形|条件|内容|义务|职责|要求|措施|行为)|是什么意思|是指什么|是指|指的是|才算|等级|划分|分(?:为)?几[级类等]|什么叫|定义|什么是|(?:特别重大|重大|较大|一般)事故(?:就?是|指|算|怎么|如何|标准)"
)
_CITED = 5
_POOL = 20  # passages looked at
_PENALTY, _NO_PENALTY, _NO_AMOUNT, _ONE_PLACE = 200, 100, 120, 100  # points; measured on evals/regulations.csv
_NEAR = 5  # tenths of the best hit's points below which others are not cited
_TITLE = re.compile(r"^(?:中华人民共和国)")
_LOCAL = re.compile(r"^[\u4e00-\u9fff]{2,9}?(?:省|市|自治区|自治州|特区|县|区)(?!域)")


def is_legal(question: str) -> bool:
    """Whether it asks what is allowed, required, punished or whose task it is."""
    return bool(_LEGAL.search(question)) or bool(_ARTICLE.search(question)) or "《" in question


def names_law(question: str, desk: Desk) -> bool:
    """Whether it names a law or an article."""
    if _ARTICLE.search(question) or _QUOTED_LAW.search(question):
        return True
    if _bare_laws(question):
        return True
    return bool(desk.find_article and desk.find_article(question))


def _bare_laws(question: str) -> list[str]:
    found = [match[0] for match in _BARE_LAW.finditer(question)]
    return [name for name in found if not _NOT_LAW.search(name) and name not in ("规定", "办法", "法")]


def answer_regulation(
    question: str,
    desk: Desk,
    model: ChatModel | None = None,
    cancelled: Callable[[], bool] = never,
    *,
    asks: Sequence[Ask] = (),
) -> Answer:
    """The articles that answer a question, quoted; or that none does, and the nearest one."""
    began = monotonic()
    if desk.search is None:
        return declining.not_in_ledger(asks, desk) if asks and not is_legal(question) else declining.no_library()
    law = _law_of(question, desk)
    if law is None:
        quoted = _QUOTED_LAW.search(question)
        return declining.no_rule(None, f"没有导入{quoted[0] if quoted else '这部法规'}")
    named = list(desk.find_article(question))[:_CITED] if desk.find_article else []
    if _ARTICLE.search(question) and not named:
        return declining.no_rule(None, "没有这一条")
    if named and not support.asks_more(question):
        return declining.timed(_quoted(question, named, model, cancelled, exact=True), began)
    found = desk.search(question, kind=SourceKind.LAW, law=law or None, limit=_POOL)
    hits = _ranked(question, found, desk)
    why = "" if named else support.unsupported(question, hits, legal=is_legal(question), law=bool(law))
    if why or not (hits or named):
        return declining.no_rule(hits[0].passage if hits else None, why or "没有找到有关的条文")
    passages = list(
        dict.fromkeys(
            [*named, *(hit.passage for hit in hits if hit.score * 10 >= hits[0].score * _NEAR or hit is hits[0])]
        )
    )[: max(_CITED, len(named))]
    return declining.timed(_quoted(question, passages, model, cancelled, exact=bool(named)), began)


def _law_of(question: str, desk: Desk) -> str | None:
    """The law a question names, "" for none; None for one that is not imported."""
    assert desk.search is not None
    quoted = _QUOTED_LAW.search(question)
    if quoted:
        return quoted[1] if desk.search(question, law=quoted[1], limit=1) else None
    for name in _bare_laws(question):
        for start in range(len(name) - 1):
            if desk.search(question, law=name[start:], limit=1):
                return name[start:]
        if re.search(re.escape(name) + r"(?:第|里|中|规定|上|关于|要求|对|，|,)", question) and not re.search(
            r"什么|哪[些部个]|有关|相关|国家", name
        ):
            return None
    return ""


def _ranked(question: str, hits: Sequence[Hit], desk: Desk) -> list[Hit]:
    """Penalties first where they are asked for and last where not; national law before that of other places."""
    unit = support.answer_pattern(question)
    punished = bool(support.PENALTY.search(question))

    def points(hit: Hit) -> int:
        passage, score = hit.passage, hit.score
        liability = any("法律责任" in part or "罚则" in part for part in passage.path)
        if punished and (liability or support.PUNISHES.search(passage.text)):
            score += _PENALTY
        elif liability and not punished:
            score -= _NO_PENALTY
        if _LOCAL.match(passage.title) and not (desk.town and passage.title.startswith(desk.town[:2])):
            score -= _ONE_PLACE
        if unit is not None and not unit.search(passage.text):
            score -= _NO_AMOUNT
        return score

    return sorted((replace(hit, score=points(hit)) for hit in hits), key=lambda hit: -hit.score)


def _quoted(
    question: str, passages: Sequence[Passage], model: ChatModel | None, cancelled: Callable[[], bool], *, exact: bool
) -> Answer:
    citations = tuple(_citation(passage) for passage in passages)
    plain = Answer(_quotes_text(passages, citations, exact=exact), citations=citations, notices=_notices(passages))
    return worded(question, plain, model, cancelled) if model is not None else plain


def _citation(passage: Passage) -> Citation:
    return Citation(
        law=_TITLE.sub("", passage.title) if passage.kind is SourceKind.LAW else passage.title,
        article=saying.article_name(passage.article) if passage.article else "",
        version=passage.version,
        quote=passage.text,
        source=passage.source,
        passage=passage.id,
    )


def _quotes_text(passages: Sequence[Passage], citations: Sequence[Citation], *, exact: bool) -> str:
    """The best article in full, the others by name."""
    first, others = citations[0], citations[1:]
    shown = citations if exact else (first,)
    lines = [
        f"《{each.law}》{each.article}（{_version(each, passage)}）：“{each.quote}”"
        for each, passage in zip(shown, passages, strict=False)
    ]
    if others and not exact:
        lines.append("另可参看：" + "、".join(f"《{each.law}》{each.article}" for each in others) + "。")
    return "\n".join(lines)


def _version(citation: Citation, passage: Passage) -> str:
    state = "" if passage.in_force else "，已被新版本取代"
    return (f"{citation.version}版" if citation.version else "版本不详") + state


def _notices(passages: Sequence[Passage]) -> tuple[Notice, ...]:
    old = [passage for passage in passages if not passage.in_force]
    return tuple(
        Notice(
            Severity.WARNING,
            "superseded",
            f"《{passage.title}》{passage.version}版已不是现行文本，引用前请核对新版本。",
        )
        for passage in old
    )


def renumbered(answer: Answer, order: Sequence[int]) -> Answer:
    """The answer with its citations in another order."""
    return replace(answer, citations=tuple(answer.citations[index] for index in order))
