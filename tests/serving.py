"""`resolver serve` as its users run it: a process of its own, asked over HTTP."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PACK = """\
pack: ministries
defaults: {type: organisation}
entities:
  - id: org/gb-mod
    name: Ministry of Defence (United Kingdom)
    aliases:
      - Ministry of Defence
      - {text: MoD, kind: acronym, ambiguous: true, context: {any: [London, UK]}}
  - id: org/in-mod
    name: Ministry of Defence (India)
    aliases:
      - {text: MoD, kind: acronym, ambiguous: true, context: {any: [Delhi, India]}}
  - id: place/iran
    name: Iran
    type: place
  - id: person/simon-gass
    name: Simon Gass
    type: person
    aliases:
      - {text: Simon Garth, kind: garbled, source: "machine-translated wire copy"}
suppress: [Iran Air]
examples:
  - text: "[Simon Garth](person/simon-gass) left the [MoD](org/gb-mod) in London."
"""


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Wait until it says where it listens."""
        assert process.stderr is not None
        self.process = process
        self.said = ""
        while not (found := re.search(r"Playground at (http://\S+/) ", self.said)):
            line = process.stderr.readline()
            assert line, f"the server did not start: {self.said}"
            self.said += line
        self.address = found[1]
        self.client = httpx.Client(base_url=self.address, timeout=120)

    def post(self, path: str, **fields: object) -> httpx.Response:
        """Post JSON."""
        return self.client.post(path, json=fields)

    def stop(self, number: int) -> tuple[int, str, str]:
        """Send a signal; return the exit code and what was written to stdout and stderr."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, self.said + err


@contextmanager
def served(*arguments: str | Path, folder: Path | None = None) -> Iterator[Server]:
    """Run ``resolver serve`` on a free port."""
    words = [sys.executable, "-m", "resolver", "serve", "--port", "0", *map(str, arguments)]
    with subprocess.Popen(
        words, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        server = None
        try:
            server = Server(process)
            yield server
        finally:
            if server:
                server.client.close()
            process.send_signal(signal.SIGINT)  # whoever measures coverage wants a normal end
            try:
                process.communicate(timeout=30)
            finally:
                process.kill()
