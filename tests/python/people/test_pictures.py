"""Plots and the notebook's view: they show the figures, and no value of the table."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

import singleout as so

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")

DATA = {
    "rank <b>": ["Zebra", "Zebra", "Yak", "Zebra", "Zebra", "Yak"],
    "station": ["Xerus", "Xerus", "Xerus", "Wombat", "Xerus", "Xerus"],
    "year": [1, 2, 3, 1, 2, 3],
    "same": ["Vole"] * 6,
}
VALUES = ("Zebra", "Yak", "Xerus", "Wombat", "Vole")


@pytest.fixture
def assessment():
    return so.score(DATA, threshold=3, attacker=so.uniform(0.5))


@pytest.fixture(autouse=True)
def _close():
    yield
    import matplotlib.pyplot as plt

    plt.close("all")


def words(ax):
    texts = [ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel()]
    texts += [t.get_text() for t in ax.texts]
    texts += [t.get_text() for t in (*ax.get_xticklabels(), *ax.get_yticklabels())]
    return "|".join(texts)


def test_the_curve_shows_the_mean_by_size(assessment):
    ax = assessment.plot.curve()
    ax.figure.canvas.draw()
    drawn = ax.lines[0].get_ydata().tolist()
    assert drawn == pytest.approx([100 * v for v in assessment.curve["singled_out"]])
    assert re.match(r"Who knows any \d fields? singles out \d+ % of the rows", words(ax))


def test_contributions_are_largest_first(assessment):
    ax = assessment.plot.contributions()
    ax.figure.canvas.draw()
    lengths = [bar.get_width() for bar in ax.patches]
    known = [100 * v for v in assessment.fields["contribution"]]
    assert lengths == pytest.approx(sorted(known, reverse=True))
    assert "adds most" in words(ax)


def test_pairs_show_each_combination_of_two(assessment):
    ax = assessment.plot.pairs()
    shown = ax.images[0].get_array()
    place = {name: i for i, name in enumerate(["rank <b>", "station", "year"])}
    found = assessment.combinations
    tried = 0
    for fields, unique in zip(found["fields"], found["unique_records"], strict=True):
        if len(fields) <= 2:
            assert shown[place[fields[-1]], place[fields[0]]] == pytest.approx(100 * unique / 6)
            tried += 1
    assert tried == 6
    assert words(ax).startswith("Worst pair:")


def test_pairs_and_bars_keep_the_fields_that_add_most():
    wide = {f"f{i}": [0, 0, 0, 1, 1, 1] if i else [1, 2, 3, 4, 5, 5] for i in range(30, -1, -1)}
    plot = so.score(wide, max_size=2).plot
    ax = plot.pairs()
    assert "f0" in words(ax).split("|")
    assert "11 fields that add less are not shown" in words(ax)
    ax = plot.contributions()
    assert ax.get_yticklabels()[0].get_text() == "f0"
    assert "16 smaller fields are not shown" in words(ax)


def test_classes_count_everybody_once(assessment):
    ax = assessment.plot.classes()
    assert sum(bar.get_height() for bar in ax.patches) == 6
    counted = so.score({**DATA, "n": [1, 2, 3, 4, 5, 6]}, counts="n")
    ax = counted.plot.classes()
    assert sum(bar.get_height() for bar in ax.patches) == 21
    assert "people" in words(ax)


def test_nulls_that_take_no_part_are_said():
    ax = so.score({"a": [1, None, 1]}, nulls="drop").plot.classes()
    assert "1 take no part" in words(ax)


@pytest.mark.parametrize("data", [{"id": [1, 2, 3]}, {"same": [1, 1, 1]}, {"a$_$b": [1, 1, 2]}])
def test_what_has_nothing_to_show_says_so(data):
    plot = so.score(data).plot
    for draw in (plot.curve, plot.contributions, plot.pairs, plot.classes):
        ax = draw()
        ax.figure.canvas.draw()
        assert words(ax).strip("|")


def test_pictures_can_share_a_figure(assessment):
    import matplotlib.pyplot as plt

    _, (left, right) = plt.subplots(1, 2)
    assert assessment.plot.curve(left) is left
    assert assessment.plot.classes(right) is right


def test_no_picture_or_page_holds_a_value(assessment):
    plot = assessment.plot
    shown = "".join(words(draw()) for draw in (plot.curve, plot.pairs, plot.contributions))
    shown += assessment._repr_html_() + assessment.summary()
    assert not [value for value in VALUES if value in shown]


class Tags(HTMLParser):
    """Opens and closes every tag."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_notebooks_view(assessment):
    page = assessment._repr_html_()
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert "b" in tags.seen
    assert "<b>: " not in page
    assert "rank &lt;b&gt;" in page
    for theme in ("prefers-color-scheme:dark", "data-jp-theme-light", "vscode-dark"):
        assert theme in page
    assert "risk of the worst record" in page
    assert "same holds one value throughout" in page
    for verdict in ("safe", "release", "refuse"):
        assert verdict not in page
    assert page == so.score(DATA, threshold=3, attacker=so.uniform(0.5))._repr_html_()
