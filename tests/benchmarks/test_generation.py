"""The benchmark measures whole process trees, and whatever becomes of a peer is a row."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.contenders import CONTRACT, PEERS, Contender, found
from tests.benchmarks.generation import DOCUMENTS, main, sources
from tests.benchmarks.measuring import Measurement, measure, telling_line
from tests.benchmarks.table import bars, table
from tests.benchmarks.trials import AGAIN, CHANGED, SAYINGS, Document, Row, edited, our_rows, row

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="memory is read from /proc, as on Linux")

_MEGABYTE = 1_000_000
_TWO_LARGE_CHILDREN = """
import subprocess, sys
child = "data = bytearray(60_000_000); sum(range(6_000_000)); import time; time.sleep(0.2)"
for process in [subprocess.Popen([sys.executable, "-c", child]) for _ in range(2)]:
    process.wait()
"""


def _python(code: str, folder: Path, *, limit_seconds: float = 20) -> Measurement:
    return measure([sys.executable, "-c", code], folder, environment=os.environ, limit_seconds=limit_seconds)


def _peer(folder: Path, code: str) -> Contender:
    """Return a peer whose program is a script with this *code*."""
    script = folder / "fake-generator"
    script.write_text(f"#!{sys.executable}\nimport sys, pathlib\n{code}\n", encoding="utf-8")
    script.chmod(0o755)
    peer = Contender("fake", makes="nothing", program=script.name, arguments=(CONTRACT,))
    return replace(peer, command=found(peer, [folder], jar=None))


def _document(folder: Path) -> Document:
    path = folder / "fake.yaml"
    path.write_text("info:\n  version: '1'\n  title: 'T'\n", encoding="utf-8")
    return Document("fake", path)


def _rows_of_github(full: Measurement, again: Measurement) -> Sequence[Row]:
    return [
        Row("github", "apictl generate", "all", 1, 1, full),
        Row("github", AGAIN, "all", 0, 0, again),
        Row("github", CHANGED, "all", 1, 1, again),
    ]


def test_petstore_is_generated_then_left_alone_then_partly_generated_again(corpus: Path) -> None:
    document = Document("petstore", corpus / DOCUMENTS["petstore"])

    full, again, changed, after_edit = our_rows(document, limit_seconds=60)

    runs = [one.measurement for one in (full, again, changed, after_edit) if one.measurement is not None]
    assert [run.reason for run in runs] == ["", "", "", ""]
    assert all(run.cpu_seconds > 0 and run.wall_seconds > 0 and run.peak_bytes > 10 * _MEGABYTE for run in runs)
    assert full.files > after_edit.files > changed.files > again.files == 0
    assert full.lines > after_edit.lines > again.lines == 0


def test_time_and_memory_are_those_of_all_processes_below_the_command(tmp_path: Path) -> None:
    one = _python("data = bytearray(60_000_000); sum(range(6_000_000)); import time; time.sleep(0.2)", tmp_path)

    two = _python(_TWO_LARGE_CHILDREN, tmp_path)

    assert 60 * _MEGABYTE < one.peak_bytes < 110 * _MEGABYTE
    assert 120 * _MEGABYTE < two.peak_bytes < 220 * _MEGABYTE
    assert two.cpu_seconds > 1.3 * one.cpu_seconds > 0
    assert one.wall_seconds > 0.2


def test_a_process_that_outlives_its_parent_is_counted_and_ended(tmp_path: Path) -> None:
    orphan = "sum(range(10_000_000)); open('done', 'w').close(); import time; time.sleep(60)"
    code = f"""
import os, pathlib, subprocess, sys, time
if os.fork() == 0:
    subprocess.Popen([sys.executable, "-c", {orphan!r}], start_new_session=True)
    os._exit(0)
while not pathlib.Path("done").exists():
    time.sleep(0.01)
"""
    run = _python(code, tmp_path)

    own = _python("sum(range(10_000_000))", tmp_path)

    assert run.reason == ""
    assert run.cpu_seconds > 0.7 * own.cpu_seconds
    assert run.wall_seconds < 20


def test_a_peer_that_works_is_measured_and_its_files_are_counted(tmp_path: Path) -> None:
    code = "text = pathlib.Path(sys.argv[1]).read_text()\npathlib.Path('a.py').write_text(text)\n"
    peer = _peer(tmp_path, code + "pathlib.Path('.hidden').mkdir(); pathlib.Path('.hidden/b.py').touch()")

    result = row(peer, _document(tmp_path), limit_seconds=20)

    assert result.measurement is not None
    assert result.measurement.is_success
    assert (result.files, result.lines) == (1, 3)


def test_the_lines_of_a_module_without_a_suffix_count(tmp_path: Path) -> None:
    peer = _peer(
        tmp_path, "pathlib.Path('models').write_text('a = 1\\nb = 2\\n'); pathlib.Path('LICENSE').write_text('l\\n')"
    )

    result = row(peer, _document(tmp_path), limit_seconds=20)

    assert (result.files, result.lines) == (2, 2)


def test_a_peer_that_fails_is_a_row_with_its_reason(tmp_path: Path) -> None:
    peer = _peer(tmp_path, "raise ValueError('enum | with [bold]two[/bold] faults')")
    ours = Row("fake", "ours", "all", 1, 1, Measurement(1.0, 2.0, 3, 0, ""))

    result = row(peer, _document(tmp_path), limit_seconds=20)

    last = table([ours, result]).splitlines()[-1]
    assert last.endswith("| failed: ValueError: enum ¦ with [bold]two[/bold] faults |")
    assert last.count("|") == 12


def test_a_peer_that_takes_too_long_is_a_row_and_ends(tmp_path: Path) -> None:
    peer = _peer(tmp_path, "import time; time.sleep(60)")

    result = row(peer, _document(tmp_path), limit_seconds=0.4)

    assert result.measurement is not None
    assert result.measurement.reason == "over the limit of 0.4 s"
    assert result.measurement.wall_seconds < 20


def test_a_peer_that_cannot_be_started_is_a_row(tmp_path: Path) -> None:
    peer = replace(_peer(tmp_path, ""), command=(str(tmp_path / "gone"),))

    result = row(peer, _document(tmp_path), limit_seconds=20)

    assert result.measurement is not None
    assert result.measurement.code == 127
    assert "gone: " in result.measurement.reason


def test_a_missing_peer_is_a_row_that_says_so(tmp_path: Path) -> None:
    peer = replace(PEERS[1], program="a-program-that-nobody-has")
    ours = Row("fake", "ours", "all", 62, 5958, Measurement(1.0, 2.0, 95_000_000, 0, ""))

    missing = row(replace(peer, command=found(peer, [tmp_path], jar=None)), _document(tmp_path), limit_seconds=20)

    first, last = table([ours, missing]).splitlines()[-2:]
    assert [cell.strip() for cell in first.split("|")][3:-1] == [
        *("62", "5,958", "1.00", "1.00", "2.00", "1.00", "95", "1.00", "ok")
    ]
    assert "not installed" in last


def test_the_bars_are_kept_below_and_missed_at_the_limit_or_by_a_failure() -> None:
    good = _rows_of_github(Measurement(39.9, 80.0, 790_000_000, 0, ""), Measurement(0.4, 0.4, 1, 0, ""))
    bad = _rows_of_github(Measurement(40.0, 80.0, 790_000_000, 0, ""), Measurement(0.4, 0.9, 1, 1, "failed"))

    assert [bar.is_kept for bar in bars(good)] == [True, True, True, True]
    assert [bar.is_kept for bar in bars(bad)] == [False, True, False, False]
    assert bars([Row("petstore", "apictl generate", "all")]) == ()


def test_the_bar_of_stripe_is_one_of_a_full_run() -> None:
    full = Row("stripe", "apictl generate", "all", measurement=Measurement(11.9, 80.0, 1, 0, ""))
    long = replace(full, measurement=Measurement(12.0, 80.0, 1, 0, ""))

    assert [bar.is_kept for rows in ([full], [long]) for bar in bars(rows)] == [True, False]


def test_the_reason_is_the_last_line_that_names_an_error() -> None:
    java = 'Exception in thread "main" java.lang.RuntimeException: not yet\n\tat org.A.b(A.java:1)\n\t... 3 more\n'

    assert telling_line(java) == 'Exception in thread "main" java.lang.RuntimeException: not yet'
    assert telling_line("ValueError: two\x1b[0m\nplease report it\n") == "ValueError: two [0m"
    assert telling_line("no luck by default\n\n") == "no luck by default"
    assert telling_line("") == ""


def test_an_edit_changes_the_title_and_nothing_else(tmp_path: Path) -> None:
    yaml, json = tmp_path / "a.yaml", tmp_path / "a.json"
    yaml.write_text("a:\n  title: X\ninfo:\n  version: '1'\n  title: 'T'\n", encoding="utf-8")
    json.write_text('{"info": {"version": "1", "title": "T"}}', encoding="utf-8")

    assert edited(yaml) == b"a:\n  title: X\ninfo:\n  version: '1'\n  title: 'Edited T'\n"
    assert edited(json) == b'{"info": {"version": "1", "title": "Edited T"}}'


def test_an_edit_of_one_operation_changes_what_is_said_of_the_first(tmp_path: Path) -> None:
    yaml, json = tmp_path / "a.yaml", tmp_path / "a.json"
    yaml.write_text("info:\n  description: X\npaths:\n  /a:\n    get:\n      summary: Y\n", encoding="utf-8")
    json.write_text('{"info": {"description": "X"}, "paths": {"/a": {"get": {"summary": "Y"}}}}', encoding="utf-8")

    changed = [edited(path, SAYINGS) for path in (yaml, json)]

    assert [text.count(b"Edited Y") for text in changed] == [1, 1]
    assert [text.count(b"Edited") for text in changed] == [1, 1]


def test_without_documents_it_says_where_they_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("APICTL_CORPUS", str(tmp_path))

    code = main(["--documents", "petstore"])

    assert code == 2
    assert f"no such document: {tmp_path}" in capsys.readouterr().err


def test_an_edit_of_the_generator_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "generator" / "a.py"
    module.parent.mkdir()
    module.write_text("x = 1", encoding="utf-8")
    before = sources(tmp_path)

    (tmp_path / "templates" / "__pycache__").mkdir(parents=True)
    (tmp_path / "templates" / "__pycache__" / "a.pyc").touch()
    compiled = sources(tmp_path)
    os.utime(module, ns=(0, 0))

    assert compiled == before
    assert sources(tmp_path) != before
