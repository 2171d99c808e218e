"""A Word package as a plain .docx: Word opens no .docx whose inside says template or macros."""

from __future__ import annotations

from assistant.office import ooxml
from assistant.office.archive import Package

_MACRO_PARTS = ("vbaProject", "vbaData", "attachedToolbars", "customizations.xml")
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def as_document(package: Package) -> Package:
    """The package as a document without macros; the very same one where it already is."""
    types = package.root("[Content_Types].xml")
    changed = False
    for entry in list(types):
        part, kind = str(entry.get("PartName", "")), str(entry.get("ContentType", ""))
        if _is_macro(part):
            types.remove(entry)
            changed = True
        elif part.lstrip("/") == package.main and kind != _DOCUMENT:
            entry.set("ContentType", _DOCUMENT)
            changed = True
    if not changed:
        return package
    parts = {name: data for name, data in package.parts.items() if not _is_macro(name)}
    parts["[Content_Types].xml"] = ooxml.serialize(types)
    for name in [name for name in parts if name.endswith(".rels")]:
        relations = ooxml.parse(parts[name])
        dead = [entry for entry in relations if _is_macro(str(entry.get("Target", "")))]
        for entry in dead:
            relations.remove(entry)
        if dead:
            parts[name] = ooxml.serialize(relations)
    return Package(package.name, parts, package.main)


def _is_macro(part: str) -> bool:
    return any(name in part for name in _MACRO_PARTS)
