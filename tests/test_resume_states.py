"""Long jobs that are killed, interrupted, changed and damaged in any order go on or say why not.

`tests/test_long_jobs.py` kills real processes at random moments; here every moment at which
something happens to files can be the one, and anything may happen between two runs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from alphabet import share
from faults import FAULTS, KILLED, Ended, ended
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

import resolver.cli.resuming
import resolver.cli.tag
import resolver.readers.csv
import resolver.readers.jsonl
import resolver.rules.holder
import resolver.rules.office
import resolver.rules.surname
import resolver.writers.csv
import resolver.writers.jsonl
import resolver.writers.table  # noqa: F401 (once here, and not in each process)
from resolver.cli import main
from resolver.scale import shards

PACK = "pack: p\nentities: [{{id: place/{}, name: {}, type: place}}]\n"
PACKS = {"iran": PACK.format("iran", "Iran"), "oman": PACK.format("oman", "Oman")}
RECORDS = [json.dumps({"id": f"é{n}", "text": f"Iran and Oman {n}"}) + "\n" for n in range(5)]
ROWS = [f"{n},Oman and Iran {n}\n" for n in range(4)]
BAD = "in/a.jsonl:3:1: not valid JSON, expecting value\n"
INPUTS = {
    "some": ("".join(RECORDS), "".join(["id,text\n", *ROWS])),
    "with a bad one": ("".join([*RECORDS[:2], "bad\n", *RECORDS]), "".join(["id,text\n", *ROWS])),
    "none": ("", "id,text\n"),
}
KINDS = {
    "file": ("out.jsonl", ()),
    "shards": ("out", ("--shard-size", "2")),
    "tables": ("out", ("--shard-size", "3", "--format", "csv")),
}
THOROUGH = settings.default.max_examples > 1_000
REFUSED = re.compile(
    r"(?m)^out\S*: ("
    r"cannot go on with the run that is there, .*; put that back, or remove out\S* to begin anew|"
    r"an unfinished run is there, go on with --resume, or remove out\S* to begin anew|"
    r"holds a finished run, remove it or name another output|"
    r"is there already, and not from an earlier run with --resume, remove it or leave out --resume|"
    r"(is no manifest of a job|was changed since the earlier run), remove it and begin anew|"
    r"is not empty, name another folder|"
    r"(is missing|is cut short|was changed since the earlier run), remove out\S* and begin anew|"
    r"its files were changed since the earlier run, remove it and begin anew"
    r")$"
)
DONE = re.compile(rf"(({re.escape(BAD)})?(out\S*: an earlier run has done it all\n)?)")


class Asked(NamedTuple):
    """What a job is asked, and so what its output hangs on."""

    kind: str
    pack: str = "iran"
    inputs: str = "some"
    why: bool = False


def lay_out(folder: Path, asked: Asked) -> None:
    """Write packs and inputs; the same content has the same times."""
    (folder / "in").mkdir(exist_ok=True)
    first, second = INPUTS[asked.inputs]
    files = {"p.yaml": PACKS[asked.pack], "in/a.jsonl": first, "in/b.csv": second}
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
        os.utime(folder / name, (10**9, 10**9 + list(INPUTS).index(asked.inputs)))


def tag(folder: Path, asked: Asked, *, resume: bool) -> int:
    """Run the command in this process, and return its exit code."""
    output, options = KINDS[asked.kind]
    os.chdir(folder)
    # How far it is gets written down after each document, and not once in a second.
    shards.Pace.is_due = lambda _: True
    words = ["tag", "in/a.jsonl", "in/b.csv", "--no-bundled", "--no-plugins", "--packs", "p.yaml"]
    more = [*options, *(["--why"] if asked.why else []), *(["--resume"] if resume else [])]
    sys.argv = ["resolver", *words, "-o", output, *more]
    try:
        main()
    except SystemExit as leave:
        return int(leave.code or 0)
    raise AssertionError("it did not leave")


def content(folder: Path) -> dict[str, bytes]:
    """Return what lies in the place of the output: files, and the state of the job."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != "_lock"
        and str(path.relative_to(folder)).startswith("out")
    }


def named(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what has a final name."""
    return {
        name: data
        for name, data in files.items()
        if name == "out.jsonl" or re.match(r"out/part-", name)
    }


class Undisturbed(NamedTuple):
    """What a run comes to that nothing happens to."""

    files: dict[str, bytes]
    said: str
    code: int
    job: dict


@cache
def undisturbed(asked: Asked) -> Undisturbed:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, asked)
        done = ended(lambda: tag(folder, asked, resume=True), folder)
        files = content(folder)
        (manifest,) = (data for name, data in files.items() if "manifest" in name)
        return Undisturbed(named(files), done.said, done.code, json.loads(manifest)["job"])


class Jobs(RuleBasedStateMachine):
    """One place to write to, and runs of jobs that write there."""

    @initialize(kind=st.sampled_from(sorted(KINDS)))
    def begin(self, kind):
        self.folder = Path(tempfile.mkdtemp())
        self.asked = Asked(kind)
        self.damaged = False
        self.tried = {self.asked}
        lay_out(self.folder, self.asked)

    def teardown(self):
        shutil.rmtree(self.folder)

    # What happens between runs

    @rule(pack=st.sampled_from(sorted(PACKS)))
    def edit_the_pack(self, pack):
        self._ask(pack=pack)

    @rule(inputs=st.sampled_from(sorted(INPUTS)))
    def change_the_inputs(self, inputs):
        self._ask(inputs=inputs)

    @rule(why=st.booleans())
    def change_an_option(self, why):
        self._ask(why=why)

    def _ask(self, **changes):
        self.asked = self.asked._replace(**changes)
        self.tried.add(self.asked)
        lay_out(self.folder, self.asked)

    @rule(data=st.data(), how=st.sampled_from(["cut", "longer", "other", "gone"]))
    def damage(self, data, how):
        names = sorted(content(self.folder))
        if not names:
            return
        path = self.folder / data.draw(st.sampled_from(names))
        before = path.read_bytes()
        at = data.draw(st.integers(0, max(0, len(before) - 1)))
        if how == "gone":
            path.unlink()
        elif how == "longer":
            path.write_bytes(before + b"Iran\n")
        elif how == "other" and before:
            path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        elif before:
            path.write_bytes(before[:at])
        self.damaged = True

    @rule()
    def remove_all(self):
        for path in self.folder.glob("out*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.damaged = False

    # Runs

    @rule(resume=st.booleans())
    def run(self, resume):
        before = content(self.folder)
        expected = "either" if self.damaged else self._expected(before, resume=resume)
        done = self._run(resume=resume)
        if REFUSED.search(done.said):
            assert (done.code, expected != "done") == (2, True), done.said
            assert done.said.count("\n") == 1
            assert content(self.folder) == before
        else:
            assert expected != "refused"
            self._check_done(done)

    @rule(fault=st.sampled_from(FAULTS), moment=st.integers(0, 40), resume=st.booleans())
    def run_into(self, fault, moment, resume):
        before = named(content(self.folder))
        done = self._run(fault, moment, resume=resume)
        if fault == "kill" and done.code == KILLED:
            return
        assert "Traceback" not in done.said
        if REFUSED.search(done.said):
            assert done.code == 2
            assert named(content(self.folder)) == before
        elif fault == "interrupt" and done.code == 130:
            last = done.said.removeprefix(BAD)
            assert re.fullmatch(r"(out\S*: \d+ documents are done, go on with --resume\n)?\n", last)
        elif fault == "full" and "space" in done.said:
            assert done.code == 2
            assert re.fullmatch(
                r"(out\S*: cannot be written, no space left on device; "
                r"mend that(, and go on with --resume)?|out\S*: No space left on device)\n",
                done.said.removeprefix(BAD),
            )
        else:
            self._check_done(done)

    def _run(self, fault=None, moment=0, *, resume) -> Ended:
        return ended(
            lambda: tag(self.folder, self.asked, resume=resume), self.folder, fault, moment
        )

    def _check_done(self, done):
        whole = undisturbed(self.asked)
        files = content(self.folder)
        assert named(files) == whole.files
        assert done.code == whole.code
        assert DONE.fullmatch(done.said), done.said
        beside = set(files) - set(whole.files)
        assert beside <= {"out/_manifest.json", "out.jsonl.manifest.json"}

    def _expected(self, files, *, resume) -> str:
        """Say what a run must come to if nothing was damaged."""
        is_file = self.asked.kind == "file"
        manifest = files.get("out.jsonl.part/_manifest.json" if is_file else "out/_manifest.json")
        if manifest is None and is_file and resume and "out.jsonl" in files:
            manifest = files.get("out.jsonl.manifest.json")
            if manifest is None:
                return "refused"
        if manifest is None:
            return "done"
        values = json.loads(manifest)
        if resume:
            return "done" if values["job"] == undisturbed(self.asked).job else "refused"
        return "refused" if values["complete"] or values["place"]["documents"] else "done"

    @invariant()
    def what_has_its_name_is_whole(self):
        if self.damaged:
            return
        known = [undisturbed(asked).files for asked in self.tried]
        for name, data in named(content(self.folder)).items():
            assert any(files.get(name) == data for files in known), name


def test_whatever_happens_the_output_is_the_same_or_refused():
    run_state_machine_as_test(Jobs, settings=share(0.15, steps=12))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_job_that_ends_at_any_moment_goes_on_to_the_same_bytes(kind, fault, tmp_path):
    """One moment after the other until it is past the end; by default every fourth."""
    asked = Asked(kind, inputs="with a bad one")
    whole = undisturbed(asked)
    lay_out(tmp_path, asked)
    for moment in range(0, 200, 1 if THOROUGH else 4):
        done = ended(lambda: tag(tmp_path, asked, resume=True), tmp_path, fault, moment)
        whole_so_far = named(content(tmp_path)).items()
        assert whole_so_far <= whole.files.items(), moment
        again = ended(lambda: tag(tmp_path, asked, resume=True), tmp_path)
        assert (again.code, named(content(tmp_path))) == (whole.code, whole.files), moment
        for path in tmp_path.glob("out*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if (done.code, done.said) == (whole.code, whole.said):
            break
    else:
        raise AssertionError("it has no end")
    assert moment > 10


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("moment", [20, 200], ids=["unfinished", "finished"])
@pytest.mark.parametrize("how", ["one bit", "one byte more", "gone"])
def test_what_was_written_is_not_believed_when_it_was_changed(kind, moment, how, tmp_path):
    asked = Asked(kind)
    lay_out(tmp_path, asked)
    ended(lambda: tag(tmp_path, asked, resume=True), tmp_path, "kill", moment)
    names = sorted(content(tmp_path))
    name = next(name for name in names if re.fullmatch(r"out\.jsonl|.*/(data|part-00000.*)", name))
    before = (tmp_path / name).read_bytes()
    changed = {"one bit": bytes([before[0] ^ 1]) + before[1:], "one byte more": before + b"\n"}
    if how == "gone":
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(changed[how])
    again = ended(lambda: tag(tmp_path, asked, resume=True), tmp_path)
    # What stands behind what is done is written anew, and so is a whole file that is gone.
    if (name, how) in {("out.jsonl.part/data", "one byte more"), ("out.jsonl", "gone")}:
        assert (again.code, named(content(tmp_path))) == (0, undisturbed(asked).files)
    else:
        assert again.code == 2
        assert REFUSED.fullmatch(again.said.rstrip("\n")), again.said


@pytest.mark.parametrize("then", ["goes on", "into a full disk", "with nothing to do"])
def test_a_shard_that_was_not_counted_yet_is_in_nobodys_way(then, tmp_path):
    asked = Asked("shards")
    lay_out(tmp_path, asked)
    for moment in range(20):
        ended(lambda: tag(tmp_path, asked, resume=True), tmp_path, "kill", moment)
        if named(content(tmp_path)):
            break
    assert json.loads((tmp_path / "out/_manifest.json").read_text())["shards"] == 0
    if then == "into a full disk":
        ended(lambda: tag(tmp_path, asked, resume=True), tmp_path, "full", 1)
    elif then == "with nothing to do":
        asked = asked._replace(inputs="none")
        lay_out(tmp_path, asked)
    done = ended(lambda: tag(tmp_path, asked, resume=then != "with nothing to do"), tmp_path)
    assert done == (0, "")
    assert named(content(tmp_path)) == undisturbed(asked).files
