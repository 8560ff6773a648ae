from dataclasses import replace

from accord.records import Citation
from accord.renderers.citing import cite_line, markdown_text, plain_text, standing, text_fragment

from .sample import BRIEFING

DISPUTED = BRIEFING.findings[3]


def address(citation: Citation) -> str:
    return f"https://room.example/articles/{citation.article}?at={citation.start}-{citation.end}#at"


def test_plain_text_has_every_passage_with_its_place() -> None:
    lines = plain_text(BRIEFING, DISPUTED, address).splitlines()
    assert lines[0] == "divers found cracks in two of its piers. (disputed between reports)"
    assert lines[1] == "value: “two piers” [Herald, Daily Post, City News]; “three piers” [Courier]"
    assert lines[2].startswith("[1] Herald, “Orlen bridge shut as divers find cracks”, 2031-03-04: “divers found")
    assert len(lines) == 2 + len(DISPUTED.evidence)
    assert all("https://room.example/articles/" in line for line in lines[2:])


def test_markdown_escapes_the_words_of_reports() -> None:
    text = markdown_text(BRIEFING, BRIEFING.findings[7], address)
    assert r"\<em\>warned\</em\>" in text
    assert "](<https://room.example/articles/a?at=" in text


def test_passages_of_reports_that_are_gone_are_left_out() -> None:
    without = replace(BRIEFING, articles=BRIEFING.articles[:3])
    assert "Courier" not in plain_text(without, DISPUTED, address)


def test_standing_is_said_in_words() -> None:
    assert [standing(finding) for finding in BRIEFING.findings[:6:5]] == ["agreed: 3 origins", "one origin only"]


def test_the_finding_itself_is_cited_with_its_address() -> None:
    said = cite_line("Orlen bridge", DISPUTED, "https://room.example/f", "2031-03-05")
    assert said.endswith("accord, briefed 2031-03-05, https://room.example/f")


def test_a_text_fragment_names_both_ends_of_long_words() -> None:
    assert text_fragment("The harbour is shut") == "#:~:text=The%20harbour%20is%20shut"
    assert text_fragment("well-known") == "#:~:text=well%2Dknown"
    long = text_fragment(" ".join(f"w{n}" for n in range(20)))
    assert long == "#:~:text=w0%20w1%20w2%20w3%20w4,w15%20w16%20w17%20w18%20w19"
