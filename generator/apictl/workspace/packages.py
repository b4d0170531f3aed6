"""Import names of generated packages: which of them would stand in the way of another module."""

from __future__ import annotations

import keyword
import sys
from typing import Final

from apictl.workspace.naming import is_reserved

IMPORTED: Final = frozenset(
    {
        "aio_pika",
        "aiokafka",
        "anyio",
        "fastapi",
        "faststream",
        "google",
        "httpx2",
        "hypothesis",
        "jsonschema_rs",
        "nats",
        "opentelemetry",
        "orjson",
        "pydantic",
        "pydantic_core",
        "pytest",
        "python_multipart",
        "redis",
        "schemathesis",
        "starlette",
        "typing_extensions",
        "uvicorn",
        "websockets",
        "yaml",
        "zmqtt",
    }
)
"""Libraries that generated code and its tests import: a package of that name would be imported in their place."""


def package_flaw(name: str) -> str | None:
    """Return why no package may be called *name*, a lower-case identifier but for that; None when it may."""
    if keyword.iskeyword(name):
        return "is a keyword of Python"
    if is_reserved(name):
        return "is no folder on Windows"
    if name == "contract_tests":
        return "is the folder of the contract tests"
    if name in sys.stdlib_module_names:
        return "is a module of Python"
    return "is a library that generated code imports" if name in IMPORTED else None
