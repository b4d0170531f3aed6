"""Each variable of a server's address is declared, and its default is one of its values."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, error
from apictl.readers.access import mapping, text
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.servers import declared_servers
from apictl.readers.templates import TEMPLATE


def server_variables(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each variable without declaration, and for each default outside of its enum."""
    for _, node in declared_servers(document.inventory):
        variables = mapping(node.fields.get("variables"))
        for field in ("url", "host", "pathname"):
            for name in dict.fromkeys(TEMPLATE.findall(text(node.fields.get(field)))):
                if name not in variables:
                    message = f"variable {name[:60]!r} is not declared"
                    yield error("server-variable-undeclared", node.place.child(field), message)
        for name in variables:
            variable = document.inventory.child(node, "variables", name)
            values = None if variable is None else variable.fields.get("enum")
            if variable is None or not isinstance(values, list) or "default" not in variable.fields:
                continue
            if variable.fields["default"] not in values:
                message = f"default of {name[:60]!r} is not in its enum"
                yield error("server-variable-default", variable.place.child("default"), message)
