"""One service from its documents to its files: the task that runs on any core."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apictl.findings import Finding
from apictl.pages.page import GeneratedFile
from apictl.workspace.manifest import Service


@dataclass(frozen=True, slots=True)
class Job:
    """All that decides what a service becomes, besides the bytes of its documents.

    Attributes:
        root: absolute folder of the workspace.
        service: with the path of its contract.
        templates: folder below *root* whose templates take precedence; "" for none.
        tool: key of the code that generates.
    """

    root: str
    service: Service
    templates: str = ""
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a service.

    Attributes:
        files: below the folder of the service; empty when the contract is refused.
        findings: with their lines.
        inputs: path and SHA-256 of each document that was read, sorted.
    """

    files: tuple[GeneratedFile, ...]
    findings: tuple[Finding, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()


Build = Callable[[Job], Built]


def build(job: Job) -> Built:
    """Read the contract of *job*, and render everything it becomes.

    Raises:
        ApictlError: a template or the formatter fails.
    """
    # Paid once a process, and not at all by a run that finds everything up to date.
    from apictl.workspace import pipeline  # noqa: PLC0415

    return pipeline.run(job)
