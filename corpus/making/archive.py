"""Gives Office files stable bytes: the same parts in the same order, all with one date."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def settle(path: Path, moment: datetime) -> None:
    """Rewrites a zip in place with `moment` for every part and for the document's own dates."""
    with ZipFile(path) as source:
        parts = [(name, source.read(name)) for name in source.namelist()]
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name, content in parts:
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            info = ZipInfo(name, moment.timetuple()[:6])
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(info, content)
