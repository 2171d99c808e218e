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
PASSED_ON = """
import sys
from ui.loading import load_page_library
load_page_library()
import gradio
assert not {"gradio.cli", "gradio.external", "gradio.workflow", "httpx._main", "rich"} & set(sys.modules)
try:
    gradio.load(None, src=lambda name, token: gradio.Blocks(title=name)).title
except TypeError:
    pass  # its own complaint: the real function has been called
assert "gradio.external" in sys.modules, "not there when it is called"
from gradio.cli import deploy
from gradio.workflow import Workflow
import httpx
assert isinstance(Workflow, type) and callable(deploy) and callable(httpx.main)
"""
TRUSTED = """
import ssl
making = ssl.create_default_context
from ui.loading import load_page_library
load_page_library()
from gradio import processing_utils
context = processing_utils.sync_client._transport._pool._ssl_context
assert not context.get_ca_certs() and context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname
assert ssl.create_default_context is making, "models are asked by clients that trust whom this machine trusts"
"""
MOUNTED = """
from ui.loading import left_undescribed, load_page_library, services_left_unbuilt
load_page_library()
import gradio
from fastapi import FastAPI
from fastapi.testclient import TestClient
with services_left_unbuilt(), left_undescribed():
    with gradio.Blocks() as page:
        gradio.HTML("<b>here</b>")
    assert page.app is None, "built though nothing serves it"
    assert not page.config, "described though it is not settled yet"
with left_undescribed():
    frame = gradio.mount_gradio_app(FastAPI(), page, path="/")
page.config = page.get_config_file()
with TestClient(frame) as client:
    assert "here" in client.get("/config").text
"""

LAID_OUT = """
import sys
from ui.loading import load_page_library
load_page_library()
import ui.app, ui.page
later = (
    "assistant.qa.answer", "assistant.drafting.draft", "assistant.outlining", "assistant.factcheck.check", "assistant.alignment",
    "assistant.ledger.importing", "assistant.ledger.pictures", "assistant.retrieval.loaders", "assistant.office",
)
early = [name for name in later if name in sys.modules]
assert not early, f"loaded before anybody reads, writes or checks anything: {early}"
"""


def test_the_page_library_is_loaded_without_what_the_page_does_not_use():
    run(CODE)


def test_what_the_library_only_passes_on_is_loaded_when_it_is_called():
    run(PASSED_ON)


def test_the_library_s_own_clients_trust_no_server_and_everybody_else_s_do():
    run(TRUSTED)


def test_a_page_is_served_by_the_one_service_that_is_built_for_it():
    run(MOUNTED)


def test_what_reads_writes_checks_and_answers_waits_until_somebody_asks_for_it():
    run(LAID_OUT)


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
