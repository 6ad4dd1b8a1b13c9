"""What the page asks for: packs as they are being edited, and a text resolved with them.

Offsets count UTF-16 units, as JavaScript does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resolver.errors import Problem
from resolver.models import Document, Mention, Pack
from resolver.offsets import UNITS, OffsetConverter
from resolver.playground.bodies import DATE, Field, answer, read_fields
from resolver.playground.editions import Edition
from resolver.playground.examples import add_example
from resolver.playground.explaining import Analysed, explain_place
from resolver.playground.pack_files import ConflictError, PackFile, save_pack
from resolver.playground.workspace import Workspace
from resolver.testing import Outcome, describe, run_examples
from resolver.workbench.comparison import Difference, said_of
from resolver.writers.jsonl import mention_record

_TEXTS = Field("texts", dict)
_FILE = Field("file")
_DOCUMENT = (Field("text"), DATE, Field("edition", usual=None))


class Drafts:
    """Answers the page."""

    def __init__(self, workspace: Workspace) -> None:
        """Take what is loaded."""
        self._workspace = workspace

    def routes(self) -> list[Route]:
        """Return the routes."""
        posts = (self.check, self.build, self.resolve, self.explain, self.compare, self.example)
        return [
            Route("/draft/packs", self.packs, methods=["GET"]),
            *(Route(f"/draft/{post.__name__}", post, methods=["POST"]) for post in posts),
            Route("/draft/save", self.save, methods=["POST"]),
        ]

    async def packs(self, _: Request) -> Response:
        """Return the open packs as they are on the disk now."""
        await self._workspace.look_at_disk()
        return answer(
            {
                "files": [_file_record(file) for file in self._workspace.files.values()],
                "words": self._workspace.loading.words,
            }
        )

    async def check(self, request: Request) -> Response:
        """Return what is wrong with the open packs: on each key, so nothing is built."""
        texts = self._open_texts((await read_fields(request, _TEXTS))["texts"])
        problems = await self._workspace.problems(texts)
        return answer({"problems": [_problem_record(problem, texts) for problem in problems]})

    async def build(self, request: Request) -> Response:
        """Build the edition of what is being edited; answers when it is ready."""
        texts = self._open_texts((await read_fields(request, _TEXTS))["texts"])
        edition = await self._workspace.build(texts)
        problems = await self._workspace.problems(texts)
        outcomes: list[Outcome] = []
        for pack in edition.packs or ():  # one at a time, so that other requests get their turn
            outcomes += await self._workspace.work(_outcomes, edition, pack)
        return answer(
            {
                "edition": edition.key,
                "problems": [_problem_record(problem, texts) for problem in problems],
                "examples": {
                    "passed": sum(outcome.passed for outcome in outcomes),
                    "failed": [_failure_record(o) for o in outcomes if _counts_as_failed(o)],
                    "todo": sum(o.example.todo and not o.passed for o in outcomes),
                },
            }
        )

    async def resolve(self, request: Request) -> Response:
        """Return the mentions in a text."""
        units = Field("offsets", usual="utf16", values=UNITS)
        fields = await read_fields(request, *_DOCUMENT, units)
        edition = self._edition(fields["edition"])
        document = Document(fields["text"], date=fields["date"])
        return answer(await self._workspace.work(_resolved, edition, document, fields["offsets"]))

    async def explain(self, request: Request) -> Response:
        """Return why a place is a mention, or why it is none."""
        places = (Field("start", int), Field("end", int))
        fields = await read_fields(request, *_DOCUMENT, *places)
        edition = self._edition(fields["edition"])
        document = Document(fields["text"], date=fields["date"])
        start, end = fields["start"], fields["end"]
        if not 0 <= start < end <= OffsetConverter(document.text, "utf16")(len(document.text)):
            raise HTTPException(400, "start and end are no place in the text")
        return answer(await self._workspace.work(_explained, edition, document, start, end))

    async def compare(self, request: Request) -> Response:
        """Return what the edited packs find differently from those on the disk."""
        fields = await read_fields(request, *_DOCUMENT)
        document = Document(fields["text"], date=fields["date"])
        edition = self._edition(fields["edition"])
        differences = await self._workspace.differences(edition, document)
        return answer({"differences": _difference_records(differences, document.text)})

    async def example(self, request: Request) -> Response:
        """Return a pack's text with what is found in a text as an example of it."""
        fields = await read_fields(request, *_DOCUMENT, _FILE, Field("pack"))
        self._file(fields["file"])
        _check_characters(fields["pack"], fields["text"])
        edition = self._edition(fields["edition"])
        document = Document(fields["text"], date=fields["date"])
        added = await self._workspace.work(
            add_example, fields["pack"], fields["file"], edition.resolver, document
        )
        return answer({"pack": added})

    async def save(self, request: Request) -> Response:
        """Write an open pack to the disk, unless it was changed there or has errors."""
        fields = await read_fields(request, _FILE, Field("text"), Field("digest"))
        file, text = self._file(fields["file"]), fields["text"]
        _check_characters(text)
        others = {o.name: o.text for o in self._workspace.files.values() if o.path}
        problems = await self._workspace.problems({**others, file.name: text})
        own = [problem for problem in problems if problem.location.path == file.name]
        if own:
            raise HTTPException(422, f"not saved: {own[0]}")
        try:
            saved = await self._workspace.work(save_pack, file, text, fields["digest"])
        except ConflictError as error:
            raise HTTPException(409, f"not saved: {error}") from None
        except OSError as error:
            raise HTTPException(500, f"not saved: {file.name}: {error.strerror}") from None
        await self._workspace.look_at_disk()
        return answer(_file_record(saved))

    def _edition(self, key: str | None) -> Edition:
        edition = self._workspace.edition(key)
        if edition is None:
            raise HTTPException(410, "these packs are no longer compiled, build them again")
        return edition

    def _file(self, name: str) -> PackFile:
        file = self._workspace.files.get(name)
        if file is None:
            raise HTTPException(403, "this pack is not open, name it when you start resolver serve")
        return file

    def _open_texts(self, texts: dict[str, Any]) -> dict[str, str]:
        """Return the texts of all open packs: as given, or else as on the disk."""
        for name, text in texts.items():
            self._file(name)
            if not isinstance(text, str):
                raise HTTPException(400, "the field texts must hold a text for each open pack")
            _check_characters(text)
        return {name: file.text for name, file in self._workspace.files.items()} | texts


def _check_characters(*texts: str) -> None:
    """Refuse half characters, which JSON can hold and no file."""
    for text in texts:
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            message = f"half a character stands at {error.start}, remove it"
            raise HTTPException(400, message) from None


def _file_record(file: PackFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "text": file.text,
        "digest": file.digest,
        "on_disk": file.path is not None,
        "unreadable": file.unreadable,
    }


def _problem_record(problem: Problem, texts: dict[str, str]) -> dict[str, Any]:
    path, line, column = problem.location
    return {
        "file": path,
        "line": line,
        "column": column,
        "message": problem.message,
        "offset": _offset_of(texts[path], line, column) if path in texts else None,
    }


def _offset_of(text: str, line: int, column: int) -> int:
    """Return the place of a line and column, in UTF-16 units."""
    lines = text.split("\n")[: max(line, 1)]
    before = "\n".join([*lines[:-1], lines[-1][: max(column - 1, 0)]])
    return OffsetConverter(before, "utf16")(len(before))


def _counts_as_failed(outcome: Outcome) -> bool:
    return not (outcome.passed or outcome.example.todo)


def _failure_record(outcome: Outcome) -> dict[str, Any]:
    path, line, column = outcome.example.location
    _, *difference = describe(outcome).splitlines()
    return {"file": path, "line": line, "column": column, "difference": difference}


def _outcomes(edition: Edition, pack: Pack) -> list[Outcome]:
    return list(run_examples(edition.resolver, [pack]))


@lru_cache(maxsize=4)
def _mentions(edition: Edition, text: str, date: str | None) -> tuple[Mention, ...]:
    return edition.resolver.resolve(text, date=date).mentions


@lru_cache(maxsize=4)
def _analysed(edition: Edition, text: str, date: str | None) -> Analysed:
    """Analyse a document; remembered, since people ask about one place after the other."""
    mentions = _mentions(edition, text, date)
    return Analysed(mentions, *edition.resolver.analyse(Document(text, date=date)))


def _resolved(edition: Edition, document: Document, units: str) -> dict[str, Any]:
    convert = OffsetConverter(document.text, units)
    mentions = _mentions(edition, document.text, document.date)
    return {"mentions": [mention_record(mention, convert) for mention in mentions]}


def _explained(edition: Edition, document: Document, start: int, end: int) -> dict[str, Any]:
    analysed = _analysed(edition, document.text, document.date)
    span = _code_point(document.text, start), _code_point(document.text, end)
    found = explain_place(analysed, span)
    if found["mention"]:
        convert = OffsetConverter(document.text, "utf16")
        found["mention"] = mention_record(found["mention"], convert)
    return found


def _code_point(text: str, units: int) -> int:
    """Return how many code points stand in the first UTF-16 units of a text."""
    before = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(before.decode("utf-16-le", "surrogatepass"))


def _difference_records(differences: Sequence[Difference], text: str) -> list[dict[str, Any]]:
    convert = OffsetConverter(text, "utf16")
    return [
        {
            "change": change,
            "mention": mention_record(mention, convert),
            "said": said_of(mention),
            "before": before and said_of(before),
            "edit": str(cause.edit) if cause.edit else None,
            "rule": cause.rule,
        }
        for change, _, mention, before, cause in differences
    ]
