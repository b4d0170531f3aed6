"""`apictl-accepted.yaml`: read with lines, appended to without touching the rest."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import stat
from pathlib import Path

import pytest
import yaml

from apictl.errors import ApictlError
from apictl.findings import Place
from apictl.workspace.acceptances import (
    ACCEPTED_NAME,
    Acceptance,
    acceptances_of,
    append_acceptance,
    read_acceptances,
)

ENTRY = Acceptance(
    service="pricing",
    rule="enum-value-removed",
    pointer="/paths/~1quotes/post",
    change="0123456789abcdef" * 2,
    owner="team-a",
    reason="nobody sends it",
    expires=dt.date(2027, 1, 31),
    place=Place(ACCEPTED_NAME, "/accepted/0", 4, 5),
)


def append(root: Path, entry: Acceptance = ENTRY) -> str:
    append_acceptance(root, entry)
    return (root / ACCEPTED_NAME).read_bytes().decode()


def test_new_file_says_what_it_is(tmp_path: Path) -> None:
    text = append(tmp_path)

    assert text.startswith("# Breaking changes that were agreed on")
    assert read_acceptances(tmp_path) == (ENTRY,)


def test_what_is_there_stays_to_the_byte(tmp_path: Path) -> None:
    before = append(tmp_path).replace("accepted:", "accepted: # agreed in the guild\n  # first") + "  # the end\n"
    (tmp_path / ACCEPTED_NAME).write_bytes(before.encode())

    text = append(tmp_path, dataclasses.replace(ENTRY, reason="another"))

    assert text.startswith(before)
    assert [entry.reason for entry in read_acceptances(tmp_path)] == ["nobody sends it", "another"]


@pytest.mark.parametrize("indent", ["", "  ", "    "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_entries_of_any_indentation_and_end_of_line_get_company(tmp_path: Path, indent: str, end: str) -> None:
    lines = append(tmp_path).splitlines()
    shaped = [line if line.startswith(("#", "accepted")) else indent + line[2:] for line in lines]
    before = end.join(shaped)  # without an end of the last line
    (tmp_path / ACCEPTED_NAME).write_bytes(before.encode())

    text = append(tmp_path)

    assert text.startswith(before + end + indent + "- service")
    assert text.count("\n") == text.count(end)
    assert len(read_acceptances(tmp_path)) == 2


@pytest.mark.parametrize(
    "before", ["", "\n\n", "# only a remark\n", "\ufeff# with a mark", "accepted:", "accepted: # x\n"]
)
def test_file_without_entries_gets_its_first(tmp_path: Path, before: str) -> None:
    (tmp_path / ACCEPTED_NAME).write_bytes(before.encode())

    text = append(tmp_path)

    assert text.startswith(before)
    assert len(read_acceptances(tmp_path)) == 1


@pytest.mark.parametrize("before", ["accepted: []\n", "{}", '{"accepted": []}'])
def test_shape_that_nothing_can_be_appended_to_is_refused_with_the_entry(tmp_path: Path, before: str) -> None:
    (tmp_path / ACCEPTED_NAME).write_text(before)

    with pytest.raises(ApictlError, match='add by hand:\n  - service: "pricing"'):
        append_acceptance(tmp_path, ENTRY)
    assert (tmp_path / ACCEPTED_NAME).read_text() == before


@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "# no comment",
        '"',
        "\\",
        "- x",
        "{",
        "\x1b[31m",
        "a\nb\r\n",
        "\u2028\u0085\ufeff",
        "😀",
        "'",
        "%",
        "\x7f",
    ],
)
def test_any_reason_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    written = append(tmp_path, dataclasses.replace(ENTRY, reason=text, owner=text))

    entry = read_acceptances(tmp_path)[0]
    assert (entry.reason, entry.owner) == (text, text)
    assert yaml.safe_load(written)["accepted"][0]["reason"] == text  # another reader of YAML agrees
    assert written.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    "text,told",
    [
        ("accepted: 1", f"{ACCEPTED_NAME}:1:11: "),
        ("acepted: []", f"{ACCEPTED_NAME}:1:1: "),
        ("accepted: [", f"{ACCEPTED_NAME}:1:"),
        ("accepted:\n  - service: x\n", f"{ACCEPTED_NAME}:2:5: "),
        ("accepted:\n  - 7\n", f"{ACCEPTED_NAME}:2:5: "),
        ("- x", f"{ACCEPTED_NAME}:1:1: "),
        ("\x00", f"{ACCEPTED_NAME}:1:1: "),
    ],
)
def test_what_the_file_can_not_say_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(ApictlError) as caught:
        acceptances_of(text.encode())
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize("date", ["tomorrow", "2027-02-30", "2027-1-1", "2027-01-31T00:00:00Z", ""])
def test_last_day_must_be_a_date(tmp_path: Path, date: str) -> None:
    text = append(tmp_path).replace("2027-01-31", date)

    with pytest.raises(ApictlError, match=rf"{ACCEPTED_NAME}:10:14: .*is no date, write YYYY-MM-DD"):
        acceptances_of(text.encode())


def test_entry_counts_on_its_last_day_and_no_longer() -> None:
    assert not ENTRY.has_expired(dt.date(2027, 1, 31))
    assert ENTRY.has_expired(dt.date(2027, 2, 1))


def test_link_out_of_the_workspace_is_not_written_through(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside").write_text("")
    (root / ACCEPTED_NAME).symlink_to(tmp_path / "outside")

    with pytest.raises(ApictlError, match="symlink out of the workspace"):
        append_acceptance(root, ENTRY)
    assert (tmp_path / "outside").read_text() == ""


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_mode_of_the_file_stays(tmp_path: Path) -> None:
    append(tmp_path)
    (tmp_path / ACCEPTED_NAME).chmod(0o600)

    append(tmp_path)

    assert stat.S_IMODE((tmp_path / ACCEPTED_NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [ACCEPTED_NAME]
