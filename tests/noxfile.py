"""Runs the tests where they do not run every day: other versions of Python, the oldest libraries.

    .venv/bin/nox -f tests/noxfile.py                         # all of it, an hour
    .venv/bin/nox -f tests/noxfile.py -s versions-3.14        # with one version of Python
    .venv/bin/nox -f tests/noxfile.py -s lowest -- -k arrow   # options of pytest stand behind --
    .venv/bin/nox -f tests/noxfile.py -s alone                # each extra by itself
    .venv/bin/nox -f tests/noxfile.py -s pyright              # the types, as others see them

Versions of Python that the machine does not have are fetched by uv, if it can reach them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
OLDEST = ("--resolution", "lowest-direct")

# What each extra is for, once through the real thing.
USES = {
    "": "-m resolver tag seeds -o {out}/tagged.jsonl",
    "arrow": "-m resolver tag seeds --format parquet -o {out}/tagged.parquet",
    "cas": "-m resolver tag seeds --format cas -o {out}/tagged.zip",
    "lint": "-c import\twordfreq;print(wordfreq.zipf_frequency('may','en'))",
    "rdf": "-m resolver tag seeds --format nif -o {out}/tagged.ttl",
    "spacy": "-m resolver tag seeds --format spacy -o {out}/tagged.spacy",
    "spark": "-c import\tresolver.spark,pyspark.sql.pandas.types",
    "web": "-c import\tuvicorn,resolver.playground.serving",
    "zstd": "-m resolver tag {out}/seed.txt.zst",
}

nox.options.default_venv_backend = "uv"
nox.options.envdir = str(ROOT / ".nox")
nox.options.error_on_missing_interpreters = True


@nox.session(python=PYTHONS)
def versions(session: nox.Session) -> None:
    """All tests, with the newest libraries."""
    session.chdir(ROOT)
    session.install("--editable", ".[dev]")
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """All tests, with the oldest libraries that pyproject.toml allows."""
    session.chdir(ROOT)
    session.install(*OLDEST, "--editable", f".[{','.join(filter(None, USES))}]")
    # What tests need comes beside it: without constraints it would bring newer ones of its own.
    oldest = Path(session.create_tmp()) / "oldest.txt"
    frozen = session.run("uv", "pip", "freeze", "--quiet", "--exclude-editable", silent=True)
    oldest.write_text(str(frozen), "utf-8")
    session.install("--editable", ".[dev]", "--constraint", str(oldest))
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS[0])
@nox.parametrize("extra", list(USES), ids=[extra or "none" for extra in USES])
def alone(session: nox.Session, extra: str) -> None:
    """One extra and nothing else, its oldest libraries."""
    session.chdir(ROOT)
    session.install(*OLDEST, "--editable", f".[{extra}]" if extra else ".")
    out = Path(session.create_tmp())
    if extra == "zstd":
        code = "import sys; from backports import zstd; open(sys.argv[1], 'wb').write(zstd.compress(b'Iran'))"
        session.run("python", "-c", code, f"{out}/seed.txt.zst")
    words = (word.replace("\t", " ") for word in USES[extra].format(out=out).split(" "))
    session.run("python", *words)


@nox.session(python=PYTHONS[0])
def pyright(session: nox.Session) -> None:
    """The installed package as users of another type checker see it."""
    session.install(f"{ROOT}[arrow,spark]", "pyright")
    script = Path(session.create_tmp()) / "typed_script.py"
    shutil.copy(ROOT / "tests/data/typed_script.py", script)
    session.chdir(script.parent)
    session.run("pyright", "--warnings", script.name)
