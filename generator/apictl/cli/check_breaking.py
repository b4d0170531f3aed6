"""The part of a check about changes: what breaks somebody since the base."""

from __future__ import annotations

from apictl.cli.check_scene import Scene
from apictl.cli.check_values import plain_statement, statements_from
from apictl.report.check.report import Section
from apictl.report.statement import Statement, in_order
from apictl.workspace.acceptances import read_acceptances
from apictl.workspace.checking.base import Base, Baseless
from apictl.workspace.checking.fingerprints import content_key, plain
from apictl.workspace.checking.parts import Part
from apictl.workspace.manifest import Service

_TITLE = "Changes"


def breaking_section(scene: Scene, lines: dict[str, str]) -> Section:
    """Return which changes since the base break somebody; *lines* takes the lines of old documents, by `path:line`."""
    base = scene.base
    match base:
        case str():
            return Section(Part.BREAKING.value, _TITLE, troubles=(base,))
        case Baseless(reason=reason):
            note = f"nothing to compare with: {reason}"
            return Section(Part.BREAKING.value, _TITLE, notes=(note,), is_skipped=True)
        case Base():
            return _compared(scene, base, lines)


def _compared(scene: Scene, base: Base, lines: dict[str, str]) -> Section:
    """Return what became of each service since *base*: equal ones cost nothing, known ones are not compared again."""
    told: list[Statement] = []
    unknown: list[tuple[Service, str]] = []
    agreed = {each.service for each in read_acceptances(scene.workspace.root)}
    for service in scene.services:
        # Whether an agreement is still needed shows only in a comparison.
        is_plain = service.name not in agreed
        if is_plain and (service.name not in base.snapshot.services or _is_equal(service, scene, base)):
            continue
        key = _key(service, scene, base) if is_plain else ""
        known = scene.look.result(service, Part.BREAKING, key) if key else None
        if known is None:
            unknown.append((service, key))
        else:
            lines.update(known.content["lines"])
            told += statements_from(known.content["statements"])
    present = {service.name for service in scene.workspace.services}
    gone = sorted(base.snapshot.services.keys() - present) if scene.is_whole else []
    troubles: tuple[str, ...] = ()
    if unknown or gone or agreed:
        from apictl.cli.check_comparing import Comparing  # noqa: PLC0415 - the solver takes long to import

        comparing = Comparing(scene, base)
        for service, key in unknown:
            found = comparing.told(service.name)
            if key and comparing.is_compared(service.name):
                scene.look.keep(service, Part.BREAKING, key, _content(found, comparing.lines))
            told += found
        told += [each for name in gone for each in comparing.told(name)]
        told += comparing.agreements()
        lines.update(comparing.lines)
        troubles = tuple(comparing.troubles)
    subject = f"{scene.subject} since {base.snapshot.name}"
    return Section(Part.BREAKING.value, _TITLE, in_order(told), subject, troubles=troubles)


def _is_equal(service: Service, scene: Scene, base: Base) -> bool:
    """Whether no byte differs in the documents of *service*, and they are read the same way."""
    before = base.snapshot.services[service.name]
    documents = scene.look.documents(service)
    if documents is None or (before.documents, before.perspective) != (service.documents, service.perspective):
        return False
    return all(base.is_same(path, scene.look.prints) for path in documents)


def _key(service: Service, scene: Scene, base: Base) -> str:
    look = scene.look
    consumers = [plain(each) for each in scene.workspace.services if service.name in dict(each.consumes)]
    content = look.content(service)
    parts = [look.tool, look.settings, base.commit.id, base.snapshot.name, plain(service), consumers, content]
    return content and content_key([*parts, scene.today.isoformat()])


def _content(told: tuple[Statement, ...], lines: dict[str, str]) -> dict[str, object]:
    places = {f"{each.place.path}:{each.place.line}" for one in told for each in one.finding.related}
    kept = {spot: line for spot, line in lines.items() if spot in places}
    return {"statements": [plain_statement(each) for each in told], "lines": kept}
