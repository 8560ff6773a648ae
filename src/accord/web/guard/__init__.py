"""The guard: who may do what, checked before any route is reached; limits; the headers of every answer.

Routes that write take `editor: guard.Editor`; those that an editor alone may see as well. Every write is checked for
where it comes from (see `checks`), whether its route asks for that or not.
"""

from __future__ import annotations

from accord.web.guard.checks import Editor, Reader, meant
from accord.web.guard.layers import protect

__all__ = ["Editor", "Reader", "meant", "protect"]
