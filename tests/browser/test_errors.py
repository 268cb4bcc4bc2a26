"""What goes wrong, in a browser: each page of errors says what to do, and fits any window."""

from urllib.parse import quote

import pytest

LONG = "flood " * 1_700  # 10 kB


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    ("path", "status", "advice"),
    [
        ("/no/such/page", 404, "front page"),
        ("/articles/0000000000000000", 404, "Search for words of its headline"),
        ("/entities/999999", 404, "search for the name"),
        ("/archive/no_such_table", 404, "front page"),
        ("/archive/figures/999999", 404, "front page"),
        ("/archive?sql=select+*+from+nothing", 400, "Mend the SQL"),
        ("/archive/figures?_sort=nothing", 400, "data and SQL"),
    ],
)
def test_an_error_says_what_to_do(sample, tab, path, status, advice, width):
    """In the frame of every page, with a way on."""
    opened = tab(sample, width=width)
    opened.open(path, status)
    assert advice.casefold() in opened.page.locator("main").inner_text().casefold()
    assert opened.page.locator("h1").count() == 1
    assert opened.page.get_by_role("navigation", name="Sections").is_visible()
    assert opened.overflow() == []


def test_a_slow_page_says_what_to_do(slow, tab):
    """Where the time limit ends a page, it answers 503 and tells how to ask less."""
    opened = tab(slow, width=360)
    opened.open("/figures?measure=killed", 503)
    text = opened.page.locator("main").inner_text()
    assert "took too long" in text
    assert "Narrow it down" in text
    assert opened.overflow() == []


@pytest.mark.parametrize(
    "words",
    ['"', "NEAR", "NEAR(flood dam, 2)", "a OR", "*", "-", "col:x", "(", "'; drop table x", LONG],
    ids=["quote", "NEAR", "NEAR()", "OR", "star", "minus", "colon", "bracket", "SQL", "10 kB"],
)
def test_a_hostile_search_is_a_search(sample, tab, words):
    """Whatever is typed is looked for and shown as it was typed."""
    opened = tab(sample, width=360)
    opened.open(f"/search?q={quote(words)}")
    assert opened.page.locator("#q").input_value() == words[:1000]
    assert opened.overflow() == []


def test_markup_in_a_search_stays_text(sample, tab):
    """Nothing of what is typed is run or shown as an element."""
    hostile = "<img src=x onerror=document.title='run'><script>document.title='run'</script>"
    opened = tab(sample)
    opened.open(f"/search?q={quote(hostile)}")
    assert opened.page.locator("main img, main script").count() == 0
    assert "run" not in opened.page.title().split("·")[-1]


def test_slow_sql_says_what_to_do(slow, tab):
    """So does a query that a reader has written."""
    opened = tab(slow, width=360)
    endless = "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c"
    opened.open(f"/archive?sql={quote(endless)}", 400)
    assert "longer than" in opened.page.locator("main").inner_text()
    assert opened.overflow() == []


def test_a_search_in_vain_says_what_to_try(sample, tab):
    """It names other ways to ask."""
    opened = tab(sample)
    opened.open("/search?q=zzqqxx")
    assert "Try fewer words" in opened.page.locator("main").inner_text()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "archive ingest"),
        ("/figures", "No figure was found"),
        ("/search?q=flood", "Try fewer words"),
        ("/dashboards", "Nothing to show"),
        ("/archive/article_list", "nothing of the kind yet"),
    ],
)
def test_an_archive_without_articles_says_so(empty, tab, path, told, width):
    """Every page of it opens and says that there is nothing; the front page says what to do."""
    opened = tab(empty, width=width)
    opened.open(path)
    assert told in opened.page.locator("main").inner_text()
    assert opened.overflow() == []
