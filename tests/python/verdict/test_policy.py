"""Policy files: what they may say, how they extend each other, and how an error names its line."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import singleout as so
from singleout.cli import main
from singleout.policy import PRESETS, Policy, load, preset
from singleout.policy.lines import line_of
from singleout.policy.load import template
from singleout.policy.show import schema, toml


def write(folder: Path, text: str, name: str = "policy.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_no_policy_is_foi_strict() -> None:
    assert load().name == "foi-strict"
    assert so.Policy.load(None).sha256 == preset("foi-strict").sha256


@pytest.mark.parametrize("name", PRESETS)
def test_every_number_of_a_preset_has_a_source(name: str) -> None:
    text = (files("singleout.policy") / "presets" / f"{name}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    sourced = {key for source in data.get("sources", ()) for key in source["keys"]}
    numbers = {
        f"{table}.{key}"
        for table in ("people", "counts")
        for key, value in data.get(table, {}).items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    assert numbers <= sourced
    assert all(source["date"] and source["title"] for source in data["sources"])
    policy = preset(name)
    for key in sourced:
        at: object = policy
        for part in key.split("."):
            at = getattr(at, part)
        assert at is not None


@pytest.mark.parametrize("name", PRESETS)
def test_what_show_prints_is_the_same_policy(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, toml(preset(name)))
    assert load(path).sha256 == preset(name).sha256


def test_packaged_schema_is_current() -> None:
    assert (files("singleout.policy") / "schema.json").read_text("utf-8") == schema()


def test_schema_knows_every_preset() -> None:
    import json

    import jsonschema

    known = json.loads(schema())
    for name in PRESETS:
        text = (files("singleout.policy") / "presets" / f"{name}.toml").read_text("utf-8")
        jsonschema.validate(tomllib.loads(text), known)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"counts": {"smal_to": 3}}, known)


def test_template_is_a_policy(tmp_path: Path) -> None:
    policy = load(write(tmp_path, template()))
    assert policy.field("Rank") is not None
    assert policy.counts.small == "review"


def test_pyproject(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.singleout]\nextends = "cms-11"\n'
    write(tmp_path, text, "pyproject.toml")
    assert load(tmp_path).counts.small_to == 10
    assert load(tmp_path / "pyproject.toml").sha256 == load(tmp_path).sha256


def test_extends_merges_tables_and_adds_acceptances(tmp_path: Path) -> None:
    entry = '[[accept]]\ncode = "comment"\nreason = "r"\nexpires = 2030-01-01\n'
    write(tmp_path, 'extends = "cms-11"\n[counts]\nzero = "review"\n' + entry, "below.toml")
    above = write(tmp_path, 'extends = "below.toml"\n[counts]\nsmall_to = 5\n' + entry)
    policy = load(above)
    assert (policy.counts.small_to, policy.counts.zero, policy.counts.small) == (
        5,
        "review",
        "refuse",
    )
    assert len(policy.accept) == 2


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('extends = "foi-strict"\n[counts]\nsmal_to = 3\n', 3, "did you mean 'small_to'"),
        ('[counts]\nsmall = "stop"\n', 2, "counts.small"),
        ("[people]\nthreshold = 0\n", 2, "people.threshold"),
        ('[fields.rank]\nrole = "quasi"\n', 2, "fields.rank.role"),
        ('\nextends = "foi-strct"\n', 2, "did you mean 'foi-strict'"),
        ('[[accept]]\ncode = "comment"\nexpires = 2030-01-01\n', 1, "reason"),
        ('[findings.codes]\nhiden-sheet = "ignore"\n', 2, "did you mean 'hidden-sheet'"),
        ('\n[findings]\n[findings.codes]\nencrypted = "ignore"\n', 2, "cannot be ignored"),
        ("[counts\n", None, "not TOML"),
        (
            '[[accept]]\ncode = "a"\nreason = "r"\nexpires = 2030-01-01\n'
            '[[accept]]\ncode = "comment"\nreason = "r"\nexpires = "soon"\n',
            8,
            "accept.1.expires",
        ),
    ],
)
def test_errors_name_file_line_and_key(
    tmp_path: Path, text: str, line: int | None, words: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(so.PolicyError) as caught:
        load(path)
    message = str(caught.value)
    assert words in message
    assert str(path) in message
    if line is not None:
        assert f"{path}:{line}:" in message


@pytest.mark.parametrize("code", ["encrypted", "unreadable", "not-fully-read", "no-such-code"])
def test_what_was_not_read_cannot_be_accepted(tmp_path: Path, code: str) -> None:
    text = f'[[accept]]\ncode = "{code}"\nreason = "r"\nexpires = 2030-01-01\n'
    with pytest.raises(so.PolicyError, match=code):
        load(write(tmp_path, text))


def test_circle_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, 'extends = "two.toml"\n', "one.toml")
    write(tmp_path, 'extends = "one.toml"\n', "two.toml")
    with pytest.raises(so.PolicyError, match="circle"):
        load(tmp_path / "one.toml")


def test_line_of_finds_the_nearest_table() -> None:
    text = '[a]\nx = 1\n[[b]]\ny = 1\n[[b]]\n"z z" = 2\n'
    assert line_of(text, ("a", "x")) == 2
    assert line_of(text, ("b", 1, "z z")) == 6
    assert line_of(text, ("b", 1, "missing")) == 5
    assert line_of(text, ("c",)) is None


def test_hash_depends_on_what_it_says_and_not_on_where(tmp_path: Path) -> None:
    one = write(tmp_path, 'name = "n"\n[counts]\nsmall_to = 3\n')
    two = write(tmp_path, 'name = "n" # other\n\n[counts]\nsmall_to=3\n', "two.toml")
    assert load(one).sha256 == load(two).sha256
    assert load(one).sha256 != preset("foi-strict").sha256
    assert Policy.load(one).canonical() == load(two).canonical()


def test_command_shows_checks_and_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policy", "show", "nhs-digital"]) == 0
    assert "round_to = 5  # secondary source" in capsys.readouterr().out
    assert main(["policy", "show", "--presets"]) == 0
    assert capsys.readouterr().out.count("\n") == len(PRESETS)
    started = tmp_path / "p.toml"
    assert main(["policy", "init", str(started)]) == 0
    assert main(["policy", "check", str(started)]) == 0
    assert load(started).sha256 in capsys.readouterr().out
    assert main(["policy", "init", str(started)]) == 2
    broken = write(tmp_path, "[counts]\nsmal_to = 3\n", "broken.toml")
    assert main(["policy", "check", str(started), str(broken)]) == 2
    assert f"{broken}:2: counts.smal_to" in capsys.readouterr().err


def test_init_for_a_draft_declares_its_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = write(tmp_path, "surname,rank,pay point\nAsh,PC,1\nBirch,PS,2\n", "draft.csv")
    made = tmp_path / "made.toml"
    assert main(["policy", "init", str(made), "--for", str(draft)]) == 0
    policy = load(made)
    assert {name: field.role for name, field in policy.fields.items()}["surname"] == (
        "direct identifier"
    )
    assert set(policy.fields) == {"surname", "rank", "pay point"}
    assert "Ash" not in made.read_text()
    assert so.review(draft, policy).reasons[0].code == "direct-identifier"
    counts = write(tmp_path, "rank,officers\nPC,90\nPS,30\n", "counts.csv")
    assert main(["policy", "init", str(tmp_path / "x.toml"), "--for", str(counts)]) == 2
    assert "leave --for out" in capsys.readouterr().err
