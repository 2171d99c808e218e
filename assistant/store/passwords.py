"""Passwords: what one must be like, and Argon2id over it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from assistant.errors import InputError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 8, 128
FEWEST_DIFFERENT = 4
# What people everywhere choose first, as far as the other rules let it pass.
GUESSED_FIRST = frozenset(
    "12345678 123456789 1234567890 87654321 01234567 11223344 12341234 password passw0rd password1 qwertyui "  # noqa: SIM905
    "qwerty123 1q2w3e4r 1qaz2wsx qazwsxedc abcd1234 abc12345 a1234567 a12345678 aa123456 admin123 admin888 "
    "iloveyou woaini520 woaini1314 5201314a anquan123 jushi123".split()
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: rounds, memory in KiB."""

    rounds: int
    memory: int


OFFICE = Cost(rounds=3, memory=32 * 1024)  # some 50 ms on an office computer, above OWASP's lowest
_AT_ONCE = BoundedSemaphore(4)  # hashes under way: 128 MiB at most


def check_rules(password: str, name: str) -> None:
    """Raise `InputError` where a password is too weak for the user of this name."""
    text = _normal(password)
    plain = text.casefold()
    if not SHORTEST <= len(text) <= LONGEST:
        raise InputError(f"密码要有 {SHORTEST} 到 {LONGEST} 个字符，这个有 {len(text)} 个。请换一个。")
    if _normal(name).casefold() in (plain, plain[::-1]):
        raise InputError("密码不能和用户名一样。请换一个别人猜不到的。")
    if len(set(plain)) < FEWEST_DIFFERENT or plain in GUESSED_FIRST:
        raise InputError("这个密码太容易猜到。请换一个，例如把三四个不相干的词连起来。")


def hash_password(password: str, cost: Cost = OFFICE) -> str:
    """The Argon2id hash of a password, with its salt and parameters."""
    with _AT_ONCE:
        return _hasher(cost).hash(_normal(password))


def verify_password(hashed: str | None, password: str, cost: Cost = OFFICE) -> bool:
    """Whether the password is the one that was hashed; for None the same work is done, and the answer is no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    tried, nobody = _normal(password[: 8 * LONGEST])[: LONGEST + 1], _of_nobody(cost)
    try:
        with _AT_ONCE:
            return _hasher(cost).verify(hashed or nobody, tried) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(hashed: str, cost: Cost = OFFICE) -> bool:
    """Whether a hash was made at another cost than is asked for now."""
    return _hasher(cost).check_needs_rehash(hashed)


@cache
def _hasher(cost: Cost) -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=cost.rounds, memory_cost=cost.memory, parallelism=1)


@cache
def _of_nobody(cost: Cost) -> str:
    """What is compared with where there is no such user."""
    return hash_password("nobody has this password", cost)


def _normal(text: str) -> str:
    """Typed with whatever input method; half characters made whole."""
    return unicodedata.normalize("NFKC", text).encode("utf-8", "replace").decode()
