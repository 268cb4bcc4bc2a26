"""The stable JSON API: shapes, pages, problems, caching, and its description."""

import asyncio
import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from datasette.app import Datasette
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from archive.publishing import server, snapshots
from archive.publishing.api import articles, entities, parameters
from archive.publishing.api.endpoints import ENDPOINTS
from archive.publishing.api.problems import ProblemError
from archive.publishing.manifest import INSPECT, connect_frozen, read_manifest
from archive.publishing.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.fixture(scope="module")
def described(site: Datasette) -> dict:
    """The API's description."""
    return get(site, "/api/openapi.json").json()


def get(site: Datasette, path: str, **options):
    """The answer to a request, within this process."""
    return asyncio.run(site.client.get(path, **options))


def column(database: Path, sql: str) -> list:
    """The first column of a query."""
    with connect_frozen(database) as connection:
        return [row[0] for row in connection.execute(sql)]


def faults(described: dict, path: str, answer) -> list[str]:
    """What an answer has that the description does not, or lacks."""
    response = described["paths"][path]["get"]["responses"][str(answer.status_code)]
    (media_type,) = response["content"]
    assert answer.headers["content-type"].split(";")[0] == media_type
    resource = Resource.from_contents(described, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:api", resource)
    reference = f"urn:api{response['content'][media_type]['schema']['$ref']}"
    validator = Draft202012Validator({"$ref": reference}, registry=registry)
    return [error.message for error in validator.iter_errors(answer.json())]


# ---------------------------------------------------------------------- the description


def test_the_description_is_valid(described):
    """OpenAPI's own validator finds no fault with it."""
    OpenAPIV31SpecValidator(described).validate()
    assert {endpoint.path for endpoint in ENDPOINTS} == set(described["paths"])


def test_every_member_and_parameter_is_explained(described):
    """Nothing is in an answer, or may be asked for, without its meaning."""
    for shape in described["components"]["schemas"].values():
        assert shape["description"]
        for name, member in shape["properties"].items():
            assert "$ref" in member or member["description"], name
    for path in described["paths"].values():
        for parameter in path["get"]["parameters"]:
            assert parameter["description"]


def test_columns_have_the_types_of_the_schema(described):
    """A member that is a column has its type, and may be null where that may."""
    figure = described["components"]["schemas"]["Figure"]["properties"]
    assert figure["low"]["type"] == ["number", "null"]
    assert figure["char_start"]["type"] == "integer"
    assert figure["kind"]["type"] == "string"


# ---------------------------------------------------------------------- answers


def test_every_article_is_answered_as_described(site, described, published):
    """Each article of the sample archive, superseded ones too, has its shape."""
    for uid in column(published, "SELECT DISTINCT uid FROM articles"):
        answer = get(site, f"/api/articles/{uid}.json")
        assert answer.status_code == 200
        assert faults(described, "/api/articles/{uid}.json", answer) == []


def test_an_article_has_all_that_was_found_in_it(site, published):
    """Its lists are as long as the tables say, and offsets lead to the words in its paragraphs."""
    (uid,) = column(
        published,
        "SELECT a.uid FROM articles AS a JOIN article_counts AS n ON n.article_id = a.id "
        "ORDER BY n.figures * n.quotes * n.mentions DESC LIMIT 1",
    )
    article = get(site, f"/api/articles/{uid}.json").json()["article"]
    with connect_frozen(published) as connection:
        for name in ("mentions", "figures", "dates", "quotes", "reported_statements", "roles"):
            (number,) = connection.execute(
                f"SELECT count(*) FROM {name} AS x JOIN paragraphs AS p ON p.id = x.paragraph_id "
                "JOIN articles AS a ON a.id = p.article_id WHERE a.uid = ?",
                (uid,),
            ).fetchone()
            assert len(article[name]) == number
    assert article["figures"]
    assert article["quotes"]
    for found in (*article["mentions"], *article["figures"], *article["quotes"]):
        (paragraph,) = (
            each
            for each in article["paragraphs"]
            if each["char_start"] <= found["char_start"] < each["char_end"]
        )
        start = found["char_start"] - paragraph["char_start"]
        end = found["char_end"] - paragraph["char_start"]
        assert paragraph["text"][start:end] == found["text"]


def test_an_article_leads_to_its_page_its_source_and_its_kin(site, published):
    """Addresses in the answer are answered, and related articles are in the archive."""
    (uid,) = column(
        published, "SELECT a.uid FROM article_pairs JOIN articles AS a ON a.id = article_id LIMIT 1"
    )
    article = get(site, f"/api/articles/{uid}.json").json()["article"]
    assert get(site, article["page"]).status_code == 200
    raw = get(site, article["source"]["raw"])
    assert len(raw.content) == article["source"]["byte_count"]
    assert article["related"]
    for other in article["related"]:
        assert get(site, f"/api/articles/{other['uid']}.json").status_code == 200


def test_every_entity_is_answered_or_leads_to_its_survivor(site, described, published):
    """Each entity of the sample archive has its shape; merged ones answer 308."""
    with connect_frozen(published) as connection:
        rows = connection.execute("SELECT id, merged_into_id FROM entities").fetchall()
    for number, survivor in rows:
        answer = get(site, f"/api/entities/{number}.json")
        if survivor is not None:
            assert answer.status_code == 308
            assert answer.headers["location"] == f"/api/entities/{survivor}.json"
        else:
            assert faults(described, "/api/entities/{id}.json", answer) == []


def test_a_merged_entity_leads_to_what_it_is_now(rows):
    """308 with the address of the survivor, whose answer names it."""
    paragraph = rows.article("a.txt", "One", "Port Elver spoke.")[1]
    rows.mention(paragraph, "Port Elver")
    gone = rows.entity("Elver Port")
    survivor = rows.entity("Port Elver")
    rows.connection.execute("UPDATE entities SET merged_into_id = ? WHERE id = ?", (survivor, gone))
    site = published_by(snapshots.create(rows.commit()) / "archive.db")
    answer = get(site, f"/api/entities/{gone}.json")
    assert answer.status_code == 308
    found = get(site, answer.headers["location"]).json()["entity"]
    assert found["merged"] == [{"id": gone, "name": "Elver Port"}]
    assert (found["articles"], found["mentions"]) == (1, 1)


@pytest.mark.parametrize(
    "path",
    [
        "/api/articles.json",
        "/api/articles.json?outlet=Meridian Wire&from=2025-01-01&to=2025-12-31&size=3",
        "/api/articles.json?entity=1",
        "/api/entities.json",
        "/api/entities.json?q=iran&type=GPE",
        "/api/figures.json?measure=killed&copies=true&size=200",
        "/api/figures.json?place=Port Elver&since=2020-01-01",
        "/api/search.json?q=president",
        "/api/search.json?q=%22",
    ],
)
def test_lists_are_answered_as_described(site, described, path):
    """Each list has its shape and names the snapshot."""
    answer = get(site, path)
    assert answer.status_code == 200
    assert faults(described, urlsplit(path).path, answer) == []
    manifest = read_manifest(Path(site.databases["archive"].path).parent)
    assert answer.json()["snapshot"]["sha256"] == manifest.sha256


# ---------------------------------------------------------------------- pages and filters


@pytest.mark.parametrize(
    ("path", "members", "key"),
    [
        ("/api/articles.json?size=7", "articles", "uid"),
        ("/api/articles.json?size=2&outlet=Meridian%20Wire", "articles", "uid"),
        ("/api/articles.json?size=3&entity=1", "articles", "uid"),
        ("/api/articles.json?size=3&from=2024-01-01&to=2025-08-31", "articles", "uid"),
        ("/api/entities.json?size=9", "entities", "id"),
        ("/api/entities.json?size=1&q=iran", "entities", "id"),
        ("/api/figures.json?size=50", "figures", "char_start"),
    ],
)
def test_pages_follow_one_another(site, path, members, key):
    """Read page by page a list is what it is in one piece, without gaps or repetitions."""
    found, address = [], path
    while address:
        page = get(site, address).json()
        assert page[members]
        found += [row[key] for row in page[members]]
        address = page["next_address"]
    whole, size = [], path.split("size=")[1].split("&")[0]
    address = path.replace(f"size={size}", "size=200")
    while address:
        page = get(site, address).json()
        whole += [row[key] for row in page[members]]
        address = page["next_address"]
    assert found == whole
    if key != "char_start":
        assert len(set(found)) == len(found)


def test_articles_are_the_current_ones_newest_first(site, published):
    """All articles of current sources are listed, by day, undated ones last."""
    found, address = [], "/api/articles.json?size=20"
    while address:
        page = get(site, address).json()
        found += page["articles"]
        address = page["next_address"]
    days = [row["published_on"] for row in found]
    dated = [day for day in days if day]
    assert days == sorted(dated, reverse=True) + [None] * (len(days) - len(dated))
    assert len(dated) < len(days)
    current = column(
        published,
        "SELECT uid FROM articles AS a JOIN sources AS s ON s.id = a.source_id "
        "WHERE s.superseded_by_id IS NULL",
    )
    assert sorted(row["uid"] for row in found) == sorted(current)


def test_articles_are_filtered(small_site):
    """By outlet, by entity, and by days, both of them included."""

    def days(query: str) -> list:
        listed = get(small_site, f"/api/articles.json?{query}").json()["articles"]
        return [row["published_on"] for row in listed]

    assert days("outlet=Lowland%20Post") == ["2025-07-03", "2025-07-02"]
    assert days("outlet=Nobody") == []
    assert days("from=2025-07-02") == ["2025-07-03", "2025-07-02"]
    assert days("to=2025-07-02") == ["2025-07-02", "2025-07-01"]
    assert days("from=2025-07-02&to=2025-07-02") == ["2025-07-02"]
    number = get(small_site, "/api/entities.json").json()["entities"][0]["id"]
    assert len(days(f"entity={number}")) == 3
    assert days(f"entity={number}&outlet=Harbour%20Courier") == ["2025-07-01"]
    assert days("entity=999") == []


def test_figures_are_filtered_as_in_the_explorer(small_site):
    """Copies are left out unless asked for; every filter narrows."""

    def values(query: str) -> list:
        listed = get(small_site, f"/api/figures.json?{query}").json()["figures"]
        return sorted(row["value"] for row in listed)

    assert values("") == [14, 17]
    assert values("copies=true") == [14, 14, 17]
    assert values("source=Police") == [14]
    assert values("place=Port%20Elver&since=2025-07-03") == [17]
    assert values("measure=injured") == []
    (told,) = get(small_site, "/api/figures.json?source=Police").json()["figures"]
    assert told["sentence"].endswith("Police said 14 people were killed.")
    assert told["is_disputed"] is True


@pytest.mark.parametrize(
    ("arguments", "index"),
    [
        ({}, "ix_articles_published_on"),
        ({"outlet": "x"}, "ix_articles_outlet_id_published_on"),
        ({"entity": 1}, "ix_entity_articles_entity_id_published_on"),
        ({"cursor": "2025-07-02.5"}, "ix_articles_published_on"),
        ({"cursor": ".5"}, "ix_articles_published_on"),
    ],
)
def test_a_page_is_read_in_the_order_of_an_index(published, arguments, index):
    """However deep the page, nothing is put in order, and no table is read from its beginning."""
    plans = []
    with connect_frozen(published) as connection:

        class Planned:
            def execute(self, sql, params=()):
                plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", params)
                plans.append(" / ".join(row[3] for row in plan))
                return connection.execute(sql, params)

        articles.articles(Planned(), size=5, **arguments)
    assert plans
    for plan in plans:
        assert index in plan
        assert "TEMP B-TREE" not in plan
        assert not {"SCAN a", "SCAN n"} & set(plan.split(" / "))


def test_the_most_named_are_read_in_the_order_of_an_index(published):
    """The list of entities begins where its page begins."""
    with connect_frozen(published) as connection:
        connection.execute("PRAGMA query_only = on")
        rows, cursor = entities.entities(connection, size=3)
        more, _ = entities.entities(connection, size=3, cursor=cursor)
    numbers = [row["articles"] for row in (*rows, *more)]
    assert numbers == sorted(numbers, reverse=True)
    assert not {row["id"] for row in rows} & {row["id"] for row in more}


# ---------------------------------------------------------------------- problems


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/articles/0123456789abcdef.json", 404, "no article"),
        ("/api/articles/nonsense.json", 404, "uid"),
        ("/api/entities/99999999.json", 404, "no entity"),
        ("/api/entities/1e3.json", 404, "id"),
        ("/api/nothing", 404, "openapi.json"),
        ("/api", 404, "openapi.json"),
        ("/api/%2e%2e/archive.json", 404, "openapi.json"),
        ("/api/articles.json?outlets=x", 400, "outlet, entity"),
        ("/api/articles.json?size=0", 400, "1 to 200"),
        ("/api/articles.json?size=5&size=6", 400, "more than once"),
        ("/api/articles.json?from=2025-02-30", 400, "2025-07-26"),
        ("/api/articles.json?from=20250230", 400, "2025-07-26"),
        ("/api/articles.json?after=x", 400, "after"),
        ("/api/articles.json?after=2025-01-01.5%0A", 400, "after"),
        ("/api/entities.json?type=CITY", 400, "PERSON, ORG"),
        ("/api/figures.json?place=%20", 400, "place"),
        ("/api/figures.json?place=a%00b", 400, "place"),
        ("/api/figures.json?copies=1", 400, "true or false"),
        ("/api/figures.json?after=99999999999999999999", 400, "after"),
        ("/api/search.json", 400, "missing"),
        (f"/api/search.json?q={'x' * 1001}", 400, "1000"),
        (f"/api/search.json?{'&'.join('a' * 60)}", 400, "query string"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(site, path, status, told):
    """A problem document says what is wrong, with which parameter, and what would be right."""
    answer = get(site, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert told in problem["detail"]
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_what_takes_too_long_is_told(small_site, monkeypatch):
    """503 says that the time is up and what to do, and when to come again."""

    def endless(connection, _values):
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        ).fetchone()

    small_site._settings["sql_time_limit_ms"] = 50
    monkeypatch.setattr(entities, "merged_into", endless)
    answer = get(small_site, "/api/entities/1.json")
    assert answer.status_code == 503
    assert "0.05 seconds" in answer.json()["detail"]
    assert answer.headers["retry-after"]


def test_parameters_are_read_strictly():
    """What the schema does not allow is an error that names the parameter."""
    number = parameters.Parameter(name="n", description="n", schema=parameters.between(1, 5))
    assert number.read("5") == 5
    for wrong in ("6", "0", "-1", "+1", "1.0", " 1", "٣", ""):
        with pytest.raises(ProblemError) as raised:
            number.read(wrong)
        assert raised.value.parameter == "n"


# ---------------------------------------------------------------------- caching


@pytest.mark.parametrize(
    "path", ["/api/articles.json?size=2", "/api/entities/1.json", "/api/openapi.json", "/feed.atom"]
)
def test_what_is_known_is_not_sent_again(site, path):
    """The tag of an answer gives 304 without a body, another path or tag gives the answer."""
    answer = get(site, path)
    tag = answer.headers["etag"]
    assert "max-age" in answer.headers["cache-control"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = get(site, path, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert get(site, path, headers={"if-none-match": '"other"'}).status_code == 200
    assert get(site, "/api/articles.json?size=3").headers["etag"] != tag


def test_another_snapshot_has_other_tags(rows):
    """What is the same path of a newer snapshot is sent anew."""
    rows.article("a.txt", "One", "Text.")
    first = published_by(snapshots.create(rows.commit()) / "archive.db")
    rows.article("b.txt", "Two", "Text.")
    second = published_by(snapshots.create(rows.commit()) / "archive.db")
    path = "/api/articles.json"
    tag = get(first, path).headers["etag"]
    answer = get(second, path, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert len(answer.json()["articles"]) == 2


# ---------------------------------------------------------------------- fuzzing


def test_schemathesis_finds_no_fault(published):
    """Requests made of the description, right and wrong, are answered as it says."""
    assert _hostile().fuzz_api(published, 120) == []


def _hostile():
    """The command `benchmarks/hostile.py` as a module."""
    spec = spec_from_file_location("hostile", ROOT / "benchmarks" / "hostile.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
