"""Documents in several files: parts of one moved to others, with references that lead there, or nearly."""

from __future__ import annotations

import json
import posixpath
import random
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from tests.fuzz.keeping import Spot, spots
from tests.fuzz.mutations import damaged, written

MAIN: Final = "openapi.yaml"
_PATHS: Final = ("parts/a.yaml", "parts/b.json", "parts/deep/c.yml", "d.yaml", "e f.yaml", "parts/é.json")
_SECTIONS: Final = frozenset({"responses", "parameters", "requestBodies", "headers", "paths", "messages", "channels"})
_ENOUGH: Final = 5
_NO_DOCUMENTS: Final = (
    b"", b"null", b"[]", b"42", b"a", b"\x00", b"\xff\xfe", b"\x89PNG\r\n\x1a\n", b"- [", b"{" * 200, b"a: *b",
    b"a: &a [*a]", b"---\n---\n", b"%YAML 9\n---\n{}", b"{}", b'{"$ref": 1}', b"#", b"a: b: c", b"\t", b"? [a]\n: b",
    b"!!python/none a",
)  # fmt: skip
_ODD: Final = (
    "missing.yaml", "parts", "parts/", "parts/a.yaml#", "parts/a.yaml#/", "parts/a.yaml#/missing",
    "./parts/../parts/a.yaml", "parts//a.yaml", "PARTS/A.yaml", "openapi.yaml", "./openapi.yaml#",
    "openapi.yaml#/components", "openapi.yaml#/paths", "../openapi.yaml", "../../../a.yaml", "/a.yaml",
    "parts%2Fa.yaml", "parts/a.yaml?b", "parts\\a.yaml", "parts/a.yaml#a", "parts/a.yaml#/~2", "parts/a.yaml#/%FF",
    "http://a.example/a.yaml", "file:a.yaml", "?", "#?", "parts/b.json#/0",
)  # fmt: skip
Trees: TypeAlias = dict[str, Any]
Files: TypeAlias = dict[str, bytes]


def split(tree: Any, chance: random.Random) -> Files:
    """Return *tree* as the document `MAIN` and others, each by its path; now and then something is wrong with it."""
    trees: Trees = {MAIN: tree}
    for _ in range(chance.randint(1, _ENOUGH)):
        _move(trees, chance)
    if chance.random() < 0.2:
        chance.choice(_TROUBLES)(trees, chance)
    files = {
        path: json.dumps(each).encode() if path.endswith(".json") else written(each, chance)
        for path, each in trees.items()
    }
    if chance.random() < 0.15 and len(files) > 1:
        path = chance.choice(sorted(files.keys() - {MAIN}))
        files[path] = chance.choice([chance.choice(_NO_DOCUMENTS), damaged(files[path], chance)])
        if chance.random() < 0.2:
            del files[path]
    return files


def _move(trees: Trees, chance: random.Random) -> None:
    """Move a part of one of *trees* to another file, which may be there already, and refer to it."""
    source = chance.choice(sorted(trees))
    spot = _movable(trees[source], chance)
    target = chance.choice(_PATHS)
    if spot is None or target == source:
        return
    value = json.loads(json.dumps(spot.value))
    _rebase(value, source, target)
    here = posixpath.relpath(target, posixpath.dirname(source) or ".").replace(" ", "%20")
    if target not in trees and chance.random() < 0.4:
        trees[target] = value
        spot.holder[spot.key] = {"$ref": here}
        return
    name = str(spot.key)
    document = trees.setdefault(target, {})
    if isinstance(document, dict):
        section = document.setdefault(chance.choice(["components", "a/b", "$defs", ""]), {})
        if isinstance(section, dict):
            section[name] = value
            first = next(key for key in document if document[key] is section)
            spot.holder[spot.key] = {"$ref": f"{here}#/{_token(first)}/{_token(name)}"}


def _movable(tree: Any, chance: random.Random) -> Spot | None:
    found = [
        spot
        for spot in spots(tree)
        if isinstance(spot.value, dict) and "$ref" not in spot.value and (spot.is_schema or spot.section in _SECTIONS)
    ]
    return chance.choice(found) if found else None


def _token(text: str) -> str:
    return text.replace("~", "~0").replace("/", "~1").replace("%", "%25").replace(" ", "%20")


def _rebase(value: Any, source: str, target: str) -> None:
    """Make every reference in *value*, which moves from the file *source* to *target*, lead where it led before."""
    for spot in list(spots(value)):
        if spot.key == "$ref" and isinstance(spot.value, str) and isinstance(spot.holder, dict):
            location, mark, fragment = spot.value.partition("#")
            full = posixpath.normpath(posixpath.join(posixpath.dirname(source), location)) if location else source
            path = "" if full == target else posixpath.relpath(full, posixpath.dirname(target) or ".")
            spot.holder["$ref"] = f"{path}{mark}{fragment}" if path or mark else "#"


def _lead_astray(trees: Trees, chance: random.Random) -> None:
    found = [spot for tree in trees.values() for spot in spots(tree) if spot.key == "$ref"]
    if found:
        spot = chance.choice(found)
        spot.holder[spot.key] = chance.choice(_ODD)


def _lead_in_circles(trees: Trees, chance: random.Random) -> None:
    """Make two files references to each other, or one to itself."""
    paths = chance.choices(_PATHS, k=2)
    for one, other in (paths, paths[::-1]):
        trees[one] = {"$ref": posixpath.relpath(other, posixpath.dirname(one) or ".").replace(" ", "%20")}
    spot = _movable(trees[MAIN], chance)
    if spot is not None:
        spot.holder[spot.key] = {"$ref": paths[0].replace(" ", "%20")}


def _lead_back(trees: Trees, chance: random.Random) -> None:
    """Make a part of another file a reference to what it is a part of."""
    path = chance.choice(sorted(trees))
    spot = _movable(trees[path], chance)
    if spot is not None:
        back = posixpath.relpath(MAIN, posixpath.dirname(path) or ".")
        spot.holder[spot.key] = {"$ref": chance.choice(["#", back, f"{back}#/components", f"{back}#/info"])}


def _lose(trees: Trees, chance: random.Random) -> None:
    others = sorted(trees.keys() - {MAIN})
    if others:
        del trees[chance.choice(others)]


_TROUBLES: Final[tuple[Callable[[Trees, random.Random], None], ...]] = (
    _lead_astray, _lead_astray, _lead_in_circles, _lead_back, _lose,
)  # fmt: skip
