"""A Spark session with two workers gives what the local run gives, and outlives a worker.

Needs Java: on Debian ``apt install openjdk-17-jre-headless``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from test_docs import blocks

from resolver.arrow import tag_batches
from resolver.errors import ConfigurationError, PackError
from resolver.pipeline import Resolver

JAVA = shutil.which("java") or (os.environ.get("JAVA_HOME") and "java")
pytestmark = [
    pytest.mark.skipif(
        not JAVA, reason="NOT TESTED: Spark needs Java, apt install openjdk-17-jre-headless"
    ),
    # What Spark itself does.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]

PACK = """\
pack: p
entities:
  - {id: person/gass, name: Simon Gass, type: person}
  - {id: org/uk, name: MoD (UK), type: organisation, aliases: [{text: MoD, ambiguous: true}]}
  - {id: org/in, name: MoD (India), type: organisation, aliases: [{text: MoD, ambiguous: true}]}
"""
ROWS = [(n, f"Simon Gass left the MoD. Gass {n} 😀 was back.") for n in range(400)]
ROWS += [(n, None) for n in range(400, 404)]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
    builder = builder.config("spark.sql.shuffle.partitions", "4")
    session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def pack(tmp_path) -> Path:
    path = tmp_path / "p.yaml"
    path.write_text(PACK, "utf-8")
    return path


@pytest.fixture
def frame(spark):
    return spark.createDataFrame(ROWS, "id int, text string").repartition(4)


def local(frame, pack, **options) -> list[dict]:
    """Return what one process makes of the same rows."""
    resolver = Resolver.load([pack], bundled=False, plugins=False)
    tagged = tag_batches(frame.toArrow().to_batches(), resolver, **options)
    return by_id([row for batch in tagged for row in batch.to_pylist()])


def by_id(rows: list[dict]) -> list[dict]:
    return sorted(rows, key=lambda row: row["id"])


def test_two_workers_give_what_one_process_gives(frame, pack):
    from resolver.spark import tag

    tagged = tag(frame, [pack], bundled=False, plugins=False, mentions_column="found")
    assert tagged.columns == ["id", "text", "found", "error"]
    rows = by_id(tagged.toArrow().to_pylist())
    assert rows == local(frame, pack, mentions_column="found")
    assert [row["error"] for row in rows[399:401]] == [None, "the text is null"]


def test_the_loss_of_a_worker_loses_and_doubles_nothing(frame, pack, tmp_path):
    from resolver.spark import tag

    died = tmp_path / "died"

    def die_once(batches):
        import os
        import signal

        for number, batch in enumerate(batches):
            if number == 1 and not os.path.exists(died):  # noqa: PTH110
                open(died, "x").close()  # noqa: PTH123
                os.kill(os.getpid(), signal.SIGKILL)
            yield batch

    frame.sparkSession.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "20")
    dying = frame.mapInArrow(die_once, frame.schema)
    rows = tag(dying, [pack], bundled=False, plugins=False).toArrow().to_pylist()
    frame.sparkSession.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")
    assert died.exists()
    assert by_id(rows) == local(frame, pack)


def test_packs_of_one_name_and_edited_packs_are_kept_apart(frame, pack, tmp_path):
    from resolver.spark import tag

    other = tmp_path / "other" / "p.yaml"
    other.parent.mkdir()
    other.write_text("pack: q\nentities: [{id: number, name: '7', type: x}]", "utf-8")
    one = frame.where("id = 7")
    tagged = tag(one, [pack, other], bundled=False, plugins=False)
    assert [m["surface"] for m in tagged.first()["mentions"]] == ["Simon Gass", "MoD", "Gass", "7"]
    pack.write_text(PACK.replace("MoD, amb", "left, amb"), "utf-8")
    tagged = tag(one, [pack], bundled=False, plugins=False)
    assert [m["surface"] for m in tagged.first()["mentions"]] == ["Simon Gass", "left", "Gass"]


def test_what_is_wrong_is_said_before_a_job_begins(frame, pack):
    from resolver.spark import tag

    with pytest.raises(ConfigurationError) as error:
        tag(frame, [pack], bundled=False, text_column="body")
    assert str(error.value) == (
        "there is no column body, name the column of texts; the columns are id, text"
    )
    pack.write_text("pack: p\nentitys: []", "utf-8")
    with pytest.raises(PackError, match=r"p\.yaml:2:1"):
        tag(frame, [pack], bundled=False)


def test_a_worker_with_other_packs_refuses(pack):
    from resolver import spark

    job = spark._Job((), "0", {"bundled": False}, {})
    with pytest.raises(ConfigurationError) as error:
        list(spark._tag_partition(job, []))
    assert str(error.value) == (
        "the bundled packs of this worker are not those of the driver, "
        "install the same version of alias-resolver on both"
    )


def test_the_documented_job_runs(spark, tmp_path, monkeypatch):
    """Run the script of docs/dataframes.md in the session at hand."""
    page = ROOT / "docs/dataframes.md"
    script, pack = (
        next(content for file, _, content, _ in blocks(page) if file == name)
        for name in ("tag_articles.py", "demo.yaml")
    )
    (tmp_path / "demo.yaml").write_text(pack, "utf-8")
    monkeypatch.chdir(tmp_path)
    articles, tagged = str(tmp_path / "articles"), str(tmp_path / "tagged")
    monkeypatch.setattr(sys, "argv", ["tag_articles.py", articles, tagged])
    rows = [("a", "Simon Gass left."), ("b", None)]
    spark.createDataFrame(rows, "id string, text string").write.parquet(articles)
    exec(compile(script, "tag_articles.py", "exec"), {"__name__": "__main__"})  # noqa: S102
    found = {row["id"]: row for row in spark.read.parquet(tagged).collect()}
    assert found["a"]["mentions"][0]["entity_id"] == "person/simon-gass"
    assert found["b"]["error"] == "the text is null"


def test_without_pyspark_the_extra_is_named():
    code = "import sys; sys.modules['pyspark'] = None; import resolver.spark"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr.splitlines()[-1] == (
        "resolver.errors.ConfigurationError: "
        "this needs pyspark, install it with: pip install 'alias-resolver[spark]'"
    )
