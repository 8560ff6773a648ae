import pytest

from accord.ledger.outcomes import outcome_of
from accord.records import Statement


def told(text: str, head: str = "be", *, status: str = "done", negated: bool = False) -> str | None:
    statement = Statement("a", 0, len(text), text, 0, head, negated=negated, status=status)  # type: ignore[arg-type]
    outcome = outcome_of(statement)
    return outcome.says if outcome else None


@pytest.mark.parametrize(
    ("text", "head", "says"),
    [
        ("The new clinic in Hadle opened its doors on Friday", "open", "done"),
        ("the bridge was finished ahead of schedule", "finish", "done"),
        ("The ban took effect in May", "take", "done"),
        ("Some 2,000 of the 5,000 homes have been built so far", "build", "partly done"),
        ("A first 12 million was paid out in May", "pay", "partly done"),
        ("Velmar Paper has dropped its plan to close the mill", "drop", "withdrawn"),
        ("Dock workers called off their strike", "call", "withdrawn"),
        ("the money was off the table", "be", "withdrawn"),
        ("The opening has been put back to 2034", "put", "changed"),
        ("Norvia raised its pledge from $130 million to $150 million", "raise", "changed"),
        ("The board cut its hiring plan", "cut", "changed"),
        ("The company missed its deadline for the repair", "miss", "denied"),
        ("The clinic has yet to open", "have", "denied"),
        ("she never promised to publish her tax returns", "promise", "denied"),
        ("The mayor said so on Tuesday", "say", None),
    ],
)
def test_what_became_of_a_commitment_is_read_from_its_words(text: str, head: str, says: str | None) -> None:
    assert told(text, head) == says


def test_what_lies_ahead_is_no_outcome() -> None:
    assert told("the company will close its mill", "close", status="planned") is None
    assert told("the strike could be called off", "call", status="hypothetical") is None
    assert told("the dam, which was due to be finished by June", "finish") is None


def test_what_was_not_done_is_denied() -> None:
    assert told("No money has arrived", "arrive", negated=True) == "denied"
    assert told("the ferry has still not been bought", "buy", negated=True) == "denied"
    assert told("The plan has not been scrapped", "scrap", negated=True) == "denied"
