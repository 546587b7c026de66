"""The book is built whole, asks nothing of the network, and works in a real browser: search, formulas, descriptions."""

import importlib.util
import json
import re
import shutil
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course_utils.config import REPOSITORY

pytest.importorskip("myst_nb", reason="the book's packages come with make test")
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
in_a_browser = pytest.mark.skipif(not (BROWSER and DRIVER), reason="no chromium and chromedriver: nothing is opened")


def built(name, folder):
    """Build what docs/make_<name>.py builds into a folder of the tests; return (the site, the module)."""
    spec = importlib.util.spec_from_file_location(f"make_{name}", REPOSITORY / "docs" / f"make_{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.SOURCE, module.SITE = folder / "source", folder / "site"
    assert module.build() == 0, "Sphinx complains about something above"
    return module.SITE, module


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_REPOSITORY", "https://github.com/example/course")
        return built("book", tmp_path_factory.mktemp("book"))[0]


def test_every_lesson_has_a_deck_with_its_figures_and_claims_that_needs_no_network(tmp_path):
    site, module = built("slides", tmp_path)
    lessons = sorted((REPOSITORY / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    for lesson in lessons:
        page = (site / f"{lesson.stem}.html").read_text(encoding="utf-8")
        parser = Loaded()
        parser.feed(page)
        assert [place for place in parser.loaded if re.match(r"(https?:)?//", place)] == [], lesson.name
        assert page.count("<section") > 8 and parser.undescribed == [], lesson.name
        assert len(parser.pictures) >= 2, "the diagram and a figure at least"
    assert "What holds" in (site / "06_attribute_boosting.html").read_text(encoding="utf-8")
    assert module.key_sentences("First. A **term** is this. Then.\n\nNext. More.") == ["A **term** is this.", "Next."]


class Loaded(HTMLParser):
    """Collects what a page loads by itself, and pictures without a description."""

    def __init__(self):
        super().__init__()
        self.loaded, self.undescribed, self.pictures = [], [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name = {"script": "src", "img": "src", "link": "href", "iframe": "src"}.get(tag)
        if name and attributes.get(name) and attributes.get("rel") not in ("canonical", "next", "prev", "search"):
            self.loaded.append(attributes[name])
        if tag == "img":
            self.pictures.append(attributes["src"])
        if tag == "img" and not attributes.get("alt", "").strip():
            self.undescribed.append(attributes["src"])


def test_every_notebook_and_page_is_in_the_book(book):
    notebooks = [p for p in (REPOSITORY / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts]
    assert len(notebooks) > 20
    for path in notebooks:
        assert (book / path.relative_to(REPOSITORY).with_suffix(".html")).is_file(), path.name
    assert {"results.html", "glossary.html", "instructors.html"} <= {p.name for p in (book / "docs").iterdir()}


def test_a_page_loads_nothing_from_elsewhere_and_describes_its_pictures(book):
    for page in (page for page in book.rglob("*.html") if "_static" not in page.parts):
        parser = Loaded()
        parser.feed(page.read_text(encoding="utf-8"))
        assert [place for place in parser.loaded if re.match(r"(https?:)?//", place)] == [], page.name
        assert parser.undescribed == [], page.name
        missing = [p for p in parser.loaded if p[0] != "#" and not (page.parent / p.partition("?")[0]).exists()]
        assert missing == [], page.name


def test_the_search_knows_the_words_of_the_lessons(book):
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    assert '"triplet"' in index or "triplet:" in index


def test_formulas_are_part_of_the_page(book):
    assert "<math" in (book / "notebooks" / "07_composition.html").read_text(encoding="utf-8")


def test_a_lesson_opens_on_binder_and_colab_where_the_repository_has_an_address(book):
    page = (book / "notebooks" / "03_metric_learning.html").read_text(encoding="utf-8")
    path = "notebooks/03_metric_learning.ipynb"
    assert f"https://colab.research.google.com/github/example/course/blob/main/{path}" in page
    assert f"https://mybinder.org/v2/gh/example/course/main?urlpath=lab/tree/{path}" in page


@contextmanager
def opened(width):
    """Yield a browser with a window of so many pixels."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", f"window-size={width},1000"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    browser.set_script_timeout(120)
    try:
        yield browser
    finally:
        browser.quit()


@in_a_browser
@pytest.mark.parametrize("width", [390, 1280])
def test_it_works_in_a_browser(book, width):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    with opened(width) as browser:
        for page in ("index.html", "notebooks/03_metric_learning.html", "search.html?q=triplet"):
            browser.get(f"file://{book}/{page}")
            shown, whole = browser.execute_script(
                "return [document.documentElement.clientWidth, document.documentElement.scrollWidth]"
            )
            assert whole <= shown + 1, f"{page} is wider than the screen"
        WebDriverWait(browser, 60).until(lambda b: b.find_elements(By.CSS_SELECTOR, "#search-results li"))
        asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
        urls = [one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"]
        assert urls and [url for url in urls if not url.startswith(("file:", "data:"))] == []
        severe = {entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"}
        assert severe == set()


@in_a_browser
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_serious(book, mode):
    axe = pytest.importorskip("axe_core_python", reason="comes with make test")
    check = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    pages = (
        "index",
        "notebooks/03_metric_learning",
        "notebooks/exercises/04_cross_modal/04_cross_modal",
        "docs/results",
        "docs/glossary",
        "search",
    )
    still = "const style = document.createElement('style'); style.textContent = '* {transition: none !important}';"
    with opened(1280) as browser:
        for page in pages:
            browser.get(f"file://{book}/{page}.html")
            browser.execute_script(f"{still} document.head.append(style)")  # colours that still change fool it
            browser.execute_script(
                f"Object.assign(document.documentElement.dataset, {{theme: '{mode}', mode: '{mode}'}})"
            )
            browser.execute_script(check)
            found = browser.execute_async_script("axe.run().then(result => arguments[0](result.violations))")
            grave = [
                f"{one['id']}: {one['nodes'][0]['html'][:200]}"
                for one in found
                if one["impact"] in ("serious", "critical")
            ]
            assert grave == [], page
