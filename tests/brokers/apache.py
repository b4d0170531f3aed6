"""Apache Kafka itself, on Java: `python -m tests.brokers.apache` fetches its jars by Maven.

They are kept in the folder that `APICTL_KAFKA_JARS` names, by default one in the user's cache.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.brokers.launching import Launch, NotThere, await_server, free_port, launched, listens, program

VERSION: Final = "4.1.1"
_CLUSTER: Final = "MkU3OEVBNTcwNTJENDM2Qg"
_FETCH: Final = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_POM: Final = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>apictl</groupId><artifactId>brokers</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""
_SETTINGS: Final = """process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
log.dirs={folder}/data
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
num.partitions=3
"""


def jars() -> Path:
    """Return the folder of the jars, which may not be there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("APICTL_KAFKA_JARS") or cache / "apictl-tests" / f"kafka-{VERSION}")


@contextlib.contextmanager
def apache_kafka(folder: Path) -> Iterator[str]:
    """Run Apache Kafka, one broker that is its own controller."""
    java, port = program("java"), free_port()
    if not jars().is_dir():
        raise NotThere("the jars of Apache Kafka are not there (python -m tests.brokers.apache fetches them)")
    settings = folder / "server.properties"
    settings.write_text(_SETTINGS.format(port=port, controller=free_port(), folder=folder))
    command = (java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", f"{jars()}/*")
    formatting = (*command, "kafka.tools.StorageTool", "format", "-t", _CLUSTER, "-c", str(settings))
    made = subprocess.run(formatting, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        raise NotThere(f"Apache Kafka makes no storage: {made.stderr[-300:]}")
    with launched(Launch((*command, "kafka.Kafka", str(settings))), folder) as process:
        await_server(process, lambda: listens(port), "Apache Kafka")
        yield f"kafka://127.0.0.1:{port}"


def main() -> int:
    """Fetch the jars unless they are there; return the exit code of Maven."""
    target = jars()
    if target.is_dir():
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        (Path(folder) / "pom.xml").write_text(_POM)
        options = ("-q", "-B", "-DoutputDirectory=jars", "-DincludeScope=runtime")
        command = (program("mvn"), *options, _FETCH)
        fetched = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False)
        if fetched.returncode == 0:
            (Path(folder) / "jars").rename(target)
        return fetched.returncode


if __name__ == "__main__":
    sys.exit(main())
