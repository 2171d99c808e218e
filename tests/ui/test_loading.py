import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import sys
from ui.loading import load_page_library
load_page_library()
import gradio
assert "pandas" not in sys.modules, "loaded though nobody asked for it"
from gradio import caching
assert caching.pd.DataFrame({"a": [1]}).shape == (1, 1)  # and there when somebody does
import pandas
assert caching.pd.DataFrame is pandas.DataFrame
gradio.Dropdown(label="x")
"""
MOUNTED = """
from ui.loading import load_page_library, services_left_unbuilt
load_page_library()
import gradio
from fastapi import FastAPI
from fastapi.testclient import TestClient
with services_left_unbuilt():
    with gradio.Blocks() as page:
        gradio.HTML("<b>here</b>")
    assert page.app is None, "built though nothing serves it"
with TestClient(gradio.mount_gradio_app(FastAPI(), page, path="/")) as client:
    assert "here" in client.get("/config").text
"""

LAID_OUT = """
import sys
from ui.loading import load_page_library
load_page_library()
import ui.page
assert "assistant.qa.answer" not in sys.modules, "loaded though nobody has asked a question"
"""


def test_the_page_library_is_loaded_without_what_the_page_does_not_use():
    run(CODE)


def test_a_page_is_served_by_the_one_service_that_is_built_for_it():
    run(MOUNTED)


def test_what_answers_questions_waits_for_the_first_one():
    run(LAID_OUT)


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
