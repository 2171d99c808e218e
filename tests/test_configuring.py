"""Settings changed by a person: checked first, kept with their comments, keys with care; models tried before they are relied on."""

import json
import stat

import pytest
from endpoint import answers, endpoint, fails

from assistant.configuring import (
    add_own_indicator,
    change_settings,
    models_on_offer,
    remove_own_indicator,
    try_settings,
)
from assistant.errors import Forbidden, InputError, ModelUnreachable, RegistryError, SettingsError
from assistant.llm.trying import Outcome
from assistant.permissions import LOCAL, Actor, Role
from assistant.records import Aggregation, Indicator
from assistant.settings import load_settings
from assistant.store import audit
from assistant.workspace import open_workspace

SECRET = "sk-a-very-secret-key"


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(load_settings(tmp_path / "workspace"))
    yield opened
    opened.close()


@pytest.fixture
def file(workspace):
    return workspace.folder / "jushi.toml"


def change(workspace, actor=LOCAL, **given):
    return change_settings(workspace, given, actor)[0]


def test_what_is_changed_is_in_force_kept_and_logged(workspace, file):
    changed, names = change_settings(workspace, {"unit_name": "青梧镇", "llm_timeout": "30", "llm_retries": "2"}, LOCAL)
    assert names == ["unit_name", "llm_timeout"]  # two retries are what there is without being set
    assert (changed.settings.unit_name, changed.settings.llm_timeout) == ("青梧镇", 30)
    again = load_settings(workspace.folder)
    assert (again.unit_name, again.llm_timeout) == ("青梧镇", 30)
    [entry] = audit.entries(workspace.engine, action="settings")
    assert (entry.actor, entry.subject) == ("本机用户", "unit_name、llm_timeout")


def test_comments_and_order_of_the_file_stay(workspace, file):
    file.write_text('# 我们的设置\nunit_name = "旧镇"  # 去年的名称\nllm_timeout = 60\n', encoding="utf-8")
    opened = open_workspace(load_settings(workspace.folder))
    change(opened, unit_name="青梧镇", llm_price_in="0.002")
    assert file.read_text(encoding="utf-8") == (
        '# 我们的设置\nunit_name = "青梧镇"  # 去年的名称\nllm_timeout = 60\nllm_price_in = 0.002\n'
    )
    assert str(load_settings(workspace.folder).llm_price_in) == "0.002"
    opened.close()


def test_what_is_emptied_goes_back_to_what_it_is_by_itself(workspace, file):
    changed = change(workspace, unit_name="青梧镇", llm_timeout="30")
    changed = change(changed, unit_name="", llm_timeout="")
    assert file.read_text(encoding="utf-8") == ""
    assert (changed.settings.unit_name, changed.settings.llm_timeout) == ("", 120)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"llm_timeout": "0"}, "llm_timeout"),
        ({"llm_timeout": "很久"}, "不是整数"),
        ({"llm_price_in": "便宜"}, "不是数字"),
        ({"llm_base_url": "127.0.0.1:11434"}, "http://"),
        ({"llm_base_url": "http://user:pass@127.0.0.1/v1"}, "密钥一栏"),
        ({"embedding": "魔法"}, "不认识"),
        ({"database_url": "sqlite://"}, "不能在这里改"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(workspace, file, given, word):
    with pytest.raises(SettingsError, match=word):
        change(workspace, unit_name="青梧镇", **given)
    assert not file.exists()


def test_a_file_that_is_no_toml_is_left_alone(workspace, file):
    file.write_text("a = = 1", encoding="utf-8")
    with pytest.raises(SettingsError, match="TOML"):
        change(workspace, unit_name="青梧镇")
    assert file.read_text(encoding="utf-8") == "a = = 1"


def test_what_the_environment_sets_is_not_changed_here(workspace, file, monkeypatch):
    monkeypatch.setenv("JUSHI_UNIT_NAME", "环境镇")
    with pytest.raises(SettingsError, match="JUSHI_UNIT_NAME 由环境变量设定"):
        change(workspace, unit_name="青梧镇")
    assert not file.exists()


def test_a_key_is_readable_by_its_owner_alone_and_told_to_nobody(workspace, file):
    changed = change(workspace, llm_api_key=SECRET)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert changed.settings.llm_api_key.get_secret_value() == SECRET
    assert SECRET not in repr(changed) and SECRET not in str(audit.entries(workspace.engine))
    assert change(changed, llm_api_key="").settings.llm_api_key.get_secret_value() == SECRET  # not typed: it stays
    assert change(changed, llm_api_key=None).settings.llm_api_key.get_secret_value() == ""
    assert SECRET not in file.read_text(encoding="utf-8")


def test_a_key_does_not_go_along_to_another_host(workspace, file):
    changed = change(workspace, llm_base_url="https://a.example/v1", llm_api_key=SECRET)
    kept = change(changed, llm_base_url="https://a.example/v2")
    assert kept.settings.llm_api_key.get_secret_value() == SECRET
    moved = change(kept, llm_base_url="https://b.example/v1")
    assert moved.settings.llm_api_key.get_secret_value() == ""
    assert SECRET not in file.read_text(encoding="utf-8")


def test_a_trial_of_another_address_does_not_get_the_saved_key(workspace):
    changed = change(workspace, llm_base_url="https://a.example/v1", llm_api_key=SECRET)
    with endpoint(answers("好")) as server:
        trial = try_settings(changed, {"llm_base_url": server.base_url, "llm_model": "m"}, LOCAL)
    assert trial.outcome is Outcome.WORKS
    assert SECRET not in json.dumps([request.headers for request in server.requests])


def test_a_model_that_answers_works(workspace):
    with endpoint(answers("好")) as server:
        trial = try_settings(workspace, {"llm_base_url": server.base_url, "llm_model": "小模型"}, LOCAL)
    assert trial.outcome is Outcome.WORKS and "小模型" in trial.message
    assert not (workspace.folder / "jushi.toml").exists()


def test_nobody_at_the_address_is_said_in_a_sentence(workspace):
    with endpoint(answers("好")) as server:
        address = server.base_url
    trial = try_settings(workspace, {"llm_base_url": address, "llm_model": "m"}, LOCAL)
    assert trial.outcome is Outcome.UNREACHABLE and "地址和端口" in trial.message
    with pytest.raises(ModelUnreachable):
        models_on_offer(workspace, {"llm_base_url": address}, LOCAL)


@pytest.mark.parametrize(
    ("status", "outcome"), [(401, Outcome.KEY_REFUSED), (404, Outcome.MODEL_UNKNOWN), (400, Outcome.OTHER)]
)
def test_a_refusal_says_what_is_refused_and_never_the_key(workspace, status, outcome):
    with endpoint(fails(status, message=f"no, not with {SECRET}")) as server:
        given = {"llm_base_url": server.base_url, "llm_model": "m", "llm_api_key": SECRET}
        trial = try_settings(workspace, given, LOCAL)
    assert trial.outcome is outcome
    assert SECRET not in trial.message and "请" in trial.message


def test_the_models_of_an_endpoint_can_be_chosen_from(workspace):
    with endpoint(fails(404, message="no such model")) as server:
        server.models = ["qwen3:8b", "glm-4"]
        assert models_on_offer(workspace, {"llm_base_url": server.base_url}, LOCAL) == ("qwen3:8b", "glm-4")
        trial = try_settings(workspace, {"llm_base_url": server.base_url, "llm_model": "qwen"}, LOCAL)
    assert trial.outcome is Outcome.MODEL_UNKNOWN and "qwen3:8b、glm-4" in trial.message


def test_without_an_address_there_is_nothing_to_try(workspace):
    with pytest.raises(SettingsError, match="还没有填"):
        try_settings(workspace, {}, LOCAL)
    with pytest.raises(SettingsError, match="还没有填模型服务地址"):
        models_on_offer(workspace, {}, LOCAL)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.REVIEWER, Role.READER])
def test_only_who_sees_to_the_settings_may_touch_or_try_them(workspace, role):
    other = Actor("li", role)
    for act in (
        lambda: change(workspace, other, unit_name="x"),
        lambda: try_settings(workspace, {}, other),
        lambda: models_on_offer(workspace, {}, other),
        lambda: add_own_indicator(workspace, POINTS, other),
        lambda: remove_own_indicator(workspace, "own.1", other),
    ):
        with pytest.raises(Forbidden):
            act()


POINTS = Indicator("", "消防", "检查充电桩", "处", Aggregation.SUM, ("充电桩检查数",))


def test_a_towns_own_indicator_is_known_at_once_and_can_go_again(workspace):
    changed, figures = add_own_indicator(workspace, POINTS, LOCAL)
    assert changed.registry.find("充电桩检查数").id == "own.1"
    assert figures == ()
    changed, _ = add_own_indicator(changed, Indicator("", "消防", "换电柜", "个", Aggregation.LAST), LOCAL)
    assert changed.registry.find("换电柜").id == "own.2"
    changed, _ = remove_own_indicator(changed, "own.1", LOCAL)
    assert changed.registry.find("检查充电桩") is None and changed.registry.find("换电柜")
    with pytest.raises(InputError, match="不是本单位自己加的"):
        remove_own_indicator(changed, "hazard.found", LOCAL)


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        (Indicator("", "消防", "", "处", Aggregation.SUM), "没有名称"),
        (Indicator("", "消防", "检查企业", "处", Aggregation.SUM), "同时属于"),
        (Indicator("", "", "换电柜", "个", Aggregation.SUM), "“换电柜”没有选领域"),
        (Indicator("", "消防", "换电柜", "", Aggregation.SUM), "“换电柜”没有写单位"),
        (Indicator("", "消防", "换电柜率", "%", Aggregation.RATIO, formula="a / b"), "公式"),
        (Indicator("", "消防", "=1+1", "个", Aggregation.SUM), "不能用"),
        (Indicator("", "消防", "换电柜", "个", Aggregation.SUM, ("@SUM(A1)",)), "不能用"),
        (Indicator("", "消防", "换\n电柜", "个", Aggregation.SUM), "不能用"),
    ],
)
def test_an_indicator_that_does_not_hold_is_named_and_nothing_is_saved(workspace, entry, word):
    with pytest.raises(RegistryError, match=word):
        add_own_indicator(workspace, entry, LOCAL)
    assert not (workspace.folder / "indicators.csv").exists()
