"""Modules that are kept in parts have all their names, and load a part when one of them is asked for."""

from __future__ import annotations

import importlib
import itertools
import pickle
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

_NUMBERS = itertools.count()


def _module(folder: Path, parts: Mapping[str, str], names: Mapping[str, str]) -> ModuleType:
    """Return the module `models` of a new package; *parts* are the texts of its parts, *names* what they define."""
    package = f"parted_{next(_NUMBERS)}"
    root = folder / package
    (root / "_models").mkdir(parents=True)
    surface = (
        "from apictl.support.parts import Parts\n"
        f"parts = Parts(__name__, {dict(names)!r}, all_as='ALL')\n__getattr__ = parts.get\n__dir__ = parts.names\n"
    )
    texts = {"__init__": "", "models": surface, "_models/__init__": ""}
    texts |= {f"_models/{name}": _HEAD.format(package=package) + text for name, text in parts.items()}
    for name, text in texts.items():
        (root / f"{name}.py").write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        return importlib.import_module(f"{package}.models")
    finally:
        sys.path.remove(str(folder))


_HEAD = """from __future__ import annotations
import sys
from {package} import models
from apictl.support.models import Model
from apictl.support.parts import complete
"""

_PERSON = """
class Person(Model):
    home: Home | None = None
    friends: Circle
complete(globals(), models, "Home Circle")
"""
_HOME = """
class Home(Model):
    owner: Person | None = None
    street: str
complete(globals(), models, "Person")
"""
_CIRCLE = """
from ..models import Person
Circle = list[Person]
complete(globals(), models, "")
"""
_LONELY = """
class Lonely(Model):
    name: str
"""
PEOPLE = {"person": _PERSON, "home": _HOME, "circle": _CIRCLE, "lonely": _LONELY}
NAMES = {"_models.person": "Person", "_models.home": "Home", "_models.circle": "Circle", "_models.lonely": "Lonely"}


def _loaded(module: ModuleType) -> set[str]:
    folder = module.__name__.replace(".models", "._models.")
    return {name.removeprefix(folder) for name in sys.modules if name.startswith(folder)}


def test_nothing_is_loaded_before_it_is_asked_for_and_then_only_what_it_stands_on(tmp_path: Path) -> None:
    models = _module(tmp_path, PEOPLE, NAMES)

    before = _loaded(models)
    lonely = models.Lonely(name="a")
    after = _loaded(models)

    assert (before, after, lonely.name) == (set(), {"lonely"}, "a")


@pytest.mark.parametrize("first", ["Person", "Home", "Circle"])
def test_parts_that_mention_each_other_are_whole_whichever_comes_first(tmp_path: Path, first: str) -> None:
    models = _module(tmp_path, PEOPLE, NAMES)

    assert getattr(models, first) is not None
    person = models.Person.model_validate(
        {"home": {"owner": {"friends": []}, "street": "x"}, "friends": [{"friends": []}]}
    )

    assert isinstance(person.home.owner, models.Person)
    assert isinstance(person.friends[0], models.Person)
    assert _loaded(models) == {"person", "home", "circle"}


BRANCHES = {
    "branch": "from ._base import Base\nclass Branch(Base):\n    leaf: Leaves\ncomplete(globals(), models, 'Leaves')\n",
    "_base": "class Base(Model):\n    first: Leaves | None = None\ncomplete(globals(), models, 'Leaves')\n",
    "leaves": "from .branch import Branch\nLeaves = list[Branch]\ncomplete(globals(), models, '')\n",
}


@pytest.mark.parametrize("first", ["Branch", "Base", "Leaves"])
@pytest.mark.parametrize("is_direct", [False, True])
def test_what_needs_a_part_waits_until_that_is_whole(tmp_path: Path, first: str, *, is_direct: bool) -> None:
    names = {"_models.branch": "Branch", "_models._base": "Base", "_models.leaves": "Leaves"}
    models = _module(tmp_path, BRANCHES, names)

    if is_direct and first == "Branch":
        importlib.import_module(models.__name__.replace(".models", "._models.branch"))
    assert getattr(models, first) is not None
    read = models.Branch.model_validate({"first": [{"leaf": []}], "leaf": []})

    assert isinstance(read.first[0], models.Branch)


def test_a_class_inherits_annotations_with_the_names_that_they_mention(tmp_path: Path) -> None:
    parts = {
        "base": (
            "from typing import Annotated\nfrom pydantic import Field\nclass Base(Model):\n"
            "    on: Annotated[Late | None, Field(alias='at')] = None\ncomplete(globals(), models, 'Late')\n"
        ),
        "heir": "from .base import Base\nclass Heir(Base):\n    pass\ncomplete(globals(), models, 'Late')\n",
        "late": "class Late(Model):\n    heir: Heir | None = None\ncomplete(globals(), models, 'Heir')\n",
    }
    models = _module(tmp_path, parts, {"_models.base": "Base", "_models.heir": "Heir", "_models.late": "Late"})

    read = models.Heir.model_validate({"at": {"heir": {"at": {}}}})

    assert type(read.on.heir.on) is models.Late


def test_a_name_is_the_same_from_the_module_and_from_its_part(tmp_path: Path) -> None:
    models = _module(tmp_path, PEOPLE, NAMES)

    part = importlib.import_module(models.__name__.replace(".models", "._models.home"))

    assert part.Home is models.Home
    assert part.Home(street="x", owner={"friends": []}).owner.friends == []


def test_a_pickled_value_comes_back_where_nothing_is_loaded_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = _module(tmp_path, PEOPLE, NAMES)
    written = pickle.dumps(models.Home(street="x"))
    package = models.__name__.removesuffix(".models")
    for name in [name for name in sys.modules if f"{name}.".startswith(f"{package}.")]:
        del sys.modules[name]
    monkeypatch.syspath_prepend(tmp_path)

    home = pickle.loads(written)  # noqa: S301  (written above)

    assert type(home).model_validate({"street": "y", "owner": {"friends": []}}).owner.friends == []


def test_a_line_of_parts_longer_than_python_nests_calls_is_loaded(tmp_path: Path) -> None:
    count = 2 * sys.getrecursionlimit()
    link = "class P{0}(Model):\n    next: P{1} | None = None\ncomplete(globals(), models, 'P{1}')\n"
    parts = {f"p{number}": link.format(number, number + 1) for number in range(count)}
    parts[f"p{count}"] = f"class P{count}:\n    pass\n"
    models = _module(tmp_path, parts, {f"_models.{name}": name.upper() for name in parts})

    first = models.P0

    assert first.__name__ == "P0"
    assert len(_loaded(models)) == count + 1


def test_what_no_part_defines_is_missing_as_anywhere(tmp_path: Path) -> None:
    models = _module(tmp_path, PEOPLE, NAMES)

    with pytest.raises(AttributeError, match="has no attribute 'Absent'"):
        _ = models.Absent
    assert not hasattr(models, "person")
    assert not hasattr(models, "")


def test_the_names_are_listed_without_being_loaded(tmp_path: Path) -> None:
    models = _module(tmp_path, PEOPLE, NAMES)

    listed = dir(models)

    assert {"Person", "Home", "Circle", "Lonely", "ALL"} <= set(listed)
    assert _loaded(models) == set()


def test_all_values_come_in_the_order_of_the_parts(tmp_path: Path) -> None:
    models = _module(tmp_path, PEOPLE, NAMES)

    values = models.ALL

    assert values == (models.Person, models.Home, models.Circle, models.Lonely)
    assert models.ALL is values


def test_threads_that_ask_at_the_same_time_all_get_whole_classes(tmp_path: Path) -> None:
    for _ in range(10):
        models = _module(tmp_path, PEOPLE, NAMES)
        values: list[object] = []
        start = threading.Barrier(4)

        def ask(
            name: str, models: ModuleType = models, values: list[object] = values, start: threading.Barrier = start
        ) -> None:
            start.wait()
            made = getattr(models, name)
            values.append(made if name == "Circle" else made.model_rebuild())

        threads = [threading.Thread(target=ask, args=[name]) for name in ("Person", "Home", "Circle", "Person")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(values) == 4
        assert False not in values
