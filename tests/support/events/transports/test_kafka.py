"""What the Kafka transport owes to FastStream, which stands between it and aiokafka."""

from __future__ import annotations

import inspect

from apictl.support.events.transports.kafka import Offsets


def test_partitions_are_let_go_by_a_coroutine_function_since_nothing_else_is_awaited() -> None:
    assert inspect.iscoroutinefunction(Offsets.on_partitions_revoked)
