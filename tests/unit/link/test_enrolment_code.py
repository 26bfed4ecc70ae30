"""Enrolment codes: read back as spelled, and every slip of a tongue found in its group."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.errors import LinkError
from counter_tui.link.enrolment_code import FINGERPRINT, SECRET, EnrolmentCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
names = st.lists(st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12), min_size=1, max_size=4)
hosts = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(str),
    names.map(".".join).map(lambda name: f"h{name}.example"),
)
codes = st.builds(
    EnrolmentCode,
    hosts,
    st.integers(1, 65535),
    st.binary(min_size=SECRET, max_size=SECRET),
    st.binary(min_size=FINGERPRINT, max_size=FINGERPRINT),
)
CODE = EnrolmentCode("10.20.30.40", 8443, bytes(range(SECRET)), bytes(range(FINGERPRINT)))


@given(codes)
def test_a_code_is_read_as_it_was_spelled(code: EnrolmentCode) -> None:
    assert EnrolmentCode.read(code.spelled()) == code


def test_a_code_is_short_enough_for_a_phone_and_easily_read() -> None:
    spelled = CODE.spelled()
    assert [len(group) for group in spelled.split("-")] == [5] * 14
    assert EnrolmentCode.read(f" {spelled.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')}\n") == CODE


@given(codes, st.data())
def test_one_wrong_character_is_found_in_its_group(code: EnrolmentCode, data: st.DataObject) -> None:
    spelled = code.spelled()
    at = data.draw(st.sampled_from([at for at, letter in enumerate(spelled) if letter != "-"]))
    other = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != spelled[at]]))
    with pytest.raises(LinkError) as refused:
        EnrolmentCode.read(spelled[:at] + other + spelled[at + 1 :])
    assert (refused.value.code, refused.value.params) == ("code.mistyped", {"group": at // 6 + 1})


@given(codes, st.data())
def test_what_changed_places_is_found(code: EnrolmentCode, data: st.DataObject) -> None:
    groups = code.spelled().split("-")
    one, other = sorted(
        data.draw(st.lists(st.integers(0, min(len(groups), 32) - 1), min_size=2, max_size=2, unique=True))
    )
    swapped = list(groups)
    swapped[one], swapped[other] = groups[other], groups[one]
    letters = list(groups[one])
    at = data.draw(st.integers(0, 3))
    letters[at], letters[at + 1] = letters[at + 1], letters[at]
    turned = [*groups[:one], "".join(letters), *groups[one + 1 :]]
    for wrong in (swapped, turned):
        if wrong != groups:
            with pytest.raises(LinkError, match="code.mistyped"):
                EnrolmentCode.read("-".join(wrong))


@pytest.mark.parametrize("typed", ["", "-", CODE.spelled()[:-1], CODE.spelled()[:-6], CODE.spelled() + "0"])
def test_a_code_that_is_cut_is_told(typed: str) -> None:
    with pytest.raises(LinkError, match="code.length"):
        EnrolmentCode.read(typed)


@given(st.text(max_size=500))
def test_anything_typed_is_a_code_or_refused(typed: str) -> None:
    with pytest.raises(LinkError):
        EnrolmentCode.read(typed)


def test_no_secret_in_what_is_printed_of_it() -> None:
    assert repr(CODE.secret) not in repr(CODE)


def test_the_address_is_a_url_whatever_its_kind() -> None:
    assert CODE.url == "https://10.20.30.40:8443"
    assert EnrolmentCode("fd00::7", 1, CODE.secret, CODE.fingerprint).url == "https://[fd00::7]:1"


@pytest.mark.parametrize("host", ["", "a host", "x" * 200, "pos\u2028.example"])
def test_what_is_no_address_has_no_code(host: str) -> None:
    with pytest.raises(LinkError, match="link.address"):
        EnrolmentCode(host, 1, CODE.secret, CODE.fingerprint).spelled()
