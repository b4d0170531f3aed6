"""What a run knows of each service: from earlier runs where nothing was touched, from its files else."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from apictl.workspace.building import Job
from apictl.workspace.cache import tool_key
from apictl.workspace.checking.fingerprints import Fingerprints, content_key, plain
from apictl.workspace.checking.parts import Part
from apictl.workspace.checking.records import Ends, Record, Result, read_record, write_record
from apictl.workspace.checking.written import hashes_of, stamp_of, state_key
from apictl.workspace.discovery import Workspace
from apictl.workspace.jobs import Workbench, workbench
from apictl.workspace.ledger import owned_by_service, read_ledger
from apictl.workspace.manifest import Service
from apictl.workspace.name_lock import LOCK_NAME, read_lock


class Look:
    """Looks at services; each file is touched once in a run, and not read when it was not changed since the last."""

    def __init__(
        self, workspace: Workspace, output: Path, *, now_ns: int, is_remembered: bool = True, is_trusting: bool = False
    ) -> None:
        """Look at *workspace*, whose generated packages are in *output*; *now_ns* is when the run began.

        With *is_trusting* its hook may run.
        """
        self.workspace = workspace
        self.output = output
        self.prints = Fingerprints(workspace.root, now_ns=now_ns, is_remembered=is_remembered)
        self.owned: Mapping[str, Mapping[str, str]] = owned_by_service(read_ledger(output))
        manifest = workspace.manifest
        self.tool = tool_key(workspace.root / manifest.templates if manifest.templates else None)
        self.settings = content_key(plain(dataclasses.replace(manifest, services=())))
        self.names = read_lock(workspace.root / LOCK_NAME)
        self._bench: Workbench | None = None
        self._is_trusting = is_trusting
        self._now_ns = now_ns
        self.is_remembered = is_remembered
        self._records: dict[str, Record] = {}
        self._documents: dict[str, Mapping[str, str | None]] = {}
        self._states: dict[str, str] = {}
        self._stamps: dict[str, str] = {}
        self._owned_keys: dict[str, str] = {}
        self._touched: set[str] = set()

    def job(self, service: Service) -> Job:
        """Return how *service* is generated."""
        if self._bench is None:
            trusting = self._is_trusting
            self._bench = workbench(self.workspace, tool=self.tool, kept=self.names, is_trusting=trusting)
        return self._bench.job(service)

    def record(self, service: Service) -> Record:
        """Return what is known of *service* from earlier runs."""
        if service.name not in self._records:
            found = read_record(self.workspace.root, service.name) if self.is_remembered else Record()
            self._records[service.name] = found
        return self._records[service.name]

    def documents(self, service: Service) -> Mapping[str, str | None] | None:
        """Return the hashes of the documents of *service*, by path; None when it has to be read to know which."""
        if service.name not in self._documents:
            known = self.record(service).documents
            # What a document refers to follows from what it holds.
            if not set(service.documents) <= known.keys() or self.prints.hashes(known) != known:
                return None
            self._documents[service.name] = known
        return self._documents[service.name]

    def content(self, service: Service) -> str:
        """Return a key of all documents of *service*; "" when it has to be read to know which."""
        documents = self.documents(service)
        return "" if documents is None else content_key(sorted(documents.items()))

    def read(self, service: Service, paths: Iterable[str]) -> None:
        """Take it that *service* reaches the documents at *paths*."""
        self._documents[service.name] = self.prints.hashes(dict.fromkeys(paths))
        record = self.record(service)
        if record.documents != self._documents[service.name]:
            self._put(service, dataclasses.replace(record, documents=self._documents[service.name], ends=None))

    def known_state(self, service: Service) -> str:
        """Return a key of what is in the generated files of *service*; "" when they have to be read to know."""
        if service.name not in self._states:
            record, stamp = self.record(service), self._stamp(service)
            return record.state if stamp and stamp == record.stamp else ""
        return self._states[service.name]

    def state(self, service: Service) -> str:
        """Return a key of what is in the generated files of *service*."""
        if not self.known_state(service):
            self.wrote(service, state_key(hashes_of(self.output, service.name)))
        return self.known_state(service)

    def wrote(self, service: Service, state: str) -> None:
        """Take it that *state* is what is in the generated files of *service*."""
        self._states[service.name] = state
        self._put(service, dataclasses.replace(self.record(service), stamp=self._stamp(service), state=state))

    def owned_key(self, service: Service) -> str:
        """Return a key of what the ledger lists of *service*."""
        if service.name not in self._owned_keys:
            self._owned_keys[service.name] = content_key(sorted(self.owned.get(service.name, {}).items()))
        return self._owned_keys[service.name]

    def listed(self, service: Service) -> None:
        """Take it that the generated files of *service* are those that the ledger lists."""
        key = content_key([self.state(service), self.owned_key(service)])
        self._put(service, dataclasses.replace(self.record(service), listed=key))

    def is_as_listed(self, service: Service) -> bool:
        """Whether the generated files of *service* are those that apictl wrote, besides what others put there."""
        owned = self.owned.get(service.name, {})
        key = content_key([self.state(service), self.owned_key(service)])
        if self.record(service).listed != key:
            present = hashes_of(self.output, service.name)
            if any(present.get(path) != value for path, value in owned.items()):
                return False
            self.listed(service)
        return True

    def met(self, service: Service, ends: Ends) -> None:
        """Take it that others may meet *service* at *ends*."""
        self._put(service, dataclasses.replace(self.record(service), ends=ends))

    def result(self, service: Service, part: Part, key: str) -> Result | None:
        """Return what *part* found out about *service* under *key* before."""
        return self.record(service).result(part, key)

    def keep(self, service: Service, part: Part, key: str, content: Any) -> None:
        """Keep what *part* found out about *service*."""
        record = self.record(service)
        self._put(service, dataclasses.replace(record, results={**record.results, part: Result(key, content)}))

    def remember(self) -> None:
        """Write down all that was found out, for the next run."""
        if not self.is_remembered:
            return
        self.prints.remember()
        for name in sorted(self._touched):
            write_record(self.workspace.root, name, self._records[name])

    def _stamp(self, service: Service) -> str:
        # Taken before anything is read: what changes later has another one.
        if service.name not in self._stamps:
            self._stamps[service.name] = stamp_of(self.output, service.name, now_ns=self._now_ns)
        return self._stamps[service.name]

    def _put(self, service: Service, record: Record) -> None:
        if self._records.get(service.name) != record:
            self._records[service.name] = record
            self._touched.add(service.name)
