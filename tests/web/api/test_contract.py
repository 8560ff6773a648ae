"""The API answers as it describes itself, whatever it is asked: schemathesis, with all its checks.

`ACCORD_API_EXAMPLES` is how many requests each address gets beside those that cover its parameters one by one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.checks import positive_data_acceptance
from schemathesis.config import SchemathesisConfig

from accord.web.app import create_app
from accord.web.settings import Access, Settings
from web.api.shelf import BRIDGE_STORY, FERRY_STORY, Jobs, fill
from web.rooms import NO_LIMITS

EXAMPLES = int(os.environ.get("ACCORD_API_EXAMPLES", "2"))

APP = create_app(Settings(store="memory:", limits=NO_LIMITS, access=Access(hosts=("testserver",))))
with APP.state.desk.store() as _store:
    fill(_store)
ROOT = TemporaryDirectory()
APP.state.desk.jobs = Jobs(Path(ROOT.name))
KNOWN = {
    "story": (FERRY_STORY, BRIDGE_STORY),
    "finding": ("f-aboard", "f-a-0", "f-c/2-0"),
    "article": ("a", "b", "c/1", "c/2"),
    "name": ("Ilse Tarn", "Tarn"),
    "entry": ("e1",),
    "origin": ("o-a", "o-b"),
    "other": ("f-a-0", "o-b", BRIDGE_STORY),
}
"""What the store holds under the names of parameters and fields."""


def described(modes: list[GenerationMode]) -> schemathesis.BaseSchema:
    """Return the description of the API, from which requests are made in these modes."""
    found = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP, config=SchemathesisConfig(seed=1))
    found.config.generation.update(modes=modes, max_examples=EXAMPLES, deterministic=True, database="none")
    return found


schema = described(list(GenerationMode))
right = described([GenerationMode.POSITIVE])


# requests that follow from answers: what a list names is read, corrected, taken back
class Chain(right.as_state_machine()):  # type: ignore[misc]
    def validate_response(self, response: schemathesis.Response, case: schemathesis.Case, **_: object) -> None:
        case.validate_response(response, excluded_checks=excluded(case))


Following = Chain.TestCase
Following.settings = settings(
    max_examples=2 * EXAMPLES, stateful_step_count=6, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    yield
    APP.state.desk.close()
    ROOT.cleanup()


def test_the_description_is_one_of_openapi_3_1() -> None:
    schema.validate()
    assert schema.raw_schema["openapi"].startswith("3.1")


@schema.parametrize()
def test_every_answer_is_as_described(case: schemathesis.Case) -> None:
    checked(case)


@right.parametrize()
def test_every_answer_on_what_is_held_is_as_described(case: schemathesis.Case) -> None:
    case.path_parameters = {name: known(name, value) for name, value in (case.path_parameters or {}).items()}
    if isinstance(case.body, dict):
        case.body = {name: known(name, value) for name, value in case.body.items()}
    checked(case)


def checked(case: schemathesis.Case) -> None:
    """Send a request, and hold the answer against the description."""
    case.call_and_validate(excluded_checks=excluded(case))


def excluded(case: schemathesis.Case) -> list[schemathesis.CheckFunction]:
    """Return the one check that POST cannot pass: what is well-formed can be impossible, as an address of no host."""
    return [positive_data_acceptance] if case.method == "POST" else []


def known(name: str, value: object) -> object:
    """Return something that is held, where the parameter or field `name` names such."""
    return KNOWN[name][len(str(value)) % len(KNOWN[name])] if name in KNOWN else value
