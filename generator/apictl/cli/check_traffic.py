"""The part of a check about traffic: whether what services send and call fits at the other end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apictl.cli.check_examining import examined_anew, once
from apictl.cli.check_scene import MANY, Scene
from apictl.cli.check_values import plain_statement, statements_from
from apictl.report.check.report import Section
from apictl.report.statement import Statement
from apictl.workspace.checking.examination import Examination
from apictl.workspace.checking.fingerprints import content_key, plain
from apictl.workspace.checking.meetings import Encounter, Meetings, Neighbours
from apictl.workspace.checking.parts import Part
from apictl.workspace.checking.records import Ends
from apictl.workspace.manifest import Service
from apictl.workspace.workers import on_all_cores


def traffic_section(scene: Scene) -> Section:
    """Return where what is sent is refused, and what is called is not there."""
    look = scene.look
    meetings = Meetings(scene.workspace.services, _ends(scene))
    every = {service.name: service for service in scene.workspace.services}
    told: list[Statement] = []
    stale: list[tuple[str, Encounter]] = []
    for service in scene.services:
        around = meetings.of(service.name)
        if not around.names:
            continue
        others = tuple(every[name] for name in around.names)
        key = _key(service, others, around, scene)
        known = look.result(service, Part.TRAFFIC, key)
        if known is not None:
            told += statements_from(known.content)
        else:
            stale.append((key, Encounter(str(scene.workspace.root), service, around, others)))
    for (key, encounter), found in zip(stale, _met(stale, scene), strict=True):
        look.keep(encounter.service, Part.TRAFFIC, key, [plain_statement(each) for each in found])
        told += found
    return Section(Part.TRAFFIC.value, "Traffic between services", once(told), scene.subject)


def _met(stale: Sequence[tuple[str, Encounter]], scene: Scene) -> Iterator[tuple[Statement, ...]]:
    """Yield what is said of each of *stale*, in their order."""
    if not stale:
        return
    from apictl.cli.check_words import statement_of_traffic  # noqa: PLC0415 - rules take long to import
    from apictl.workspace.checking.traffic import met  # noqa: PLC0415 - as above

    def advance(name: str, done: int, total: int) -> None:
        scene.progress(f"traffic of {name}", done, total)

    for judgements in on_all_cores(met, [each for _, each in stale], progress=advance, least=MANY):
        yield tuple(map(statement_of_traffic, judgements))


def _ends(scene: Scene) -> dict[str, Ends]:
    """Return the ends of all services that may have to do with those that are checked."""
    look = scene.look
    near = {service.name for service in scene.services} | {
        name for service in scene.services for name in dict(service.consumes)
    }
    has_events = any(service.asyncapi for service in scene.services)
    wanted = [each for each in scene.workspace.services if each.name in near or (has_events and each.asyncapi)]
    wants = frozenset({Part.TRAFFIC})
    tasks = [
        Examination(look.job(service), str(look.output), (), wants)
        for service in wanted
        if look.documents(service) is None or look.record(service).ends is None
    ]
    for task, result in zip(tasks, examined_anew(tasks, scene), strict=True):
        look.read(task.service, dict(result.documents))
        if result.ends is not None:
            look.met(task.service, result.ends)
    known = {service.name: look.record(service).ends for service in wanted}
    return {name: ends for name, ends in known.items() if ends is not None}


def _key(service: Service, others: tuple[Service, ...], around: Neighbours, scene: Scene) -> str:
    look = scene.look
    contents = [look.content(each) for each in (service, *others)]
    return content_key([look.tool, contents, [plain(each) for each in (service, *others)], plain(around)])
