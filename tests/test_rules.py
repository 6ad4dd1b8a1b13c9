"""The bundled packs: lint is clean, and every example passes."""

from __future__ import annotations

import pytest
from conftest import ROOT

from resolver.packs import bundled_folder, read_pack
from resolver.packs.lint import lint_packs
from resolver.testing import describe, run_example

PACKS = {path.stem: read_pack(path) for path in sorted(bundled_folder().glob("*.yaml"))}
MIN_EXAMPLES = 10


def test_lint_is_clean(bundled):
    findings = lint_packs(bundled.gazetteer.packs)
    assert not findings, "\n".join(map(str, findings))


@pytest.mark.parametrize("name", PACKS)
def test_examples(bundled, name):
    outcomes = [run_example(bundled, example) for example in PACKS[name].examples]
    failed = [o for o in outcomes if not o.passed and not o.example.todo]
    assert not failed, "\n".join(map(describe, failed))
    assert len(outcomes) >= MIN_EXAMPLES


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_says_what_it_is(name):
    pack = PACKS[name]
    first_line = (ROOT / "rules" / f"{name}.yaml").read_text("utf-8").partition("\n")[0]
    assert first_line.startswith("# ")
    assert pack.name == name
    assert pack.title
    assert pack.license
    assert pack.sources
