"""Every kind of edit, out to Word and back: all found, none invented. `python -m evals.roundtrip` does it at length."""

from dataclasses import replace

import pytest

from assistant.export.lines import draft_lines
from assistant.office import soffice
from assistant.store import drafts
from assistant.wordfiles import accept_proposals, export_word, import_word
from evals.office_edits import edit_with_libreoffice, edit_xml
from evals.roundtrip import judge
from evals.roundtrip_kinds import KINDS
from evals.roundtrip_picker import Picker
from tests.wordfiles.parts import LONG, report, save

DRAFT = "annual-2024-2"
SAVED_BY_LIBREOFFICE = ("_figure", "_moved_away", "_split", "_joined", "_tracked")


@pytest.fixture
def source(town, tmp_path):
    save(town, replace(report(DRAFT), sections=LONG))
    export_word(town, DRAFT, tmp_path / "source.docx", annex=True)
    return tmp_path / "source.docx"


def case_of(town, make, seed=1):
    return make(Picker(draft_lines(drafts.load_draft(town.engine, DRAFT)), seed))


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_an_edit_is_found_and_nothing_invented(town, source, tmp_path, make):
    case = case_of(town, make)
    path = tmp_path / "改稿.docx"
    path.write_bytes(edit_xml(source.read_bytes(), case.operations))
    returned = import_word(town, path)
    result = judge(case, "XML", returned)
    assert (result.missed, result.invented, result.faithful) == ((), (), True)
    accept_proposals(town, returned, [each.number for each in returned.proposals], author="张文秘")
    assert import_word(town, path).proposals == ()


@pytest.mark.office
@pytest.mark.skipif(soffice.find_soffice() is None, reason="LibreOffice is not installed")
def test_edits_made_and_saved_by_libreoffice_are_found(town, source, tmp_path):
    wanted = [case_of(town, make) for make in KINDS if make.__name__ in SAVED_BY_LIBREOFFICE]
    paths = [tmp_path / f"{number}.docx" for number in range(len(wanted) + 1)]
    jobs = [(source, path, case.operations) for case, path in zip(wanted, paths[1:], strict=True)]
    edit_with_libreoffice([(source, paths[0], ()), *jobs])
    assert import_word(town, paths[0]).proposals == ()
    for case, path in zip(wanted, paths[1:], strict=True):
        result = judge(case, "LibreOffice", import_word(town, path))
        assert (case.kind, result.missed, result.invented, result.faithful) == (case.kind, (), (), True)


@pytest.mark.office
@pytest.mark.skipif(soffice.find_soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["doc", "odt"])
def test_a_file_saved_in_an_older_or_another_format_comes_back(town, source, tmp_path, ending):
    path = tmp_path / f"改稿.{ending}"
    path.write_bytes(soffice.convert(source.name, source.read_bytes(), ending))
    returned = import_word(town, path)
    assert (returned.draft_id, returned.proposals) == (DRAFT, ())
