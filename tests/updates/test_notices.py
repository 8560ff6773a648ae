"""Which words take a report back, and which only tell of somebody who took something back."""

from __future__ import annotations

import pytest

from accord.records import Article
from accord.updates.notices import is_correction, notice_in


def taken_back(text: str, title: str | None = "Boats lost off Osk Point") -> bool:
    return notice_in(Article("a", text, "The Lantern", title, credits=("Norda",))) is not None


@pytest.mark.parametrize(
    "notice",
    [
        "This story has been retracted.",
        "This article was withdrawn on 4 March after questions about its sources.",
        "This report has been permanently removed because it did not meet our standards.",
        "Editor's note: This story has been removed.",
        "EDITOR’S NOTE — this article has been taken down pending a review.",
        "Editors' note: After an inquiry, this article has been retracted.",
        "This video has since been deleted.",
        "This article, which reported that two boats sank, has been withdrawn.",
        "This story has been retracted because a man who said he was on board was not.",
        "We have retracted this story.",
        "We are withdrawing this article because its account cannot be confirmed.",
        "The Lantern has retracted this article.",
        "The Lantern has withdrawn its report about the boats.",
        "Norda has withdrawn its story about boats that sank off Osk Point.",
        "The Lantern no longer stands by this story.",
        "Editor's note: We no longer stand by this report.",
        "EDITORS: Please kill the story slugged BOATS that moved at noon.",
        "Attention editors: disregard this item.",
        "MANDATORY KILL",
        "KILL: Boats",
        "BULLETIN KILL\nThe facts could not be confirmed.",
    ],
)
def test_an_outlets_own_notice_is_found_with_its_place(notice: str) -> None:
    for text in (notice, f"Two boats sank. Nobody was hurt.\n\n{notice}\n\nThe sea was calm."):
        article = Article("a", text, "The Lantern", None, credits=("Norda",))
        found = notice_in(article)
        assert found is not None
        assert found.text == text[found.start : found.end]
        assert notice.startswith(found.text)


@pytest.mark.parametrize(
    "text",
    [
        "The Journal of Tides retracted the study on Monday. It had been withdrawn once before.",
        "This study has been retracted, and so was another.",
        "The Beacon has retracted its story about the mayor.",
        "“This story has been retracted,” the Beacon's editor wrote.",
        '"We erred. This story has been withdrawn. We are sorry," said the editor.',
        "This story has been retracted, the Beacon told its readers.",
        "The paper told readers: this article has been withdrawn.",
        "The Beacon said it had withdrawn its report.",
        "The mayor asked the Beacon to retract its article, and it removed the story from its site.",
        "He said that we have retracted this story.",
        "A paragraph was removed from this story.",
        "This story has been updated to remove a quote.",
        "This article has been corrected.",
        "Editor's note: a photograph was removed from this page.",
        "Police said the post had been deleted.",
        "The council withdrew the report it had published in May.",
        "Kill: a word that the film uses often.",
        "Editors kill stories every day, she said, and this report is about three of them.",
        "Removed from office, the mayor left. This report was written before that.",
        "This story was pulled together by three reporters.",
        "This report is withdrawn from the shelves next week, the minister announced.",
    ],
)
def test_a_report_about_a_retraction_is_none(text: str) -> None:
    assert not taken_back(text)


@pytest.mark.parametrize(
    ("title", "is_notice"),
    [
        ("RETRACTED: Boats lost off Osk Point", True),
        ("Retraction: Boats lost off Osk Point", True),
        ("[Withdrawn] Boats lost off Osk Point", True),
        ("KILL: Boats lost", True),
        ("Story removed", True),
        ("This article has been removed", True),
        ("Retracted study on tides shakes harbour town", False),
        ("Withdrawn from market, the boat is sold", False),
        ("Kill or cure: the harbour plan", False),
        ("Removed: the statue that divided Osk", False),
        (None, False),
    ],
)
def test_a_title_takes_a_report_back_by_a_mark_of_its_own(title: str | None, is_notice: bool) -> None:
    found = notice_in(Article("a", "Two boats sank.", "The Lantern", title))
    assert (found is not None) == is_notice
    assert found is None or (found.start, found.end, found.text) == (0, 0, "")


@pytest.mark.parametrize(
    ("passage", "is_note"),
    [
        ("Correction: an earlier version gave a wrong day.", True),
        ("CORRECTION (4 March): The crew had six members.", True),
        ("An earlier version of this story misstated the day.", True),
        ("This article was amended on 4 March to give the right day.", True),
        ("Editor's note: We have corrected the number of boats.", True),
        ("Clarification - the boats were hired.", True),
        ("The correction of the river took nine years.", False),
        ("Correctional officers went on strike.", False),
        ("The council corrected its figures.", False),
    ],
)
def test_an_added_passage_is_a_note_of_correction_by_its_first_words(passage: str, is_note: bool) -> None:
    assert is_correction(passage) == is_note


def test_long_runs_of_dots_and_words_take_no_time() -> None:
    assert notice_in(Article("a", "." * 100_000 + "a, " * 30_000 + "this story", "b")) is None
