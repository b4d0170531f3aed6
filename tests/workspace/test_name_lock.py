"""`apictl.lock` as a file: what it may say, what a run makes of it, and that it changes with the tree or not at all."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from apictl.errors import ApictlError
from apictl.pages.python.keeping import NameKind
from apictl.workspace import output, pipeline
from apictl.workspace.building import Built, Job
from apictl.workspace.generation import Mode, Tools
from apictl.workspace.journal import NAMES, Journal, write_journal
from apictl.workspace.manifest import Service
from apictl.workspace.name_lock import (
    LOCK_NAME,
    lock_bytes,
    parsed_names,
    read_lock,
    section_text,
    service_text,
)
from tests.workspace.fakes import build, generated, run, write_specs


def naming(job: Job) -> Built:
    """Build as the fake does, and keep a name for each line `name = …` besides those that were kept."""
    text = Path(job.root, job.service.openapi).read_text(encoding="utf-8")
    wanted = {line.removeprefix("name ") for line in text.splitlines() if line.startswith("name ")}
    names = "".join(sorted(f"{job.service.name} {line}\n" for line in wanted))
    return dataclasses.replace(build(job), names=names)


TOOLS = Tools(build=naming)


def locked(root: Path) -> str:
    return "".join(
        f"{line}\n" for line in (root / LOCK_NAME).read_text().splitlines() if line and not line.startswith("#")
    )


def test_what_is_written_is_read_again() -> None:
    names = {
        (NameKind.METHOD, "get a"): "get_a",
        (NameKind.FIELD, "schemas/Ä b~1c/50 %\n\ud800"): "c",
        (NameKind.CLASS, "schemas/trip"): "Trip",
    }

    text = lock_bytes({"a": service_text("a", names)}).decode("ascii")

    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if not line.startswith("#")]
    assert len(lines) == 3
    assert dict(parsed_names(lines)) == names
    assert section_text(reversed(lines)) == service_text("a", names)


@pytest.mark.parametrize(
    "line, told",
    [
        ("<<<<<<< ours", "a merge has left its mark here"),
        ("=======", "a merge has left its mark here"),
        ("../x method getA get_a", "'../x' is no service"),
        ("a method getA", "not a service, a kind"),
        ("a method getA get_a more", "not a service, a kind"),
        ("a  method getA get_a", "not a service, a kind"),
        ("a person getA get_a", "'person' has no names"),
        ("a method getA class", "'class' can't be the name of a method"),
        ("a method getA __init__", "'__init__' can't be the name of a method"),
        ("a method getA get_a()\\nimport", "can't be the name of a method"),
        ("a class getA/body os.system", "'os.system' can't be the name of a class"),
        ("a class getA/body getA", "'getA' can't be the name of a class"),
        ("a method getA g\u00e9t_a", "can't be the name of a method"),
        ("a method getA " + "g" * 300, "can't be the name of a method"),
        ("a class first Another", "line 1 says another name of the same"),
        ("a class b/body GetFirst", "'GetFirst' is the name of what line 1 keeps, too"),
    ],
)
def test_line_that_nobody_may_have_written_is_an_error_with_its_number(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / LOCK_NAME
    path.write_text(f"a class first GetFirst\n{line}\n", encoding="utf-8")

    with pytest.raises(ApictlError) as caught:
        _parse_all(path)

    assert str(caught.value).startswith(f"{LOCK_NAME}:2: ")
    assert told in str(caught.value)


def _parse_all(path: Path) -> None:
    for lines in read_lock(path).values():
        parsed_names(lines)


def test_equal_names_in_different_things_are_fine() -> None:
    lines = ["a field schemas/A/userId user_id", "a field schemas/B/userId user_id", "a field schemas/A/userId user_id"]

    assert len(parsed_names(enumerate(lines, start=1))) == 2


def test_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("")
    (tmp_path / LOCK_NAME).symlink_to("elsewhere")

    with pytest.raises(ApictlError, match="is a symlink"):
        read_lock(tmp_path / LOCK_NAME)


def test_names_are_kept_and_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\nname method getA get_a", "b": "y.py = 1"})
    run(workspace, tools=TOOLS)

    again = run(workspace, tools=Tools(build=_refuse))

    assert again.plan.is_empty
    assert locked(tmp_path) == "a method getA get_a\n"


def _refuse(_job: Job) -> Built:
    raise AssertionError("everything was up to date")


def test_names_of_services_that_a_run_does_not_speak_for_stay_and_those_of_gone_ones_leave(tmp_path: Path) -> None:
    workspace = write_specs(
        tmp_path, {"a": "x.py = 1\nname method getA get_a", "b": "y.py = 1\nname method getB get_b"}
    )
    run(workspace, tools=TOOLS)
    write_specs(tmp_path, {"a": "x.py = 2\nname method getA other"})
    run(workspace, "a", tools=TOOLS)
    after_one = locked(tmp_path)

    (tmp_path / "specs/b/openapi.yaml").unlink()
    run(write_specs(tmp_path, {}), tools=TOOLS)

    assert after_one == "a method getA other\nb method getB get_b\n"
    assert locked(tmp_path) == "a method getA other\n"


def test_check_sees_a_lock_that_is_out_of_date_and_leaves_it(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\nname method getA get_a"})
    run(workspace, tools=TOOLS)
    (tmp_path / LOCK_NAME).write_text("a method getA elsewhere\n")

    outcome = run(workspace, mode=Mode.CHECK, tools=TOOLS)

    assert not outcome.plan.is_empty
    assert outcome.plan.names is not None
    assert outcome.plan.writes == ()
    assert locked(tmp_path) == "a method getA elsewhere\n"


def test_order_comments_and_line_ends_of_a_merge_are_put_right(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\nname method getA get_a\nname method getB get_b"})
    run(workspace, tools=TOOLS)
    wanted = (tmp_path / LOCK_NAME).read_bytes()
    (tmp_path / LOCK_NAME).write_bytes(b"# mine\r\na method getB get_b\r\n\r\na method getA get_a\r\n")

    run(workspace, tools=TOOLS)

    assert (tmp_path / LOCK_NAME).read_bytes() == wanted


def test_lock_with_other_line_ends_is_current(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\nname method getA get_a"})
    run(workspace, tools=TOOLS)
    (tmp_path / LOCK_NAME).write_bytes((tmp_path / LOCK_NAME).read_bytes().replace(b"\n", b"\r\n"))

    assert run(workspace, mode=Mode.CHECK, tools=Tools(build=_refuse)).plan.is_empty


def test_damaged_lock_stops_the_run_before_anything_is_written(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\nname method getA get_a"})
    (tmp_path / LOCK_NAME).write_text("# ours\na method getA 9\n")

    with pytest.raises(ApictlError, match=r"apictl\.lock:2: '9' can't be the name of a method"):
        run(workspace, tools=TOOLS)

    assert generated(tmp_path) == {}


def test_contract_that_is_refused_leaves_the_lock_alone(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\nname method getA get_a"})
    run(workspace, tools=TOOLS)
    workspace = write_specs(tmp_path, {"a": "refuse\nname method getA other"})

    run(workspace, tools=TOOLS)

    assert locked(tmp_path) == "a method getA get_a\n"


def test_interrupted_run_that_had_decided_gives_tree_and_names_together(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\nname method getA get_a"})
    run(workspace, tools=TOOLS)
    state = output.state_folder(tmp_path / "generated")
    (state / "new/a").mkdir(parents=True)
    (state / "new/a/x.py").write_text("2")
    (state / NAMES).write_text("a method getA other\n")
    write_journal(state, Journal(("a/x.py",), (), has_names=True))

    with output.exclusive(tmp_path / "generated", names=tmp_path / LOCK_NAME):
        pass

    assert generated(tmp_path)["a/x.py"] == b"2"
    assert locked(tmp_path) == "a method getA other\n"
    assert not state.exists()


def test_interrupted_run_that_had_not_decided_leaves_the_old_names(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\nname method getA get_a"})
    run(workspace, tools=TOOLS)
    state = output.state_folder(tmp_path / "generated")
    (state / "new").mkdir(parents=True)
    (state / NAMES).write_text("a method getA other\n")

    run(workspace, tools=TOOLS)

    assert locked(tmp_path) == "a method getA get_a\n"
    assert not state.exists()


def test_models_that_a_service_and_its_receivers_share_are_kept_once(tmp_path: Path) -> None:
    body = "{content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}"
    answer = "{'204': {description: Done.}}"
    contract = f"""
openapi: 3.1.0
info: {{title: Pets, version: 1.0.0}}
paths: {{/pets: {{post: {{operationId: addPet, requestBody: {body}, responses: {answer}}}}}}}
webhooks: {{added: {{post: {{operationId: petAdded, requestBody: {body}, responses: {answer}}}}}}}
"""
    (tmp_path / "openapi.yaml").write_text(contract, encoding="utf-8")

    built = pipeline.run(Job(str(tmp_path), Service("pets", openapi="openapi.yaml")))

    kept = parsed_names(enumerate(built.names.splitlines(), start=1))
    assert sorted(name for (kind, _), name in kept.items() if kind is NameKind.CLASS) == ["AddPetBody", "PetAddedBody"]
