"""The benchmark of comparing counts what was proved, and whatever becomes of a run is a row."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.diffing import main
from tests.benchmarks.diffing_pairs import EQUAL, GITHUB, DocumentPair, corpus_pairs, equal_pairs
from tests.benchmarks.diffing_table import diff_bars, diff_table, proofs_of, share_text
from tests.benchmarks.diffing_trials import OASDIFF, OURS, DiffRow, DiffTool, Proofs, Said, installed, trial
from tests.benchmarks.measuring import Measurement

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="memory is read from /proc, as on Linux")

_OLD = """openapi: 3.0.3
info: {title: Small, version: "1"}
paths:
  /x:
    get:
      operationId: getX
      parameters: [{name: y, in: query, schema: {type: integer, maximum: 9}}]
      responses: {"204": {description: done}}
  /z:
    get:
      operationId: getZ
      responses: {"204": {description: done}}
"""
_WITHOUT_Z = _OLD[: _OLD.index("  /z:")]


def _pair(folder: Path, new: str) -> DocumentPair:
    pair = DocumentPair("small", folder / "before.yaml", folder / "after.yaml")
    pair.old.write_text(_OLD, encoding="utf-8")
    pair.new.write_text(new, encoding="utf-8")
    return pair


def _peer(folder: Path, code: str) -> DiffTool:
    """Return oasdiff, played by a script with this *code*."""
    script = folder / "oasdiff"
    script.write_text(f"#!{sys.executable}\nimport sys\n{code}\n", encoding="utf-8")
    script.chmod(0o755)
    return installed(OASDIFF, [folder])


def _ours(pair: str, measurement: Measurement, said: Said | None) -> DiffRow:
    return DiffRow(pair, OURS.contender.name, measurement, said)


def test_breaking_changes_of_a_small_pair_are_counted_by_their_proof(tmp_path: Path) -> None:
    pair = _pair(tmp_path, _WITHOUT_Z.replace("maximum: 9", "maximum: 8"))

    row = trial(OURS, pair, limit_seconds=60)

    assert row.said == Said("ok", 2, Proofs(witness=1, law=1, unproven=0))
    assert row.measurement is not None
    assert row.measurement.code == 1
    assert row.measurement.cpu_seconds > 0
    assert row.measurement.wall_seconds > 0
    assert row.measurement.peak_bytes > 10_000_000


def test_a_document_that_is_refused_is_a_row_that_says_so(tmp_path: Path) -> None:
    pair = _pair(tmp_path, _OLD.replace("3.0.3", "9.9.9"))

    row = trial(OURS, pair, limit_seconds=60)

    assert row.end.startswith("new refused: ")
    assert row.end.endswith("[version-unsupported]")
    assert row.said is not None
    assert not row.said.is_compared


def test_only_the_errors_of_a_peer_count_as_breaking(tmp_path: Path) -> None:
    peer = _peer(tmp_path, """print('[{"level": 3}, {"level": 2}, {"level": 3}]'); sys.exit(1)""")

    row = trial(peer, _pair(tmp_path, _OLD), limit_seconds=20)

    assert (row.end, row.said) == ("ok", Said("ok", 2))
    assert row.measurement is not None
    assert row.measurement.code == 1


def test_a_peer_reads_the_old_document_before_the_new_one(tmp_path: Path) -> None:
    code = (
        "texts = [open(name).read() for name in sys.argv[2:4]]; print('[{\"level\": 3}]' if '/z' in texts[0] else '')"
    )
    peer = _peer(tmp_path, code)

    row = trial(peer, _pair(tmp_path, _WITHOUT_Z), limit_seconds=20)

    assert row.said == Said("ok", 1)


def test_a_peer_that_fails_is_a_row_with_its_reason(tmp_path: Path) -> None:
    peer = _peer(tmp_path, "sys.stderr.write('Error: no [luck] | at all'); sys.exit(102)")

    row = trial(peer, _pair(tmp_path, _OLD), limit_seconds=20)

    last = diff_table([row]).splitlines()[-1]
    assert row.said is None
    assert "|  102 |" in last
    assert last.endswith("| failed: Error: no [luck] ¦ at all |")


def test_a_peer_that_takes_too_long_is_a_row_and_ends(tmp_path: Path) -> None:
    peer = _peer(tmp_path, "import time; time.sleep(60)")

    row = trial(peer, _pair(tmp_path, _OLD), limit_seconds=0.3)

    assert row.end == "failed: over the limit of 0.3 s"


def test_a_missing_peer_is_a_row_that_says_so(tmp_path: Path) -> None:
    absent = replace(OASDIFF, contender=replace(OASDIFF.contender, program="a-program-that-nobody-has"))

    row = trial(installed(absent, [tmp_path]), _pair(tmp_path, _OLD), limit_seconds=20)

    assert row.measurement is None
    assert diff_table([row]).splitlines()[-1].endswith("| not installed |")


def test_the_share_is_that_of_schemas_over_all_pairs() -> None:
    done = Measurement(1.0, 1.0, 1, 1, "")
    rows = [
        _ours("a", done, Said("ok", 15, Proofs(witness=9, law=5, unproven=1))),
        _ours("b", done, Said("ok", 10, Proofs(witness=10, law=0, unproven=0))),
        DiffRow("b", "oasdiff breaking", done, Said("ok", 7)),
    ]

    proofs = proofs_of(rows)

    assert share_text(proofs) == "errors on schemas with a witness: 19 of 20 (95.0 %)"
    assert share_text(Proofs(law=3)) == "no error on a schema was found"
    assert [(bar.measured, bar.is_kept) for bar in diff_bars(rows)] == [(5.0, False)]


def test_the_bars_are_kept_below_and_missed_at_the_limit_or_by_a_failure() -> None:
    said = Said("ok", 0, Proofs())
    good = [_ours(GITHUB, Measurement(7.9, 20.0, 699_000_000, 1, ""), said)]
    bad = [
        _ours(GITHUB, Measurement(8.0, 9.0, 700_000_000, 1, ""), said),
        _ours(EQUAL, Measurement(0.1, 0.2, 1, -9, "over the limit"), None),
    ]
    refused = [_ours(EQUAL, Measurement(0.1, 0.2, 1, 2, ""), Said("old refused"))]

    assert [bar.is_kept for bar in diff_bars(good)] == [True, True]
    assert [bar.is_kept for bar in diff_bars(bad)] == [False, False, False]
    assert [bar.is_kept for bar in diff_bars(refused)] == [False]


def test_the_copy_has_the_same_bytes_and_the_other_one_the_same_content(tmp_path: Path) -> None:
    document = tmp_path / "large.json"
    document.write_text('{"b":["\u00e9",1.50]}', encoding="utf-8")

    equal, respelled = equal_pairs(document, tmp_path)

    assert equal.new.read_bytes() == document.read_bytes() == equal.old.read_bytes()
    assert respelled.new.read_text(encoding="utf-8") == '{\n "b": [\n  "\u00e9",\n  1.5\n ]\n}'


def test_the_corpus_has_twelve_pairs_old_before_new(corpus: Path) -> None:
    pairs = {pair.name: pair for pair in corpus_pairs(corpus)}

    assert len(pairs) == 12
    assert pairs[GITHUB].old.name == "github@22.0.0.json"
    assert pairs["intercom-2.15"].old.name == "intercom-2.11.yaml"
    assert all(pair.old.is_file() and pair.new.is_file() for pair in pairs.values())


def test_without_documents_it_says_where_they_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("APICTL_CORPUS", str(tmp_path))

    code = main([])

    assert code == 2
    assert str(tmp_path) in capsys.readouterr().err
