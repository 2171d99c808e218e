"""What the fuzzer's parts share: a case, and changes of bytes that know no format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

_BYTES = (
    b"\x00",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x80\x00\x00\x00",
    b"<",
    b">",
    b"&",
    b'"',
    b"\n",
    b"9" * 30,
    b"-1",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile input: the name a file would have ("a.xlsx"; "text" for a text) and its bytes."""

    name: str
    data: bytes


def mutate_bytes(data: bytes, chance: Random, changes: int = 4) -> bytes:
    """Bytes flipped, cut, doubled, moved, overwritten."""
    made = bytearray(data)
    for _ in range(chance.randrange(1, changes + 1)):
        at, length = chance.randrange(len(made) + 1), chance.choice((1, 1, 2, 4, 16, 200))
        kind = chance.randrange(6)
        if kind == 0 and at < len(made):
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[at : at + length]
        elif kind == 2:
            made[at:at] = made[at : at + length] * chance.choice((1, 2, 50))
        elif kind == 3:
            made[at : at + length] = chance.randbytes(length)
        elif kind == 4:
            made[at:at] = chance.choice(_BYTES)
        elif chance.random() < 0.3:
            del made[at:]
    return bytes(made)


def unzip(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts, quickly."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def break_zip(data: bytes, chance: Random) -> bytes:
    """Damage to the archive itself: its directory, its sizes, its end, or a part that is packed differently."""
    kind = chance.randrange(5)
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1:  # sizes and offsets of the central directory
        at = data.rfind(b"PK\x01\x02")
        made = bytearray(data)
        place = at + chance.choice((8, 10, 16, 20, 24, 28, 30, 42))
        made[place : place + 2] = chance.randbytes(2)
        return bytes(made)
    if kind == 2:
        at = data.find(b"PK\x03\x04", chance.randrange(len(data)))
        made = bytearray(data)
        place = max(at, 0) + chance.choice((4, 6, 8, 14, 18, 22, 26, 28))
        made[place : place + 2] = chance.randbytes(2)
        return bytes(made)
    if kind == 3:
        return data + chance.randbytes(chance.randrange(1, 400))
    return mutate_bytes(data, chance)
