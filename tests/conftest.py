"""Property tests draw the same examples in every run, and none fails for the time that a busy machine takes."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("accord", deadline=None, derandomize=True)
settings.load_profile("accord")
