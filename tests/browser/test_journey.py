"""A reader's way through the archive, in a browser, and what is left of it without a mouse."""

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest


def test_from_home_to_a_download(sample, tab):
    """Search on the front page leads to an article, its entity, its figures, and their CSV."""
    opened = tab(sample)
    page = opened.page
    opened.open("/")
    page.get_by_role("searchbox", name="Search the archive").fill("Kerman bombers")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    page.locator(".search-results h3 a").first.click()
    assert re.search(r"/articles/[0-9a-f]{16}$", page.url)
    assert page.locator(".story-text .para").count() > 2

    mark = page.locator(".story-text a.mark.place", has_text="Kerman").first
    mark.hover()
    assert page.get_by_role("tooltip").inner_text() != ""
    mark.click()
    assert page.locator("h1").inner_text() == "Kerman"

    page.locator("section:has(#of-title) .more a").click()
    assert urlsplit(page.url).path == "/figures"
    assert parse_qs(urlsplit(page.url).query) == {"place": ["Kerman"]}
    cells = page.locator("#list-title ~ .scroll tbody th")
    shown = [each.strip() for each in cells.all_inner_texts()]
    assert len(shown) > 2

    with page.expect_download() as started:
        page.get_by_role("link", name="All of these as CSV").click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    assert [row["text"] for row in csv.DictReader(io.StringIO(text))] == shown


def test_the_downloaded_database_is_the_one_of_the_manifest(sample, tab):
    """The link at the foot of every page gives the file whose digest stands beside it."""
    opened = tab(sample)
    opened.open("/search")
    with opened.page.expect_download() as started:
        opened.page.get_by_role("link", name="Download the whole archive").click()
    sha256 = hashlib.sha256(Path(started.value.path()).read_bytes()).hexdigest()
    manifest = json.loads((sample.database.parent / "manifest.json").read_text(encoding="utf-8"))
    assert sha256 == manifest["sha256"]
    assert sha256 in opened.page.locator("footer").inner_text()


def test_a_filter_of_figures_is_kept_in_the_address(sample, tab):
    """What is chosen in the form is what is shown, and what the next page of it is asked for."""
    opened = tab(sample)
    opened.open("/figures")
    page = opened.page
    page.get_by_label("What happened").select_option("killed")
    page.get_by_label("Where").fill("Kerman")
    page.get_by_role("button", name="Show").click()
    assert parse_qs(urlsplit(page.url).query)["measure"] == ["killed"]
    assert page.get_by_label("Where").input_value() == "Kerman"
    counted = page.locator(".page-actions strong").inner_text()
    rows = page.locator("#list-title ~ .scroll tbody tr").count()
    assert counted == f"{rows} figures"


def test_search_needs_no_mouse(sample, tab):
    """Tab reaches the skip link first, then title and search; Enter asks; focus is always seen."""
    opened = tab(sample)
    opened.open("/")
    keyboard = opened.page.keyboard

    def focused() -> str:
        return opened.page.evaluate("document.activeElement.innerText || document.activeElement.id")

    keyboard.press("Tab")
    assert focused() == "Skip to the content"
    box = opened.page.locator(".skip").bounding_box()
    assert box["x"] >= 0
    keyboard.press("Tab")
    keyboard.press("Tab")
    assert focused() == "masthead-q"
    keyboard.type("gulls")
    keyboard.press("Enter")
    opened.page.wait_for_url("**/search?q=gulls")
    assert opened.page.locator(".search-results h3").count() > 0


def test_the_skip_link_leads_to_the_content(sample, tab):
    """Enter on it moves the focus past the frame: the next Tab is within the content."""
    opened = tab(sample)
    opened.open("/dashboards")
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["home", "article", "figures", "sql"])
def test_focus_is_always_seen(sample, paths, tab, kind, scheme):
    """Whatever Tab reaches has an outline or, a part of the editor, stands in one that has."""
    opened = tab(sample, scheme=scheme)
    opened.open(paths[kind])
    unseen = []
    for _ in range(25):
        opened.page.keyboard.press("Tab")
        state = opened.page.evaluate(
            """() => {
              const at = document.activeElement;
              const framed = at.closest(".CodeMirror") || at;
              const style = getComputedStyle(framed);
              return [at.outerHTML.slice(0, 100), style.outlineStyle, style.outlineWidth];
            }"""
        )
        if state[1] == "none" or state[2] == "0px":
            unseen.append(state)
    assert unseen == []


def test_a_mark_tells_by_keyboard_and_by_tap(sample, paths, tab):
    """A figure's value stands in a card on focus; Escape takes it away."""
    opened = tab(sample)
    opened.open(paths["article"])
    mark = opened.page.locator(".story-text .para a.mark.figure").first
    card = opened.page.locator("#mark-card")
    mark.focus()
    assert card.is_visible()
    assert mark.get_attribute("aria-describedby") == "mark-card"
    opened.page.keyboard.press("Escape")
    assert card.is_hidden()


def test_light_and_dark_can_be_chosen_and_are_kept(sample, tab):
    """The button goes from the system's colours to light and dark; the next page keeps to it."""
    opened = tab(sample, scheme="light")
    opened.open("/")
    page = opened.page

    def ground() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = ground()
    button = page.get_by_role("button", name="Colours:")
    assert button.inner_text() == "Colours: system"
    button.click()
    assert ground() == light
    button.click()
    assert button.inner_text() == "Colours: dark"
    dark = ground()
    assert dark != light
    opened.open("/search")
    assert ground() == dark
    page.get_by_role("button", name="Colours:").click()
    assert ground() == light


def test_sql_is_written_in_an_editor(sample, tab):
    """The field has colours and line numbers, and Ctrl+Enter runs what stands in it."""
    opened = tab(sample)
    opened.open("/archive")
    page = opened.page
    assert page.locator(".CodeMirror .cm-keyword").first.inner_text() == "select"
    page.get_by_role("textbox", name="SQL").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("select 41 + 1 as answer")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/archive?sql=*")
    assert page.locator("td.col-answer").inner_text() == "42"
    page.get_by_role("button", name="Tidy").click()
    assert len(page.locator(".CodeMirror-line").all()) > 1


def test_without_scripts_the_same_can_be_done(sample, tab):
    """Search, the article, an entity, the figures by a filter, and SQL need no script."""
    opened = tab(sample, scripts=False)
    page = opened.page
    opened.open("/")
    assert page.locator("#theme").is_hidden()
    page.locator("#masthead-q").fill("Kerman")
    page.locator(".masthead-search button").click()
    page.locator(".search-results h3 a").first.click()
    mark = page.locator(".story-text .para a.mark.name").first
    assert mark.get_attribute("title")
    mark.click()
    assert "/entities/" in page.url
    opened.open("/figures")
    page.locator("#f-measure").select_option("killed")
    page.locator(".filters button").click()
    assert page.locator("#list-title ~ .scroll tbody tr").count() > 3
    opened.open("/archive")
    page.locator("#sql-editor").fill("select 41 + 1 as answer")
    page.locator(".data-form button[type=submit]").click()
    assert page.locator("td.col-answer").inner_text() == "42"
