"""Imported, this loads all that `analyze` uses: for the server that worker processes are forked from.

    multiprocessing.get_context("forkserver").set_forkserver_preload(["accord.analyze.preloaded"])

Processes forked from it start at once and share what is loaded, the models above all. Nothing here starts a thread, so
that forking is safe.
"""

from __future__ import annotations

import gc

from accord.analyze import (
    attributed,  # noqa: F401
    commitments,
    credits,  # noqa: F401
    datings,  # noqa: F401
    figures,  # noqa: F401
    language,
    names,  # noqa: F401
    quotes,  # noqa: F401
    reading,  # noqa: F401
    sentences,  # noqa: F401
    statements,  # noqa: F401
    times,  # noqa: F401
)
from accord.models import attribution, encoder, meanings, session, tokenizer

language.parser()
tokenizer()
session(attribution.MODEL, attribution.SHA256)
session(encoder.MODEL, encoder.SHA256)
meanings.load()
commitments.load_weights()
gc.set_threshold(20_000, 20, 20)  # as the command line has it
gc.collect()
gc.freeze()  # a pass over what is shared would write to it, and so copy it into each process
