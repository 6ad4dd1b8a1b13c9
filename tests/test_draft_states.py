"""Two tabs of a playground, another program and one file: no edit is lost without a word.

A real server is asked as the page asks it. What it says and what lies on the disk is compared with
a model after every step.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from alphabet import share
from faults import FAULTS, KILLED, ended
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from serving import Server, served

from resolver.playground.pack_files import open_pack, save_pack

PACK = "pack: my\nentities:\n  - {{id: a, name: {}, type: place}}\n"
NAMES = ["Iran", "Oman", "İstanbul 👍", "頭疼 &amp; <b>"]
WRONG = ["pack: [", "", "pack: NO\n", "pack: my\nentitys: []\n", "pack: my\nentities: [{id: a}]\n"]
TEXT = ", ".join(NAMES)
# What another program may have written: line ends of another system, no text at all, a mark.
CONTENT = [
    *(PACK.format(name).encode() for name in NAMES),
    PACK.format("Oman").replace("\n", "\r\n").encode(),
    PACK.format("Oman").replace("\n", "\r").encode(),
    "\ufeff".encode() + PACK.format("Iran").encode(),
    b"pack: [",
    b"pack: \xff\n",
    b"",
]


def seen(content: bytes | None) -> str | None:
    """Return the text of a file as the page shows it, or nothing if it cannot."""
    try:
        text = None if content is None else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text and text.replace("\r\n", "\n").replace("\r", "\n")


def as_in(content: bytes, text: str) -> bytes:
    """Return what a text becomes in a file that had some content: the line ends stay."""
    ends = b"\r\n" if content.count(b"\r\n") * 2 > content.count(b"\n") else b"\n"
    return text.encode().replace(b"\n", ends)


class Tab:
    """What a page in the browser holds: a text, what it was before, and what it began with."""

    def __init__(self, record: dict) -> None:
        self.load(record)

    def load(self, record: dict) -> None:
        self.text, self.before = record["text"], []
        self.began(record)

    def began(self, record: dict) -> None:
        self.digest, self.base = record["digest"], None if record["unreadable"] else record["text"]


class Drafts(RuleBasedStateMachine):
    """The model: what lies on the disk, and what each tab began with."""

    server: ClassVar[Server]
    folder: ClassVar[Path]
    tabs = Bundle("tabs")

    @initialize(target=tabs, content=st.sampled_from(CONTENT[:6]))
    def begin(self, content):
        for path in self.folder.iterdir():
            path.unlink()
        self.path = self.folder / "my.yaml"
        self.disk: bytes | None = None
        self.backup: bytes | None = None
        self._write(content)
        return multiple(Tab(self._open()), Tab(self._open()))

    def _write(self, content):
        self.path.write_bytes(content)
        self.disk = content

    def _open(self) -> dict:
        (record,) = self.server.client.get("/draft/packs").json()["files"]
        return record

    # A tab

    @rule(tab=tabs)
    def load(self, tab):
        record = self._open()
        text = seen(self.disk)
        assert (record["unreadable"] is None) == (text is not None)
        assert record["text"] == (text or "")
        tab.load(record)

    @rule(tab=tabs, text=st.sampled_from([*map(PACK.format, NAMES), *WRONG]))
    def edit(self, tab, text):
        tab.before.append(tab.text)
        tab.text = text

    @rule(tab=tabs)
    def undo(self, tab):
        tab.text = tab.before.pop() if tab.before else tab.text

    @rule(tab=tabs)
    def save(self, tab):
        fields = {"file": "my.yaml", "text": tab.text, "digest": tab.digest}
        answer = self.server.post("/draft/save", **fields)
        said = answer.json()
        if tab.text in WRONG:
            assert answer.status_code == 422
            assert said["error"].startswith("not saved: my.yaml:")
        elif tab.base is not None and tab.base == seen(self.disk):
            assert answer.status_code == 200, said
            self.backup, self.disk = self.disk, as_in(self.disk, tab.text)
            assert (said["text"], said["unreadable"]) == (tab.text, None)
            tab.began(said)
            mentions = self.server.post("/resolve", text=TEXT).json()["mentions"]
            assert [m["surface"] for m in mentions] == [n for n in NAMES if n in tab.text]
        else:
            assert (answer.status_code, said) == (
                409,
                {
                    "error": "not saved: my.yaml: was changed on the disk meanwhile, "
                    "load it again and repeat your edit"
                },
            )

    # Another program

    @rule(content=st.sampled_from(CONTENT))
    def write(self, content):
        self._write(content)

    @rule(content=st.sampled_from(CONTENT))
    def replace(self, content):
        beside = self.folder / "new"
        beside.write_bytes(content)
        beside.replace(self.path)
        self.disk = content

    @rule()
    def delete(self):
        self.path.unlink(missing_ok=True)
        self.disk = None

    @rule()
    def take_the_backup(self):
        if self.backup is not None:
            self._write(self.backup)

    @invariant()
    def the_disk_holds_what_was_saved_whole(self):
        wanted = {"my.yaml": self.disk, "my.yaml.bak": self.backup}
        found = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        assert found == {name: data for name, data in wanted.items() if data is not None}


def test_no_edit_is_lost_whatever_happens_to_the_file(tmp_path):
    (tmp_path / "my.yaml").write_bytes(CONTENT[0])
    with served("my.yaml", "--no-bundled", "--no-plugins", folder=tmp_path) as server:
        Drafts.server, Drafts.folder = server, tmp_path
        run_state_machine_as_test(Drafts, settings=share(0.2, steps=20))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_save_that_is_cut_off_leaves_a_whole_file_and_a_whole_backup(fault, tmp_path):
    """At every moment at which something happens to files."""
    path, backup = tmp_path / "my.yaml", tmp_path / "my.yaml.bak"
    first, second, third = (PACK.format(name) for name in NAMES[:3])

    def save() -> int:
        file = open_pack(path)
        try:
            save_pack(file, third, file.digest)
        except (KeyboardInterrupt, OSError):
            return 1
        return 0

    for moment in range(20):
        path.write_text(second, "utf-8")
        backup.write_text(first, "utf-8")
        done = ended(save, tmp_path, fault, moment)
        assert done.said == ""
        assert done.code in {0, 1, KILLED}
        now = path.read_text("utf-8"), backup.read_text("utf-8")
        assert now in {(second, first), (second, second), (third, second)}
        assert now == (third, second) or done.code
        left = {file.name for file in tmp_path.iterdir()} - {path.name, backup.name}
        assert not left or done.code == KILLED, left
        for name in left:
            (tmp_path / name).unlink()
        if done.code == 0:
            break
    assert moment > 3
