"""One service from its documents to its files: the task that runs on any core."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apictl.findings import Finding
from apictl.pages.page import GeneratedFile
from apictl.workspace.manifest import Service


@dataclass(frozen=True, slots=True)
class ClientWish:
    """A client of another service, with what its consumer calls and no more.

    Attributes:
        provider: the other service.
        operations: ids of what is called.
        names: what `apictl.lock` keeps of the provider.
    """

    provider: Service
    operations: tuple[str, ...]
    names: str


@dataclass(frozen=True, slots=True)
class Job:
    """All that decides what a service becomes, besides the bytes of its documents.

    Attributes:
        root: absolute folder of the workspace.
        service: with the path of its contract.
        templates: folder below *root* whose templates take precedence; "" for none.
        tool: key of the code that generates.
        memory: absolute folder for what earlier runs made; "" to remember nothing.
        names: what `apictl.lock` keeps of the service, as `name_lock.section_text` gives it.
        hook: path below *root* of the program that changes the contract; "" for none. It is trusted.
        hook_content: SHA-256 of that program.
        clients: of other services, with less in them.
    """

    root: str
    service: Service
    templates: str = ""
    tool: str = ""
    memory: str = ""
    names: str = ""
    hook: str = ""
    hook_content: str = ""
    clients: tuple[ClientWish, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a service.

    Attributes:
        files: below the folder of the service; empty when the contract is refused.
        findings: with their lines.
        inputs: path and SHA-256 of each document that was read, sorted.
        names: what `apictl.lock` is to keep of the service.
    """

    files: tuple[GeneratedFile, ...]
    findings: tuple[Finding, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    names: str = ""


Build = Callable[[Job], Built]


def build(job: Job) -> Built:
    """Read the contract of *job*, and render everything it becomes.

    Raises:
        ApictlError: a template or the formatter fails.
    """
    # Paid once a process, and not at all by a run that finds everything up to date.
    from apictl.workspace import pipeline  # noqa: PLC0415

    return pipeline.run(job)
