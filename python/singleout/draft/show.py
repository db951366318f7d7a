"""Show a draft: text tree, HTML."""

from __future__ import annotations

from singleout.draft.model import Draft


def html(draft: Draft) -> str:
    """Return the notebook's view of a draft."""
    return f"<p>{draft.name}: {len(draft.findings)} findings</p>"
