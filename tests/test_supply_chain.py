"""What users install with resolver: little, of known licences, and audited."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import Distribution, packages_distributions

import pytest
import yaml
from conftest import ROOT
from dependencies import declared, extras, installed
from packaging.utils import canonicalize_name

LICENCES = yaml.safe_load((ROOT / "tests/cases/licences.yaml").read_text("utf-8"))


def distributions_in_code(*, named: bool) -> set[str]:
    """Return the distributions of which a module of ours imports something, anywhere in it.

    Args:
        named: Those whose modules are named in a string count too, as the heavy ones are imported
            by ``resolver.extras``.
    """
    modules: set[str] = set()
    for path in (ROOT / "resolver").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module)
            elif named and isinstance(node, ast.Constant) and isinstance(node.value, str):
                modules.add(node.value)
    homes = packages_distributions()
    tops = {module.partition(".")[0] for module in modules}
    return {canonicalize_name(home) for top in tops - {"resolver"} for home in homes.get(top, ())}


def names(extra: str = "") -> set[str]:
    return {canonicalize_name(wanted.name) for wanted in declared(extra)}


# Minimal


def test_what_is_imported_is_declared_and_what_is_declared_is_imported():
    ours = names().union(*map(names, extras()))
    imported = distributions_in_code(named=False)
    assert {"click", "starlette"} <= imported
    assert imported - ours == {"pytest"}  # by our plugin for it, whose users have it
    assert ours - distributions_in_code(named=True) == {"pandas"}  # which Spark imports


@pytest.mark.parametrize("extra", ["", *extras()])
def test_every_dependency_has_a_lower_bound(extra):
    bounds = {str(r): [s.operator for s in r.specifier] for r in declared(extra)}
    is_built_in = extra == "zstd" and sys.version_info >= (3, 14)
    assert bool(bounds) is not is_built_in
    assert {wanted for wanted, operators in bounds.items() if ">=" not in operators} == set()


# Licences


def licence(found: Distribution) -> str:
    """Return the licence of a distribution as SPDX writes it, else in its own words."""
    metadata = found.metadata
    if begin := LICENCES["files"].get(canonicalize_name(metadata["Name"])):
        files = [file for file in found.files or () if file.name.startswith("LICEN")]
        assert begin in {file.read_text("utf-8").partition("\n")[0].strip() for file in files}
        return LICENCES["words"].get(begin, begin)
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License :: ")
    ]
    said = metadata.get("License-Expression") or " AND ".join(
        LICENCES["words"].get(words, words) for words in classifiers
    )
    said = said or (metadata.get("License") or "nothing").partition("\n")[0]
    return LICENCES["words"].get(said, said)


def is_allowed(expression: str) -> bool:
    """Whether one may use something under one of the alternatives of an expression."""
    return any(
        all(part.strip("() ") in LICENCES["allowed"] for part in alternative.split(" AND "))
        for alternative in expression.split(" OR ")
    )


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND MPL-2.0", True),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-or-later", False),
        ("Other/Proprietary License", False),
        ("nothing", False),
    ],
)
def test_which_licences_are_allowed(expression, allowed):
    assert is_allowed(expression) is allowed


def test_every_dependency_has_a_licence_that_is_allowed():
    found = {name: licence(home) for name, home in installed().items()}
    assert {"click", "pyspark", "numpy", "urllib3"} <= set(found)  # extras, and theirs, too
    assert {name: said for name, said in found.items() if not is_allowed(said)} == {}


# Known vulnerabilities

FAULT = {
    "id": "PYSEC-2026-1",
    "summary": "Too friendly.",
    "affected": [
        {
            "package": {"name": "click", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}],
        }
    ],
}


@contextmanager
def advisories(status: int = 200, faults: tuple[str, ...] = ()):
    """An advisory service like OSV, on a port of its own, that knows of a fault in some."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            vulns = {"vulns": [FAULT]} if asked["package"]["name"] in faults else {}
            body = json.dumps(vulns).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()
        thread.join()


def audited(*options: str) -> tuple[list[str], int]:
    command = [sys.executable, str(ROOT / "tests/audit.py"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines(), done.returncode


def test_a_known_vulnerability_fails(tmp_path):
    with advisories(faults=("click",)) as url:
        said, code = audited("--osv-url", url, "--cache-dir", str(tmp_path))
    version = installed()["click"].version
    assert (said, code) == ([f"click {version}: PYSEC-2026-1, mended in 99.0"], 1)


def test_no_known_vulnerability_is_said(tmp_path):
    with advisories() as url:
        said, code = audited("--osv-url", url, "--cache-dir", str(tmp_path))
    assert (said, code) == ([f"no vulnerability is known of {len(installed())} dependencies"], 0)


@pytest.mark.parametrize("status", [None, 503])
def test_a_service_that_does_not_answer_fails_nothing_but_is_said(status, tmp_path):
    with advisories(status or 200) as url:
        if status:
            said, code = audited("--osv-url", url, "--cache-dir", str(tmp_path))
    if not status:  # nobody listens there any more
        said, code = audited("--osv-url", url, "--cache-dir", str(tmp_path))
    count = len(installed())
    begin = f"NOT AUDITED: of {count} of {count} dependencies nobody could say whether "
    assert ([line.startswith(begin) for line in said], code) == ([True], 0)


def test_an_audit_that_does_not_work_fails():
    said, code = audited("--no-such-option")
    assert (said[0].startswith("pip-audit failed, which is no answer: "), code) == (True, 1)
