"""What fuzzing found, made small: an input, and what is said of it since it was mended."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

CASES = Path(__file__).parent.parent / "cases/fuzzed.yaml"


class Case(NamedTuple):
    """An input that once broke a promise.

    Attributes:
        name: What was wrong.
        target: What it was found in.
        data: The input.
        says: What is said of it, line by line.
    """

    name: str
    target: str
    data: bytes
    says: str


def found() -> list[Case]:
    """Return all cases; an input is written as text, or its bytes in hexadecimal."""
    return [
        Case(case["name"], case["target"], _data(case), case.get("says", "").removesuffix("\n"))
        for case in yaml.safe_load(CASES.read_text("utf-8"))
    ]


def _data(case: dict[str, str]) -> bytes:
    return bytes.fromhex(case["bytes"]) if "bytes" in case else case["text"].encode()
