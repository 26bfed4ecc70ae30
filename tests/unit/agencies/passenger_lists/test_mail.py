"""A list that comes as a mail is unpacked; a mail made to be hard to unpack is left alone."""

from email.message import EmailMessage

import pytest

from counter_tui.agencies.passenger_lists.mail import find_attached
from tests.unit.agencies.passenger_lists.lists import SITI, codes, paxlst, read

TABLE = "Nama,Paspor\nSiti,X1\n"


def mail(*attached: tuple[bytes, str], body: str = "See the list.\n") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "bus@example.org", "post@example.org", "list"
    made.set_content(body, cte="quoted-printable")
    for raw, name in attached:
        made.add_attachment(raw, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


@pytest.mark.parametrize(
    ("raw", "surname"),
    [
        (mail((TABLE.encode(), "bus.csv")), "Siti"),
        (mail((b"logo", "logo.png"), (paxlst(*SITI), "list.EDI")), "AMINAH"),
        (mail(body=paxlst(*SITI).decode()), "AMINAH"),
    ],
    ids=["table", "paxlst", "body"],
)
def test_the_list_in_a_mail_is_read(raw: bytes, surname: str) -> None:
    found = read(raw)
    assert [one.surname for one in found.travellers] == [surname]
    assert codes(found)[0] == (1, "", "mail")


def test_a_mail_of_very_many_parts_is_not_unpacked() -> None:
    assert find_attached(b"From: a\nTo: b\nContent-Transfer-Encoding: base64\n\n" + b"\n--x\n" * 100_000) is None
