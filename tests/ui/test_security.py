"""What the page must never do: read files nobody uploaded, fetch addresses, tell a key, run what a spreadsheet says."""

import http.client
import json
import logging
import re
import secrets
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from endpoint import endpoint, fails

from assistant.configuring import change_settings, try_settings
from assistant.errors import InputError
from assistant.evidence import export_evidence
from assistant.periods import year_of
from assistant.permissions import LOCAL
from assistant.records import ReportKind
from assistant.settings import load_settings
from assistant.workflow import import_ledger, write_draft
from assistant.workspace import open_workspace
from ui.settings_view import FIELDS, about_html
from ui.uploads import SHEETS, TEXTS, accepted

ROOT = Path(__file__).resolve().parents[2]
LEDGERS = sorted(path for path in (ROOT / "corpus" / "ledger").glob("*.*") if path.is_file())
KEY = "sk-" + "k3y" * 8


def asked(address, method, path, body=None, headers=None):
    """Status and text of a plain request, as another program would send it."""
    where = urlsplit(address)
    with closing(http.client.HTTPConnection(where.hostname, where.port, timeout=30)) as connection:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


def imported(address, path):
    """What the page answers to a request that calls the file at `path` an uploaded ledger."""
    config = json.loads(asked(address, "GET", "/config")[1])
    upload = next(each for each in config["components"] if each["props"].get("elem_id") == "ledger-upload")
    event = next(each for each in config["dependencies"] if each["targets"] == [[upload["id"], "upload"]])
    file = {"path": path, "orig_name": "台账.csv", "meta": {"_type": "gradio.FileData"}}
    session = secrets.token_hex(6)
    body = {"data": [[file], 0], "fn_index": event["id"], "session_hash": session, "trigger_id": upload["id"]}
    headers = {"Content-Type": "application/json"}
    status, told = asked(address, "POST", "/gradio_api/queue/join", json.dumps(body), headers)
    assert status == 200, told
    said = asked(address, "GET", f"/gradio_api/queue/data?session_hash={session}")[1]
    return next(json.loads(line[5:]) for line in said.splitlines() if "process_completed" in line)


@pytest.fixture
def listener():
    """A web server on loopback that only notes what it is asked for."""
    came = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self):
            came.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", came
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_a_file_nobody_uploaded_is_not_read_whatever_a_request_says(address, served_folder):
    secret = served_folder / "别人的.csv"
    secret.write_text("指标,单位,1月\n检查企业,家次,4321\n", encoding="utf-8")
    answer = imported(address, str(secret))
    assert answer["success"] is False
    assert "4321" not in json.dumps(answer)


@pytest.mark.browser
def test_an_address_in_place_of_a_file_is_not_fetched(address, listener):
    url, came = listener
    assert imported(address, f"{url}/台账.csv")["success"] is False
    assert came == []


@pytest.mark.browser
def test_a_name_that_leads_elsewhere_stays_in_the_upload_folder(address, served_folder):
    name = "../../../../outside.csv"
    body = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\na,b\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    status, told = asked(address, "POST", "/gradio_api/upload", body, headers)
    assert status == 200, told
    assert all(Path(path).is_relative_to(served_folder / "workspace" / "tmp") for path in json.loads(told))
    assert not list(served_folder.parent.glob("outside.csv"))


def test_what_is_accepted_was_uploaded_and_is_of_the_kind_expected(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp" / "a").mkdir(parents=True)
    inside, outside = tmp_path / "tmp" / "a" / "台账.csv", tmp_path / "台账.csv"
    for path in (inside, outside):
        path.write_text("a", encoding="utf-8")
    assert accepted([str(inside)], SHEETS) == [inside]
    (tmp_path / "tmp" / "link.csv").symlink_to(outside)
    for path in (outside, tmp_path / "tmp" / ".." / "台账.csv", tmp_path / "tmp" / "link.csv"):
        with pytest.raises(InputError, match="重新拖进来"):
            accepted([str(path)], SHEETS)
    with pytest.raises(InputError, match="不是这里能用的文件"):
        accepted([str(inside)], TEXTS)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    opened = open_workspace(load_settings(tmp_path_factory.mktemp("secure") / "workspace", embedding="none"))
    import_ledger(opened, LEDGERS)
    opened = change_settings(opened, {"llm_base_url": "http://127.0.0.1:9/v1", "llm_api_key": KEY}, LOCAL)[0]
    yield opened
    opened.close()


def test_a_key_is_in_no_page(workspace):
    told = "import json, sys; from pathlib import Path; from assistant.settings import load_settings; "
    told += "from assistant.workspace import open_workspace; from ui.page import lay_out; "
    told += "page = lay_out(open_workspace(load_settings(Path(sys.argv[1])))); print(json.dumps(page.get_config_file(), default=str))"
    done = subprocess.run(
        [sys.executable, "-c", told, str(workspace.folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "settings-llm_api_key" in done.stdout
    assert KEY not in done.stdout + done.stderr
    assert KEY not in about_html(workspace)


def test_what_the_page_fills_in_for_an_administrator_is_not_the_key(workspace):
    field = FIELDS["llm_api_key"]
    assert field.is_saved(workspace.settings)
    for may in (True, False):
        assert KEY not in str(field.shown(workspace.settings, may=may))


def test_a_key_is_in_no_message_and_no_log(workspace, caplog):
    caplog.set_level(logging.DEBUG)
    with endpoint(fails(401, message=f"Incorrect API key provided: {KEY}")) as server:
        given = {"llm_base_url": server.base_url, "llm_model": "m", "llm_api_key": KEY}
        trial = try_settings(workspace, given, LOCAL)
    assert KEY not in trial.message
    assert caplog.records and KEY not in "".join(record.getMessage() for record in caplog.records)
    assert KEY not in repr(workspace) + str(workspace.settings)


def test_a_key_is_in_nothing_that_is_taken_away(workspace, tmp_path):
    draft = write_draft(workspace, ReportKind.ANNUAL, year_of(2024), model="none")
    out = tmp_path / "证据.zip"
    export_evidence(workspace, draft.id, out)
    with zipfile.ZipFile(out) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert KEY.encode() not in held and b"llm_api_key" not in held


def test_a_key_is_in_no_table_of_the_database(workspace):
    for file in workspace.folder.glob("jushi.db*"):
        assert KEY.encode() not in file.read_bytes()


def test_a_password_in_the_databases_address_is_not_shown(tmp_path):
    settings = load_settings(tmp_path, database_url="postgresql+psycopg://jushi:s3cret@db/jushi")
    from dataclasses import replace

    opened = open_workspace(load_settings(tmp_path / "w"))
    html = about_html(replace(opened, settings=settings))
    assert "s3cret" not in html and "db/jushi" in html
    opened.close()


def test_no_cell_of_an_exported_sheet_is_run(tmp_path):
    from dataclasses import replace

    from assistant.export.workbook import export_facts_xlsx
    from assistant.ledger.facts import facts_from_rows

    rows = [{"topic": "检查", "indicator": "检查企业", "period": "2024", "value": "3", "unit": "家次"}]
    [fact, *_] = facts_from_rows(rows)
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']
    export_facts_xlsx(
        [replace(fact, id=f"f{number}", name=text, formula=text) for number, text in enumerate(evil)],
        tmp_path / "a.xlsx",
    )
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    texts = [cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)]
    assert not [cell for cell in texts if cell.data_type == "f"]
    marked = [cell for cell in texts if cell.value.startswith(("=", "+", "-", "@"))]
    assert marked and all(cell.quotePrefix for cell in marked)


def test_nothing_of_the_program_is_drawn_by_lot():
    drawing = re.compile(r"^\s*(?:import random|from random import)", re.MULTILINE)
    program = [*(ROOT / "assistant").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    assert not [path.name for path in program if drawing.search(path.read_text(encoding="utf-8"))]
