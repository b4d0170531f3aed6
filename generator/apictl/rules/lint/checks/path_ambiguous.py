"""A request may fit two paths.

Neither path is more specific than the other: each has a parameter where the other has a fixed word. Which one is
meant depends on the framework. Give one of them another fixed word.

```yaml flawed openapi 3.1.0
paths:
  '/{city}/rides': {parameters: [{name: city, in: path, required: true, schema: {type: string}}]}
  '/rides/{id}': {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}
```

```yaml fine openapi 3.1.0
paths:
  '/cities/{city}/rides':
    parameters: [{name: city, in: path, required: true, schema: {type: string}}]
  '/rides/{id}': {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from apictl.findings import Related, Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import operations
from apictl.rules.lint.words import quoted, segments

_MOST: Final = 600
_ANY: Final = "{}"
_NUMBER: Final = "{0}"
_VARIABLE: Final = frozenset({_ANY, _NUMBER})


@dataclass(frozen=True, slots=True)
class Shape:
    """A path whose parameters have no names.

    Attributes:
        path: as written.
        parts: fixed words, and what stands for a parameter.
    """

    path: str
    parts: tuple[str, ...]


@lint_rule("path-ambiguous", OpenApi.PATHS, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def path_ambiguous(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Of two paths that may fit, one is the more specific (OpenAPI 3.1, Paths Object)."""
    by_length: dict[int, list[Shape]] = {}
    for path in node.fields:
        by_length.setdefault(len([*segments(path)]), []).append(_shape(path, scope.once(_numeric)))
    for group in by_length.values():
        for path, other in _crossing(group):
            related = (Related("the other one", node.place.child(other).key()),)
            message = f"a request may fit {quoted(path)} and {quoted(other)}"
            yield Flaw(message, node.place.child(path).key(), related=related)


def _numeric(scope: Scope) -> frozenset[tuple[str, str]]:
    """Return the path and the name of each parameter in a path that is a number, which no word is."""
    return frozenset(
        (operation.path, parameter.name)
        for operation in operations(scope)
        for parameter in operation.parameters
        if not isinstance(parameter.schema, bool) and text(parameter.schema.get("type")) in {"integer", "number"}
    )


def _shape(path: str, numeric: frozenset[tuple[str, str]]) -> Shape:
    parts = [part if "{" not in part else _NUMBER if (path, part[1:-1]) in numeric else _ANY for part in segments(path)]
    return Shape(path, tuple(parts))


def _crossing(group: list[Shape]) -> Iterator[tuple[str, str]]:
    """Yield each path with the first one before it that it can't be told apart from, though both have fixed words."""
    templated = [each for each in group if _ANY in each.parts or _NUMBER in each.parts]
    if len(templated) > _MOST:
        return  # to compare each with each would take too long
    for index, one in enumerate(templated):
        for other in templated[:index]:
            if _is_crossing(one.parts, other.parts):
                yield one.path, other.path
                break


def _is_crossing(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether one request may fit both, and each has a fixed word where the other has none."""
    pairs = [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]]
    if not all(_fits(a, b) or _fits(b, a) for a, b in pairs):
        return False
    is_narrower = any(a not in _VARIABLE and b in _VARIABLE for a, b in pairs)
    is_wider = any(a in _VARIABLE and b not in _VARIABLE for a, b in pairs)
    return is_narrower and is_wider


def _fits(wide: str, narrow: str) -> bool:
    return wide == _ANY or (wide == _NUMBER and (narrow == _NUMBER or narrow.isdigit()))
