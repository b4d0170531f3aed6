"""Old and new versions of real documents, and pairs of large documents that say the same."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GITHUB: Final = "github"
EQUAL: Final = "github = github"
RESPELLED: Final = "github ~ github"

# The manifest calls none of these the older version of another: each is published as a document of its own.
_UNTOLD: Final = {
    "openapi/adyen-CheckoutService-v71.json": "openapi/adyen-CheckoutService-v70.json",
    "openapi/intercom-2.15.yaml": "openapi/intercom-2.11.yaml",
}


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """A contract before and after.

    Attributes:
        name: short.
        old: where the old one is.
        new: where the new one is.
    """

    name: str
    old: Path
    new: Path


def corpus_pairs(corpus: Path) -> tuple[DocumentPair, ...]:
    """Return the pairs that the manifest of *corpus* tells of, then those that it doesn't.

    Raises:
        OSError: there is no manifest.
    """
    rows = json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))
    documents = {Path(row["file"]).stem: row["file"] for row in rows}
    told = {documents[row["older_version_of"]]: row["file"] for row in rows if "older_version_of" in row}
    return tuple(
        DocumentPair(Path(new).stem, corpus / old, corpus / new)
        for new, old in (told | _UNTOLD).items()
        if new in documents.values()
    )


def equal_pairs(document: Path, folder: Path) -> tuple[DocumentPair, ...]:
    """Return *document*, of JSON, beside a copy, and beside its content with other blanks; both are put into *folder*.

    The copy is recognised by its bytes alone, the other one must be read.
    """
    copy, respelled = folder / "copy.json", folder / "respelled.json"
    shutil.copyfile(document, copy)
    content = json.loads(document.read_text(encoding="utf-8"))
    respelled.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
    return DocumentPair(EQUAL, document, copy), DocumentPair(RESPELLED, document, respelled)
