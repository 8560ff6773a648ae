"""A grouping as text or as JSON: which articles tell of one event, whose copies they are, what follows what."""

from __future__ import annotations

import json
from collections.abc import Callable

from accord.records import Chain, Grouping, Origin, Story

SCHEMA = "accord/stories@1"


def render_json(grouping: Grouping) -> str:
    """Return `grouping` as one JSON document (`accord/stories@1`); articles are named by id, their texts left out."""
    document = {
        "schema": SCHEMA,
        "stories": [_story(story) for story in grouping.stories],
        "chains": [{"id": chain.id, "stories": list(chain.stories)} for chain in grouping.chains],
        "rejected": [{"what": r.what, "stage": r.stage, "reason": r.reason} for r in grouping.rejected],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_text(grouping: Grouping) -> str:
    """Return `grouping` as text to read: a paragraph a story of two articles or more, then chains, then the rest."""
    several = [story for story in grouping.stories if len(story.articles) > 1]
    alone = [story for story in grouping.stories if len(story.articles) == 1]
    articles = sum(len(story.articles) for story in grouping.stories)
    lines = [f"{_count(articles, 'article')}: {_count(len(several), 'story', 'stories')}, {len(alone)} on their own"]
    for story in several:
        lines += ["", *_paragraph(story)]
    if grouping.chains:
        titles = {story.id: f"{_days(story)}{_title(story)}" for story in grouping.stories}
        lines += ["", "WHAT FOLLOWED WHAT"]
        for chain in grouping.chains:
            lines += ["", *_chain(chain, titles)]
    if alone:
        lines += ["", "ON THEIR OWN", ""]
        lines += [f"  {_days(story)}{_title(story)} ({story.articles[0].outlet})" for story in alone]
    return "\n".join(lines) + "\n"


RENDERERS: dict[str, Callable[[Grouping], str]] = {"text": render_text, "json": render_json}


def _story(story: Story) -> dict[str, object]:
    days = sorted(article.published for article in story.articles if article.published)
    return {
        "id": story.id,
        "title": _title(story),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "articles": [
            {"id": a.id, "outlet": a.outlet, "title": a.title, "published": a.published, "url": a.url}
            for a in story.articles
        ],
        "origins": [
            {"id": o.id, "articles": list(o.articles), "kind": o.kind, "agency": o.agency, "why": o.why}
            for o in story.origins
        ],
    }


def _paragraph(story: Story) -> list[str]:
    outlets = {article.id: article.outlet for article in story.articles}
    lines = [
        f"{_days(story)}{_title(story)}",
        f"  story {story.id}: {_count(len(story.articles), 'article')} from {_count(len(story.origins), 'origin')}",
    ]
    own = [outlets[o.articles[0]] for o in story.origins if len(o.articles) == 1]
    if own:
        lines.append(f"  own text: {', '.join(dict.fromkeys(own))}")
    lines += [_copies(origin, outlets) for origin in story.origins if len(origin.articles) > 1]
    return lines


def _copies(origin: Origin, outlets: dict[str, str]) -> str:
    names = ", ".join(dict.fromkeys(outlets[article] for article in origin.articles))
    return f"  one text{f' of {origin.agency}' if origin.agency else ''}: {names} ({origin.why})"


def _chain(chain: Chain, titles: dict[str, str]) -> list[str]:
    return [f"  {'' if at == 0 else '-> '}{titles[story]}" for at, story in enumerate(chain.stories)]


def _title(story: Story) -> str:
    """Return the story's title; where its articles have none, how the first one starts."""
    title = story.title or next((article.title for article in story.articles if article.title), None)
    return title or f"{' '.join(story.articles[0].text.split()[:12])} ..."


def _days(story: Story) -> str:
    days = sorted(article.published for article in story.articles if article.published)
    if not days:
        return ""
    return f"{days[0]}  " if days[0] == days[-1] else f"{days[0]} to {days[-1]}  "


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
