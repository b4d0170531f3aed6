"""Who may do what, and what comes from outside: what rules about security ask of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apictl.contract.operation import Operation
from apictl.readers.access import Key, key_of, text, texts
from apictl.readers.openapi.kinds import children
from apictl.rules.lint.remedies import error_line
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi
from apictl.rules.lint.scope import Scope

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_FEW = 3


def operations(scope: Scope) -> tuple[Operation, ...]:
    """Return the operations that others call; none where the meaning of the document is in doubt."""
    return () if scope.contract is None else scope.contract.operations


def is_open(operation: Operation) -> bool:
    """Whether *operation* may be called without any credential."""
    return not operation.security or any(not alternative for alternative in operation.security)


def lacking(scope: Scope, concerned: Iterable[Operation], *, accepted: frozenset[str], status: str) -> Iterator[Flaw]:
    """Yield those of *concerned* that declare none of the *accepted* answers; all together where none of many does."""
    asked = list(concerned)
    bare = [each for each in asked if accepted.isdisjoint(response.status for response in each.responses)]
    if len(bare) == len(asked) > _FEW:
        message = f"none of {len(asked)} operations that may answer {status} declares it"
        hint = f"add to the responses of each: {error_line(scope, status)}"
        yield Flaw(message, scope.root.place.child("paths").key(), hint=hint)
        return
    for each in bare:
        message = f"{each.method} {each.path[:60]} declares no answer {status}"
        yield Flaw(message, each.place.child("responses").key(), hint=f"add {error_line(scope, status)}")


def request_schemas(scope: Scope) -> tuple[AnyNode, ...]:
    """Return the schemas of what is sent to the service, at any depth, in the order of reading."""
    return scope.once(_request_schemas)


def response_schemas(scope: Scope) -> tuple[AnyNode, ...]:
    """Return the schemas of what the service answers, at any depth, in the order of reading."""
    return scope.once(_response_schemas)


def schema_types(node: AnyNode) -> frozenset[str]:
    """Return the types that the schema *node* names itself."""
    written = node.fields.get("type")
    return frozenset({text(written), *texts(written)} - {""})


def _request_schemas(scope: Scope) -> tuple[AnyNode, ...]:
    return tuple(_below(scope, OpenApi.PARAMETER, OpenApi.REQUEST_BODY, hidden="readOnly"))


def _response_schemas(scope: Scope) -> tuple[AnyNode, ...]:
    return tuple(_below(scope, OpenApi.RESPONSE, hidden="writeOnly"))


def _below(scope: Scope, *starts: OpenApi, hidden: str) -> Iterator[AnyNode]:
    """Yield the schemas that objects of the kinds *starts* reach, but none that is marked *hidden*."""
    inventory = scope.inventory
    pending = [*scope.objects(*starts)]
    seen: set[Key] = set()
    while pending:
        node = pending.pop()
        key = key_of(node.place)
        if key in seen or node.fields.get(hidden) is True:
            continue
        seen.add(key)
        link = inventory.links.get(key)
        if link is not None:
            target = inventory.nodes.get(key_of(link.target))
            pending += [] if target is None else [target]
        elif node.kind is OpenApi.SCHEMA:
            yield node
        below = [
            inventory.nodes.get(key_of(node.place.child(*tokens))) for tokens, _, _ in children(node.kind, node.fields)
        ]
        pending += [each for each in reversed(below) if each is not None]
