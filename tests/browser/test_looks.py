"""Every page in a browser: wide and narrow, light and dark, with and without scripts."""

import pytest

KINDS = (
    *("home", "article", "place", "person", "figures", "no figures", "search"),
    *("search of nothing", "search in vain", "dashboards", "database", "table", "view", "row"),
    *("query", "sql"),
)
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
CHECKED = {(1280, "light"), (360, "dark")}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def broken_rules(page) -> list[str]:
    """Rules of axe-core that a page breaks seriously, each with the first place where it does."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-core is not installed: pip install axe-playwright-python",
    )
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": STANDARDS}}
    found = axe.Axe().run(page, options=options).response
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_fits_and_can_be_read_by_all(sample, paths, tab, kind):
    """Nothing sticks out, wide or narrow, and axe-core finds nothing serious, light or dark."""
    opened = tab(sample)
    opened.open(paths[kind])
    for width in WIDTHS:
        opened.page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            opened.page.emulate_media(color_scheme=scheme)
            assert (width, scheme, opened.overflow()) == (width, scheme, [])
            if (width, scheme) in CHECKED:
                assert (width, scheme, broken_rules(opened.page)) == (width, scheme, [])


def test_axe_would_find_what_is_wrong(sample, tab):
    """The check can fail: a field without a label and pale text are found."""
    opened = tab(sample)
    opened.open("/search")
    opened.page.evaluate(
        """() => {
          const field = document.createElement("input");
          const pale = document.createElement("p");
          pale.textContent = "pale";
          pale.style.color = "#eeeeee";
          document.querySelector("main").append(field, pale);
        }"""
    )
    found = {each.partition(":")[0] for each in broken_rules(opened.page)}
    assert {"label", "color-contrast"} <= found


def test_what_sticks_out_is_found(sample, tab):
    """The check of width can fail as well."""
    opened = tab(sample, width=360)
    opened.open("/search")
    opened.page.evaluate(
        """() => {
          const long = document.createElement("p");
          long.textContent = "x".repeat(300);
          long.style.overflowWrap = "normal";
          document.querySelector("main").append(long);
        }"""
    )
    assert opened.overflow() != []


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_needs_no_script(sample, paths, tab, kind):
    """Without scripts a page has its heading, its links, all its text, and fits a telephone."""
    with_scripts = tab(sample, width=360)
    with_scripts.open(paths[kind])
    without = tab(sample, width=360, scripts=False)
    without.open(paths[kind])
    assert without.page.locator("h1").count() == 1
    for selector in ("main a[href]", "main table", "main svg.chart", "main form"):
        assert without.page.locator(selector).count() >= with_scripts.page.locator(selector).count()
    assert without.page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_colours_chosen_by_the_reader_are_as_legible(sample, paths, tab, scheme):
    """Dark chosen on a light system, and light on a dark one, break no rule either."""
    opened = tab(sample, scheme="dark" if scheme == "light" else "light")
    opened.open(paths["article"])
    button = opened.page.get_by_role("button", name="Colours:")
    while button.inner_text() != f"Colours: {scheme}":
        button.click()
    assert broken_rules(opened.page) == []
