"""A job that ends before its time, whatever the reason, goes on where it was, to the same bytes.

Real processes with real packs are killed at random moments. ``RESOLVER_KILLS=20`` does so twenty
times for each kind of output; a few times is the default.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT

from resolver.scale.folder import alone_in, read_manifest, write_manifest

KILLS = int(os.environ.get("RESOLVER_KILLS", "1"))
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
INPUTS = ("in/a.jsonl", "in/b.csv", "in/c.parquet", "in/d.jsonl.gz", "in/texts", "in/gone.txt")
MISSING = "in/gone.txt: no such file or folder, correct the path\n"

# Makes a small job last, so that there is a time to kill it at.
SLOW = """\
import os, time
from resolver import hookimpl
from resolver.findings import Rule

@hookimpl
def resolver_rules():
    return [Rule("slow", "veto", wait)]

def wait(analysis):
    if "poison" in analysis.text:
        os._exit(3)
    time.sleep(float(os.environ.get("SLOWLY", "0")))
    return ()
"""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> Path:
    """Make a folder with documents in several files and formats."""
    folder = tmp_path_factory.mktemp("jobs")
    (folder / "slow.py").write_text(SLOW, "utf-8")
    into = folder / "in"
    texts = into / "texts"
    texts.mkdir(parents=True)
    seeds = [seed.read_text("utf-8")[:1_500] for seed in SEEDS]
    rows = [{"id": f"é{n}", "text": f"{n}. {seeds[n % len(seeds)]}"} for n in range(120)]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (into / "a.jsonl").write_text("".join([*lines[:40], "no record\n", *lines[40:]]), "utf-8")
    with gzip.open(into / "d.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(lines)
    with (into / "b.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", "text"])
        writer.writeheader()
        writer.writerows(rows)
    pq.write_table(pa.Table.from_pylist(rows), into / "c.parquet")
    for n, row in enumerate(rows[:40]):
        (texts / f"{n:03}.txt").write_text(row["text"], "utf-8")
    return folder


def unwatched() -> dict[str, str]:
    """Return the environment without coverage, which a signal may leave waiting for its own lock."""
    return {name: value for name, value in os.environ.items() if "COVERAGE" not in name}


def start(folder: Path, *args: str, slowly: float = 0, **options) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "resolver",
            "tag",
            "--no-plugins",
            "--plugin-file",
            "slow.py",
            *args,
        ],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**unwatched(), "SLOWLY": str(slowly)},
        **options,
    )


def run(folder: Path, *args: str, **options) -> tuple[int, str]:
    """Return exit code and messages."""
    process = start(folder, *args, **options)
    _, err = process.communicate()
    return process.returncode, err


def content(path: Path) -> dict[str, bytes]:
    """Return what a file, or each shard of a folder, holds."""
    files = [f for f in path.iterdir() if f.name[0] not in "_."] if path.is_dir() else [path]
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


def files(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def leftovers(folder: Path, before: set[str]) -> set[str]:
    return {path.name for path in folder.iterdir()} - before


def wait_until_something_is_done(process: subprocess.Popen[str], folder: Path) -> None:
    """Wait until a later run could go on with something, or the process has ended."""
    while process.poll() is None:
        try:
            manifest = json.loads((folder / "_manifest.json").read_text("utf-8"))
            if manifest["place"]["documents"]:
                return
        except FileNotFoundError:
            pass
        time.sleep(0.02)


OUTPUTS = {
    "a file": ("out.jsonl", ()),
    "a file, two processes": ("out.jsonl", ("--jobs", "2")),
    "shards": ("out", ("--shard-size", "64")),
    "shards, two processes": ("out", ("--shard-size", "64", "--jobs", "2")),
    "shards of tables": ("out", ("--shard-size", "64", "--format", "csv")),
}


@pytest.fixture(scope="module")
def undisturbed(inputs) -> dict[str, dict[str, bytes]]:
    """What an undisturbed run writes, by kind of output."""
    wanted = {}
    for number, (kind, (_, options)) in enumerate(OUTPUTS.items()):
        code, err = run(inputs, *INPUTS, *options, "-o", f"undisturbed{number}")
        assert (code, err.splitlines()[-1] + "\n") == (2, MISSING)  # what cannot be read is told
        wanted[kind] = content(inputs / f"undisturbed{number}")
    return wanted


@pytest.mark.parametrize("kind", OUTPUTS)
@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_job_goes_on_to_the_same_bytes(inputs, undisturbed, kind, number):
    name, options = OUTPUTS[kind]
    moment = random.Random(number)  # noqa: S311
    output = inputs / f"{number}-{kind}" / name
    output.parent.mkdir()
    state = output if "shards" in kind else output.with_name(f"{name}.part")
    args = (*INPUTS, *options, "-o", str(output), "--resume")
    for kills in range(2):
        process = start(inputs, *args, slowly=0.012)
        wait_until_something_is_done(process, state)
        time.sleep(moment.uniform(0, 1))
        assert process.poll() is None or kills
        process.kill()
        process.communicate()
        if "shards" not in kind and process.returncode < 0:
            assert not output.exists()
        whole = content(output) if output.exists() else {}
        assert whole.items() <= undisturbed[kind].items()
    code, err = run(inputs, *args)
    assert code == 2
    assert err.splitlines()[-1] + "\n" == MISSING or "has done it all" in err
    assert content(output) == undisturbed[kind]
    again, err = run(inputs, *args)
    assert (again, err.splitlines()[-1]) == (2, f"{output}: an earlier run has done it all")
    assert content(output) == undisturbed[kind]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"]
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_job_ends_in_order(inputs, undisturbed, tmp_path, number, code, jobs):
    output = tmp_path / "out.jsonl"
    args = (*INPUTS, "-o", str(output), "--jobs", jobs)
    process = start(inputs, *args, slowly=0.01)
    wait_until_something_is_done(process, tmp_path / "out.jsonl.part")
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code
    done = json.loads((tmp_path / "out.jsonl.part/_manifest.json").read_text())["place"]
    last = f"{output}: {done['documents']} documents are done, go on with --resume"
    assert err.strip().splitlines()[-1] == last
    assert leftovers(tmp_path, set()) == {"out.jsonl.part"}
    assert run(inputs, *args, "--resume")[0] == 2
    assert content(output) == undisturbed["a file"]


def test_what_is_interrupted_at_once_leaves_nothing(inputs, tmp_path):
    process = start(inputs, *INPUTS, "-o", str(tmp_path / "out.jsonl"), slowly=10)
    while process.poll() is None and not (tmp_path / "out.jsonl.part").exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert leftovers(tmp_path, set()) == set()


@pytest.fixture(scope="module")
def left(inputs, tmp_path_factory) -> Path:
    """Begin a job over copies of some inputs, and leave it unfinished."""
    tmp_path = tmp_path_factory.mktemp("left")
    for name in ("slow.py", "in/a.jsonl", "in/texts/000.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes((inputs / name).read_bytes())
    pack = "pack: {}\nentities: [{{id: {}, name: {}, type: place}}]\n"
    (tmp_path / "one.yaml").write_text(pack.format("one", "iran", "Iran"), "utf-8")
    (tmp_path / "two.yaml").write_text(pack.format("two", "oman", "Oman"), "utf-8")
    process = start(tmp_path, *UNFINISHED, slowly=0.05)
    wait_until_something_is_done(process, tmp_path / "out")
    process.kill()
    process.communicate()
    return tmp_path


@pytest.fixture
def unfinished(left, tmp_path) -> Path:
    """Return a copy of the unfinished job, with the times of its files."""
    shutil.copytree(left, tmp_path, dirs_exist_ok=True)
    return tmp_path


UNFINISHED = tuple(
    "in/a.jsonl in/texts --no-bundled --packs one.yaml -o out --shard-size 10".split()
)
CHANGES = {
    "nothing": ((), lambda folder: None, None),
    "another option": (
        ("--overlaps", "all"),
        lambda folder: None,
        "--overlaps was none and is all",
    ),
    "several options": (
        ("--why", "--date", "2022-01-01", "--shard-size", "11", "--field", "m"),
        lambda folder: None,
        "--date was not given and is 2022-01-01, --why was False and is True, "
        "--field was mentions and is m, and 1 more",
    ),
    "another limit": (
        ("--size-limit", "1MB"),
        lambda folder: None,
        "--size-limit was 256000000 and is 1000000",
    ),
    "how many processes": (("--jobs", "2"), lambda folder: None, None),
    "another engine": (("--engine", "flashtext"), lambda folder: None, None),
    "an edited pack": (
        (),
        lambda folder: (folder / "one.yaml").write_bytes((folder / "two.yaml").read_bytes()),
        "pack one.yaml has changed",
    ),
    "another pack": (("--packs", "two.yaml"), lambda folder: None, "pack two.yaml is new"),
    "an edited plugin": (
        (),
        lambda folder: (folder / "slow.py").write_text(SLOW + "# edited\n", "utf-8"),
        "plugin slow has changed",
    ),
    "an edited input": (
        (),
        lambda folder: (folder / "in/a.jsonl").write_text("{}\n", "utf-8"),
        "input in/a.jsonl has changed",
    ),
    "one more file": (
        (),
        lambda folder: (folder / "in/texts/new.txt").write_text("new", "utf-8"),
        "input in/texts has changed",
    ),
    "a vanished input": (
        (),
        lambda folder: (folder / "in/a.jsonl").unlink(),
        "input in/a.jsonl is gone",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_only_the_same_job_goes_on(unfinished, change):
    options, make, differs = CHANGES[change]
    before = content(unfinished / "out")
    make(unfinished)
    code, err = run(unfinished, *UNFINISHED, *options, "--resume")
    if differs is None:
        assert code == 2  # one record cannot be read
        assert len(content(unfinished / "out")) == 13
    else:
        assert (code, err) == (
            2,
            f"out: cannot go on with the run that is there, {differs}; put that back, "
            "or remove out to begin anew\n",
        )
        assert content(unfinished / "out") == before


def test_another_version_does_not_go_on(unfinished):
    manifest = read_manifest(unfinished / "out/_manifest.json")
    versions = manifest.job["versions"] | {"resolver": "0.0.1"}
    write_manifest(unfinished / "out", manifest._replace(job=manifest.job | {"versions": versions}))
    code, err = run(unfinished, *UNFINISHED, "--resume")
    assert code == 2
    assert err.startswith("out: cannot go on with the run that is there, resolver was 0.0.1 ")


def test_an_unfinished_run_is_not_overwritten(unfinished):
    assert run(unfinished, *UNFINISHED) == (
        2,
        "out: an unfinished run is there, go on with --resume, or remove out to begin anew\n",
    )


def test_a_missing_shard_is_noticed(unfinished):
    (unfinished / "out/part-00000.jsonl").unlink()
    assert run(unfinished, *UNFINISHED, "--resume") == (
        2,
        "out/part-00000.jsonl: is missing, remove out and begin anew\n",
    )


def test_a_changed_shard_is_noticed(unfinished):
    with (unfinished / "out/part-00000.jsonl").open("a") as file:
        file.write("more")
    assert run(unfinished, *UNFINISHED, "--resume") == (
        2,
        "out: its files were changed since the earlier run, remove it and begin anew\n",
    )


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ('"documents": ', '"documents": 1'),
        ('"shards": ', '"shards": 1'),
        ('\n  "bytes": ', '\n  "bytes": 1'),
        ('"checksum": ', '"checksum": 1'),
        ('"complete": false', '"complete": true'),
        ('\n  "digest": "', '\n  "digest": "0'),
        ('"--overlaps": "none"', '"--overlaps": "all"'),
    ],
)
def test_a_changed_manifest_is_noticed(unfinished, said, changed):
    path = unfinished / "out/_manifest.json"
    assert path.read_text("utf-8").count(said) == 1
    path.write_text(path.read_text("utf-8").replace(said, changed), "utf-8")
    message = "out/_manifest.json: was changed since the earlier run, remove it and begin anew\n"
    assert run(unfinished, *UNFINISHED, "--resume") == (2, message)


def test_a_damaged_manifest_is_named(unfinished):
    (unfinished / "out/_manifest.json").write_text('{"job": {', "utf-8")
    assert run(unfinished, *UNFINISHED, "--resume") == (
        2,
        "out/_manifest.json: is no manifest of a job, remove it and begin anew\n",
    )


def test_a_finished_folder_is_not_written_to(unfinished):
    assert run(unfinished, *UNFINISHED, "--resume")[0] == 2
    assert run(unfinished, *UNFINISHED) == (
        2,
        "out: holds a finished run, remove it or name another output\n",
    )


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "slow.py").write_text(SLOW, "utf-8")
    lines = (json.dumps({"id": n, "text": f"Iran and Oman {n}"}) + "\n" for n in range(500))
    (tmp_path / "in.jsonl").write_text("".join(lines), "utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/note.txt").write_text("Iran", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("in.jsonl --resume", "Error: --resume needs a place to write to, name it with -o"),
        (
            "in.jsonl --shard-size 2",
            "Error: --shard-size needs a place to write to, name it with -o",
        ),
        (
            "in.jsonl -o full",
            "full: is a folder, name a file or add --shard-size N to write files into it",
        ),
        (
            "in.jsonl -o new/",
            "new/: is a folder, name a file or add --shard-size N to write files into it",
        ),
        ("in.jsonl -o full --shard-size 2", "full: is not empty, name another folder"),
        (
            "in.jsonl -o slow.py --shard-size 2",
            "slow.py: is a file, and --shard-size needs a folder, name another one",
        ),
        ("full -o full/out --shard-size 2", "full/out: lies in full, which is read, move it"),
        (
            "in.jsonl -o out.csv --format csv --resume",
            "out.csv: a file in the format csv cannot be gone on with, "
            "add --shard-size N and name a folder",
        ),
        (
            "in.jsonl -o slow.py --resume",
            "slow.py: is there already, and not from an earlier run with --resume, "
            "remove it or leave out --resume",
        ),
    ],
)
def test_wrong_usage_is_one_line(folder, args, message):
    before = files(folder)
    code, err = run(folder, *args.split())
    assert (code, err.rstrip("\n").splitlines()[-1]) == (2, message)
    assert files(folder) == before


def test_shards_are_files_of_their_format(folder):
    assert run(folder, "in.jsonl", "-o", "out", "--shard-size", "200", "--format", "csv") == (0, "")
    heads = {name: data.splitlines()[0][:8] for name, data in content(folder / "out").items()}
    assert heads == {f"part-0000{n}.csv": b"document" for n in range(3)}


def test_nothing_comes_to_an_empty_file_or_no_shard(folder):
    (folder / "none.jsonl").write_text("", "utf-8")
    assert run(folder, "none.jsonl", "-o", "out.jsonl") == (0, "")
    assert run(folder, "none.jsonl", "-o", "out", "--shard-size", "200") == (0, "")
    assert content(folder / "out.jsonl") == {"": b""}
    assert content(folder / "out") == {}


@pytest.mark.parametrize("shards", [(), ("--shard-size", "100")], ids=["file", "shards"])
def test_two_processes_do_not_write_to_one_output(folder, shards):
    state = folder / ("out" if shards else "out.part")
    with alone_in(state):
        code, err = run(folder, "in.jsonl", "-o", "out", *shards)
        message = "another process is writing there, let it end or name another output"
        assert (code, err) == (2, f"{state.name}: {message}\n")
    assert run(folder, "in.jsonl", "-o", "out", *shards) == (0, "")


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("shards", [(), ("--shard-size", "100")], ids=["file", "shards"])
def test_a_full_disk_is_one_line(folder, jobs, shards, monkeypatch):
    # The measuring of coverage would also have something to write, and to say that it could not.
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
    monkeypatch.delenv("COVERAGE_PROCESS_START", raising=False)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    args = ("in.jsonl", "-o", "out", "--jobs", jobs, *shards)
    code, err = run(folder, *args, preexec_fn=limit)
    fault = "out: cannot be written, file too large; mend that"
    # A machine that needs more than a second for the first 20 kB has put them down by then.
    kept = {"out.part"} if err == f"{fault}, and go on with --resume\n" else set()
    assert code == 2
    assert kept or err == f"{fault}\n"
    assert leftovers(folder, {"slow.py", "in.jsonl", "full"}) == kept


@pytest.mark.parametrize("name", ["--format jsonl", "--format csv"])
def test_a_full_device_is_one_line(folder, name):
    command = f"{sys.executable} -m resolver tag in.jsonl {name} --no-plugins > /dev/full"
    result = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (2, "output: No space left on device\n")


def test_a_crash_of_a_worker_is_reported_and_loses_one_document(folder):
    lines = (folder / "in.jsonl").read_text("utf-8").splitlines()
    lines[400] = json.dumps({"id": "bad one", "text": "poison in Iran"})
    (folder / "in.jsonl").write_text("\n".join(lines), "utf-8")
    code, err = run(folder, "in.jsonl", "-o", "out.jsonl", "--jobs", "2")
    assert (code, err) == (
        2,
        "document bad one: a worker process died of it, and another one too; "
        "leave it out, or find out with --no-plugins whether a plugin is to blame\n",
    )
    records = map(json.loads, (folder / "out.jsonl").read_text("utf-8").splitlines())
    wanted = [json.loads(line)["id"] for n, line in enumerate(lines) if n != 400]
    assert [record["id"] for record in records] == wanted


def test_a_link_is_followed(folder):
    (folder / "link.jsonl").symlink_to("out.jsonl")
    assert run(folder, "in.jsonl", "-o", "link.jsonl") == (0, "")
    assert (folder / "link.jsonl").is_symlink()
    assert (folder / "out.jsonl").stat().st_size > 10_000


def test_standard_input_goes_on_where_it_was(folder):
    """What comes in once more is read over up to there."""
    (folder / "undisturbed").mkdir()
    args = ("-", "--input-format", "jsonl", "--shard-size", "50", "-o")
    with (folder / "in.jsonl").open() as file:
        assert run(folder, *args, "undisturbed", stdin=file) == (0, "")
    with (folder / "in.jsonl").open() as file:
        process = start(folder, *args, "out", slowly=0.01, stdin=file)
        wait_until_something_is_done(process, folder / "out")
        process.kill()
        process.communicate()
    with (folder / "in.jsonl").open() as file:
        assert run(folder, *args, "out", "--resume", stdin=file) == (0, "")
    assert content(folder / "out") == content(folder / "undisturbed")


LINE = r"(?:[\d,]+ documents, [\d,]+/s(?:, [\d.]+ MB/s, \d+%(?:, (?:\d+:)?\d+:\d\d left)?)?)"


def test_progress_is_for_terminals(folder):
    assert run(folder, "in.jsonl", "-o", "out.jsonl") == (0, "")
    code, err = run(folder, "in.jsonl", "-o", "out.jsonl", "--progress")
    assert code == 0
    assert re.fullmatch(LINE + "\n", err)
    assert err.startswith("500 documents, ")
    assert ", 100%\n" in err


@pytest.mark.parametrize("quiet", [False, True])
def test_a_terminal_shows_progress_in_one_line(folder, quiet):
    ours, theirs = os.openpty()
    options = ["--no-progress"] if quiet else []
    command = [sys.executable, "-m", "resolver", "tag", "in.jsonl", "gone.txt", *options]
    slow = ["--no-plugins", "--plugin-file", "slow.py", "-o", "out.jsonl"]
    env = {**os.environ, "SLOWLY": "0.005"}
    process = subprocess.Popen([*command, *slow], cwd=folder, stderr=theirs, env=env)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 1_000):
            shown += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait() == 2
    missing = "gone.txt: no such file or folder, correct the path\r\n"
    clear = "\r\x1b[K"
    if quiet:
        assert shown.decode() == missing
    else:
        lines = f"(?:{re.escape(clear)}{LINE})+{re.escape(clear + missing + clear)}"
        assert re.fullmatch(lines, shown.decode())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_half_a_character_in_a_record_comes_back(folder, jobs):
    (folder / "half.jsonl").write_text('{"id": "\\ud800é", "text": "Iran"}\n', "utf-8")
    assert run(folder, "half.jsonl", "-o", "out.jsonl", "--jobs", jobs) == (0, "")
    line = (folder / "out.jsonl").read_text("utf-8")
    assert line.startswith('{"id": "\\ud800é", ')
    assert json.loads(line)["id"] == "\ud800é"


@pytest.mark.parametrize(
    ("options", "jobs"), [((), "1"), (("--shard-size", "5"), "2")], ids=["file", "shards"]
)
def test_a_folder_of_output_that_is_removed_meanwhile_is_one_line(folder, options, jobs):
    (folder / "into").mkdir()
    (folder / "p.yaml").write_text("pack: p\nentities: [{id: a, name: Iran, type: x}]\n", "utf-8")
    loading = ("--no-bundled", "--packs", "p.yaml")
    args = ("in.jsonl", "-o", "into/out", "--jobs", jobs, *options, *loading)
    process = start(folder, *args, slowly=0.01)
    state = folder / ("into/out" if options else "into/out.part")
    wait_until_something_is_done(process, state)
    # All of it at once: a folder removed file by file is no empty one to a job that goes on writing.
    (folder / "into").rename(folder / "removed")
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (
        2,
        "into/out: cannot be written, no such file or directory; "
        "mend that, and go on with --resume\n",
    )


def test_inputs_that_vanish_meanwhile_are_named_and_lose_no_other(folder):
    for name in ("c", "b", "a"):
        (folder / "many").mkdir(exist_ok=True)
        shutil.copy(folder / "in.jsonl", folder / f"many/{name}.jsonl")
    (folder / "p.yaml").write_text("pack: p\nentities: [{id: a, name: Iran, type: x}]\n", "utf-8")
    loading = ("--no-bundled", "--packs", "p.yaml")
    process = start(folder, "many", "-o", "out.jsonl", *loading, slowly=0.005)
    wait_until_something_is_done(process, folder / "out.jsonl.part")
    shutil.rmtree(folder / "many")  # the first is open, and stays so for whoever reads it
    _, err = process.communicate(timeout=60)
    missing = "cannot be read: No such file or directory"
    assert process.returncode == 2
    assert err.splitlines() == [f"many/b.jsonl: {missing}", f"many/c.jsonl: {missing}"]
    lines = (folder / "in.jsonl").read_text("utf-8").splitlines()
    assert len((folder / "out.jsonl").read_text("utf-8").splitlines()) == len(lines)
