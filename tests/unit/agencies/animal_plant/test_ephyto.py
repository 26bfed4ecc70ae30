from datetime import date

import pytest

from counter_tui.agencies.animal_plant.ephyto import ELEMENTS, read_ephyto
from counter_tui.agencies.animal_plant.quantities import find_quantity

LINE = (
    "<ram:IncludedSPSTradeLineItem><ram:ScientificName>Dendrobium bigibbum</ram:ScientificName>"
    '<ram:NetWeightMeasure unitCode="KGM">1.5</ram:NetWeightMeasure></ram:IncludedSPSTradeLineItem>'
)
WHOLE = f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:SPSCertificate xmlns:rsm="urn:un:unece:uncefact:data:standard:SPSCertificate:17"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:21"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:21">
 <rsm:SPSExchangedDocument><ram:ID>MY-2026-77</ram:ID><ram:TypeCode>851</ram:TypeCode>
  <ram:StatusCode>70</ram:StatusCode>
  <ram:IssueDateTime><udt:DateTimeString>2026-11-10T08:00:00+08:00</udt:DateTimeString></ram:IssueDateTime>
 </rsm:SPSExchangedDocument>
 <rsm:SPSConsignment><ram:ConsigneeSPSParty><ram:Name>Siti Tini</ram:Name></ram:ConsigneeSPSParty>
  <ram:ExportSPSCountry><ram:ID>MY</ram:ID></ram:ExportSPSCountry>
  <ram:IncludedSPSConsignmentItem>{LINE}</ram:IncludedSPSConsignmentItem>
 </rsm:SPSConsignment>
</rsm:SPSCertificate>"""


def test_a_phytosanitary_certificate_is_read() -> None:
    found = read_ephyto(WHOLE)

    assert found is not None
    assert found.key == ("IPPC", "PHYTO", "MY-2026-77")
    assert (found.country, found.issued, found.status) == ("MYS", date(2026, 11, 10), "")
    assert (found.quantity, found.said) == (find_quantity("1.5", "KG"), "1.5 KGM")
    assert (found.species, found.consignee) == ("Dendrobium bigibbum", "Siti Tini")


@pytest.mark.parametrize(
    ("old", "new", "what", "value"),
    [
        (">70<", ">40<", "status", "STATUS 40"),
        ("851", "853", "code", "VHC"),
        (">MY<", ">QZ<", "country", "QZ"),
        ("KGM", "XXX", "quantity", None),
        ("1.5", "1,5", "quantity", None),
        ("2026-11-10T08:00:00+08:00", "", "issued", None),
        ("Siti Tini", "Si&#x202e;ti", "consignee", "Siti"),
    ],
)
def test_what_it_says_is_told(old: str, new: str, what: str, value: object) -> None:
    assert getattr(read_ephyto(WHOLE.replace(old, new)), what) == value


@pytest.mark.parametrize(
    "document",
    [
        "",
        "x",
        WHOLE[:-30],
        WHOLE.replace("851", "380"),
        WHOLE.replace("MY-2026-77", ""),
        WHOLE.replace(LINE, ""),
        WHOLE.replace(LINE, LINE * 2),
        WHOLE.replace("<ram:TypeCode>", "<ram:TypeCode>851</ram:TypeCode><ram:TypeCode>"),
        WHOLE.replace("2026-11-10T", "2026-13-10T"),
        WHOLE.replace("2026-11-10T", "9999-12-31T"),
        WHOLE.replace("<rsm:SPSCertificate", '<!DOCTYPE x [<!ENTITY a "aa">]><rsm:SPSCertificate'),
        WHOLE.replace("Siti", "&a;"),
        WHOLE.replace(LINE, LINE + "<x/>" * ELEMENTS),
        WHOLE.replace(LINE, "<x>" * 50 + "</x>" * 50 + LINE),
        WHOLE.replace("Siti", "\ud800"),
    ],
)
def test_what_cannot_be_read_rightly_is_none(document: str) -> None:
    assert read_ephyto(document) is None
