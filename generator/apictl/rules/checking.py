"""Pages of what only `apictl check` says: of code and tests, not of contracts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODE_OUTDATED: Final = "generated-code-outdated"
CODE_EDITED: Final = "generated-code-edited"
TEST_FAILED: Final = "contract-test-failed"

CHECK_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        TEST_FAILED: """A contract test of a service failed.

The stub that apictl generated does not keep the contract, or a test found what no reader noticed. `apictl test SERVICE`
shows the request, and the seed that makes it again.
""",
        CODE_EDITED: """A generated file is not as apictl left it.

Somebody changed it by hand, or a merge did. Whatever is written there is lost with the next `apictl generate --force`:
put code of your own beside it. Take the change back, or overwrite it with `apictl generate --force`.
""",
        CODE_OUTDATED: """Generated code is not what the contract says.

The contract, a template or apictl itself changed and nobody generated anew, or a service is gone and its code is still
there. `apictl generate` writes what is missing and removes what nothing asks for any more; commit the result.
""",
    }
)
"""By id."""
