"""Apache Spark: tag a data frame on a cluster.

Packs travel to the workers as files, named for their content, and each worker process loads them
once; `resolver.arrow.tag_batches` does the rest.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from resolver.arrow import MENTION, Columns, load_once, packs_digest, tag_batches
from resolver.errors import ConfigurationError
from resolver.extras import library
from resolver.packs import pack_files

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType
else:
    pa = library("pyarrow", "spark")
    library("pyspark", "spark")


class _Job(NamedTuple):
    """What a worker must know.

    Attributes:
        packs: Names of the files that were shipped.
        digest: Digest of the content of all packs, so that no worker tags with others.
        loading: The other arguments of `load_once`.
        tagging: The options of `tag_batches`.
    """

    packs: tuple[str, ...]
    digest: str
    loading: Mapping[str, Any]
    tagging: Mapping[str, Any]


def tag(
    dataframe: DataFrame,
    packs: Iterable[str | Path] = (),
    *,
    bundled: bool = True,
    plugins: bool = True,
    engine: str = "auto",
    without_rules: Iterable[str] = (),
    **tagging: Any,
) -> DataFrame:
    """Tag the rows of a data frame.

    Packs are loaded here too, so that what is wrong with them is said before a job begins. A row
    that cannot be tagged says why in its error column and never fails a task; a task whose worker
    is lost is run again as often as Spark is told to (``spark.task.maxFailures``; a local session
    retries only if its master says so: ``local[2,4]``).

    Args:
        dataframe: Has a column of texts.
        packs: Pack files and folders with pack files, on the machine of the driver.
        bundled: Whether to load the packs that come with resolver.
        plugins: Whether to load installed plugins; the workers must have the same.
        engine: As for `Resolver.load`.
        without_rules: As for `Resolver.load`.
        tagging: The options of `resolver.arrow.tag_batches`.

    Returns:
        The columns of the data frame, then mentions and error; see `resolver.arrow.MENTION`.
        As ever with Spark, nothing is computed before it is asked for.

    Raises:
        PackError: A pack cannot be used.
        ConfigurationError: There is no text column, or the engine or a rule is unknown.
    """
    files = pack_files(packs)
    loading: dict[str, Any] = {
        "bundled": bundled,
        "plugins": plugins,
        "engine": engine,
        "without_rules": tuple(without_rules),
    }
    load_once(files, **loading)
    schema = _schema(dataframe, tagging)
    session = dataframe.sparkSession
    _use_this_python(session)
    digest = packs_digest(files, bundled=bundled)
    job = _Job(_ship(session, files), digest, loading, tagging)
    return dataframe.mapInArrow(partial(_tag_partition, job), schema)


def _tag_partition(job: _Job, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Tag the batches of a partition, in a worker."""
    from pyspark.core.files import SparkFiles

    packs = [SparkFiles.get(name) for name in job.packs]
    if packs_digest(packs, bundled=job.loading["bundled"]) != job.digest:
        raise ConfigurationError(
            "the bundled packs of this worker are not those of the driver, "
            "install the same version of alias-resolver on both"
        )
    yield from tag_batches(batches, load_once(packs, **job.loading), **job.tagging)


def _schema(dataframe: DataFrame, tagging: Mapping[str, Any]) -> StructType:
    """Return the schema of the tagged data frame, having looked for the text column."""
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StringType, StructType

    given = {name.removesuffix("_column"): value for name, value in tagging.items()}
    columns = Columns(**{name: given[name] for name in Columns._fields if name in given})
    if columns.text not in dataframe.columns:
        raise ConfigurationError(
            f"there is no column {columns.text}, name the column of texts; "
            f"the columns are {', '.join(dataframe.columns)}"
        )
    added = {columns.mentions, columns.error}
    kept = [field for field in dataframe.schema if field.name not in added]
    mentions = from_arrow_type(pa.list_(MENTION))
    return StructType(kept).add(columns.mentions, mentions).add(columns.error, StringType())


def _ship(session: SparkSession, files: Iterable[Path]) -> tuple[str, ...]:
    """Send files to the workers and return the names they have there.

    Spark refuses a second file of the same name, so the name says what is in it: two packs of one
    name, or a pack edited between two jobs of a session, get on.
    """
    names = []
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        copy = Path(_folder().name) / f"{content[:16]}-{file.name}"
        if not copy.exists():
            shutil.copyfile(file, copy)
        session.addArtifacts(str(copy), file=True)
        names.append(copy.name)
    return tuple(names)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return the folder that workers fetch from, which goes when this process ends."""
    return tempfile.TemporaryDirectory(prefix="resolver-packs-")


def _use_this_python(session: SparkSession) -> None:
    """On one machine let workers run the Python that runs the driver.

    Left to itself Spark takes the ``python3`` of the search path, which need not be that of the
    virtual environment. On a cluster only its owner knows where Python is.
    """
    from pyspark.sql.utils import is_remote

    if is_remote() or "PYSPARK_PYTHON" in os.environ:
        return
    context = session.sparkContext
    if (context.master or "").startswith("local"):
        context.pythonExec = sys.executable
