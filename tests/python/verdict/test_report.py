"""The report in a real browser: no error, no request, contrast, labels, order, keyboard, print."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from verdict_shapes import as_csv, by_rank, hidden_sheet, staff_rows

import singleout as so
from singleout.report import page
from singleout.report.plots import bars, curve

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="module")
def html(staff: Path) -> str:
    rows = staff_rows(staff, 400)
    reviews = [
        so.review(hidden_sheet(rows), name="ranks.xlsx"),
        so.review(b"rank,officers\nsergeant,120\ninspector,3\n", name="small.csv"),
        so.review(as_csv(by_rank(rows)), name="counts.csv"),
    ]
    return page(reviews)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any, html: str, tmp_path: Path) -> Iterator[Any]:
    path = tmp_path / "report.html"
    path.write_text(html, "utf-8")
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    shown = context.new_page()
    shown.heard = []
    shown.on("console", lambda message: shown.heard.append(message.text))
    shown.on("pageerror", lambda error: shown.heard.append(str(error)))
    shown.on("request", lambda request: shown.heard.append(request.url))
    shown.goto(path.as_uri())
    yield shown
    context.close()


def test_no_error_and_no_request(opened: Any) -> None:
    opened.wait_for_load_state("networkidle")
    assert opened.heard == [opened.url]


def test_page_names_nothing_elsewhere(html: str) -> None:
    assert not re.search(r"""(?:src|href)=["'](?!#)""", html)
    assert "@import" not in html
    assert "url(" not in html
    assert "default-src 'none'" in html


def test_policy_stops_a_script_that_was_put_in(browser: Any, html: str, tmp_path: Path) -> None:
    path = tmp_path / "changed.html"
    path.write_text(html.replace("</main>", "<script>document.title='changed'</script></main>"))
    shown = browser.new_page()
    shown.goto(path.as_uri())
    assert shown.title() == "Review of 3 files"
    shown.close()


# The ratio of WCAG 2.2, success criterion 1.4.3, of each text with what is behind it.
CONTRAST = """() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const f = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; (n = walker.nextNode()); ) {
    const e = n.parentElement;
    if (!n.textContent.trim() || e.closest("script") || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const ink = e.closest("svg") ? style.fill : style.color;
    const [a, b] = [light(parse(ink)), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const text = n.textContent.trim().slice(0, 40);
    if (ratio < (large ? 3 : 4.5)) found.push([text, ratio.toFixed(2)]);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(opened: Any, scheme: str) -> None:
    opened.emulate_media(color_scheme=scheme)
    assert opened.evaluate(CONTRAST) == []


def test_structure_for_a_screen_reader(opened: Any) -> None:
    assert opened.get_attribute("html", "lang") == "en"
    levels = opened.eval_on_selector_all(
        "h1,h2,h3,h4,h5,h6", "es => es.map(e => Number(e.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = opened.eval_on_selector_all("[id]", "es => es.map(e => e.id)")
    assert len(ids) == len(set(ids))
    pointed = opened.eval_on_selector_all(
        "[aria-labelledby]", "es => es.map(e => e.getAttribute('aria-labelledby'))"
    )
    assert set(pointed) <= set(ids)
    unnamed = opened.eval_on_selector_all(
        "input,textarea,select", "es => es.filter(e => !e.labels.length).length"
    )
    assert unnamed == 0
    assert opened.eval_on_selector_all("table", "es => es.every(e => e.caption)")
    assert opened.eval_on_selector_all("thead th", "es => es.every(e => e.scope === 'col')")
    assert opened.eval_on_selector_all(
        "svg", "es => es.every(e => e.getAttribute('role') === 'img' && e.ariaLabel)"
    )
    assert opened.locator("main").count() == 1


def test_keyboard(opened: Any) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    tops = opened.eval_on_selector_all(
        "a,button,input,textarea,[tabindex]",
        "es => es.filter(e => !e.matches('.skip')).map(e => e.getBoundingClientRect().top)",
    )
    assert tops == sorted(tops) or all(b - a > -120 for a, b in pairwise(tops))
    assert opened.eval_on_selector_all("[tabindex]", "es => es.every(e => e.tabIndex === 0)")
    button = opened.locator("th.number button").first
    button.focus()
    width = opened.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(width.removesuffix("px")) >= 2


def test_tables_sort_by_number_and_say_so(opened: Any) -> None:
    table = opened.locator("table.sortable", has_text="Smallest group").first
    head = table.locator("th", has_text="Rows alone")
    values = "rows => rows.map(r => Number(r.cells[2].textContent.replaceAll(',', '')))"
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    up = table.locator("tbody tr").evaluate_all(values)
    assert up == sorted(up)
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    down = table.locator("tbody tr").evaluate_all(values)
    assert down == sorted(down, reverse=True)
    assert len(set(down)) > 1


def test_narrow_screen_needs_no_sideways_scroll(opened: Any) -> None:
    opened.set_viewport_size({"width": 360, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360


def test_prints_on_a4(opened: Any) -> None:
    opened.emulate_media(media="print")
    assert (
        opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    )
    printed = opened.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[([^\]]*)\]", printed))
    assert len(boxes) == 1
    width, height = (float(n) for n in boxes.pop().split()[2:])
    assert abs(width - 595) < 1
    assert abs(height - 842) < 1


def test_says_what_an_approver_needs(html: str) -> None:
    for words in (
        "Do not send this file",
        "A person must check this",
        "Nothing found that this policy stops",
        "What was checked, and what was not",
        "The approver's decision".replace("'", "&#39;"),
        "File SHA-256",
        "Policy SHA-256",
        f"singleout {so.__version__}",
        "Panopticon",
    ):
        assert words in html or words.replace("&#39;", "'") in html, words


def test_text_of_the_file_is_escaped() -> None:
    data = b'"<script>alert(1)</script>",officers\nsergeant,120\ninspector,45\n'
    text = so.review(data, "acro-10", name="<b>.csv").to_html()
    assert "<script>alert" not in text
    assert "<b>.csv" not in text


def test_plots_need_something_to_show() -> None:
    alike = [["surname", "rank"], *[["Ash", "PC"]] * 30]
    review = so.review(as_csv(alike), name="a.csv")
    assert [bars(m) for m in review.measured] == [""]
    assert [curve(m) for m in review.measured] == [""]
