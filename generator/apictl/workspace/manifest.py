"""The manifest `apictl.yaml`: what it may say, read into frozen values, faults shown with their line."""

from __future__ import annotations

import difflib
import functools
import importlib.resources
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

import jsonschema_rs

from apictl.contract.trimming import Filter
from apictl.errors import ApictlError
from apictl.findings import Place, is_refused
from apictl.readers.forgiven import Need
from apictl.source.document import Document
from apictl.source.parsing import parse
from apictl.workspace.judging import Judging, judging_of, rule_flaw
from apictl.workspace.lint_settings import LintSettings, lint_settings_of
from apictl.workspace.naming import path_inside, service_name
from apictl.workspace.packages import package_flaw
from apictl.workspace.roots import MANIFEST_NAME
from apictl.workspace.shaping import filter_of, renames_of, shaping_flaws

__all__ = ["MANIFEST_NAME", "Manifest", "Service", "manifest_fault", "manifest_schema", "read_manifest"]

_SIZE_LIMIT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Service:
    """What the manifest says of one service.

    Attributes:
        name: `[a-z][a-z0-9-]*`, the folder below the output.
        openapi: path of the contract of its requests, relative to the workspace; "" where there is none, and until the
            specs folder was searched.
        asyncapi: path of the contract of its events, likewise.
        perspective: whose view an AsyncAPI document of version 2 is written in: `service` or `client`.
        owner: team that answers for it; "" when unsaid.
        is_external: run by somebody else, only consumed here.
        visibility: who may use it; "" when unsaid.
        package: import name of its generated package; "" for the usual one.
        consumes: operation ids it calls, by service.
        reads: service, operation id and the fields of its answers that it reads, where not all; as `items.price`.
        refusals: statuses with which its rules may refuse what the schema allows, by operation id.
        filter: which of its operations are generated.
        names: what methods and classes are to be called instead of what they are: kind, old name, new name.
        clients: services that it gets a client of, with what it consumes of them and no more.
    """

    name: str
    openapi: str = ""
    asyncapi: str = ""
    perspective: str = "service"
    owner: str = ""
    is_external: bool = False
    visibility: str = ""
    package: str = ""
    consumes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reads: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    refusals: tuple[tuple[str, tuple[int, ...]], ...] = ()
    filter: Filter = field(default_factory=Filter)
    names: tuple[tuple[str, str, str], ...] = ()
    clients: tuple[str, ...] = ()

    @property
    def need(self) -> Need:
        """What its contract is read for."""
        return Need.CLIENT if self.is_external else Need.SERVICE

    @property
    def documents(self) -> tuple[str, ...]:
        """Paths of its contracts: of requests, then of events; never empty once the specs folder was searched."""
        return tuple(path for path in (self.openapi, self.asyncapi) if path)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `apictl.yaml` says, with defaults filled in; paths are relative to the workspace and stay inside it.

    Attributes:
        output: folder of generated packages.
        specs: folder of contracts.
        templates: folder whose templates take precedence; "" for none.
        services: in the manifest's order.
        judging: how changes are judged.
        linting: how documents are linted.
        hooks: path of a Python file that changes contracts before anything is generated; "" for none.
    """

    output: str = "generated"
    specs: str = "specs"
    templates: str = ""
    services: tuple[Service, ...] = ()
    judging: Judging = field(default_factory=Judging)
    linting: LintSettings = field(default_factory=LintSettings)
    hooks: str = ""


def read_manifest(raw: bytes, *, path: str = MANIFEST_NAME) -> Manifest:
    """Return what *raw* says; an empty manifest is all defaults.

    Raises:
        ApictlError: it is no YAML or says what a manifest can't; one line for each fault.
    """
    if not raw.strip():
        return Manifest()
    document = _parsed(raw, path)
    faults = [*_structural_faults(document)]
    if not faults:
        manifest = _manifest(cast("Mapping[str, Any]", document.tree))
        faults = [*_path_faults(document, manifest), *_service_faults(document, manifest), *_rule_faults(document)]
        if not faults:
            return manifest
    raise ApictlError("\n".join(text for _, text in sorted(faults)))


def manifest_fault(raw: bytes, place: Place, *, message: str, hint: str | None = None) -> ApictlError:
    """Return an error that says *message* of *place* in *raw*, a manifest that `read_manifest` accepts."""
    return ApictlError(_fault(_parsed(raw, place.path), place, message)[1], hint=hint)


_Fault = tuple[tuple[int, int], str]


def _parsed(raw: bytes, path: str) -> Document:
    if len(raw) > _SIZE_LIMIT:
        raise ApictlError(f"{path}: larger than {_SIZE_LIMIT} bytes")
    document, findings = parse(path, raw)
    if document is None or is_refused(findings):
        first = next(finding for finding in findings if is_refused((finding,)))
        spot = f"{first.place.line or 1}:{first.place.column or 1}"
        raise ApictlError(f"{path}:{spot}: {first.message}", hint=first.hint)
    return document


def _fault(document: Document, place: Place, message: str) -> _Fault:
    found = document.locate(place)
    spot = (found.line or 1, found.column or 1)
    return spot, f"{document.path}:{spot[0]}:{spot[1]}: {message}"


def manifest_schema() -> str:
    """Return the JSON Schema of a manifest."""
    return importlib.resources.files("apictl.workspace").joinpath("manifest.schema.json").read_text("utf-8")


@functools.cache
def _schema() -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", json.loads(manifest_schema()))


@functools.cache
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(dict(_schema()))


def _structural_faults(document: Document) -> Iterable[_Fault]:
    for flaw in _validator().iter_errors(document.tree):
        place = Place(document.path).child(*flaw.instance_path)
        match flaw.kind:
            case jsonschema_rs.ValidationErrorKind.AdditionalProperties(unexpected=unexpected):
                known = _known_keys(flaw.instance_path)
                for key in unexpected:
                    yield _fault(document, place.child(key).key(), _unknown_key(key, known))
            case jsonschema_rs.ValidationErrorKind.Constant():
                message = f"version {_short(flaw.instance)} is not supported, this apictl reads version 1"
                yield _fault(document, place, message)
            case _:
                where = ".".join(str(step) for step in flaw.instance_path) or "the manifest"
                yield _fault(document, place, f"{where}: {flaw.message[:150]}")


def _known_keys(path: Iterable[str | int]) -> list[str]:
    """Return the keys that the schema knows at *path*."""
    schema: Any = _schema()
    for step in path:
        below = schema.get("items") if isinstance(step, int) else schema.get("properties", {}).get(step)
        schema = below or schema.get("additionalProperties") or {}
        if "$ref" in schema:
            schema = _schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    return list(schema.get("properties", ()))


def _unknown_key(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    hint = f", did you mean {close[0]!r}?" if close else f", known are {', '.join(sorted(known))}"
    return f"unknown key {_short(key)}{hint}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - fits a line beside its message


def _manifest(tree: Mapping[str, Any]) -> Manifest:
    entries: Mapping[str, Any] = tree.get("services", {})
    return Manifest(
        output=tree.get("output", "generated"),
        specs=tree.get("specs", "specs"),
        templates=tree.get("templates", ""),
        services=tuple(_service(name, entry or {}) for name, entry in entries.items()),
        judging=judging_of(tree.get("diff", {})),
        linting=lint_settings_of(tree.get("lint", {})),
        hooks=tree.get("hooks", ""),
    )


def _service(name: str, entry: Mapping[str, Any]) -> Service:
    return Service(
        name=name,
        openapi=entry.get("openapi", ""),
        asyncapi=entry.get("asyncapi", ""),
        perspective=entry.get("perspective", "service"),
        owner=entry.get("owner", ""),
        is_external=entry.get("external", False),
        visibility=entry.get("visibility", ""),
        package=entry.get("package", ""),
        consumes=tuple((consumed, tuple(ids)) for consumed, ids in entry.get("consumes", {}).items()),
        reads=tuple(_reads(entry.get("consumes", {}))),
        refusals=tuple((operation, tuple(statuses)) for operation, statuses in entry.get("refusals", {}).items()),
        filter=filter_of(entry),
        names=renames_of(entry),
        clients=tuple(entry.get("clients", ())),
    )


def _reads(consumes: Mapping[str, Any]) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    for consumed, operations in consumes.items():
        told = operations.items() if isinstance(operations, Mapping) else ()
        yield from ((consumed, name, tuple(entry["fields"])) for name, entry in told if entry and "fields" in entry)


def _path_faults(document: Document, manifest: Manifest) -> Iterable[_Fault]:
    root = Place(document.path)
    written = [(root.child(key), getattr(manifest, key)) for key in ("output", "specs", "templates", "hooks")]
    for entry in manifest.services:
        written += [
            (root.child("services", entry.name, key), path)
            for key, path in (("openapi", entry.openapi), ("asyncapi", entry.asyncapi))
        ]
    written += [(root.child("lint", "custom", index), path) for index, path in enumerate(manifest.linting.custom)]
    for place, text in written:
        if text and path_inside(text) is None:
            message = f"path {_short(text)} leads out of the workspace"
            yield _fault(document, place, message)


def _rule_faults(document: Document) -> Iterable[_Fault]:
    """Yield the weights for rules that there are not; a pattern with `*` must mean one at least."""
    tree = cast("Mapping[str, Any]", document.tree)
    for index, entry in enumerate(tree.get("diff", {}).get("severities", ())):
        place = Place(document.path).child("diff", "severities", index)
        if "rule" in entry and (flaw := rule_flaw(entry["rule"])):
            yield _fault(document, place.child("rule"), flaw)


def _service_faults(document: Document, manifest: Manifest) -> Iterable[_Fault]:
    for entry in manifest.services:
        place = Place(document.path).child("services", entry.name).key()
        better = service_name(entry.name)
        if better is None:
            yield _fault(document, place, f"service {_short(entry.name)} has no usable name, write a-z, 0-9 and dashes")
        elif better != entry.name:
            yield _fault(document, place, f"service {_short(entry.name)} must be written {better!r}")
        if entry.package and (flaw := package_flaw(entry.package)):
            package = Place(document.path).child("services", entry.name, "package")
            yield _fault(document, package, f"package {entry.package!r} {flaw}")
        if entry.name in dict(entry.consumes):
            yield _fault(document, place, f"service {entry.name!r} consumes itself")
        yield from (_fault(document, at, text) for at, text in shaping_flaws(document.path, entry.name, manifest))
