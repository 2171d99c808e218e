"""What the tests of the model writer share: a town's facts, a section to write, and what a sound section is."""

import re

from assistant.drafting.context import Context
from assistant.drafting.model_writer import writer_with
from assistant.drafting.sections import PastSection, Role, SectionSpec
from assistant.factcheck.check import check
from assistant.ledger.facts import facts_from_rows
from assistant.llm.openai_chat import Endpoint, EndpointModel
from assistant.periods import parse_period
from assistant.records import ReportKind, VerdictKind

PERIOD = parse_period("2024")
ROWS = [
    ("road.checks", "2024", "96"),
    ("road.persuaded", "2024", "1341"),
    ("road.persuaded", "2023", "1190"),
    ("road.violations", "2024", "133"),
    ("hazard.found", "2024", "83"),
    ("hazard.major_found", "2024", "2"),
    ("hazard.rectified", "2024", "81"),
    ("accident.count", "2024", "1"),
    ("accident.deaths", "2024", "0"),
]
FACTS = facts_from_rows([{"indicator": name, "period": period, "value": value} for name, period, value in ROWS])
CONTEXT = Context(ReportKind.ANNUAL, PERIOD, "禾丰镇", past_period=parse_period("2023"), past_unit="禾丰镇")
ROAD = SectionSpec(
    "02.02",
    "道路交通安全",
    2,
    Role.WORK,
    ("道路交通",),
    ("road.checks", "road.persuaded", "road.violations"),
    length=160,
)
PAST = PastSection(
    "道路交通安全",
    2,
    "（二）",
    Role.WORK,
    (
        "配合交警中队开展整治，加强路检路查。全年劝导交通违法1190人次，查处90起。充分发挥劝导站的作用，在赶集日上路值守，严查三轮车违法载人。",
    ),
)
LEFTOVERS = re.compile(r"[{}#*]|占位符|N家|N处")


def write(model, spec=ROAD, past=PAST, facts=FACTS, **wishes):
    return writer_with(model, **wishes)(spec, facts, past, CONTEXT)


def model_at(server, **settings):
    settings = {"timeout": 5.0, "retries": 1, **settings}
    return EndpointModel(Endpoint(server.base_url, "test", **settings), sleep=lambda _seconds: None)


def is_sound(section, facts=FACTS):
    """Every figure is supported, nothing of the machinery is left, no sentence stands twice."""
    verdicts = {verdict.verdict for verdict in check(section.text, facts, PERIOD).verdicts}
    assert verdicts <= {VerdictKind.SUPPORTED, VerdictKind.APPROX_OK}, section.text
    assert not LEFTOVERS.search(section.text), section.text
    sentences = [sentence for sentence in section.text.split("。") if len(sentence) > 6]
    assert len(sentences) == len(set(sentences))
    return True
