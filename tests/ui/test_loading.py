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


def test_the_page_library_is_loaded_without_what_the_page_does_not_use():
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
