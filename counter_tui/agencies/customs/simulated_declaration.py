"""The declarations of the demo's travellers, as the training system gives them: in its answer, or as a file."""

import json
from datetime import date, timedelta
from typing import Any

from ..people import DemoDeclaration, DemoGoods, DemoPeople, DemoPerson
from .declaration import Pemberitahuan

STATES = {"filed": "DITERIMA", "late": "TERLAMBAT", "missing": "BELUM_ADA"}
KINDS = {
    "personal": "PRIBADI",
    "merchandise": "DAGANGAN",
    "excise": "CUKAI",
    "restricted": "LARTAS",
    "unheard-of": "JENIS_88",
}
EXCISE = {"cigarettes": "SIGARET", "cigars": "CERUTU", "tobacco": "TEMBAKAU", "alcohol": "MMEA"}
CHANNELS = {"green": "HIJAU", "red": "MERAH"}


class Declarations:
    """Whose declaration is where; a member of a family is on the declarant's."""

    def __init__(self, people: DemoPeople, today: date) -> None:
        self._today = today
        self._persons = {person.id: person for person in people.persons}
        self._declarant = {
            one: person
            for person in people.persons
            if person.customs.declaration is not None
            for one in (person.id, *person.customs.declaration.family)
        }

    def part(self, person: DemoPerson) -> dict[str, Any]:
        """What the answer about a traveller holds of it: all, the number of its file, or nothing."""
        declarant = self._declarant.get(person.id)
        declaration = declarant.customs.declaration if declarant is not None else None
        if declarant is None or declaration is None:
            return {}
        if declaration.state == "missing":
            return {"pemberitahuan": {"status": STATES["missing"]}}
        if declaration.file is not None:
            return {"nomorBerkas": self._number(declarant)}
        return {"pemberitahuan": self._form(declarant, declaration)}

    def file(self, number: str) -> Any:
        """The declaration of this number as a file: bytes of JSON or XML; KeyError where there is none."""
        for declarant in {one.id: one for one in self._declarant.values()}.values():
            declaration = declarant.customs.declaration
            if declaration is not None and self._number(declarant) == number:
                return self._written(declarant, declaration)
        raise KeyError(number)

    def _written(self, declarant: DemoPerson, declaration: DemoDeclaration) -> bytes:
        raw = json.dumps(self._form(declarant, declaration)).encode()
        if declaration.file == "json":
            return raw
        from .declaration_xml import write_xml  # few come so

        written = write_xml(Pemberitahuan.model_validate_json(raw))
        return written if declaration.file == "xml" else written[: len(written) // 2]

    def _number(self, person: DemoPerson) -> str:
        return f"CD/{self._today:%y%m%d}/{list(self._persons).index(person.id):04}"

    def _form(self, person: DemoPerson, declaration: DemoDeclaration) -> dict[str, Any]:
        family = [self._persons[one] for one in declaration.family]
        form: dict[str, Any] = {
            "status": STATES[declaration.state],
            "nomor": self._number(person),
            "tanggal": self._day(declaration.filed),
            "nama": _name(person),
            "tanggalLahir": person.birth(self._today).isoformat(),
            "pekerjaan": declaration.occupation,
            "kewarganegaraan": person.nationality or person.state,
            "nomorPaspor": person.number,
            "alamat": declaration.address,
            "saranaPengangkut": declaration.carrier,
            "tanggalKedatangan": self._day(declaration.arrival),
            "anggotaKeluarga": [self._member(one) for one in family],
            "koliBawaan": declaration.packages,
            "koliTakBersama": declaration.unaccompanied,
            "jawaban": {one: one in declaration.yes for one in "abcdef" if one not in declaration.blank},
            "barang": [_goods(one) for one in declaration.goods],
        }
        if declaration.channel is not None:
            form["jalur"] = CHANNELS[declaration.channel]
        return form

    def _member(self, person: DemoPerson) -> dict[str, Any]:
        birth = person.birth(self._today).isoformat()
        relation = "ANAK" if person.guardian else "LAINNYA"
        return {"nama": _name(person), "tanggalLahir": birth, "nomorPaspor": person.number, "hubungan": relation}

    def _day(self, offset: int) -> str:
        return (self._today + timedelta(days=offset)).isoformat()


def _name(person: DemoPerson) -> str:
    return f"{person.given} {person.surname}".strip()


def _goods(goods: DemoGoods) -> dict[str, Any]:
    line = {
        "uraian": goods.description,
        "jumlah": goods.quantity,
        "satuan": goods.unit,
        "nilai": f"{goods.value}.00",
        "valuta": goods.currency,
        "jenis": KINDS[goods.kind],
    }
    return line | {"jenisCukai": EXCISE[goods.excise]} if goods.excise else line
