"""WordprocessingML in lxml: names, safe parsing, small constructors."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped,unused-ignore]  # it ships no types, stubs for it may be there

Element = Any  # lxml ships no types

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ParseError = etree.XMLSyntaxError


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def parse(data: bytes) -> Element:
    """The root element; entities are not expanded, nothing is fetched, depth is bounded by the parser.

    The namespaces of “Strict Open XML” files are read as the ordinary ones. Raises `ParseError`.
    """
    data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root is None:
        raise ParseError("empty document", 0, 0, 0)
    return root


def serialize(root: Element) -> bytes:
    """The bytes of a part, with the declaration Word writes."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def make(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """A w: element with w: attributes."""
    element = etree.Element(w(name), nsmap={"w": W})
    for key, value in attributes.items():
        element.set(w(key.rstrip("_")), str(value))
    element.extend(children)
    return element


def root_element(name: str, namespaces: dict[str, str]) -> Element:
    """The root of a part, declaring these namespace prefixes."""
    return etree.Element(w(name), nsmap=namespaces)


def plain_element(namespace: str, name: str, **attributes: str) -> Element:
    """An element of a namespace without prefix, as package parts use."""
    element = etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})
    element.attrib.update(attributes)
    return element


def xml_text(text: str) -> str:
    """The text without the characters XML does not allow."""
    return _ILLEGAL.sub("", text)


def text_element(text: str, name: str = "t") -> Element:
    """A w:t that keeps its spaces."""
    text = xml_text(text)
    element = make(name)
    element.text = text
    if text != text.strip() or "  " in text:
        element.set(_XML_SPACE, "preserve")
    return element


def child(parent: Element | None, name: str) -> Element | None:
    """The first w: child of this name, or None."""
    return None if parent is None else parent.find(w(name))


def value(parent: Element | None, name: str) -> str | None:
    """The w:val of the first child of this name, or None."""
    found = child(parent, name)
    return None if found is None else found.get(w("val"))


def is_on(parent: Element | None, name: str) -> bool:
    """Whether an on/off property stands, and is not switched off."""
    found = child(parent, name)
    return found is not None and found.get(w("val"), "1") not in ("0", "false", "off")
