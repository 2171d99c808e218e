"""What a password must be like, and how it is kept."""

import pytest

from assistant.errors import InputError
from assistant.store.passwords import OFFICE, Cost, check_rules, hash_password, outdated, verify_password

CHEAP = Cost(rounds=1, memory=64)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "1234567",
        "x" * 129,
        "zhangsan1",
        "1nasgnahz",
        "ZhangSan1",
        "ｚｈａｎｇｓａｎ1",
        "12345678",
        "Password1",
        "aaaaaaab",
        "anquan123",
    ],
)
def test_a_weak_password_is_refused_in_one_sentence_with_the_next_step(password):
    with pytest.raises(InputError, match="请换一个"):
        check_rules(password, "zhangsan1")


@pytest.mark.parametrize("password", ["correct-horse-7", "乡镇安监台账一号楼", "zhangsan1-的-密码", "a b c d e f"])
def test_a_password_nobody_guesses_first_is_taken(password):
    check_rules(password, "zhangsan1")


def test_only_the_same_password_fits_its_hash():
    hashed = hash_password("乡镇安监台账一号楼", CHEAP)
    assert hashed.startswith("$argon2id$")
    assert hashed != hash_password("乡镇安监台账一号楼", CHEAP)
    assert verify_password(hashed, "乡镇安监台账一号楼", CHEAP)
    assert not verify_password(hashed, "乡镇安监台账二号楼", CHEAP)
    assert not verify_password("not a hash", "乡镇安监台账一号楼", CHEAP)


def test_the_input_method_makes_no_difference():
    assert verify_password(hash_password("Ａｂｃｄ－１２３４", CHEAP), "Abcd-1234", CHEAP)


def test_nobody_has_a_password_that_fits():
    for password in ("", "nobody has this password", "x" * 100_000, "half \ud800"):
        assert not verify_password(None, password, CHEAP)


def test_the_cost_for_an_office_is_above_the_least_that_is_advised():
    # OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two rounds, one lane, at least.
    assert OFFICE.memory >= 19 * 1024
    assert OFFICE.rounds >= 2
    assert outdated(hash_password("correct-horse-7", CHEAP), OFFICE)
