"""A round that has been lived, and a file that is opened and read."""

import io
from datetime import timedelta

from pypdf import PdfReader

from tests.assessment.stage import Round


def lived(today, **groups):
    return Round(at=today - timedelta(days=20), **groups)


def reader(file):
    return PdfReader(io.BytesIO(file))


def told(file):
    return " ".join(" ".join(page.extract_text() for page in reader(file).pages).split())
