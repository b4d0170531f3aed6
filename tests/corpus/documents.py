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
READ: Final = ("3.0", "3.1")


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One real document.

    Attributes:
        file: relative to the corpus.
        version: of OpenAPI.
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
    def service(self) -> str:
        """A name for its service: `github-22-0-0` for `openapi/github@22.0.0.json`."""
        stem = self.file.removeprefix("openapi/").rsplit(".", maxsplit=1)[0]
        return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")


def openapi_documents(largest: int | None = None) -> list[CorpusDocument]:
    """Return the OpenAPI 3.0 and 3.1 documents of up to *largest* bytes, small ones first; none without the corpus."""
    if not CORPUS.is_dir():
        return []
    entries = json.loads((CORPUS / "manifest.json").read_text("utf-8"))
    found = [
        CorpusDocument(entry["file"], str(entry["version"]), (CORPUS / entry["file"]).stat().st_size)
        for entry in entries
        if entry["file"].startswith("openapi/") and str(entry.get("version", "")).startswith(READ)
    ]
    return sorted((one for one in found if largest is None or one.size <= largest), key=lambda one: one.size)
