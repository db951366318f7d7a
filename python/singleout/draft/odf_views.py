"""How large each sheet is shown when the file is opened (ODF 1.3 part 3, 3.10.4: view settings)."""

from __future__ import annotations

from lxml import etree

from singleout.draft.limits import LimitError
from singleout.draft.odf_names import get, q
from singleout.draft.odf_package import OdfPackage
from singleout.draft.xml import parse, text_of

_MOST = 400.0


def read_zooms(package: OdfPackage, name: str) -> dict[str, float]:
    """Return the zoom of each sheet by its name; 1 is as it is printed.

    Parameters
    ----------
    package : OdfPackage
        The file.
    name : str
        Its settings: none are given where they cannot be read, which is told elsewhere.
    """
    try:
        return _zooms(parse(package.read(name), package.budget)) if package.readable(name) else {}
    except LimitError as limit:
        if limit.whole:
            raise
    except (etree.LxmlError, ValueError, OSError):
        pass
    return {}


def _zooms(settings: etree._Element) -> dict[str, float]:
    found: dict[str, float] = {}
    for holder in settings.iter(q("config:config-item-map-named")):
        if get(holder, "config:name") != "Tables":
            continue
        for sheet in holder:
            for item in sheet.iter(q("config:config-item")):
                value = text_of(item).strip()
                if get(item, "config:name") == "ZoomValue" and value.isdigit():
                    name = get(sheet, "config:name") or ""
                    zoom = min(float(value), _MOST) / 100
                    # The window that shows it largest counts
                    found[name] = max(zoom, found.get(name, 0.0))
    return found
