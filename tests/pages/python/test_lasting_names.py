"""Whatever is added to a contract, taken from it or moved within it: what stays keeps its name."""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from apictl.emitters.events.spell import spell_events
from apictl.emitters.models.shapes import AliasShape, ClassShape, EnumShape
from apictl.emitters.models.shaping import LastingNames, shapes
from apictl.pages.python.companions import companions
from apictl.pages.python.identities import identities
from apictl.pages.python.keeping import NameKey, Names
from apictl.pages.python.spell import spell
from apictl.readers.read import read
from apictl.source.library import DocumentMissing, Library
from apictl.workspace.name_lock import parsed_names, service_text

ROOT = Path(__file__).parents[3]
CORPUS = Path(os.environ.get("APICTL_CORPUS", ROOT.parent / "shared" / "corpus")) / "openapi"
SMALL = 60_000
ROUNDS = 4

Document = dict[str, Any]
Chosen = Mapping[tuple[str, str, str], str]


def chosen(document: Document, kept: Mapping[NameKey, str], base: str) -> tuple[Chosen, Mapping[NameKey, str]] | None:
    """Return all names in the code of *document*, by what they name, and those that are to be kept; None of no code."""
    contract = read(Library(_fetch(document, base)), base, service="subject").contract
    if contract is None:
        return None
    names = Names(kept)
    spelled = spell(contract, kept=names)
    if contract.events is not None:
        spell_events(spelled)
    keys = {name: each.key for name, each in identities(contract).items()}
    made = shapes(
        {name: each.schema for name, each in contract.definitions.items()},
        reserved=frozenset(spelled.class_names.values()),
        lasting=LastingNames(names, keys),
    )
    found: dict[tuple[str, str, str], str] = {}
    for name, class_name in spelled.class_names.items():
        found["class", keys[name], ""] = class_name
        match made.by_name[name]:
            case ClassShape(fields=fields):
                found |= {("field", keys[name], each.wire_name): each.name for each in fields}
            case AliasShape():
                pass
            case EnumShape(members=members):
                found |= {("member", keys[name], str(each.value)): each.name for each in members}
    for prefix in ("iterate", "stream"):
        found |= {("companion", prefix, function): name for function, name in companions(spelled, prefix).items()}
    for group in spelled.groups:
        found["group", group.tag, ""] = f"{group.attribute} {group.class_stem}"
        for operation in group.operations:
            declared = operation.operation
            request = f"{declared.method} {declared.path}"
            found["method", request, ""] = f"{operation.function} {operation.constant}"
            found |= {
                ("parameter", request, f"{each.parameter.location.value} {each.parameter.name}"): each.argument
                for each in operation.parameters
            }
            found |= {
                ("answer", request, each.response.status): each.class_name
                for each in operation.answers
                if each.class_name
            }
    return found, parsed_names(enumerate(service_text("subject", names.given).splitlines(), start=1))


def _fetch(document: Document, base: str) -> Callable[[str], bytes]:
    def fetch(path: str) -> bytes:
        if path == base:
            return json.dumps(document).encode()
        file = ROOT / path
        if not file.is_file():
            raise DocumentMissing(path)
        return file.read_bytes()

    return fetch


def changed(document: Document, chance: random.Random) -> Document:
    """Return *document* with something added to it, taken from it, or moved within it."""
    new = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        chance.choice([_shuffle, _remove_operation, _add_operations, _add_schemas, _add_properties, _add_branch])(
            new, chance
        )
    return new


METHODS = {"get", "put", "post", "delete", "patch"}


def _operations(document: Document) -> list[tuple[Document, str]]:
    return [(item, method) for item in document.get("paths", {}).values() for method in item if method in METHODS]


def _nodes(value: Any) -> list[Document]:
    found: list[Document] = []
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            found.append(current)
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current
    return found


def _shuffle(document: Document, chance: random.Random) -> None:
    for holder, name in [(document, "paths"), (document, "tags"), (document.get("components", {}), "schemas")]:
        if isinstance(holder.get(name), dict):
            holder[name] = dict(chance.sample([*holder[name].items()], len(holder[name])))
        elif isinstance(holder.get(name), list):
            chance.shuffle(holder[name])
    for node in _nodes(document.get("paths", {})) + _nodes(document.get("components", {})):
        for name in ("oneOf", "anyOf", "parameters"):
            if isinstance(node.get(name), list):
                chance.shuffle(node[name])
        if isinstance(node.get("properties"), dict):
            node["properties"] = dict(chance.sample([*node["properties"].items()], len(node["properties"])))


def _remove_operation(document: Document, chance: random.Random) -> None:
    operations = _operations(document)
    if len(operations) > 1:
        item, method = chance.choice(operations)
        del item[method]


def _respelled(name: str, chance: random.Random) -> str:
    """Return another wire name that wants the same name in Python."""
    apart = "".join(f"_{each.lower()}" if each.isupper() else each for each in name).strip("_")
    words = apart.replace("-", "_").replace(".", "_").split("_")
    forms = [
        "iterate_" + "_".join(words), "stream" + "".join(map(str.capitalize, words)),
        "_".join(words), "-".join(words), words[0] + "".join(map(str.capitalize, words[1:])),
        "".join(map(str.capitalize, words)), "_".join(words).upper(),
    ]  # fmt: skip
    return chance.choice(forms)


def _add_operations(document: Document, chance: random.Random) -> None:
    for item, method in chance.sample(_operations(document), min(2, len(_operations(document)))):
        known = item[method].get("operationId")
        added: Document = {"responses": {"200": {"description": "."}, "404": {"description": "."}}}
        taken = {each[name].get("operationId") for each, name in _operations(document)}
        if known and (other := _respelled(known, chance)) not in taken:
            added["operationId"] = other
        if item[method].get("tags"):
            added["tags"] = [_respelled(item[method]["tags"][0], chance)]
        document["paths"][f"/added/{chance.random()}"] = {"get": added}


def _add_schemas(document: Document, chance: random.Random) -> None:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    promoted = [f"{each[name].get('operationId', 'x')}{chance.choice(['Body', 'Response'])}" for each, name in
                _operations(document)]  # fmt: skip
    for name in chance.sample([*schemas, *promoted], min(3, len(schemas) + len(promoted))):
        other = _respelled(name, chance) if chance.random() < 0.5 else name[:1].upper() + name[1:]
        schemas.setdefault(other, {"type": "object", "properties": {"added": {"type": "string"}}})


def _add_properties(document: Document, chance: random.Random) -> None:
    for node in _nodes(document.get("components", {}).get("schemas", {})):
        properties = node.get("properties")
        if node.get("type") == "object" and isinstance(properties, dict) and properties and chance.random() < 0.3:
            properties.setdefault(_respelled(chance.choice([*properties]), chance), {"type": "string"})
        values = node.get("enum")
        if node.get("type") == "string" and isinstance(values, list) and len(values) > 1 and chance.random() < 0.3:
            other = _respelled(str(chance.choice(values)), chance)
            values += [] if other in values else [other]


def _add_branch(document: Document, chance: random.Random) -> None:
    for item, method in chance.sample(_operations(document), min(3, len(_operations(document)))):
        responses = item[method].setdefault("responses", {})
        body = {"type": "object", "properties": {"added": {"type": "integer"}}}
        responses.setdefault(
            chance.choice(["201", "202", "409", "default"]),
            {"description": ".", "content": {"application/json": {"schema": body}}},
        )


def documents() -> list[Path]:
    """Return the examples, and the small documents of the corpus where there is one."""
    found = [*ROOT.glob("specs/*/openapi.yaml"), *(CORPUS.glob("oai-3.*") if CORPUS.is_dir() else ())]
    return sorted(path for path in found if path.stat().st_size < SMALL)


@pytest.mark.parametrize("path", documents(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_stays_keeps_its_name(path: Path) -> None:
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    base = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    chance = random.Random(os.environ.get("APICTL_SEED", path.stem))
    first = chosen(json.loads(json.dumps(document, default=str)), {}, base)
    assert first is not None
    before, kept = first

    for _ in range(ROUNDS):
        new = json.loads(json.dumps(changed(document, chance), default=str))
        made = chosen(new, kept, base)
        if made is None:  # chance has made a document that is refused
            continue
        (after, kept), document = made, new

        renamed = {what: (name, after[what]) for what, name in before.items() if after.get(what, name) != name}
        assert renamed == {}
        before = after
