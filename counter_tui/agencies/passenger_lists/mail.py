"""A list that came as a mail: the first part of it that may be one, unpacked (MIME: base64, quoted-printable)."""

import re
from typing import Final

MOST_PARTS: Final = 64
_HEADERS: Final = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_ENCODED: Final = re.compile(
    rb"^content-transfer-encoding:\s*(?:base64|quoted-printable)", re.IGNORECASE | re.MULTILINE
)
_ATTACHED: Final = (".edi", ".txt", ".csv", ".xlsx", ".pax")
_HEAD: Final = 1 << 15


def looks_like_mail(raw: bytes) -> bool:
    """Whether it begins with headers of a mail, and something in it is encoded as in mails."""
    return bool(_HEADERS.match(raw[:_HEAD])) and bool(_ENCODED.search(raw))


def find_attached(raw: bytes) -> bytes | None:
    """The list in a mail: an attachment that is named like one, else the text that has one; None where none has."""
    from email import message_from_bytes, policy

    from .edifact import find_header

    if raw.count(b"\n--") > MOST_PARTS:
        return None
    message = message_from_bytes(raw, policy=policy.compat32)
    texts = []
    for part in message.walk():
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or not body.strip():
            continue
        if (part.get_filename() or "").lower().endswith(_ATTACHED) or body.startswith(b"PK\x03\x04"):
            return body
        texts.append(body)
    return next((text for text in texts if find_header(text)), None)
