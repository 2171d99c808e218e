"""设置 in a real browser: a model is tried and chosen from its list, a key is saved and never seen again, an indicator counts at once."""

import stat

import openpyxl
import pytest

pytestmark = pytest.mark.browser

KEY = "sk-" + "t0p" * 8


def open_tab(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def field(page, name):
    return page.locator(f"#settings-{name}").locator("input, textarea").first


def said(page, text):
    return page.locator("#settings-said", has_text=text)


@pytest.fixture
def settings(page, served_folder):
    """The page on its settings; what was changed is put back when the test is over."""
    open_tab(page, "设置")
    field(page, "unit_name").wait_for()
    yield page
    (served_folder / "workspace" / "jushi.toml").unlink(missing_ok=True)


def test_what_the_environment_sets_is_shown_and_cannot_be_changed(settings):
    assert field(settings, "llm_model").input_value() == "test-model"
    assert "JUSHI_LLM_MODEL" in settings.locator("#settings-llm_model").inner_text()
    assert field(settings, "llm_model").is_disabled()


def test_a_key_is_saved_and_never_seen_again(settings, served_folder, address):
    field(settings, "llm_api_key").fill(KEY)
    field(settings, "unit_name").fill("清河镇")
    settings.locator("#settings-save").click()
    said(settings, "已保存").wait_for()
    settings.wait_for_function("() => document.querySelector('#settings-llm_api_key input').value === ''")
    file = served_folder / "workspace" / "jushi.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and KEY in file.read_text(encoding="utf-8")

    answered = []
    settings.goto("about:blank")  # what the page before was still answered cannot be read any more
    settings.on("response", lambda response: answered.append(response))
    settings.goto(address)
    open_tab(settings, "设置")
    settings.locator("#settings-llm_api_key input[placeholder*='已保存']").wait_for()
    assert field(settings, "unit_name").input_value() == "清河镇"
    assert KEY not in settings.content()
    bodies = [each.text() for each in answered if "json" in each.headers.get("content-type", "")]
    assert bodies and not [body for body in bodies if KEY in body]
    assert KEY not in (served_folder / "log").read_text(encoding="utf-8")

    settings.get_by_role("checkbox", name="删除已保存的密钥").first.check()
    field(settings, "unit_name").fill("")
    settings.locator("#settings-save").click()
    said(settings, "已保存").wait_for()
    assert KEY not in file.read_text(encoding="utf-8")


def test_the_model_in_use_is_tried_with_a_plain_answer(settings, model):
    settings.locator("#settings-test").click()
    said(settings, "可以用").wait_for()
    assert "test-model" in settings.locator("#settings-said").inner_text()


def test_an_indicator_of_the_towns_own_counts_at_once(settings, tmp_path):
    book = openpyxl.Workbook()
    for row in (["2020年充电桩检查台账"], ["检查日期", "检查充电桩数（处）"], ["2020.3.5", 8], ["2020.4.5", 7]):
        book.active.append(row)
    book.save(tmp_path / "2020年充电桩.xlsx")
    open_tab(settings, "台账")
    settings.locator("#ledger-upload input[type=file]").set_input_files(str(tmp_path / "2020年充电桩.xlsx"))
    settings.locator("#ledger-said, [data-testid=toast-body]").filter(has_text="读").first.wait_for()

    open_tab(settings, "设置")
    open_tab(settings, "指标字典")
    settings.get_by_role("button", name="添加本单位自己的指标").click()
    for name, text in (("name", "检查充电桩"), ("unit", "处"), ("aliases", "检查充电桩数")):
        settings.locator(f"#dictionary-{name}").locator("input, textarea").first.fill(text)
    settings.locator("#dictionary-topic input").fill("消防")
    settings.keyboard.press("Enter")
    settings.locator("#dictionary-save").click()
    settings.locator("#dictionary-said", has_text="2020年检查充电桩15处").wait_for()

    settings.on("dialog", lambda dialog: dialog.accept())
    settings.locator("#dictionary [data-drop]").first.click()
    settings.locator("#dictionary-said", has_text="已删除").wait_for()
    assert "检查充电桩" not in settings.locator("#dictionary table").inner_text()
