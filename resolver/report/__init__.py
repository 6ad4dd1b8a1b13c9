"""The report: one page to pass on, with articles, mentions, what they mean and what stayed open.

`resolver.report.data` gathers and encodes what is shown, `resolver.report.page` puts it into a
file, `resolver.report.tagged` takes mentions from records that were tagged before. The scripts of
the page draw everything else.
"""

from __future__ import annotations

from resolver.report.data import Report
from resolver.report.page import write

__all__ = ["Report", "write"]
