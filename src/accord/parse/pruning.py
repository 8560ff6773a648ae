"""Takes what is no part of the report out of a page's tree, by its markup, before the text is looked for.

A part is taken out only where it is small, and small against the page: a wrapper around the whole article may be called
anything.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from accord.parse.hidden import hidden_in
from accord.parse.trees import short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LARGEST = 1_500
_LARGEST_EMBED = 4_000
_LARGEST_SHARE = 0.6
_MOST_CELLS = 1_000

_NETWORKS = """
twitter tweet instagram facebook fb tiktok reddit bluesky mastodon threads telegram tumblr pinterest linkedin imgur
"""
# "twitter-tweet", "tiktok-embed", "fb-post"; "wp-block-embed-instagram", "is-provider-bluesky"
_EMBEDDED = frozenset(
    (
        *(a + b for a in _NETWORKS.split() for b in ("embed", "post", "card", "quote", "tweet", "video", "timeline")),
        *(a + b for a in ("embed", "embedded", "provider") for b in (*_NETWORKS.split(), "social")),
        *("socialembed", "socialmediaembed", "instagrammedia", "textpostmedia"),
    )
)
_EMBED_TAGS = frozenset(
    "twitter-widget twitterwidget amp-twitter amp-instagram amp-facebook amp-tiktok amp-reddit".split()
)
# What classes and ids call a page's furniture, words run together: "read-more" and "read_more" are one.
_FURNITURE_NAMES = """
newsletter newsletters nlsignup signup subscribe subscription subscriptions optin mailchimp mc4wp
related relateds relatedpost relatedposts relatedarticle relatedarticles relatedstory relatedstories relatedcontent
relatedlink relatedlinks relatednews relatedtopics relateditem relateditems readmore readalso readnext readon seealso
alsoread alsolike recommended recommendation recommendations recirc recirculation mostread mostpopular mostviewed
mostshared trending morestories morefrom moreon morenews morecoverage nextarticle nextstory nextpost nextup upnext
incaseyoumissed
outbrain taboola zergnet sponsored advert adverts advertisement advertising adslot adunit adcontainer adwrapper adlabel
adplaceholder adblock adbox dfp gptad promo promobox promobanner promounit
share sharing shares sharedaddy sharebar sharetool sharetools sharebutton sharebuttons sharelink sharelinks sharethis
social socialbar sociallink sociallinks socialicon socialicons socialshare socialmedia socialbutton socialbuttons
addtoany addthis followus followme followbutton followbuttons
cookiebar cookiebanner cookienotice cookieconsent cookiepolicy gdpr consentbanner consentmanager
paywallprompt paywallmessage paywallbox paywalloverlay paywallbanner regwall donate donation
commentsection commentssection commentarea commentsarea commentlist commentslist commentform commentsform commentcount
commentscount commentlink commentslink commentthread commentbox commentrespond disqus disqusthread
breadcrumb breadcrumbs authorbio authorbox authorinfo authorcard aboutauthor abouttheauthor printlink printbutton
skiplink taglist tagslist tagcloud taglinks tagslinks tocwrapper toccontainer toclist tableofcontents
jprelatedposts jwplayer videoplayer
"""
_FURNITURE = frozenset(_FURNITURE_NAMES.split())
_UNSEEN_NAMES = """
visuallyhidden sronly screenreader screenreadertext screenreaderonly offscreen assistivetext a11yhidden uhidden
"""
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_WORDS = re.compile(r"[\s_-]+")
_EMBEDS = frozenset(("blockquote", "div", "figure", "section", "aside", "p"))
_CANDIDATES = frozenset("div section aside ul ol p span a blockquote figure header footer form table".split())


def prune(tree: HtmlElement) -> None:
    """Take what is hidden, embedded posts, adverts, sharing and sign-up boxes, links to other pages out of `tree`."""
    most = _LARGEST_SHARE * _running(tree)
    for element in [*hidden_in(tree), *(element for element in _named(tree) if _is_furniture(element))]:
        if _running(element) <= most:
            remove(element)
    # Cells by the thousand in one row are data, not text, and trafilatura takes a minute for them.
    cells = Counter(cell.getparent() for cell in tree.iter("td", "th"))
    for row, count in cells.items():
        if count > _MOST_CELLS and row is not None:
            remove(row)


def _named(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements under `tree` with a class or an id, and embedded posts' own elements."""
    from lxml import etree

    found: list[HtmlElement] = etree.XPath("descendant::*[@class or @id]")(tree)
    return [*found, *tree.iter(*_EMBED_TAGS)]


def _running(element: HtmlElement) -> int:
    """Return how many characters the paragraphs in `element` hold."""
    return sum(len(short_text(paragraph, _LARGEST) or "") for paragraph in element.iter("p"))


def remove(element: HtmlElement) -> None:
    """Take `element` out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _is_furniture(element: HtmlElement) -> bool:
    kind = _kind(element.get("class") or "", element.get("id") or "")
    name = element.tag
    if name in _EMBED_TAGS or (kind == "embed" and name in _EMBEDS):
        return short_text(element, _LARGEST_EMBED) is not None and not _holds_title(element)
    if kind is None or name not in _CANDIDATES:
        return False
    if kind == "unseen":
        return short_text(element, 200) is not None
    return short_text(element, _LARGEST) is not None and not _holds_title(element)


@lru_cache(maxsize=4096)
def _kind(classes: str, identifier: str) -> str | None:
    """Return what an element's class and id call it: embed, unseen, furniture or None."""
    names = names_in(f"{classes[:300]} {identifier[:100]}")
    if not names.isdisjoint(_EMBEDDED):
        return "embed"
    return "furniture" if not names.isdisjoint(_FURNITURE) else "unseen" if not names.isdisjoint(_UNSEEN) else None


def names_in(classes: str) -> set[str]:
    """Return the words of a class or id, lower case, and what two or three of them in a row make together.

    "read-more box" -> {"read", "more", "box", "readmore", "morebox", "readmorebox"}
    """
    words = _WORDS.split(classes.lower())
    names = set(words)
    names.update(map(str.__add__, words, words[1:]))
    names.update(one + two + three for one, two, three in zip(words, words[1:], words[2:], strict=False))
    return names


def _holds_title(element: HtmlElement) -> bool:
    return next(element.iter("h1"), None) is not None
