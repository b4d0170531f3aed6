"""The schemas that operations and shared components hold, each with the name its role gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from apictl.contract.definition import View
from apictl.readers.access import Key, key_of, mapping
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind
from apictl.readers.openapi.routes import Route
from apictl.readers.schemas.names import pascal
from apictl.readers.schemas.naming import Site, place_name

_RANGES: Final = {
    "1XX": "Informational",
    "2XX": "Success",
    "3XX": "Redirection",
    "4XX": "ClientError",
    "5XX": "ServerError",
    "DEFAULT": "Default",
}
_FORMS: Final = {"application/x-www-form-urlencoded": "Form", "multipart/form-data": "Multipart"}
_SIDES: Final = {
    Kind.PARAMETER: View.REQUEST,
    Kind.REQUEST_BODY: View.REQUEST,
    Kind.RESPONSE: View.RESPONSE,
    Kind.HEADER: View.RESPONSE,
}
_SHARING: Final = frozenset({*_SIDES, Kind.MEDIA_TYPE})
"""Objects that hold schemas of messages."""
_COMPONENT_DEPTH: Final = 3
_SUFFIXES: Final = ("Response", "Request", "Body")


@dataclass(frozen=True, slots=True)
class Held:
    """A schema at the edge of a message.

    Attributes:
        site: the schema with its name.
        side: the direction it travels in; both when nothing uses it.
    """

    site: Site
    side: View


def operation_schemas(inventory: Inventory, route: Route) -> Iterator[Held]:
    """Yield the schemas that stand in the operation itself; shared components are not entered."""
    name = pascal(route.id) or "Operation"
    for parameter in _inline(inventory, route.operation, "parameters"):
        yield from _value(inventory, parameter, name + pascal(_name(parameter)), route.asks)
    for parameter in _inline(inventory, route.item, "parameters"):
        # Belongs to the path, not to one of its operations.
        yield from _value(inventory, parameter, pascal(route.path) + pascal(_name(parameter)), route.asks)
    body = inventory.nodes.get(key_of(route.operation.place.child("requestBody")))
    if body is not None and not _is_reference(inventory, body):
        yield from body_schemas(inventory, body, f"{name}Body", route.asks)
    responses = route.operation.place.child("responses")
    statuses = list(mapping(route.operation.fields.get("responses")))
    for status in statuses:
        response = inventory.nodes.get(key_of(responses.child(status)))
        if response is not None and not _is_reference(inventory, response):
            role = response_role(status, statuses)
            yield from body_schemas(inventory, response, name + role, route.answers)


def shared_schemas(inventory: Inventory, routes: Iterable[Route]) -> Iterator[Held]:
    """Yield the schemas that components and objects of other files hold, once for each direction that *routes* need."""
    shared = {key_of(link.target) for link in inventory.links.values()}
    components = inventory.root.place.child("components").pointer + "/"
    used = _used(inventory, routes)
    for key, node in inventory.nodes.items():
        if node.kind not in _SHARING:
            continue
        is_component = node.place.path == inventory.root.place.path and node.place.pointer.startswith(components)
        if key in inventory.links or not (
            key in shared or (is_component and node.place.pointer.count("/") == _COMPONENT_DEPTH)
        ):
            continue
        usual = _SIDES.get(node.kind, View.BOTH) if key in shared else View.BOTH
        for side in used.get(key, [usual]):
            yield from _shared(inventory, node, side)


def _shared(inventory: Inventory, node: Node, side: View) -> Iterator[Held]:
    name = place_name(node.place)
    match node.kind:
        case Kind.PARAMETER | Kind.HEADER:
            yield from _value(inventory, node, pascal(name), side)
        case Kind.REQUEST_BODY | Kind.RESPONSE:
            yield from body_schemas(inventory, node, shared_body_name(name), side)
        case Kind.MEDIA_TYPE:
            yield from _media(inventory, node, pascal(name), side)
        case _:
            pass


def _used(inventory: Inventory, routes: Iterable[Route]) -> dict[Key, list[View]]:
    """Return the directions in which *routes* use parameters, bodies and responses, wherever these stand."""
    used: dict[Key, list[View]] = {}
    for route in routes:
        body = inventory.child(route.operation, "requestBody")
        statuses = mapping(route.operation.fields.get("responses"))
        responses = [inventory.child(route.operation, "responses", status) for status in statuses]
        asked = [(node, route.asks) for node in (*route.parameters, body)]
        for node, side in [*asked, *((node, route.answers) for node in responses)]:
            if node is not None and side not in (sides := used.setdefault(key_of(node.place), [])):
                sides.append(side)
    return used


def shared_body_name(name: str) -> str:
    """Return the name for the body of a shared response or request body: `NotFoundBody` for `NotFound`."""
    word = pascal(name)
    return word if word.endswith(_SUFFIXES) else f"{word}Body"


def response_role(status: str, statuses: Iterable[str]) -> str:
    """Return what a response's body is called after the operation: `Response` when it is the only success."""
    successes = [other for other in statuses if other[:1] == "2"]
    if status in successes:
        return "Response" if len(successes) == 1 else f"{status_phrase(status)}Response"
    if status == "default" and not successes:
        return "Response"
    return f"{status_phrase(status)}Body"


def status_phrase(status: str) -> str:
    """Return the registered phrase of *status* in PascalCase; `Status499` when there is none."""
    if status.upper() in _RANGES:
        return _RANGES[status.upper()]
    try:
        return pascal(HTTPStatus(int(status)).phrase)
    except ValueError:
        return f"Status{pascal(status)}"


def body_schemas(inventory: Inventory, holder: Node, name: str, side: View) -> Iterator[Held]:
    """Yield the schemas of a body's representations and of its headers."""
    contents = mapping(holder.fields.get("content"))
    for media_type in contents:
        node = inventory.nodes.get(key_of(holder.place.child("content", media_type)))
        if node is not None and not _is_reference(inventory, node):
            yield from _media(inventory, node, name + _representation(media_type, len(contents)), side)
    for header in _named(inventory, holder, "headers"):
        yield from _value(inventory, header, name + pascal(place_name(header.place)), side)


def _media(inventory: Inventory, node: Node, name: str, side: View) -> Iterator[Held]:
    if "schema" in node.fields:
        yield Held(Site(node.place.child("schema"), node.fields["schema"], name), side)
    if "itemSchema" in node.fields:
        yield Held(Site(node.place.child("itemSchema"), node.fields["itemSchema"], f"{name}Item"), side)
    for encoding in _encodings(inventory, node):
        for header in _named(inventory, encoding, "headers"):
            yield from _value(inventory, header, name + pascal(place_name(header.place)), side)


def _encodings(inventory: Inventory, node: Node) -> Iterator[Node]:
    yield from _named(inventory, node, "encoding")
    yield from _inline(inventory, node, "prefixEncoding")
    single = inventory.child(node, "itemEncoding")
    if single is not None:
        yield single


def _representation(media_type: str, count: int) -> str:
    essence = media_type.split(";", maxsplit=1)[0].strip().lower()
    if count == 1 or essence == "application/json" or essence.endswith("+json"):
        return ""
    return _FORMS.get(essence) or pascal(essence.rpartition("/")[2])


def _value(inventory: Inventory, holder: Node, name: str, side: View) -> Iterator[Held]:
    """The schema of a parameter or header, be it under `schema` or `content`."""
    if "schema" in holder.fields:
        yield Held(Site(holder.place.child("schema"), holder.fields["schema"], name), side)
    for media_type in mapping(holder.fields.get("content")):
        node = inventory.nodes.get(key_of(holder.place.child("content", media_type)))
        if node is not None and not _is_reference(inventory, node):
            yield from _media(inventory, node, name, side)


def _inline(inventory: Inventory, holder: Node, field: str) -> Iterator[Node]:
    values = holder.fields.get(field)
    for index in range(len(values) if isinstance(values, list) else 0):
        node = inventory.nodes.get(key_of(holder.place.child(field, index)))
        if node is not None and not _is_reference(inventory, node):
            yield node


def _named(inventory: Inventory, holder: Node, field: str) -> Iterator[Node]:
    for name in mapping(holder.fields.get(field)):
        node = inventory.nodes.get(key_of(holder.place.child(field, name)))
        if node is not None and not _is_reference(inventory, node):
            yield node


def _is_reference(inventory: Inventory, node: Node) -> bool:
    key: Key = key_of(node.place)
    return key in inventory.links


def _name(parameter: Node) -> str:
    name = parameter.fields.get("name")
    return name if isinstance(name, str) else ""
