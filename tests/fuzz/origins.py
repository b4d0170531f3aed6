"""What is mutated: the small documents of the corpus, and small pieces of its larger ones."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from apictl.contract.contract import Contract
from apictl.readers.read import read
from apictl.source.library import Library
from tests.corpus.documents import CorpusDocument, asyncapi_documents, openapi_documents

_LARGEST_WHOLE: Final = 32_000
_LARGEST_CARVED: Final = 500_000
_LARGEST_PIECE: Final = 40_000
_PIECES: Final = 4
_PATHS: Final = 3
_REFERENCE: Final = re.compile(r"#/components/([^/]+)/([^/\"]+)")


@dataclass(frozen=True, slots=True)
class Origin:
    """A document that apictl accepts, or nearly.

    Attributes:
        name: of the document, and the number of the piece.
        text: of it.
        tree: what the text says.
        contract: None when it is refused as it is.
    """

    name: str
    text: str
    tree: Any
    contract: Contract | None


def origins() -> list[Origin]:
    """Return all origins, in the same order on every machine; none without the corpus."""
    return [origin for document in _documents() for origin in _of(document)]


def _documents() -> list[CorpusDocument]:
    return [*openapi_documents(_LARGEST_CARVED), *(one for one in asyncapi_documents() if one.size <= _LARGEST_WHOLE)]


def _of(document: CorpusDocument) -> Iterator[Origin]:
    library = Library(lambda _: document.path.read_bytes())
    read_document = library.document(document.file)
    if read_document is None:
        return
    if document.size <= _LARGEST_WHOLE:
        contract = read(library, document.file, service="origin").contract
        yield Origin(document.file, read_document.text, read_document.tree, contract)
        return
    for number in range(_PIECES):
        piece = _carved(read_document.tree, random.Random(f"{document.file} {number}"))
        text = json.dumps(piece)
        if len(text) <= _LARGEST_PIECE:
            raw = text.encode()
            contract = read(Library(lambda _, raw=raw: raw), "a.json", service="origin").contract  # type: ignore[misc]
            yield Origin(f"{document.file} {number}", text, piece, contract)


def _carved(tree: Any, chance: random.Random) -> Any:
    """Return *tree* with a few of its paths only, and the components that they need."""
    paths = tree.get("paths", {})
    kept = {path: paths[path] for path in chance.sample(sorted(paths), min(_PATHS, len(paths)))}
    piece = copy.deepcopy({key: value for key, value in tree.items() if key != "components"} | {"paths": kept})
    components = tree.get("components", {})
    needed: dict[str, dict[str, Any]] = {
        section: copy.deepcopy(components[section]) for section in ("securitySchemes",) if section in components
    }
    waiting = [json.dumps(piece)]
    while waiting:
        for section, name in _REFERENCE.findall(waiting.pop()):
            found = components.get(section, {}).get(name)
            if found is not None and name not in needed.setdefault(section, {}):
                needed[section][name] = copy.deepcopy(found)
                waiting.append(json.dumps(found))
    return piece | {"components": needed}
