"""A weakened policy is loud, never is never, and a policy is used only if it is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders.xlsx import PEOPLE, Sheet, Workbook

import singleout as so
from singleout.cli import main
from singleout.policy import PRESETS, Policy, load, preset
from singleout.policy.model import Counts, Expect, Findings, People

FORMATS = ("text", "json", "sarif", "junit", "html", "markdown")
SMALL = "rank,officers\nsergeant,120\ninspector,2\n"
GOOD = "rank,officers\nsergeant,120\ninspector,45\n"


def written(folder: Path, text: str, name: str = "p.toml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def weak(folder: Path, text: str, base: str = "foi-strict") -> list[str]:
    return [one.setting for one in load(written(folder, f'extends = "{base}"\n{text}')).lowered]


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("", []),
        ('[findings]\nrefuse = "ignore"\n', ["findings.refuse"]),
        (
            '[findings]\nrefuse = "review"\nreview = "ignore"\n',
            ["findings.refuse", "findings.review"],
        ),
        ('[findings]\nnote = "refuse"\n', []),
        ('[findings.codes]\nhidden-row = "ignore"\n', ["findings.codes.hidden-row"]),
        ('[findings.codes]\nhidden-row = "refuse"\n', []),
        ('[people]\nundeclared = "score"\n', ["people.undeclared"]),
        ("[people]\nthreshold = 3\n", ["people.threshold"]),
        ("[people]\nthreshold = 10\nmax_risk = 0.05\n", []),
        ("[people]\nmin_distinct = 1\nmax_size = 2\n", ["people.max_size", "people.min_distinct"]),
        ('[people]\nkey = "rank"\n', ["people.key"]),
        ('[people]\nkey = "id"\n[fields.id]\nrole = "direct identifier"\n', []),
        ("[counts]\nsmall_from = 2\n", ["counts.small_from"]),
        ("[counts]\nsmall_to = 2\n", ["counts.small_to"]),
        (
            '[counts]\nsmall = "ignore"\nderivable = "ignore"\n',
            ["counts.small", "counts.derivable"],
        ),
        ('[counts]\nof = "things"\n', ["counts.of"]),
        ("[counts]\nprotect_width = 1\n", ["counts.protect_width"]),
        ('[counts]\nlevel = "national"\nnational = "ignore"\n', ["counts.national"]),
        ('[counts]\nsmall_to = 9\nsmall = "refuse"\nround_to = 5\nunrounded = "review"\n', []),
        ('[fields.id]\nrole = "direct identifier"\nrelease = true\n', ["fields.id.release"]),
        ('[fields.rank]\nrole = "quasi-identifier"\n', []),
    ],
)
def test_each_setting_is_compared(tmp_path: Path, text: str, settings: list[str]) -> None:
    assert weak(tmp_path, text) == settings


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_not_weaker_than_itself(name: str, tmp_path: Path) -> None:
    assert preset(name).lowered == ()
    assert weak(tmp_path, "", name) == []


def test_every_setting_is_compared_somewhere(tmp_path: Path) -> None:
    from inspect import getsource

    from singleout.policy import weaker

    source = getsource(weaker)
    for model in (Findings, People, Counts, Expect):
        for name in model.model_fields:
            assert f'"{name}"' in source or f".{name}" in source, f"{model.__name__}.{name}"


def test_the_chain_ends_at_its_preset(tmp_path: Path) -> None:
    written(tmp_path, 'extends = "acro-10"\n[counts]\nsmall_to = 4\n', "middle.toml")
    top = load(written(tmp_path, 'extends = "middle.toml"\nname = "ema-0.09"\n'))
    assert top.preset == "acro-10"
    assert [one.setting for one in top.lowered] == ["counts.small_to"]
    assert top.accepting([]).preset == "acro-10"
    alone = load(
        written(tmp_path, 'name = "ema-0.09"\n[counts]\nsmall_to = 9\n', "foi-strict.toml")
    )
    assert alone.preset == "foi-strict"
    assert "people.threshold" in [one.setting for one in alone.lowered]


@pytest.mark.parametrize("text", ["", "# nothing\n", 'title = "Counts may go"\n', 'name = "x"\n'])
def test_a_policy_that_sets_nothing_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(so.PolicyError, match="sets nothing"):
        load(written(tmp_path, text))


def test_a_presets_title_is_not_anothers(tmp_path: Path) -> None:
    policy = load(written(tmp_path, 'extends = "foi-strict"\n[findings]\nrefuse = "ignore"\n'))
    assert preset("foi-strict").title not in (policy.title, policy.description)


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_weaker_is_in_every_output_first(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "small.csv"
    draft.write_text(SMALL)
    policy = written(tmp_path, 'extends = "foi-strict"\n[counts]\nsmall = "ignore"\n')
    words = ["--policy", str(policy), "--format", kind]
    assert main(["review", str(draft), *words]) == 0
    out = capsys.readouterr().out.replace("\\", "")
    assert "counts.small" in out
    if kind not in ("json", "sarif"):
        assert out.index("weaker than foi-strict in 1 setting") < out.rindex("ot checked")
    review = so.review(draft, policy)
    assert "weaker than foi-strict" in review._repr_html_()
    assert main(["policy", "check", str(policy)]) == 0
    assert "weaker than foi-strict" in capsys.readouterr().out


def test_people_out_of_sight_never_leave(tmp_path: Path) -> None:
    hidden = Workbook([Sheet("Counts"), Sheet("Data", PEOPLE, "hidden")]).bytes()
    for number, rules in enumerate(
        (
            '[findings]\nrefuse = "ignore"\nreview = "ignore"\n',
            '[findings]\nrefuse = "review"\nreview = "review"\n',
            '[people]\nundeclared = "score"\nthreshold = 1\n[findings]\nrefuse = "ignore"\n',
        )
    ):
        policy = written(tmp_path, f'extends = "foi-strict"\n{rules}', f"{number}.toml")
        assert so.review(hidden, policy, name="a.xlsx").verdict == "refuse"
    for rules in (
        '[findings.codes]\nunseen-people-table = "ignore"\n',
        '[findings.codes]\nunseen-people-table = "review"\n',
        '[[accept]]\ncode = "unseen-people-table"\nreason = "r"\nexpires = 2999-01-01\n'
        'file = "a.xlsx"\nat_most = 500\n',
    ):
        with pytest.raises(so.PolicyError, match="out of sight"):
            load(written(tmp_path, f'extends = "foi-strict"\n{rules}'))


@pytest.mark.parametrize(
    "more", ["", 'file = "a.csv"\n', "at_most = 3\n", 'file = "*"\nat_most = 3\n']
)
def test_people_are_accepted_in_a_place_and_up_to_a_count(tmp_path: Path, more: str) -> None:
    entry = '[[accept]]\ncode = "undeclared-people-table"\nreason = "r"\nexpires = 2999-01-01\n'
    with pytest.raises(so.PolicyError, match="at_most"):
        load(written(tmp_path, f'extends = "foi-strict"\n{entry}{more}'))
    load(written(tmp_path, f'extends = "foi-strict"\n{entry}file = "a.csv"\nat_most = 3\n'))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_policy_that_was_not_named_is_not_used(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(
        tmp_path,
        '[tool.singleout]\nextends = "foi-strict"\n[tool.singleout.counts]\nsmall = "ignore"\n',
        "pyproject.toml",
    )
    below = tmp_path / "below"
    below.mkdir()
    (below / "small.csv").write_text(SMALL)
    monkeypatch.chdir(below)
    assert main(["review", "small.csv", "--format", kind]) == 3
    out = capsys.readouterr().out.replace("\\", "")
    assert "it was not applied" in out
    assert "--policy ../pyproject.toml" in out
    assert main(["review", "small.csv", "--policy", "../pyproject.toml", "--format", kind]) == 0
    assert "it was not applied" not in capsys.readouterr().out
    with pytest.raises(so.PolicyError, match="empty"):
        Policy.load("")


def test_a_pyproject_of_others_is_not_mentioned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, '[tool.other]\nsingleout = "x"\n', "pyproject.toml")
    (tmp_path / "good.csv").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    assert main(["review", "good.csv", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["notices"] == []


def test_an_approval_says_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft, key = tmp_path / "small.csv", str(tmp_path / "k")
    draft.write_text(SMALL)
    policy = str(written(tmp_path, 'extends = "foi-strict"\n[counts]\nsmall = "ignore"\n'))
    assert main(["keygen", key, "--unencrypted"]) == 0
    words = [str(draft), "--policy", policy]
    assert main(["approve", *words, "--key", f"{key}.pem", "--reason", "read"]) == 0
    assert "weaker than foi-strict: counts.small is ignore" in capsys.readouterr().out
    assert main(["verify", *words, "--trusted", f"{key}.pub.pem"]) == 0
    assert "weaker than foi-strict: counts.small is ignore" in capsys.readouterr().out
