"""Successes declared by a range or by `default`: which status a service sends, and what a client makes of it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final

import httpx2
import pytest

from tests.generated.packages import generate_into
from tests.system.serving import served

CONTRACT: Final = """
openapi: 3.1.0
info: {title: Ranges, version: 1.0.0}
paths:
  /jobs: {post: {operationId: startJob, responses: {2XX: {$ref: '#/components/responses/Job'}}}}
  /anything: {get: {operationId: getAnything, responses: {default: {$ref: '#/components/responses/Job'}}}}
components:
  responses:
    Job: {description: A job., content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}
  schemas: {Job: {type: object, properties: {id: {type: integer}}}}
"""


class Jobs:
    """Answers with what it was made with, or fails."""

    def __init__(self, outcome: Any) -> None:
        """Return *outcome*."""
        self.outcome = outcome

    async def start_job(self) -> Any:
        return self.outcome

    async def get_anything(self) -> Any:
        raise RuntimeError("a bug")


@pytest.fixture(scope="module")
def ranges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("ranges")
    (folder / "specs" / "ranges").mkdir(parents=True)
    (folder / "specs" / "ranges" / "openapi.yaml").write_text(CONTRACT, encoding="utf-8")
    generate_into(folder, folder, {"ranges"})
    place = str(folder / "ranges" / "python")
    sys.path.insert(0, place)
    yield importlib.import_module("ranges_api")
    sys.path.remove(place)


def called(outcome: Any, operation: str) -> Any:
    """Return what a client gets from a service whose job is *outcome*."""
    server, client = (importlib.import_module(f"ranges_api.{name}") for name in ("server", "client"))
    with served(server.app(ranges=Jobs(outcome))) as url, httpx2.Client(base_url=url) as http:
        return getattr(client.RangesClient(http).ranges, operation)()


@pytest.mark.usefixtures("ranges")
@pytest.mark.parametrize("status", [200, 202])
def test_status_within_a_range_arrives(status: int) -> None:
    results, models = (importlib.import_module(f"ranges_api.{name}") for name in ("results", "models"))
    job = results.StartJobSuccess(models.Job(id=7), status=status)

    assert called(job, "start_job") == job


@pytest.mark.usefixtures("ranges")
def test_failure_is_no_success_where_default_is_all_that_is_declared() -> None:
    with pytest.raises(importlib.import_module("ranges_api.client").UnexpectedResponse, match="500"):
        called(None, "get_anything")
