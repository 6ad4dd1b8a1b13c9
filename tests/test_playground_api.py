"""The HTTP interface of the playground, over a socket, as other programs use it."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from serving import PACK, served

from resolver.playground.application import application
from resolver.playground.editions import Loading
from resolver.playground.pack_files import scratch_pack
from resolver.playground.workspace import MAX_WAITING, Workspace
from resolver.plugins import load_plugins

TEXT = "😀 Simon Garth left the MoD in London for Iran; Iran Air and the MoD said nothing."
PLAIN = ("--no-bundled", "--no-plugins")
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    (folder / "ministries.yaml").write_text(PACK, "utf-8")
    with served("ministries.yaml", *PLAIN, folder=folder) as server:
        server.folder = folder
        yield server


@pytest.mark.parametrize(
    ("options", "fields"),
    [
        ([], {}),
        (["--why"], {"why": True}),
        (["--offsets", "utf16"], {"offsets": "utf16"}),
        (["--offsets", "byte", "--overlaps", "all"], {"offsets": "byte", "overlaps": "all"}),
        (["--date", "2021-09-01"], {"date": "2021-09-01"}),
    ],
    ids=str,
)
def test_a_text_is_resolved_as_the_command_line_does(server, options, fields):
    command = [sys.executable, "-m", "resolver", "tag", "-", "--packs", "ministries.yaml"]
    record = json.dumps({"id": "a", "text": TEXT})
    words = [*command, *PLAIN, "--input-format", "jsonl", *options]
    done = subprocess.run(
        words, input=record, capture_output=True, text=True, check=True, cwd=server.folder
    )
    tagged = json.loads(done.stdout)
    answer = server.post("/resolve", text=TEXT, id="a", **fields)
    assert answer.status_code == 200
    assert answer.json() == {"id": "a", "mentions": tagged["mentions"]}
    assert tagged["mentions"]


def test_a_name_is_looked_up(server):
    answer = server.client.get("/lookup", params={"name": "simon garth"}).json()
    assert answer == {
        "name": "simon garth",
        "entities": [
            {
                "entity_id": "person/simon-gass",
                "name": "Simon Gass",
                "type": "person",
                "pack": "ministries",
                "same_as": {},
                "matched": [
                    {
                        "text": "Simon Garth",
                        "kind": "garbled",
                        "strength": "strong",
                        "ambiguous": False,
                        "has_context": False,
                        "from": None,
                        "until": None,
                        "pack": "ministries",
                        "line": 20,
                    }
                ],
                "aliases": ["Simon Gass", "Simon Garth"],
            }
        ],
        "nearest": [],
    }


@pytest.mark.parametrize(
    ("name", "ids", "nearest"),
    [
        ("org/in-mod", ["org/in-mod"], []),
        ("MOD", ["org/gb-mod", "org/in-mod"], []),
        ("Simon Gas", [], ["Simon Gass", "Simon Garth"]),
        ("<script>", [], []),
        ("\x00", [], []),
    ],
)
def test_what_is_looked_up_need_not_be_known(server, name, ids, nearest):
    answer = server.client.get("/lookup", params={"name": name}).json()
    assert [entity["entity_id"] for entity in answer["entities"]] == ids
    assert answer["nearest"] == nearest


def test_health(server):
    answer = server.client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


WRONG = [
    ("POST", "/resolve", {}, b"{}", 415, "the content type must be application/json"),
    ("POST", "/resolve", {"content-type": "text/plain"}, b"{}", 415, "the content type must be application/json"),
    ("POST", "/resolve", JSON, b"", 400, "the body is not JSON: Expecting value: line 1 column 1 (char 0)"),
    ("POST", "/resolve", JSON, b"{", 400, "the body is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    ("POST", "/resolve", JSON, b"\xff\xfe{", 400, "the body is not UTF-8"),
    ("POST", "/resolve", JSON, b'{"text": "\xff"}', 400, "the body is not UTF-8"),
    ("POST", "/resolve", JSON, b"[" * 100_000, 400, "the body is not JSON"),
    ("POST", "/resolve", JSON, b'{"text": ' + b"1" * 10_000 + b"}", 400, "the body is not JSON"),
    ("POST", "/resolve", JSON, b"[]", 400, "the body must be a JSON object"),
    ("POST", "/resolve", JSON, b"{}", 400, "the field text is missing"),
    ("POST", "/resolve", JSON, b'{"text": 1}', 400, "the field text must be a text"),
    ("POST", "/resolve", JSON, b'{"text": null}', 400, "the field text must be a text"),
    ("POST", "/resolve", JSON, b'{"text": "", "why": 1}', 400, "the field why must be true or false"),
    ("POST", "/resolve", JSON, b'{"text": "", "dat": ""}', 400, 'the field "dat" is unknown, did you mean date?'),
    ("POST", "/resolve", JSON, b'{"text": "", "\\u001b[2J": ""}', 400, 'the field "\\u001b[2J" is unknown, there is text, id, date, overlaps, offsets, why'),
    ("POST", "/resolve", JSON, b'{"text": "", "date": "yesterday"}', 400, 'the date "yesterday" is none, write 2022-09-06'),
    ("POST", "/resolve", JSON, b'{"text": "", "overlaps": "some"}', 400, "the field overlaps must be none, all, nested"),
    ("POST", "/resolve", JSON, b'{"text": "' + b"a" * 4_000_000 + b'"}', 413, "the body is larger than 4 MB, send less or raise --size-limit"),
    ("GET", "/resolve", {}, b"", 405, "this method is not answered here"),
    ("DELETE", "/resolve", {}, b"", 405, "this method is not answered here"),
    ("POST", "/lookup", JSON, b"{}", 405, "this method is not answered here"),
    ("PUT", "/health", JSON, b"{}", 405, "this method is not answered here"),
    ("GET", "/lookup", {}, b"", 400, "give a name, as in /lookup?name=MoD"),
    ("GET", "/lookup?name=%20", {}, b"", 400, "give a name, as in /lookup?name=MoD"),
    ("GET", "/lookup?name=" + "a" * 1001, {}, b"", 400, "the name has more than 1000 characters"),
    ("GET", "/nothing", {}, b"", 404, "there is nothing here"),
    ("GET", "/page/..%2f..%2fpyproject.toml", {}, b"", 404, "there is nothing here"),
    ("GET", "/health", {"host": "evil.example"}, b"", 421, "this host name is not served here, use the address that resolver printed"),
    ("GET", "/health", {"host": "127.0.0.1.evil.example:80"}, b"", 421, "this host name is not served here, use the address that resolver printed"),
    ("GET", "/health", {"host": "[::1"}, b"", 421, "this host name is not served here, use the address that resolver printed"),
    ("POST", "/resolve", {**JSON, "origin": "http://evil.example"}, b'{"text": ""}', 403, "requests from other sites are not answered"),
    ("POST", "/resolve", {**JSON, "origin": "null"}, b'{"text": ""}', 403, "requests from other sites are not answered"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "error"),
    WRONG,
    ids=[
        f"{method} {path[:30]} {status} {body[:20]}" for method, path, _, body, status, _ in WRONG
    ],
)
def test_what_is_wrong_is_said_in_one_line(server, method, path, headers, body, status, error):
    answer = server.client.request(method, path, headers=headers, content=body)
    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert answer.headers["content-type"] == "application/json"
    if status == 405:
        assert answer.headers["allow"]
    assert server.client.get("/health").status_code == 200


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:80", "192.168.0.7:8014"])
def test_hosts_that_nobody_else_can_be_are_answered(server, host):
    assert server.client.get("/health", headers={"host": host}).status_code == 200


def test_pages_of_this_server_may_post(server):
    origin = server.address.rstrip("/")
    headers = {**JSON, "origin": origin}
    answer = server.client.post("/resolve", headers=headers, content=b'{"text": "Iran"}')
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/", "/page/main.js", "/health", "/nothing", "/draft/packs"])
def test_every_answer_says_what_browsers_may_do_with_it(server, path):
    headers = server.client.get(path).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers


def test_half_characters_are_answered(server):
    answer = server.client.post(
        "/resolve", headers=JSON, content=b'{"text": "\\ud83d Iran \\udc00"}'
    )
    assert answer.status_code == 200
    assert [mention["surface"] for mention in answer.json()["mentions"]] == ["Iran"]


def test_the_description_is_valid_and_true(server):
    described = server.client.get("/openapi.json").json()
    validate(described)
    schemas = described["components"]["schemas"]

    def check(name, value):
        Draft202012Validator({**schemas[name], "components": {"schemas": schemas}}).validate(value)

    text = f"{TEXT} The MoD. TerrorismIran"
    check("Request", {"text": text, "why": True})
    result = server.post("/resolve", text=text, why=True).json()
    check("Result", result)
    assert {mention["status"] for mention in result["mentions"]} == {"resolved"}
    ambiguous = server.post("/resolve", text="The MoD spoke.").json()
    check("Result", ambiguous)
    assert ambiguous["mentions"][0]["candidates"]
    check("Looked", server.client.get("/lookup?name=mod").json())
    check("Error", server.client.get("/lookup").json())
    health = described["paths"]["/health"]["get"]["responses"]["200"]["content"]
    schema = health["application/json"]["schema"]
    Draft202012Validator(schema).validate(server.client.get("/health").json())


def test_of_64_clients_at_once_none_loses_a_request(server):
    def ask(number):
        with httpx.Client(base_url=server.address, timeout=120) as client:
            answers = [
                client.post(
                    "/resolve", json={"id": f"{number}-{turn}", "text": f"{'Iran ' * number}."}
                )
                for turn in range(8)
            ]
        return [(answer.status_code, answer.json()) for answer in answers]

    with ThreadPoolExecutor(64) as clients:
        answered = list(clients.map(ask, range(64)))
    for number, answers in enumerate(answered):
        for turn, (status, answer) in enumerate(answers):
            assert status == 200
            assert answer["id"] == f"{number}-{turn}"
            assert len(answer["mentions"]) == number


@pytest.mark.parametrize(("size", "said"), [("60", "60 bytes"), ("5MB", None)])
def test_how_large_a_body_may_be_can_be_said(size, said, tmp_path):
    texts = {"60": "Iran" * 20, "5MB": "Iran " * 900_000}
    with served(*PLAIN, "--size-limit", size, folder=tmp_path) as server:
        assert server.post("/resolve", text="Iran").status_code == 200
        answer = server.post("/resolve", text=texts[size])
    if said:
        message = f"the body is larger than {said}, send less or raise --size-limit"
        assert (answer.status_code, answer.json()) == (413, {"error": message})
    else:
        assert (answer.status_code, answer.json()["mentions"]) == (200, [])


def test_when_too_many_wait_the_next_is_told_to_come_back():
    loading = Loading(
        (), bundled=False, plugins=load_plugins(installed=False), engine="auto", without_rules=()
    )
    workspace = Workspace(loading, [scratch_pack()])
    asked = threading.Event()

    async def crowd():
        waiting = [asyncio.create_task(workspace.work(asked.wait)) for _ in range(MAX_WAITING)]
        await asyncio.sleep(0)
        transport = httpx.ASGITransport(application(workspace, "localhost"))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            refused = await client.post("/resolve", json={"text": ""})
            asked.set()
            await asyncio.gather(*waiting)
            return refused, await client.post("/resolve", json={"text": ""})

    refused, answered = asyncio.run(crowd())
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert refused.json() == {"error": "too many requests wait, try again in a second"}
    assert answered.status_code == 200


@pytest.mark.parametrize(
    ("name", "code", "end"),
    [(signal.SIGINT, 130, "\n"), (signal.SIGTERM, -signal.SIGTERM, "")],
)
def test_signals_stop_it_without_a_word(tmp_path, name, code, end):
    (tmp_path / "my.yaml").write_text(PACK, "utf-8")
    with served("my.yaml", *PLAIN, folder=tmp_path) as server:
        server.client.get("/health")  # a connection that is kept open
        said = f"Playground at {server.address} - Ctrl+C stops it\n{end}"
        assert server.stop(name) == (code, "", said)


def test_who_waits_is_told_that_it_stops(tmp_path):
    with served("--no-plugins", folder=tmp_path) as server:
        with ThreadPoolExecutor(1) as other:
            texts = {"scratch.yaml": "pack: scratch\n"}
            waiting = other.submit(server.post, "/draft/build", texts=texts)
            while not server.client.get("/health").is_success or waiting.running() is False:
                pass
            time.sleep(0.3)
            code, _, said = server.stop(signal.SIGINT)
        answer = waiting.result()
    assert (answer.status_code, answer.json()) == (503, {"error": "the server was stopped"})
    assert (code, len(said.splitlines())) == (130, 2)


def run(*words):
    command = [sys.executable, "-m", "resolver", "serve", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_port_in_use_is_said_in_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        message = f"port {port} of 127.0.0.1 is in use, choose another with --port, or 0 for any\n"
        assert run("--no-bundled", "--port", str(port)) == (2, "", message)


def test_a_host_that_is_none_is_said_in_one_line():
    code, _, said = run("--no-bundled", "--host", "no.such.host.invalid")
    last = said.splitlines()[-1]
    assert (code, last) == (
        2,
        "--host no.such.host.invalid: there is no such host, "
        "name this machine or one of its addresses",
    )


def test_other_machines_are_let_in_only_with_a_warning(tmp_path):
    (tmp_path / "my.yaml").write_text(PACK, "utf-8")
    with served("my.yaml", *PLAIN, "--host", "0.0.0.0", folder=tmp_path) as server:  # noqa: S104
        assert server.said.splitlines()[0] == (
            "warning: whoever can reach 0.0.0.0 can read and write the open packs; "
            "there is no password"
        )


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_without_the_extra_it_says_what_to_install(missing):
    code = f"import sys; sys.modules[{missing!r}] = None; from resolver.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "serve"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (
        2,
        f"this needs {missing}, install it with: pip install 'alias-resolver[web]'\n",
    )


def test_a_pack_that_is_not_there_is_said_in_one_line(tmp_path):
    missing = tmp_path / "none.yaml"
    said = f"{missing}:1:1: does not exist, name a pack or a folder\n"
    assert run(str(missing)) == (2, "", said)
