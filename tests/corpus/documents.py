"""Where the real documents are, and which of them apictl is made for."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
CORPUS: Final = Path(os.environ.get("APICTL_CORPUS", ROOT.parent / "shared" / "corpus"))
MISSING: Final = "the real documents (APICTL_CORPUS) are not here"
OPENAPI: Final = "3."
SWAGGER: Final = "2."


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One real document.

    Attributes:
        file: relative to the corpus.
        version: of OpenAPI or AsyncAPI.
        size: in bytes.
    """

    file: str
    version: str
    size: int

    @property
    def path(self) -> Path:
        """Where the document is."""
        return CORPUS / self.file

    @property
    def kind(self) -> str:
        """What it is a document of: `openapi` or `asyncapi`."""
        return self.file.partition("/")[0]

    @property
    def service(self) -> str:
        """A name for its service: `github-22-0-0` for `openapi/github@22.0.0.json`."""
        stem = self.file.partition("/")[2].rsplit(".", maxsplit=1)[0]
        return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Fixture:
    """A document of our own, which has what is new in a version or was in the oldest.

    Attributes:
        service: its name.
        kind: what it is a document of.
    """

    service: str
    kind: str = "openapi"

    @property
    def path(self) -> Path:
        """Where the document is."""
        return ROOT / "tests" / "generated" / "specimens" / f"{self.service}.yaml"


FIXTURES: Final = (Fixture("openapi-3-2"), Fixture("swagger-2-0"))


def openapi_documents(largest: int | None = None) -> list[CorpusDocument]:
    """Return the OpenAPI 3 documents of up to *largest* bytes, small ones first; none without the corpus."""
    found = [one for one in _documents("openapi") if one.version.startswith(OPENAPI)]
    return [one for one in found if largest is None or one.size <= largest]


def swagger_documents() -> list[CorpusDocument]:
    """Return the Swagger 2.0 documents, small ones first; none without the corpus."""
    return [one for one in _documents("openapi") if one.version.startswith(SWAGGER)]


def asyncapi_documents() -> list[CorpusDocument]:
    """Return the AsyncAPI documents, small ones first; none without the corpus."""
    return _documents("asyncapi")


def _documents(kind: str) -> list[CorpusDocument]:
    if not CORPUS.is_dir():
        return []
    entries = json.loads((CORPUS / "manifest.json").read_text("utf-8"))
    found = [
        CorpusDocument(entry["file"], str(entry.get("version", "")), (CORPUS / entry["file"]).stat().st_size)
        for entry in entries
        if entry["file"].startswith(f"{kind}/")
    ]
    return sorted(found, key=lambda one: one.size)
