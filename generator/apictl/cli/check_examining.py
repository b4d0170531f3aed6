"""The first parts of a check: what is wrong with documents, and whether generated code is what they say."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from apictl.cli.check_scene import MANY, Scene
from apictl.cli.check_values import findings_from
from apictl.findings import Finding, Place, Severity, error, is_refused
from apictl.report.check.report import Section
from apictl.report.statement import Statement, in_order, statement_of
from apictl.rules.checking import CODE_EDITED, CODE_OUTDATED
from apictl.rules.generation import GENERATION_PAGES
from apictl.workspace import output as output_folder
from apictl.workspace.cache import plain_finding
from apictl.workspace.checking.examination import Examination, Examined
from apictl.workspace.checking.fingerprints import content_key, plain
from apictl.workspace.checking.look import Look
from apictl.workspace.checking.parts import Part
from apictl.workspace.checking.written import Currency
from apictl.workspace.generation import key_of
from apictl.workspace.ledger import LEDGER_NAME
from apictl.workspace.manifest import Service
from apictl.workspace.name_lock import LOCK_NAME, parsed_names
from apictl.workspace.workers import on_all_cores

_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a service once it was examined.

    Attributes:
        lint: what is to be said about its documents.
        generation: what is to be said about what is generated, without what is said about its documents.
        currency: how its generated code differs; None when nothing can be generated.
        trouble: why it could not be examined; "" when it was.
        faults: what became of rules of the team's own that failed.
    """

    lint: tuple[Finding, ...] = ()
    generation: tuple[Finding, ...] = ()
    currency: Currency | None = None
    trouble: str = ""
    faults: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether something can be generated of it."""
        return not self.trouble and not is_refused((*self.lint, *self.generation))


def examined(scene: Scene) -> Mapping[str, Known]:
    """Return what is known of each service of *scene*, by name; examined anew where something changed."""
    look = scene.look
    _complete(look)
    tasks = [task for service in scene.services if (task := _task(service, scene)) is not None]
    results = examined_anew(tasks, scene)
    troubles = {}
    for task, result in zip(tasks, results, strict=True):
        _keep(task, result, look)
        troubles[task.service.name] = result
    return {each.name: _known(each, scene, troubles.get(each.name)) for each in scene.services}


def examined_anew(tasks: Sequence[Examination], scene: Scene) -> tuple[Examined, ...]:
    """Return what comes of *tasks*, in their order."""
    if not tasks:
        return ()
    from apictl.workspace.checking.examining import examine  # noqa: PLC0415 - readers take long to import

    return on_all_cores(examine, tasks, progress=scene.progress, least=MANY)


def generated_section(scene: Scene, known: Mapping[str, Known]) -> Section:
    """Return where generated code is not what the contracts say."""
    told: list[Statement] = []
    unsound = []
    for service in scene.services:
        each = known[service.name]
        told += [of_service(service.name, finding) for finding in each.generation]
        if each.currency is not None:
            told += _differences(service, each.currency, scene)
        elif not each.trouble:
            unsound.append(service.name)
    if scene.is_whole:
        told += _orphans(scene)
    notes = (f"nothing can be generated of {', '.join(unsound)}",) if unsound else ()
    troubles = tuple(f"{name}: {each.trouble}" for name, each in known.items() if each.trouble)
    troubles = () if Part.LINT in scene.parts else troubles
    return Section(Part.GENERATED.value, "Generated code", once(told), scene.subject, notes, troubles)


def once(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return *statements* by file and line, each once: services that share a document find the same in it."""
    return in_order({each.finding: each for each in statements}.values())


def _complete(look: Look) -> None:
    if output_folder.has_leftovers(look.output):
        with output_folder.exclusive(
            look.output, names=look.workspace.root / LOCK_NAME
        ):  # completes what an interrupted run had decided
            pass


def _task(service: Service, scene: Scene) -> Examination | None:
    """Return what has to be found out about *service*; None when all is known."""
    look, wants = scene.look, set()
    is_read = look.documents(service) is not None
    if Part.LINT in scene.parts and look.result(service, Part.LINT, _lint_key(service, look)) is None:
        wants.add(Part.LINT)
    if Part.GENERATED in scene.parts and look.result(service, Part.GENERATED, _code_key(service, look)) is None:
        wants.add(Part.GENERATED)
    if Part.TRAFFIC in scene.parts and (not is_read or look.record(service).ends is None):
        wants.add(Part.TRAFFIC)
    if is_read and not wants:
        return None
    parsed_names(look.names.get(service.name, ()))  # says which line is wrong
    owned = tuple(look.owned.get(service.name, {}).items())
    return Examination(look.job(service), str(look.output), owned, frozenset(wants), look.is_remembered)


def _keep(task: Examination, result: Examined, look: Look) -> None:
    service = task.service
    look.read(service, dict(result.documents))
    if result.failure:
        return
    # What a rule that failed would have said is not known.
    if Part.LINT in task.wants and not result.faults:
        told = [plain_finding(finding) for finding in result.linted]
        look.keep(service, Part.LINT, _lint_key(service, look), told)
    if Part.GENERATED in task.wants:
        look.wrote(service, result.state)
        content = {
            "findings": [plain_finding(finding) for finding in result.findings],
            "currency": None if result.currency is None else dataclasses.asdict(result.currency),
        }
        look.keep(service, Part.GENERATED, _code_key(service, look), content)
        if result.currency is not None and result.currency.is_current:
            look.listed(service)
    if result.ends is not None:
        look.met(service, result.ends)


def _known(service: Service, scene: Scene, result: Examined | None) -> Known:
    look = scene.look
    trouble, faults = ("", ()) if result is None else (result.failure, result.faults)
    lint: tuple[Finding, ...] = ()
    generation: tuple[Finding, ...] = ()
    currency = None
    if faults and result is not None:
        lint = result.linted
    elif Part.LINT in scene.parts and (found := look.result(service, Part.LINT, _lint_key(service, look))):
        lint = findings_from(found.content)
    if Part.GENERATED in scene.parts and (found := look.result(service, Part.GENERATED, _code_key(service, look))):
        generation = findings_from(found.content["findings"])
        currency = _currency(found.content["currency"])
    if Part.LINT in scene.parts:
        generation = tuple(each for each in generation if not _is_told(each, lint))
    return Known(lint, generation, currency, trouble, faults)


def _is_told(finding: Finding, lint: tuple[Finding, ...]) -> bool:
    """Whether *finding*, of generation, is told by *lint*, which judges the same documents and may weigh otherwise."""
    if finding.rule in GENERATION_PAGES:
        return False
    told = {(each.rule, each.place.path, each.place.pointer) for each in lint}
    key = (finding.rule, finding.place.path, finding.place.pointer)
    return finding.severity is not Severity.ERROR or key in told


def _currency(content: Any) -> Currency | None:
    if content is None:
        return None
    names = {name: tuple(content[name]) for name in ("missing", "outdated", "edited", "stale")}
    return Currency(**names, is_listed=content["is_listed"], is_named=content["is_named"])


def _lint_key(service: Service, look: Look) -> str:
    content = look.content(service)
    custom = look.prints.hashes(dict.fromkeys(look.workspace.manifest.linting.custom))
    return content and content_key([look.tool, look.settings, plain(service), content, custom])


def _code_key(service: Service, look: Look) -> str:
    content, state = look.content(service), look.known_state(service)
    contents = [content, *(look.content(each) for each in look.workspace.services if each.name in service.clients)]
    is_known = all(contents) and state
    return content_key([key_of(look.job(service)), contents, state, look.owned_key(service)]) if is_known else ""


def of_service(service: str, finding: Finding) -> Statement:
    """Return *finding* as a statement about *service*."""
    return dataclasses.replace(statement_of(finding, finding.place), suite=service)


def _differences(service: Service, currency: Currency, scene: Scene) -> Iterator[Statement]:
    """Yield one statement about files that somebody changed, and one about all others."""
    shown = _shown(scene)
    if currency.edited:
        count = len(currency.edited)
        message = f"{_files(count)} of the generated code of {service.name!r} {_were(count)} changed by hand"
        hint = "take the change back, or overwrite it: apictl generate --force"
        place = Place(f"{shown}/{currency.edited[0]}")
        yield _listing(service.name, error(CODE_EDITED, place, message, hint=hint), shown, currency.edited)
    counts = ((currency.missing, "missing"), (currency.outdated, "out of date"), (currency.stale, "not asked for"))
    found = [f"{len(paths)} {word}" for paths, word in counts if paths]
    if not found and not (currency.edited or currency.is_listed):
        found = [f"{LEDGER_NAME} does not list it as it is"]
    if not currency.is_named:
        found.append(f"{LOCK_NAME} does not keep its names")
    if found:
        message = f"generated code of {service.name!r} is out of date: {', '.join(found)}"
        finding = error(CODE_OUTDATED, Place(service.documents[0]), message, hint="run `apictl generate`")
        yield _listing(service.name, finding, shown, (*currency.missing, *currency.outdated, *currency.stale))


def _orphans(scene: Scene) -> Iterator[Statement]:
    """Yield what is left of services that are gone."""
    known = {service.name for service in scene.workspace.services}
    for name in sorted(scene.look.owned.keys() - known):
        paths = tuple(sorted(scene.look.owned[name]))
        message = f"generated code of {name!r} is left, and there is no contract of it any more"
        shown = _shown(scene)
        finding = error(CODE_OUTDATED, Place(f"{shown}/{LEDGER_NAME}"), message, hint="run `apictl generate`")
        yield _listing(name, finding, shown, paths)


def _listing(service: str, finding: Finding, folder: str, paths: tuple[str, ...]) -> Statement:
    told = of_service(service, finding)
    lines = [f"{folder}/{path}" for path in paths[:_SHOWN]]
    more = [f"… and {len(paths) - _SHOWN} more"] if len(paths) > _SHOWN else []
    return dataclasses.replace(told, details=(*lines, *more, *told.details))


def _shown(scene: Scene) -> str:
    output, root = scene.look.output, scene.workspace.root
    return output.relative_to(root).as_posix() if output.is_relative_to(root) else Path(output).as_posix()


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
