"""What holds for any corrections of any briefing: the machine's answer stays, order and repetition do not matter."""

from __future__ import annotations

import string
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from accord import corrections as make
from accord.corrections import applied
from accord.errors import CorrectionError
from accord.records import (
    Article,
    Briefing,
    Citation,
    Commitment,
    Correction,
    Difference,
    Figure,
    Finding,
    Origin,
    Quote,
    SummarySentence,
    TimelineEntry,
    Value,
)

WORDS = ("ferry", "harbour", "Orsa", "pledged", "sank", "twelve", "storm", "lights", "council", "mended", "44", "gulls")
CALM = settings(max_examples=60, deadline=None)


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    """Return a briefing over a few made-up reports whose sentences are claims, some of them in one finding."""
    names = string.ascii_lowercase[: draw(st.integers(2, 5))]
    sentences = {
        name: [
            " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=3, max_size=7))) + f" {name}{n}."
            for n in range(draw(st.integers(2, 4)))
        ]
        for name in names
    }
    articles = tuple(Article(name, " ".join(said), f"The {name.upper()} Post") for name, said in sentences.items())
    free = [_cite(article, words) for article in articles for words in sentences[article.id]]
    groups: dict[int, list[Citation]] = {}
    for citation in free:
        groups.setdefault(draw(st.integers(0, 5)), []).append(citation)
    shared = draw(st.booleans())
    origins = (Origin("o1", tuple(names[:2]), "copy", None, "the same text"),) if shared else ()
    origins += tuple(Origin(f"o{n}", (name,), "own", None, "own") for n, name in enumerate(names[2 * shared :], 2))
    of = {name: origin.id for origin in origins for name in origin.articles}
    findings = []
    for number, evidence in sorted(groups.items()):
        count = len({of[c.article] for c in evidence})
        disputed = len(evidence) > 1 and draw(st.booleans())
        sides = tuple(Value(f"side {n}", (c.article,)) for n, c in enumerate(evidence[:2]))
        findings.append(
            Finding(
                f"f{number}",
                "statement",
                evidence[0].text,
                "disputed" if disputed else "corroborated" if count > 1 else "single",
                "reports" if disputed else None,
                count,
                tuple(sorted({f"The {c.article.upper()} Post" for c in evidence})),
                tuple(evidence),
                (Difference("value", sides, False),) if disputed else (),
                weight=round(draw(st.floats(0, 9)), 2),
            )
        )
    findings.sort(key=lambda finding: (-finding.weight, finding.id))
    homes = {citation: finding.id for finding in findings for citation in finding.evidence}
    return Briefing(
        "b",
        "A ferry",
        articles,
        origins,
        tuple(findings),
        tuple(Quote(c.article, c.start, c.end, c.text, "direct", "Ida", finding=homes[c]) for c in free[::3]),
        tuple(Figure(c.article, c.start, c.end, c.text, 12.0, "boat", finding=homes[c]) for c in free[1::3]),
        tuple(
            Commitment(c.article, c.start, c.end, c.text, "Ida", "go", "planned", finding=homes[c]) for c in free[2::3]
        ),
        tuple(TimelineEntry(f"2031-01-{n:02}", c.text, (c,), homes[c]) for n, c in enumerate(free[:4], 1)),
        (),
        tuple(SummarySentence(f.gist, (f.id,)) for f in findings[:2]),
    )


def _cite(article: Article, words: str) -> Citation:
    start = article.text.index(words)
    return Citation(article.id, start, start + len(words), words)


@st.composite
def corrected(draw: st.DrawFn) -> tuple[Briefing, list[Correction]]:
    """Return a briefing and some corrections, each made on what the ones before it left."""
    briefing = draw(briefings())
    made: list[Correction] = []
    for number in range(draw(st.integers(1, 5))):
        shown = applied(briefing, made).briefing
        who = {"by": draw(st.sampled_from(["Mara", "Jon"])), "at": f"2031-03-0{number + 1}T08:00:00Z"}
        try:
            made.append(_one(draw, shown, who))
        except (CorrectionError, IndexError):  # nothing there to correct so
            continue
    return briefing, made


def _one(draw: st.DrawFn, shown: Briefing, who: dict[str, str]) -> Correction:
    def pick(items: tuple[object, ...]) -> object:
        return items[draw(st.integers(0, 50)) % len(items)] if items else _nothing()

    kinds = {
        "merge": lambda: make.merge_findings(pick(shown.findings), pick(shown.findings), **who),
        "split": lambda: make.split_finding(one := pick(shown.findings), one.evidence[:1], **who),
        "dismiss": lambda: make.dismiss_finding(pick(shown.findings), **who),
        "settle": lambda: make.dismiss_dispute(pick(shown.findings), **who),
        "speaker": lambda: make.fix_speaker(pick(shown.quotes), draw(st.sampled_from(["Jo", "Ada", None])), **who),
        "value": lambda: make.fix_value(
            pick(shown.figures), "value", draw(st.sampled_from(["3", "44", "1 million"])), **who
        ),
        "due": lambda: make.fix_value(pick(shown.commitments), "due_date", "2031-06", **who),
        "join": lambda: make.merge_origins(pick(shown.origins), pick(shown.origins), **who),
        "part": lambda: make.split_origin(one := pick(shown.origins), one.articles[:1], **who),
    }
    return kinds[draw(st.sampled_from(sorted(kinds)))]()


def _nothing() -> object:
    raise IndexError


@CALM
@given(corrected(), st.randoms())
def test_the_order_and_the_repetition_of_the_input_do_not_matter(
    made: tuple[Briefing, list[Correction]], random: object
) -> None:
    briefing, corrections = made
    shuffled = [*corrections, *corrections]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert applied(briefing, shuffled) == applied(briefing, corrections)


@CALM
@given(corrected())
def test_without_its_corrections_a_briefing_is_the_machine_s(made: tuple[Briefing, list[Correction]]) -> None:
    briefing, corrections = made
    before = repr(briefing)
    applied(briefing, corrections)
    assert repr(briefing) == before
    undone = [replace(one, undone="2031-04-01T00:00:00Z", undone_by="Jon") for one in corrections]
    assert applied(briefing, undone).briefing is briefing


@CALM
@given(corrected())
def test_a_corrected_briefing_keeps_the_rules_of_one(made: tuple[Briefing, list[Correction]]) -> None:
    briefing, corrections = made
    found = applied(briefing, corrections)
    texts = {article.id: article.text for article in briefing.articles}
    ids = {finding.id for finding in found.briefing.findings}
    assert len(ids) == len(found.briefing.findings)
    for finding in found.briefing.findings:
        assert all(texts[c.article][c.start : c.end] == c.text for c in finding.evidence)
        disputed = any(not difference.compatible for difference in finding.differences)
        wanted = "disputed" if disputed else "corroborated" if finding.origins > 1 else "single"
        assert (finding.verdict, finding.between is not None) == (wanted, disputed)
        assert finding.evidence
    for item in (*found.briefing.quotes, *found.briefing.figures, *found.briefing.commitments):
        assert texts[item.article][item.start : item.end] == item.text
        assert item.finding in {None, *ids}
    assert all(set(line.findings) <= ids and line.findings for line in found.briefing.summary)
    assert all(entry.finding in {None, *ids} for entry in found.briefing.timeline)
    held = [article for origin in found.briefing.origins for article in origin.articles]
    assert sorted(held) == sorted(texts)
    named = [*found.applied, *found.unmatched, *found.idle]
    assert sorted(one.correction.id for one in named) == sorted({one.id for one in corrections})


@CALM
@given(briefings(), st.data())
def test_one_correction_applied_to_what_it_made_changes_nothing(briefing: Briefing, data: st.DataObject) -> None:
    try:
        made = data.draw(
            st.composite(lambda draw: _one(draw, briefing, {"by": "Mara", "at": "2031-03-01T08:00:00Z"}))()
        )
    except (CorrectionError, IndexError):
        return
    once = applied(briefing, [made]).briefing
    assert applied(once, [made]).briefing == once
