from accord.reconcile.speakers import kinship, resolve
from accord.records import Analysis, Name, Quote
from reconcile.stories import name

RUIZ = name("n1", "Ida Ruiz", "person", "a", aliases=("Ruiz", "the harbour minister"))
STORY = {"s1": name("s1", "Ida Ruiz", "person", "a", "b", aliases=("Ruiz", "Minister Ruiz", "the harbour minister"))}
PORT = {"s2": name("s2", "Varlund Port", "organisation", "a", aliases=("the port",))}


def quote(speaker: str | None, id: str | None = None) -> Quote:
    return Quote("a", 0, 4, "Stop", "direct", speaker, speaker_id=id)


def speaker(phrase: str | None, names: dict[str, Name] | None = None, *own: Name):
    linked = {"n1": "s1", "n2": "s2"}
    return resolve(quote(phrase), Analysis("a", names=own), linked, names or {})


def test_a_name_is_one_over_the_articles() -> None:
    full = resolve(quote("Ida Ruiz", "n1"), Analysis("a"), {"n1": "s1"}, STORY)
    short = speaker("Ruiz", STORY, RUIZ)
    assert kinship(full, short) == "same"
    assert kinship(full, speaker("Varlund Port", PORT, name("n2", "Varlund Port", "organisation", "a"))) == "other"


def test_a_phrase_fits_the_forms_of_a_name() -> None:
    ruiz, port = speaker("Ruiz", STORY, RUIZ), speaker("Varlund Port", PORT, name("n2", "Varlund Port", "place", "a"))
    assert kinship(ruiz, speaker("the harbour minister")) == "same"
    assert kinship(port, speaker("a Varlund Port spokesman")) == "same"
    assert kinship(ruiz, speaker("a Ruiz adviser")) == "other"
    assert kinship(ruiz, speaker("officials")) == "other"


def test_phrases_fit_each_other_by_their_telling_words() -> None:
    assert kinship(speaker("the coast guard"), speaker("Coast guard officials")) == "same"
    assert kinship(speaker("officials"), speaker("harbour officials")) == "other"
    assert kinship(speaker("Officials"), speaker("officials")) == "same"


def test_nobody_named_is_not_known() -> None:
    assert kinship(speaker(None), speaker("officials")) == "unknown"
