"""A Kafka cluster in one process: the mock cluster that librdkafka brings for its own tests, over real TCP.

`python kafka.py` prints where it listens, and runs until its standard input ends.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Final

import confluent_kafka

_PRODUCER: Final = 0


def main() -> None:
    """Run a cluster of one broker, in which a group does not wait for more members."""
    package = Path(confluent_kafka.__file__).parent
    (path,) = package.with_name("confluent_kafka.libs").glob("librdkafka*.so*")
    library = ctypes.CDLL(str(path))
    for name in ("rd_kafka_conf_new", "rd_kafka_new", "rd_kafka_handle_mock_cluster"):
        getattr(library, name).restype = ctypes.c_void_p
    library.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p
    said = ctypes.create_string_buffer(512)
    settings = ctypes.c_void_p(library.rd_kafka_conf_new())
    for setting, value in ((b"test.mock.num.brokers", b"1"), (b"log_level", b"0")):
        if library.rd_kafka_conf_set(settings, setting, value, said, len(said)):
            raise SystemExit(said.value.decode())
    owner = library.rd_kafka_new(_PRODUCER, settings, said, len(said))
    if not owner:
        raise SystemExit(said.value.decode())
    cluster = ctypes.c_void_p(library.rd_kafka_handle_mock_cluster(ctypes.c_void_p(owner)))
    library.rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, 0)
    sys.stdout.write(library.rd_kafka_mock_cluster_bootstraps(cluster).decode() + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
