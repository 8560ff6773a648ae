import json
from dataclasses import replace

from accord.records import Rejected
from accord.renderers.json import render, to_document

from .sample import BRIEFING

SECTIONS = ["articles", "origins", "findings", "quotes", "figures", "commitments", "timeline", "names", "summary"]


def test_the_document_has_the_keys_of_the_design_in_its_order() -> None:
    document = json.loads(render(BRIEFING))
    assert list(document) == ["schema", "id", "title", *SECTIONS, "rejected", "utterances", "passages"]
    assert document["schema"] == "accord/briefing@1"
    assert list(document["names"][0]) == ["id", "name", "kind", "articles", "aliases"]
    assert "step" not in document["figures"][0]
    assert "utterances" not in document["findings"][0]


def test_quotes_of_one_utterance_share_its_id() -> None:
    document = to_document(BRIEFING)
    (utterance,) = document["utterances"]
    given = [q for q in document["quotes"] if q["utterance"] == utterance["id"]]
    assert [(q["article"], q["start"], q["end"]) for q in given] == [
        (span["article"], span["start"], span["end"]) for span in utterance["quotes"]
    ]
    assert [value["articles"] for value in utterance["wording"]] == [("a",), ("b", "c")]


def test_articles_carry_their_words_and_origin() -> None:
    article = json.loads(render(BRIEFING))["articles"][1]
    assert (article["origin"], article["words"], article["credits"]) == ("ob", 49, ["Norda"])


def test_every_span_is_verbatim() -> None:
    document = to_document(BRIEFING)
    texts = {article["id"]: article["text"] for article in document["articles"]}
    spans = [*document["quotes"], *document["figures"], *document["commitments"]]
    spans += [span for item in (*document["findings"], *document["timeline"]) for span in item["evidence"]]
    assert all(texts[span["article"]][span["start"] : span["end"]] == span["text"] for span in spans)


def test_half_a_surrogate_pair_can_be_written_and_read_again() -> None:
    document = render(replace(BRIEFING, rejected=(Rejected("\ud83d", "parse", "damaged"),)))
    assert json.loads(document.encode())["rejected"][0]["what"] == "\ud83d"
