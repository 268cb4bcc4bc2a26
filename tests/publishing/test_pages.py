"""The pages of the published archive, asked through Datasette as a reader's browser asks them."""

import asyncio
import csv
import hashlib
import html
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import yaml
from datasette.app import Datasette

from archive.publishing import server, snapshots
from archive.publishing.manifest import INSPECT, connect_frozen
from archive.publishing.pages import search
from archive.publishing.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp; {{ 7*7 }}"


def published_by(database: Path) -> Datasette:
    """Datasette on a snapshot's database, set up as `archive serve` does."""
    return Datasette(
        [],
        immutables=[str(database)],
        inspect_data=json.loads((database.parent / INSPECT).read_text(encoding="utf-8")),
        metadata=yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8")),
        plugins_dir=str(server.PLUGINS),
        template_dir=str(server.TEMPLATES),
        settings={
            name: {"on": True, "off": False}.get(value, value) for name, value in SETTINGS.items()
        },
    )


@pytest.fixture(scope="module")
def site(published: Path) -> Datasette:
    """The published sample archive."""
    return published_by(published)


@pytest.fixture
def small_site(small_archive: Path) -> Datasette:
    """The published archive of two outlets and three articles."""
    return published_by(snapshots.create(small_archive) / "archive.db")


def get(site: Datasette, path: str, **options):
    """The answer to a request, within this process."""
    return asyncio.run(site.client.get(path, **options))


def one(database: Path, sql: str, *values):
    """The first column of the first row of a query."""
    with connect_frozen(database) as connection:
        return connection.execute(sql, values).fetchone()[0]


class _Page(HTMLParser):
    """What tests look at in a page: links, ids, headings, inline code, labels."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.inline: list[str] = []
        self.fields: list[dict] = []
        self.labelled: set[str] = set()
        self.tags: list[str] = []
        self._in_label = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag in ("a", "link", "script", "img", "use", "form") and (
            address := given.get("href") or given.get("src") or given.get("action")
        ):
            self.links.append(address)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "script" and "src" not in given:
            self.inline.append("script")
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style":
            self.inline.append("style")
        if tag == "label":
            self._in_label += 1
            self.labelled.add(given.get("for", ""))
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.fields.append({**given, "in_label": bool(self._in_label)})

    def handle_endtag(self, tag):
        if tag == "label":
            self._in_label -= 1


@pytest.fixture(scope="module")
def paths(published: Path) -> dict[str, str]:
    """An address of every kind of page."""
    uid = one(
        published,
        "SELECT a.uid FROM articles AS a JOIN article_counts AS n ON n.article_id = a.id "
        "ORDER BY n.figures * n.quotes * n.mentions DESC LIMIT 1",
    )
    entity = one(
        published,
        "SELECT n.entity_id FROM entity_counts AS n JOIN entities AS e ON e.id = n.entity_id "
        "WHERE e.latitude IS NOT NULL ORDER BY n.articles DESC LIMIT 1",
    )
    return {
        "home": "/",
        "article": f"/articles/{uid}",
        "entity": f"/entities/{entity}",
        "figures": "/figures?measure=killed",
        "search": "/search?q=Iran",
        "dashboards": "/dashboards",
        "database": "/archive",
        "table": "/archive/figure_facts?measure=killed",
        "row": "/archive/figures/1",
        "query": "/archive/figures_about?measure=deported",
        "sql": "/archive?sql=select+1+as+one",
    }


KINDS = (
    *("home", "article", "entity", "figures", "search", "dashboards"),
    *("database", "table", "row", "query", "sql"),
)


# ---------------------------------------------------------------------- every page


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_is_well_made(site, paths, kind):
    """One main heading, no step left out, unique ids, labelled fields, a skip link, a language."""
    answer = get(site, paths[kind])
    assert answer.status_code == 200
    page = _Page(answer.text)
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert [(before, after) for before, after in steps if after > before + 1] == []
    assert len(page.ids) == len(set(page.ids))
    assert {"main", "header", "footer", "nav"} <= set(page.tags)
    assert "#content" in page.links
    assert 'lang="en"' in answer.text
    unnamed = [
        field
        for field in page.fields
        if not (field["in_label"] or field.get("aria-label") or field.get("id") in page.labelled)
    ]
    assert unnamed == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_has_inline_code_or_asks_another_host(site, paths, kind):
    """Scripts and styles are files of this site, and the header holds browsers to it."""
    answer = get(site, paths[kind])
    page = _Page(answer.text)
    assert page.inline == []
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    loaded = re.findall(r"<(?:script|link|img|use)[^>]+(?:src|href)=\"([^\"]+)", answer.text)
    others = [each for each in loaded if urlsplit(each).netloc not in ("", "localhost")]
    assert others == []


@pytest.mark.parametrize("kind", KINDS[:6])
def test_every_link_of_a_page_leads_somewhere(site, paths, kind):
    """No link of this site is broken, and what it points to within a page is there."""
    answer = get(site, paths[kind])
    base = f"http://localhost{paths[kind]}"
    seen: dict[str, object] = {}
    broken = []
    for link in dict.fromkeys(_Page(answer.text).links):
        address, fragment = urldefrag(urljoin(base, link))
        parts = urlsplit(address)
        if parts.netloc != "localhost" or parts.path.endswith(".db"):
            continue
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if path not in seen:
            seen[path] = get(site, path)
        found = seen[path]
        if found.status_code != 200:
            broken.append((found.status_code, link))
        elif fragment and fragment not in _Page(found.text).ids:
            broken.append(("no such place", link))
    assert broken == []
    assert len(seen) > 5


def test_style_sheet_script_and_images_are_served_for_good(site):
    """Static files have their type, and an address that changes with their content."""
    page = get(site, "/").text
    for name, kind in (("archive.css", "text/css"), ("archive.js", "text/javascript")):
        address = re.search(rf'"(/static/{re.escape(name)}\?v=[0-9a-f]+)"', page)
        answer = get(site, address[1])
        assert answer.headers["content-type"].startswith(kind)
        assert "immutable" in answer.headers["cache-control"]
    assert get(site, "/static/world.svg").headers["content-type"].startswith("image/svg+xml")
    assert get(site, "/static/no.css").status_code == 404


# ------------------------------------------------------------------------------ home


def test_the_home_page_says_what_there_is(site, published):
    """Counts, span, snapshot and digest, newest, most named, and figures in conflict."""
    text = get(site, "/").text
    sha256 = json.loads((published.parent / "manifest.json").read_text())["sha256"]
    assert sha256 in text
    assert published.parent.name in text
    assert str(one(published, "SELECT value FROM overview WHERE name = 'articles'")) in text
    newest = one(
        published,
        "SELECT headline FROM articles WHERE headline <> '' ORDER BY published_on DESC LIMIT 1",
    )
    assert newest in text
    assert "Figures most in conflict" in text
    assert "Kerman" in text


def test_every_table_view_and_query_has_a_link_from_home(site, published):
    """Whatever the database holds is reached from the home page."""
    found = {urlsplit(link).path for link in _Page(get(site, "/").text).links}
    with connect_frozen(published) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            )
        ]
    queries = yaml.safe_load((ROOT / "metadata.yml").read_text())["databases"]["archive"]["queries"]
    assert [each for each in [*names, *queries] if f"/archive/{each}" not in found] == []


def test_an_empty_archive_says_what_to_do(rows):
    """Without an article every page answers, and the home page tells how to add some."""
    site = published_by(snapshots.create(rows.commit()) / "archive.db")
    assert "archive ingest" in get(site, "/").text
    for path in ("/figures", "/search?q=x", "/dashboards", "/figures?measure=killed", "/archive"):
        assert get(site, path).status_code == 200
    assert "No figure" in get(site, "/figures").text


# --------------------------------------------------------------------------- article


def test_an_article_is_shown_whole(site, published, paths):
    """Its page has the words of every paragraph, marks on them, and tables of what was found."""
    answer = get(site, paths["article"])
    uid = paths["article"].rpartition("/")[2]
    text = re.sub(r"<[^>]+>", "", answer.text)
    with connect_frozen(published) as connection:
        wanted = [
            row[0]
            for row in connection.execute(
                "SELECT p.text FROM paragraphs AS p JOIN articles AS a ON a.id = p.article_id "
                "WHERE a.uid = ? AND p.role = 'body'",
                (uid,),
            )
        ]
        figure = connection.execute(
            "SELECT f.id, f.text FROM figures AS f JOIN paragraphs AS p ON p.id = f.paragraph_id "
            "JOIN articles AS a ON a.id = p.article_id WHERE a.uid = ?",
            (uid,),
        ).fetchone()
    plain = " ".join(html.unescape(text).split())
    assert [each for each in wanted if " ".join(each.split()) not in plain] == []
    assert f'id="f{figure[0]}"' in answer.text
    assert f'id="figure-{figure[0]}"' in answer.text
    assert 'class="mark name' in answer.text
    assert uid in answer.text


def test_raw_bytes_of_an_article_are_its_source(site, published, paths):
    """The download is the source's bytes, by its digest, and is not sent twice."""
    answer = get(site, f"{paths['article']}/source")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "attachment" in answer.headers["content-disposition"]
    digest = hashlib.sha256(answer.content).hexdigest()
    assert one(published, "SELECT count(*) FROM sources WHERE sha256 = ?", digest) == 1
    again = get(
        site, f"{paths['article']}/source", headers={"if-none-match": answer.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("ending", "begins"), [("bib", "@misc{newsarchive-"), ("ris", "TY  - NEWS\r\n"), ("txt", "“")]
)
def test_an_article_can_be_cited(site, paths, ending, begins):
    """Each notation names the article, its address and the snapshot."""
    answer = get(site, f"{paths['article']}.{ending}")
    assert answer.text.startswith(begins)
    uid = paths["article"].rpartition("/")[2]
    assert f"/articles/{uid}" in answer.text
    assert "SHA-256" in answer.text


@pytest.mark.parametrize(
    "path", ["/articles/0000000000000000", "/articles/x", "/articles/x/source"]
)
def test_an_unknown_article_is_a_helpful_404(site, path):
    """The page says that there is none and where to look."""
    answer = get(site, path)
    assert answer.status_code == 404
    assert "permanent name" in answer.text
    assert 'action="/search"' in answer.text


def test_copies_and_their_shared_passages_are_shown(small_site, small_archive):
    """A copied paragraph is shown beside the article that has it too."""
    uid = one(small_archive, "SELECT uid FROM articles WHERE headline = 'Port Elver mourns'")
    text = get(small_site, f"/articles/{uid}").text
    assert "Bridge falls at Port Elver" in text
    assert "1 shared passage" in text
    assert "disputed" in text


def test_one_article_under_two_names_says_so(rows):
    """Where two sources hold the same bytes the page names both."""
    for name in ("a.txt", "b.txt"):
        rows.article(name, "Headline", "Words of a paragraph.")
    site = published_by(snapshots.create(rows.commit()) / "archive.db")
    uid = rows.connection.execute("SELECT uid FROM articles").fetchone()[0]
    text = get(site, f"/articles/{uid}").text
    assert "The same bytes under 2 names" in text
    assert "a.txt" in text
    assert "b.txt" in text


def test_an_old_version_says_so_and_what_changed(rows):
    """A superseded article leads to the current one, and the change is marked word by word."""
    rows.article("a.txt", "Flood", "The flood killed 5 people in the town.")
    rows.article("a.txt", "Flood", "The flood killed 7 people in the town.")
    rows.connection.execute(
        "UPDATE sources SET superseded_by_id = (SELECT max(id) FROM sources) WHERE id = "
        "(SELECT min(id) FROM sources)"
    )
    site = published_by(snapshots.create(rows.commit()) / "archive.db")
    old, new = (row[0] for row in rows.connection.execute("SELECT uid FROM articles ORDER BY id"))
    text = get(site, f"/articles/{old}").text
    assert "An older version" in text
    assert f"/articles/{new}" in text
    assert "<del>5</del>" in text
    assert "<ins>7</ins>" in text
    assert "An older version" not in get(site, f"/articles/{new}").text


def test_a_cancelled_article_says_so(rows):
    """What its publisher has withdrawn stands under a warning."""
    rows.article("a.txt", "Gone", "Words.", status="cancelled")
    site = published_by(snapshots.create(rows.commit()) / "archive.db")
    uid = rows.connection.execute("SELECT uid FROM articles").fetchone()[0]
    assert "Cancelled." in get(site, f"/articles/{uid}").text


# ---------------------------------------------------------------------------- entity


def test_an_entity_has_a_page(site, published, paths):
    """Its name, when and where it is named, its articles and whom it is named with."""
    text = get(site, paths["entity"]).text
    name = one(published, "SELECT name FROM entities WHERE id = ?", int(paths["entity"][10:]))
    assert f"<h1>{name}</h1>" in text
    for part in ("When it is named", "Named with", "Who decided it is one", 'class="map"'):
        assert part in text


@pytest.mark.parametrize("number", ["999999", "0", "x", "99999999999999999999999", "-1"])
def test_an_unknown_entity_is_a_helpful_404(site, number):
    """Whatever stands in the address, the page says that there is none."""
    answer = get(site, f"/entities/{number}")
    assert answer.status_code == 404
    assert "search for the name" in answer.text


def test_a_merged_entity_leads_to_what_it_is_now(rows):
    """Its address answers 301."""
    paragraphs = rows.article("a.txt", "H", "Port Elver and Elver Port.")
    survivor = rows.entity("Port Elver")
    rows.mention(paragraphs[1], "Port Elver")
    merged = rows.entity("Elver Port")
    rows.connection.execute(
        "UPDATE entities SET merged_into_id = ? WHERE id = ?", (survivor, merged)
    )
    site = published_by(snapshots.create(rows.commit()) / "archive.db")
    answer = get(site, f"/entities/{merged}")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/entities/{survivor}"
    assert "Elver Port" in get(site, f"/entities/{survivor}").text


def test_articles_of_an_entity_are_paged_without_gaps(rows):
    """Following the pages gives every article once, dated or not, the newest first."""
    for number in range(45):
        day = f"2025-01-{1 + number // 3:02}" if number < 36 else None
        ids = rows.article(f"{number:02}.txt", f"Story {number:02}", "In Elver.", published_on=day)
        rows.mention(ids[1], "Elver")
    site = published_by(snapshots.create(rows.commit()) / "archive.db")
    path, seen = f"/entities/{rows.entity('Elver')}", []
    while path:
        text = get(site, path).text
        seen += re.findall(r">(Story \d\d)</a>", text)
        following = re.search(r'href="([^"]+before=[^"#]+)', text)
        path = following[1] if following else ""
    assert len(seen) == 45
    assert len(set(seen)) == 45
    assert set(seen[:3]) == {"Story 33", "Story 34", "Story 35"}


# --------------------------------------------------------------------------- figures


def test_figures_are_filtered(small_site):
    """Each filter leaves what it names, alone and together; copies come when asked for."""
    cases = {
        "": 2,
        "measure=killed": 2,
        "copies=1": 3,
        "measure=killed&source=Police": 1,
        "measure=injured": 0,
        "place=Port+Elver": 2,
        "place=Atlantis": 0,
        "counted=people": 2,
        "since=2025-07-02": 1,
        "until=2025-07-01": 1,
        "status=denied": 0,
        "kind=count&unit=person": 2,
    }
    for query, count in cases.items():
        rows = json.loads(get(small_site, f"/figures.json?{query}").text)
        assert len(rows) == count, query
        text = get(small_site, f"/figures?{query}").text
        assert (f"<strong>{count} figure" in text) is (count > 0), query
        lines = list(csv.DictReader(io.StringIO(get(small_site, f"/figures.csv?{query}").text)))
        assert [line["text"] for line in lines] == [row["text"] for row in rows]


def test_figures_in_conflict_stand_side_by_side_with_a_chart(small_site):
    """Both numbers, who says each, and a chart that tells what it shows."""
    text = get(small_site, "/figures?measure=killed").text
    assert "In conflict" in text
    assert "mayor of Port Elver" in text
    assert re.search(r'<svg class="chart"[^>]+role="img"[^>]+aria-labelledby', text)
    assert "<desc" in text


def test_figures_are_paged_without_gaps(site):
    """Following the pages gives what the download gives."""
    path, seen = "/figures", []
    while path:
        text = get(site, path).text
        seen += re.findall(r'#f(\d+)">', text)
        following = re.search(r'href="(/figures\?[^"]*after=\d+)', text)
        path = following[1].replace("&amp;", "&") if following else ""
    assert seen == [str(row["id"]) for row in json.loads(get(site, "/figures.json").text)]
    assert len(seen) > 100


# ---------------------------------------------------------------------------- search


def test_search_finds_articles_names_and_figures(site):
    """The words found are marked, and names and figures stand beside."""
    text = get(site, "/search?q=Kerman").text
    assert "<mark>Kerman</mark>" in text
    assert re.search(r'<a href="/entities/\d+">Kerman', text)
    assert "search-results" in text


def test_headlines_come_first(small_site):
    """An article with the word in its headline stands before one with it in the text."""
    text = get(small_site, "/search?q=mourns").text
    assert "Port Elver mourns" in text


def test_words_that_never_meet_are_found_apart(small_site):
    """Where no paragraph has all the words the page shows those with some, and says so."""
    text = get(small_site, "/search?q=mourns+seventeen").text
    assert "some of them" in text
    assert "Seventeen dead" in text


@pytest.mark.parametrize(
    "text",
    [
        *('"', "NEAR", "NEAR(", "*", "a*", "^", "a OR", "'", "\0", "a\0b", "-", '"" "', "💥", "()"),
        *(
            "a" * 10_000,
            "a " * 5_000,
            "{{ 7*7 }}",
            "../../etc",
            "%",
            "\\",
            HOSTILE,
            "\ud7ff",
            "   ",
        ),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_search_is_an_error(site, text):
    """Whatever somebody types gets a page, with what they typed as text."""
    answer = asyncio.run(site.client.get("/search", params={"q": text}))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "onerror=alert(2)>" not in answer.text.replace("&gt;", "")


def test_a_common_word_is_capped_and_says_so(site, monkeypatch):
    """Where more paragraphs have a word than are ranked the page says so."""
    assert "very common" not in get(site, "/search?q=the").text
    monkeypatch.setattr(search, "CANDIDATES", 5)
    assert "very common" in get(site, "/search?q=the").text


# ------------------------------------------------------------------------- and errors


def test_hostile_text_is_shown_as_text(rows):
    """Markup in headlines, names, outlets, figures and quotes does nothing on any page."""
    ids = rows.article(
        "a<b>.txt",
        HOSTILE,
        f"{HOSTILE} 5 dead, said Ann.",
        outlet=HOSTILE,
        published_on="2025-01-01",
    )
    other = rows.article(
        "b.txt", "Other", f"{HOSTILE} 7 dead.", outlet="B", published_on="2025-01-02"
    )
    place = rows.entity(HOSTILE)
    for paragraph, text, number in ((ids[1], "5", 5), (other[1], "7", 7)):
        rows.mention(paragraph, HOSTILE)
        rows.figure(
            paragraph,
            text,
            number,
            measure="killed",
            counted=HOSTILE,
            place_entity_id=place,
            attributed_to=HOSTILE,
        )
    rows.in_paragraph("quotes", ids[1], HOSTILE, speaker=HOSTILE)
    site = published_by(snapshots.create(rows.commit()) / "archive.db")
    uid = rows.connection.execute("SELECT uid FROM articles").fetchone()[0]
    paths = (
        *("/", f"/articles/{uid}", f"/entities/{place}", "/figures?measure=killed", "/dashboards"),
        *(
            "/search?q=dead",
            "/archive/article_list",
            "/archive/articles/1",
            "/archive/figure_facts",
        ),
        *("/archive/figures_about?measure=killed", "/archive/entities/1"),
    )
    for path in paths:
        answer = get(site, path)
        assert answer.status_code == 200
        page = _Page(answer.text)
        assert page.inline == [], path
        assert "<img" not in answer.text, path
        assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|\b49\b", answer.text), path


@pytest.mark.parametrize("path", ["/nowhere", "/archive/nothing", "/archive/figures/0"])
def test_a_wrong_address_says_where_to_go(site, path):
    """Datasette's own errors look like the rest, and lead on."""
    answer = get(site, path)
    assert answer.status_code == 404
    assert "front page" in answer.text
    assert "content-security-policy" in answer.headers


def test_wrong_sql_says_what_is_wrong(site):
    """The page repeats SQLite's words and keeps what was typed."""
    answer = get(site, "/archive?sql=select+nonsense")
    assert answer.status_code == 400
    assert "no such column: nonsense" in answer.text
    assert "select nonsense</textarea>" in answer.text


def test_a_slow_page_says_what_to_do(site, monkeypatch):
    """A page that would take longer than the server allows answers 503 with a way on."""
    monkeypatch.setitem(site._settings, "sql_time_limit_ms", 0)
    answer = get(site, "/search?q=the")
    assert answer.status_code == 503
    assert "took too long" in answer.text


def test_rows_lead_to_pages_and_name_what_they_refer_to(site, published):
    """Any table, view or row links to the pages of its article and entities, by their names."""
    uid = one(published, "SELECT uid FROM articles LIMIT 1")
    assert f'href="/articles/{uid}"' in get(site, f"/archive/article_list?uid={uid}").text
    figure, place, name = _placed_figure(published)
    assert f'<a href="/entities/{place}">{name}</a>' in get(site, f"/archive/figures/{figure}").text
    table = get(site, f"/archive/figures?id={figure}").text
    assert f'<a href="/entities/{place}">{name}</a>' in table


def _placed_figure(published: Path) -> tuple[int, int, str]:
    with connect_frozen(published) as connection:
        return connection.execute(
            "SELECT f.id, e.id, e.name FROM figures AS f "
            "JOIN entities AS e ON e.id = f.place_entity_id LIMIT 1"
        ).fetchone()
