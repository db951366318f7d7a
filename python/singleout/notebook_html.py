"""What a notebook shows of an assessment: figures in words, no verdict, no value of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from singleout.base.printable import escape
from singleout.summary import share

if TYPE_CHECKING:
    from singleout.assessment import Assessment

_EACH: Final = 3  # combinations shown of each size
_LARGEST: Final = 3
_BARS: Final = 8

# The page's theme: the browser's wish, unless JupyterLab, classic themes or VS Code say theirs.
_DARK: Final = "--ink:#e6e9ec;--quiet:#a3adb6;--line:#3a434b;--main:#6fb1e0;--bad:#ff8a80"
_STYLE: Final = f"""<style>
.singleout{{--ink:#1f2933;--quiet:#5f6b76;--line:#d9dee2;--main:#1d5f91;--bad:#b3261e;
color:var(--ink);font:14px/1.45 system-ui,sans-serif;max-width:60rem}}
@media (prefers-color-scheme:dark){{
:root:not(:has([data-jp-theme-light="true"],.vscode-light)) .singleout{{{_DARK}}}}}
[data-jp-theme-light="false"] .singleout,html[data-theme="dark"] .singleout,
body.vscode-dark .singleout{{{_DARK}}}
.singleout .tiles{{display:flex;flex-wrap:wrap;gap:.4rem 2.2rem;margin:.2rem 0 .9rem}}
.singleout .tiles b{{display:block;font-size:1.6rem;font-weight:650;color:var(--bad)}}
.singleout .tiles span,.singleout .quiet{{color:var(--quiet)}}
.singleout .parts{{display:flex;flex-wrap:wrap;gap:1rem 2.5rem}}
.singleout h4{{margin:.2rem 0 .3rem;font-size:1rem;color:var(--ink)}}
.singleout table{{border-collapse:collapse;margin:0;color:var(--ink);background:none}}
.singleout td,.singleout th{{padding:.15rem .9rem .15rem 0;border:0;
border-bottom:1px solid var(--line);text-align:left;background:none;font-size:14px}}
.singleout tr{{background:none !important}}
.singleout .n{{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}}
.singleout .bar{{display:inline-block;height:.65rem;background:var(--main);min-width:1px}}
.singleout ul{{margin:.7rem 0 0;padding-left:1.1rem;color:var(--quiet)}}
</style>"""


def html(assessment: Assessment) -> str:
    """Return the notebook's view of an assessment.

    Parameters
    ----------
    assessment : Assessment
        What is shown: headline, the worst small combinations, fields by contribution, notes.

    Returns
    -------
    str
        HTML for light and dark themes; names are escaped.

    Examples
    --------
    >>> import singleout as so
    >>> "sergeant" in html(so.score({"rank": ["PC", "sergeant"], "sex": ["F", "F"]}))
    False
    """
    noun, fields = assessment.noun, len(assessment._walk.table.columns)
    combined = len(assessment._combinations.figures)
    notes = "".join(f"<li>{escape(note)}</li>" for note in assessment.notes)
    return (
        f'{_STYLE}<div class="singleout"><div class="quiet">{assessment.people:,} {noun}, {fields} '
        f"{'field' if fields == 1 else 'fields'}, {combined:,} combinations of up to "
        f'{assessment.max_size}</div>{_tiles(assessment)}<div class="parts">{_worst(assessment)}'
        f"{_contributions(assessment)}</div>{f'<ul>{notes}</ul>' if notes else ''}</div>"
    )


def _tiles(assessment: Assessment) -> str:
    walk = assessment._walk
    alone, noun = int((walk.k == 1).sum()), assessment.noun
    tiles = [(_share(alone, assessment.people), f"of {noun} singled out on all fields")]
    curve = assessment._curve.to_pydict()
    for size, part in zip(curve["size"], curve["singled_out"], strict=True):
        if size in (2, 3) and size < len(walk.walked):
            tiles.append((_percent(part), f"by any {size} fields, on average"))
    if assessment._given.attacker is not None:
        from singleout.attack import chance

        risk = assessment.risk()
        name = escape(risk.attacker.name)
        to = "" if risk.exact else "up to "
        tiles.append((f"{to}{chance(risk.worst)}", f"risk of the worst record ({name})"))
        tiles.append((f"{to}{chance(risk.mean)}", f"mean risk ({name})"))
    body = "".join(f"<div><b>{figure}</b><span>{words}</span></div>" for figure, words in tiles)
    return f'<div class="tiles">{body}</div>'


def _share(part: int, whole: int) -> str:
    return _percent(part / whole)


def _percent(value: float) -> str:
    if 0 < value < 0.001:
        return "under 0.1 %"
    if 0.999 < value < 1:
        return "over 99.9 %"
    return f"{100 * value:.3g} %"


def _worst(assessment: Assessment) -> str:
    rows = "".join(
        f"<tr><td>{escape(' + '.join(worst.fields))}</td>"
        f'<td class="n">{share(worst.unique_records, assessment.people)}</td>'
        f'<td class="n">{worst.records_below_threshold:,}</td></tr>'
        for worst in assessment.worst(_EACH, _LARGEST)
    )
    return (
        "<div><h4>Small combinations that single out most</h4><table><tr><th>fields</th>"
        f'<th class="n">singled out</th><th class="n">in classes under {assessment.threshold}</th>'
        f"</tr>{rows}</table></div>"
    )


def _contributions(assessment: Assessment) -> str:
    fields = assessment._fields.to_pydict()
    known = [
        (value, name)
        for name, value in zip(fields["field"], fields["contribution"], strict=True)
        if value is not None
    ]
    known.sort(key=lambda pair: -pair[0])
    top = max((value for value, _ in known), default=0.0) or 1.0
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="n">{100 * value:.1f}</td>'
        f'<td><span class="bar" style="width:{max(0.0, 7 * value / top):.2f}rem"></span></td></tr>'
        for value, name in known[:_BARS]
    )
    left = len(known) - _BARS
    more = f'<div class="quiet">and {left} smaller ones</div>' if left > 0 else ""
    return (
        f"<div><h4>What each field adds, in percentage points</h4><table>{rows}</table>{more}</div>"
    )
