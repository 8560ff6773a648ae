"""What a page says of its article: JSON-LD, OpenGraph, Dublin Core, IPTC and their like, and what it shows.

Where sources contradict each other, the first in this table that can be used wins (docs/html.md tells more):

| field | order |
| --- | --- |
| title | the h1 that is like one of these; JSON-LD headline; og:, twitter:, parsely, dc.title; a lone h1; `<title>` |
| byline | JSON-LD author, persons first; citation_author, author, parsely, sailthru, dc.creator; rel=author, class |
| published | JSON-LD datePublished; itemprop, article:published_time and other metas; shown; in the URL |
| modified | JSON-LD dateModified; itemprop, article:modified_time, og:updated_time |
| outlet | og:site_name; JSON-LD publisher; application-name and metas; JSON-LD WebSite; end of `<title>`; © line |
| section | JSON-LD articleSection; article:section, parsely-section, section |
| language | `<html lang>`; JSON-LD inLanguage; content-language; og:locale |
| url | link rel=canonical; JSON-LD url; og:url: if on the site that the page was read from; else that address |
| paywalled | JSON-LD isAccessibleForFree, a false in any part wins; article:content_tier |
| credits | JSON-LD creditText, sourceOrganization, organisations among the authors |

A title loses the outlet's name at its end or start. A company's name or an address is an outlet only where no other
name stands. A publication day that is also the day of the last change gives way to an earlier day of another source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from accord.parse.bylines import byline_of
from accord.parse.jsonld import Node, article_of, nodes_of, text_of_value, texts_of_value, types_of
from accord.parse.naming import copyright_name, outlet_name, squeezed, without_outlet
from accord.parse.published import day_in_url, readable, shown_day
from accord.parse.trees import short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 2_000
_MOST_METAS = 2_000
_TITLES = (
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "dc.title",
    "dcterms.title",
)
_AUTHORS = ("citation_author", "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_DATES = """
datepublished article:published_time parsely-pub-date sailthru.date citation_online_date citation_publication_date
dc.date.issued dcterms.issued dcterms.created dc.date dcterms.date cxenseparse:recs:publishtime
cxenseparse:publishtime article.published pubdate publishdate publish-date publish_date publication_date
published_time og:published_time date originalpublicationdate ptime displaydate
"""
_CHANGES = "datemodified article:modified_time og:updated_time dcterms.modified last-modified lastmod".split()
_SECTIONS = ("article:section", "parsely-section", "sailthru.section", "section", "cxenseparse:section")
_AUTHOR_CLASS = re.compile(
    r"(?:^|[-_\s])(?:author-?name|authors?|byline-?name|byline|by-?author|contributor)(?:$|[-_\s])", re.I
)
_CODE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z0-9]{2,8})*$", re.I)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article; `published` and `modified` as written, the rest ready for the article."""

    title: str | None = None
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    outlet: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    paywalled: bool | None = None
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a page that say something of it: metas by lower-case name, its JSON-LD, `<title>` and headings."""

    metas: dict[str, list[str]]
    nodes: list[Node]
    article: Node
    title: str | None
    headings: list[HtmlElement]

    @property
    def descriptions(self) -> list[str]:
        """What the page says that it is about, in its own words."""
        stated = [text_of_value(self.article.get(key)) for key in ("description", "alternativeHeadline", "abstract")]
        return [text for text in (*stated, self.first("og:description"), self.first("description")) if text]

    def first(self, *names: str) -> str | None:
        return next((value for name in names for value in self.metas.get(name, ()) if value), None)


def head_of(tree: HtmlElement) -> Head:
    """Return what `tree` says of itself, read once."""
    metas: dict[str, list[str]] = defaultdict(list)
    for number, meta in enumerate(tree.iter("meta")):
        if number > _MOST_METAS:
            break
        value = " ".join((meta.get("content") or "")[:_LONGEST].split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and value:
                metas[name].append(value)
    nodes = nodes_of(tree)
    title = next((element for element in tree.iter("title") if element.getparent().tag in ("head", "html")), None)
    return Head(
        metas=dict(metas),
        nodes=nodes,
        article=article_of(nodes),
        title=short_text(title, _LONGEST) or None if title is not None else None,
        headings=[heading for heading, _ in zip(tree.iter("h1"), range(20), strict=False)],
    )


def metadata_of(tree: HtmlElement, head: Head, address: str | None) -> Metadata:
    """Return the metadata of the page at `address` (None: not from the web), which is `tree`, not yet pruned."""
    url = _url(tree, head, address)
    host = _host(url or address)
    heading, title = _title(head)
    outlet = _outlet(tree, head, title, host)
    return Metadata(
        title=without_outlet(title, outlet, host) if title else None,
        byline=byline_of(_authors(tree, head)),
        published=_published(tree, head, heading, url or address),
        modified=next((value for value, _ in readable(_changes(head))), None),
        outlet=outlet,
        section=text_of_value(head.article.get("articleSection")) or head.first(*_SECTIONS),
        language=_language(tree, head),
        url=url,
        paywalled=_paywalled(head),
        credits=_credits(head, outlet),
    )


def _title(head: Head) -> tuple[HtmlElement | None, str | None]:
    """Return the heading that is the title, if there is one, and the title, the outlet's name still in it."""
    stated = text_of_value(head.article.get("headline")) or head.first(*_TITLES)
    shown = [(element, text) for element in head.headings if (text := short_text(element, 400))]
    for against in (stated, head.first(*_TITLES), head.title):
        for element, text in shown:
            if against and _alike(text, against):
                # The heading may hold a label more ("Local | Dam opens"), the stated title an outlet more.
                longer = stated and len(squeezed(stated)) > 8 and squeezed(stated) in squeezed(text)
                return element, stated if longer and squeezed(text) != squeezed(stated or "") else text
    if stated:
        return None, stated
    if len(shown) == 1 and not (head.title and _names_site(*shown[0], head)):
        return shown[0]
    return (shown[0][0] if len(shown) == 1 else None), head.title or (shown[0][1] if shown else None)


def _names_site(element: HtmlElement, text: str, head: Head) -> bool:
    """Tell whether a heading is the site's name or logo: it links to the front page, or a meta says so."""
    links = [*element.iter("a"), *(ancestor for ancestor in element.iterancestors("a"))]
    if any(_is_home(link.get("href") or "") for link in links[:3]):
        return True
    return squeezed(text) in {squeezed(name) for name in (head.first("og:site_name", "application-name"),) if name}


def _is_home(link: str) -> bool:
    """Tell whether a link, absolute or not, leads to a front page: "/", "https://post.example", but not "#top"."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return False
    return not parts.query and (parts.path in ("/", "./") or (not parts.path and bool(parts.netloc)))


def _alike(one: str, other: str) -> bool:
    first, second = squeezed(one), squeezed(other)
    if not first or not second:
        return False
    if first == second or (min(len(first), len(second)) > 8 and (first in second or second in first)):
        return len(first) * 4 > len(second)
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return len(words & others) * 2 > min(len(words), len(others)) and min(len(words), len(others)) > 3


def _authors(tree: HtmlElement, head: Head) -> list[str]:
    given = head.article.get("author") or head.article.get("creator")
    nodes = given if isinstance(given, list) else [given]
    people = [node for node in nodes if not (isinstance(node, dict) and "Organization" in str(node.get("@type")))]
    for values in (texts_of_value(people), texts_of_value(nodes)):
        if byline_of(values):
            return values
    for name in _AUTHORS:
        if byline_of(head.metas.get(name, ())):
            return head.metas[name]
    return list(_shown_authors(tree))


def _shown_authors(tree: HtmlElement) -> Iterator[str]:
    """Yield the names that the page shows as its author's, by the first kind of markup that has any."""
    for element in tree.iter("a", "span", "div", "p", "address", "li"):
        marked = element.get("rel") == "author" or "author" in (element.get("itemprop") or "")
        if marked or _AUTHOR_CLASS.search((element.get("class") or "")[:200]):
            text = short_text(element, 120)
            if text and (marked or byline_of([text])):
                yield re.split(
                    r"\s+(?:on\s|\||·|•)|\s[-–—]\s|(?:published|updated|posted)\b|\d", text, maxsplit=1, flags=re.I
                )[0]
                return


def _published(tree: HtmlElement, head: Head, heading: HtmlElement | None, url: str | None) -> str | None:
    stated = [text_of_value(head.article.get(key)) for key in ("datePublished", "dateCreated")]
    for name in _DATES.split():
        stated.extend(head.metas.get(name, ())[:3])
    found = readable([*stated, *_marked_times(tree)])
    if not found:
        return shown_day(tree, heading) or day_in_url(url)
    value, day = found[0]
    changed = [when for _, when in readable(_changes(head))]
    if day in changed:
        from_url = day_in_url(url)
        earlier = [other for other in (*found, *([(from_url, from_url)] if from_url else [])) if other[1] < day]
        if earlier:
            return max(earlier, key=lambda other: other[1])[0]
    return value


def _marked_times(tree: HtmlElement) -> Iterator[str | None]:
    """Yield the times that markup says are when the page came out."""
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        if "datePublished" in (element.get("itemprop") or "") or element.get("pubdate") is not None:
            yield element.get("datetime") or element.get("content") or element.get("title") or short_text(element, 100)


def _changes(head: Head) -> list[str | None]:
    values = [text_of_value(head.article.get("dateModified"))]
    return values + [value for name in _CHANGES for value in head.metas.get(name, ())[:2]]


def _outlet(tree: HtmlElement, head: Head, title: str | None, host: str | None) -> str | None:
    websites = [text_of_value(node) for node in head.nodes if "WebSite" in types_of(node)]
    names = [
        head.first("og:site_name"),
        text_of_value(head.article.get("publisher")),
        head.first("citation_journal_title"),
        head.first("application-name", "apple-mobile-web-app-title", "al:ios:app_name", "dc.publisher"),
        *websites,
    ]
    if not any(names):
        names.append(outlet_name([], head.title, title, host) or _copyright(tree))
    return outlet_name(names, head.title, title, host)


def _copyright(tree: HtmlElement) -> str | None:
    """Return who holds the copyright of the page, by its last line that says so."""
    found = None
    for element in tree.iter("footer", "div", "p", "span", "small", "li", "td"):
        if element.text and len(element.text) < 300 and ("©" in element.text or "opyright" in element.text):
            found = copyright_name(short_text(element, 300) or element.text) or found
    return found


def _language(tree: HtmlElement, head: Head) -> str | None:
    root = next(tree.iter("html"), None)
    declared = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")] if root is not None else []
    metas = [head.first("content-language", "language", "dc.language", "dcterms.language"), head.first("og:locale")]
    for value in (*declared, text_of_value(head.article.get("inLanguage")), *metas):
        match = _CODE.match((value or "").strip())
        if match:
            return match[1].lower()
    return None


def _url(tree: HtmlElement, head: Head, address: str | None) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    entity = head.article.get("mainEntityOfPage")
    stated = head.article.get("url") or (entity.get("@id") if isinstance(entity, dict) else entity)
    for value in (*links[:3], stated, *head.metas.get("og:url", ())[:2]):
        url = _absolute(value, address)
        if url is None:
            continue
        if address is None or (_site(url) == _site(address) and not (_is_front(url) and not _is_front(address))):
            return url
    return address


def _absolute(value: object, address: str | None) -> str | None:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        return None
    try:
        url = urljoin(address or "", value.strip())
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname else None
    except ValueError:
        return None


def _site(url: str) -> str:
    """Return what two hosts of one site share: their last two labels, three under a short second level (co.uk)."""
    labels = (_host(url) or "").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _paywalled(head: Head) -> bool | None:
    parts = head.article.get("hasPart")
    nodes = [head.article, *(parts if isinstance(parts, list) else [parts])]
    said = [
        str(node["isAccessibleForFree"]).lower()
        for node in nodes
        if isinstance(node, dict) and "isAccessibleForFree" in node
    ]
    if any(value in ("false", "0", "no") or value.endswith("/false") for value in said):
        return True
    tier = (head.first("article:content_tier", "content_tier") or "").lower()
    if tier in ("locked", "metered", "paid", "premium"):
        return True
    return False if said or tier == "free" else None


def _credits(head: Head, outlet: str | None) -> tuple[str, ...]:
    authors = head.article.get("author")
    nodes = authors if isinstance(authors, list) else [authors]
    organisations = [node for node in nodes if isinstance(node, dict) and "Organization" in str(node.get("@type"))]
    values = [head.article.get("creditText"), head.article.get("sourceOrganization"), organisations]
    names = dict.fromkeys(name for value in values for name in texts_of_value(value) if len(name) <= 200)
    return tuple(name for name in names if squeezed(name) != squeezed(outlet or ""))
