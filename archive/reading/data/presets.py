"""What other tools call the fields of a news record: names, and the tools told by them.

Names are compared by `plain_name`: letters and digits only, in lower case, so that `publishedAt`,
`published_at` and `Published At` are one. Facts about the tools are from their documentation or
source: news-please (`NewsArticle.py`), Fundus (`docs/3_the_article_class.md`), the Media Cloud API
and its story lists, NewsAPI.org, GDELT DOC 2.0 (columns as in gdeltdoc), Event Registry
(newsapi.ai, data models), trafilatura's JSON output, The Guardian's Open Platform, the Article
Search API of The New York Times, the REST API of WordPress, and the webz.io news feed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_SEPARATOR: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """A field's name as it is compared; the name itself where no letter or digit is ASCII.

    >>> plain_name("publishedAt"), plain_name("Published At"), plain_name("ti-tle")
    ('publishedat', 'publishedat', 'title')
    """
    return _SEPARATOR.sub("", name[:200].lower()) or name


NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (
        "maintext", "articlebody", "body", "bodyhtml", "contenthtml", "htmlcontent", "fulltext",
        "plaintext", "articletext", "storytext", "newstext", "text", "bodytext", "content",
        "contents", "contentencoded", "cleanedtext", "cleantext", "textcontent", "article",
        "articlecontent", "story", "storybody", "newscontent", "document", "paragraphs",
    ),
    "headline": (
        "headline", "title", "articletitle", "webtitle", "newstitle", "storytitle", "titlepage",
        "titlerss", "heading",
    ),
    "teaser": (
        "description", "summary", "abstract", "excerpt", "leadparagraph", "lead", "standfirst",
        "trailtext", "snippet", "dek",
    ),
    "url": (
        "url", "link", "articleurl", "weburl", "canonicalurl", "canonicallink", "permalink",
        "originalurl", "pageurl", "storyurl", "newsurl", "sourceurl", "href", "respondedurl",
        "requestedurl", "guid", "uri", "id",
    ),
    "published": (
        "datepublish", "datepublished", "publishdate", "publisheddate", "publishedat",
        "publishedon", "publisheddatetime", "publishdatetime", "publicationdate",
        "publicationdatetime", "publicationtime", "pubdate", "publishtime", "publishedtime",
        "publishingdate", "webpublicationdate", "firstpublished", "firstpublishedat", "published",
        "datetimepub", "articledate", "releasedate", "issued", "datetime", "dategmt", "date",
    ),
    "updated_at": (
        "datemodify", "datemodified", "modifiedgmt", "modified", "modifieddate", "modifiedat",
        "datetimemodified", "updated", "updatedat", "updateddate", "updatedon", "dateupdated",
        "lastmodified", "lastmodifieddate", "lastupdated", "lastupdate", "lastupdatedat",
    ),
    "byline": (
        "byline", "authors", "author", "authorname", "authornames", "authorslist", "creator",
        "creators", "dccreator", "writer", "writers", "journalist", "reporter",
    ),
    "outlet": (
        "outlet", "outletname", "publication", "publicationname", "publisher", "publishername",
        "medianame", "medianame", "newspaper", "sitename", "sourcename", "newssource", "source",
        "sourcetitle", "media", "site", "website", "provider",
    ),
    "outlet_domain": (
        "outletdomain", "sourcedomain", "domain", "hostname", "sourcehostname", "mediaurl",
        "sourceurl", "site", "website", "sitefull", "cleanurl",
    ),
    "agency": ("agency", "newsagency", "wire"),
    "section": (
        "section", "sectionname", "sectiontitle", "articlesection", "category", "categoryname",
        "newsdesk", "desk", "rubric", "channel", "categories",
    ),
    "language": ("language", "lang", "languagecode", "inlanguage", "lng"),
    "retrieved_at": (
        "retrievedat", "retrieved", "datedownload", "crawldate", "crawledat", "crawled",
        "scrapedat", "scrapedate", "fetchedat", "downloadedat", "accessdate", "collectdate",
        "indexeddate", "seendate",
    ),
    "status": ("pubstatus", "status"),
    "version": ("version",),
}  # fmt: skip
"""Per field of the archive the names that tools give it, the surest first."""

MAPPABLE: Final = tuple(name for name in NAMES if name != "teaser")
"""Fields of the archive that `--map` can name: the text and everything of `Metadata`."""

WRAPPERS: Final = ("_source", "fields", "article", "attributes", "thread", "html", "item")
"""Objects within a record whose own fields count where the record has no such field itself:
Elasticsearch (`_source`), The Guardian (`fields`), JSON:API (`attributes`), webz.io (`thread`),
Fundus (`html`)."""

LISTS: Final = (
    "articles", "results", "docs", "hits", "items", "data", "stories", "news", "posts", "records",
    "entries", "documents", "response", "value",
)  # fmt: skip
"""Names under which the answers of APIs hold their records: a list of objects, or an object with
such a list in it (`response.docs`, `hits.hits`, `articles.results`)."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A tool, the plain names that all its records have, and its own names for fields.

    `fields` go before `NAMES`. `lacks_text` is true of lists that link to stories and hold none.
    """

    title: str
    told_by: frozenset[str]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lacks_text: bool = False


PRESETS: Final = (
    Preset("GDELT article list", frozenset({"url", "seendate", "sourcecountry"}), lacks_text=True),
    Preset("Media Cloud story list", frozenset({"storiesid", "url"}), lacks_text=True),
    Preset("Media Cloud story list", frozenset({"medianame", "mediaurl", "url"}), lacks_text=True),
    Preset(
        "news-please record",
        frozenset({"maintext", "datepublish", "sourcedomain"}),
        {"headline": ("title", "titlepage", "titlerss")},
    ),
    Preset("NewsAPI.org article", frozenset({"urltoimage", "publishedat", "content"})),
    Preset("Fundus article", frozenset({"publishingdate", "body"})),
    Preset(
        "trafilatura record",
        frozenset({"fingerprint", "hostname", "text"}),
        {"url": ("url", "source"), "outlet": ("sitename", "sourcehostname")},
    ),
    Preset(
        "Event Registry article",
        frozenset({"datetime", "datatype", "body"}),
        {"published": ("datetimepub", "datetime", "date")},
    ),
    Preset(
        "Guardian Open Platform item",
        frozenset({"webpublicationdate", "webtitle", "weburl"}),
        {"text": ("body", "bodytext"), "section": ("sectionname",), "url": ("weburl",)},
    ),
    Preset(
        "New York Times Article Search item",
        frozenset({"pubdate", "weburl", "leadparagraph"}),
        {"url": ("weburl",), "section": ("sectionname",), "teaser": ("leadparagraph", "abstract")},
    ),
)
"""Tried in this order; a record that none tells is read by `NAMES` alone."""
