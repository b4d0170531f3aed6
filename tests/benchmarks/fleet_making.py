"""Makes a fleet of services out of the example system: the same contracts under other names and addresses."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

_ROOT: Final = Path(__file__).parents[2]
_ADDRESS: Final = re.compile(r"(?m)^(    address: )([a-z][\w.{}-]*)$")
_OLD_KINDS: Final = "enum: [base, distance, duration, surge, toll, discount]"
_NEW_KINDS: Final = "enum: [base, distance, duration, surge, toll, discount, tip]"
LEDGER: Final = ".apictl.json"
NAMES: Final = "apictl.lock"


def make_fleet(folder: Path, count: int) -> None:
    """Put a workspace of *count* services into *folder*."""
    manifest: dict[str, Any] = yaml.safe_load((_ROOT / "apictl.yaml").read_text(encoding="utf-8"))
    entries: dict[str, Any] = manifest["services"]
    names = sorted(entries)
    shutil.copytree(_ROOT / "specs" / "common", folder / "specs" / "common")
    made: dict[str, Any] = {}
    for number in range(count):
        group, name = divmod(number, len(names))
        service = f"{names[name]}-{group}"
        _copy(_ROOT / "specs" / names[name], folder / "specs" / service, group)
        made[service] = dict(entries[names[name]])
    for service, entry in made.items():
        entry["consumes"] = dict(_consumed(service, entry.get("consumes", {}), made))
    _write_manifest(folder, made)


def part_of_fleet(fleet: Path, folder: Path, count: int) -> None:
    """Put the first *count* services of *fleet* into *folder*, with their generated code."""
    manifest = yaml.safe_load((fleet / "apictl.yaml").read_text(encoding="utf-8"))
    kept = dict(list(manifest["services"].items())[:count])
    for entry in kept.values():
        entry["consumes"] = {name: ids for name, ids in entry["consumes"].items() if name in kept}
    shutil.copytree(fleet / "specs" / "common", folder / "specs" / "common")
    for service in kept:
        shutil.copytree(fleet / "specs" / service, folder / "specs" / service)
        shutil.copytree(fleet / "generated" / service, folder / "generated" / service)
    ledger = json.loads((fleet / "generated" / LEDGER).read_text(encoding="utf-8"))
    files = {path: value for path, value in ledger["files"].items() if path.partition("/")[0] in kept}
    text = json.dumps({**ledger, "files": files}, indent=2, ensure_ascii=True) + "\n"
    (folder / "generated" / LEDGER).write_text(text, encoding="utf-8")
    names = (fleet / NAMES).read_text(encoding="utf-8").splitlines(keepends=True)
    own = (line for line in names if line.partition(" ")[0] in {"#", *kept})
    (folder / NAMES).write_text("".join(own), encoding="utf-8")
    _write_manifest(folder, kept)


def change_contracts(fleet: Path, count: int) -> tuple[str, ...]:
    """Change the contracts of *count* services of *fleet* so that each breaks others; return their names."""
    paths = sorted(fleet.glob("specs/pricing-*/openapi.yaml"))
    chosen = [paths[len(paths) * (number + 1) // (count + 1)] for number in range(count)]
    for path in chosen:
        text = path.read_text(encoding="utf-8")
        changed = text.replace(_OLD_KINDS, _NEW_KINDS)
        if changed == text:
            raise ValueError(f"{path} has no {_OLD_KINDS!r}")
        path.write_text(changed, encoding="utf-8")
    return tuple(path.parent.name for path in chosen)


def _copy(source: Path, target: Path, group: int) -> None:
    target.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.stem == "asyncapi":
            text = _ADDRESS.sub(lambda found: f"{found[1]}{found[2]}.{group}" if found[2] != "null" else found[0], text)
        (target / path.name).write_text(text, encoding="utf-8")


def _consumed(service: str, consumes: dict[str, Any], made: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    name, _, group = service.rpartition("-")
    for provider, ids in consumes.items():
        if f"{provider}-{group}" in made:
            yield f"{provider}-{group}", ids
    if name == "trips" and f"pricing-{int(group) - 1}" in made:
        yield f"pricing-{int(group) - 1}", ["getQuote"]


def _write_manifest(folder: Path, services: dict[str, Any]) -> None:
    text = yaml.safe_dump({"version": 1, "services": services}, sort_keys=False)
    (folder / "apictl.yaml").write_text(text, encoding="utf-8")
