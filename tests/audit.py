"""Asks OSV whether a vulnerability is known of what users of resolver install.

    .venv/bin/python tests/audit.py

Options are passed on to pip-audit. The exit code is 1 if a vulnerability is known, or if pip-audit
does not work. A service that cannot be reached fails nothing, as nobody can mend that here, but it
is said.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from tempfile import NamedTemporaryFile

from dependencies import installed

LONGEST = 300  # seconds
# What pip-audit ends with where the service does not answer, or answers what is no answer.
NO_ANSWER = re.compile(r"ConnectionError|ServiceError|HTTPError|Timeout|JSONDecodeError")


def main(options: list[str]) -> int:
    """Ask, print what the answer is, and return the exit code."""
    wanted = {name: found.version for name, found in installed().items()}
    answer, trouble = ask(wanted, options)
    known = [
        f"{found['name']} {found['version']}: {fault['id']}, "
        f"mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for found in answer
        for fault in found.get("vulns", ())
    ]
    audited = sum("vulns" in found for found in answer)
    for line in known:
        print(line)
    if audited < len(wanted):
        print(
            f"NOT AUDITED: of {len(wanted) - audited} of {len(wanted)} dependencies nobody could say "
            f"whether a vulnerability is known: {trouble}"
        )
    if not known and audited:
        print(f"no vulnerability is known of {audited} dependencies")
    return 1 if known else 0


def ask(wanted: dict[str, str], options: list[str]) -> tuple[list[dict], str]:
    """Return what pip-audit says of each distribution, and what kept it from saying more."""
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--vulnerability-service", "osv"]
    with NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(f"{name}=={version}\n" for name, version in wanted.items())
        file.flush()
        try:
            done = subprocess.run(
                [*command, "--requirement", file.name, *options],
                capture_output=True, text=True, check=False, timeout=LONGEST,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return [], f"no answer within {LONGEST} seconds"
    try:
        answer = json.loads(done.stdout)["dependencies"]
    except ValueError:
        if not NO_ANSWER.search(done.stderr):
            sys.exit(f"pip-audit failed, which is no answer: {done.stderr}")
        return [], done.stderr.strip().splitlines()[-1]
    skipped = [found["skip_reason"] for found in answer if "skip_reason" in found]
    return answer, (skipped or [""])[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
