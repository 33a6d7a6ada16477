"""A report as the bytes of a PDF, set by typst.

Nothing of the report is pasted into the template: it goes in as one JSON text, so a note that looks like
markup is set as the letters it is made of. The fonts are those inside the typst wheel and the PDF's date is
the report's own, so equal reports are equal bytes on every machine.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import Final

import typst

from slackwater.reports.session import SessionReport
from slackwater.reports.sheet import sheet

# Tagged and titled, with words for every picture, so that a screen reader can read it.
_STANDARD: Final = "ua-1"


def session_pdf(report: SessionReport) -> bytes:
    """The report on paper: one or two pages for a usual visit, more for a long log."""
    words = json.dumps(asdict(sheet(report)), ensure_ascii=False)
    return set_page("session.typ", words, at=report.generated_at)


def file_name(report: SessionReport) -> str:
    """A name for the download that says nothing of who came or for what."""
    day = report.zero_at.astimezone(report.zone).date()
    return f"visit-record-{day.isoformat()}.pdf"


def set_page(template: str, data: str, *, at: datetime) -> bytes:
    """The template with these words, as it would have been set at that moment."""
    with as_file(files("slackwater.reports") / "templates") as folder:
        pages = typst.compile(
            folder / template,
            root=folder,
            font_paths=_WHEEL_FONTS,
            format="pdf",
            sys_inputs={"report": data},
            pdf_standards=_STANDARD,
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
    if not isinstance(pages, bytes):
        raise TypeError("typst gave no PDF")
    return pages


_WHEEL_FONTS = typst.Fonts(include_system_fonts=False)
