"""How one person's name comes to stand in two ways: spelling families, old orthography, order, initials, errors."""

import random
from collections.abc import Callable

_FAMILIES = """
MUHAMMAD MOHAMMED MOHAMAD MOHD MOHAMMAD MUHAMAD MOCHAMAD MOH MUHAMMED MOHAMED
AHMAD AHMED ACHMAD AKHMAD AMAD
ABDUL ABD ABDEL ABDOEL
ABDULLAH ABDALLAH ABDOELLAH ABDULAH
YUSUF YUSOF YOUSEF JUSUF YOUSSEF YUSUP JOESOEF
HUSSEIN HUSSAIN HUSEIN HUSAIN HOSSEIN HUSEN HOESIN
HASSAN HASAN HASSANE
OSMAN OTHMAN USMAN UTHMAN OSMANE
OMAR UMAR OEMAR
KHALED KHALID CHALID
IBRAHIM EBRAHIM IBRAHEEM BRAHIM
ISMAIL ISMAEL ISMAEEL SMAIL
SALEH SALIH SOLEH SHOLEH SALLEH
MUSTAFA MOSTAFA MUSTOFA MUSTAPHA MOESTAFA
SAID SAEED SAYID SAIED
RASHID RASYID ROSYID RACHID
ZAINAL ZAENAL ZAINUL DZAINAL
JAMALUDDIN JAMALUDIN DJAMALUDIN JAMALUDEEN
SYED SAYYID SAYED SYEKH
SITI SITTI ST SITY
NUR NOR NOER NOOR
FATIMAH FATIMA FATMAH FATHIMA
AISYAH AISHAH AISHA AYESHA AISYA
KHADIJAH KHATIJAH KHADIJA CHODIJAH
ZAINAB ZAYNAB ZEINAB JAINAB
SRI SRIE SRIH
BINTI BINTE BT BTE
BIN BEN IBN B
TAN CHEN CHAN TIN TJIN
LIM LIN LAM LIEM
WONG HUANG WANG ONG OEI
NG WU UNG HUANG
LAU LIU LIEW LAW LOW
CHONG ZHANG TEO TEOH CHEONG
TEO ZHANG CHANG TIO
GOH WU NG GO
YONG YANG YEUNG YEO
LEE LI LIE
KHO XU HSU KOH
BONG HUANG WANG
CHAI CAI TSAI CHUA TJOA
XU HSU HSUI
ZHOU CHOU CHEW CHIU CHOW
ZHAO CHAO CHEW TEO
XIE HSIEH CHIA TSE
HE HO HOR
GUO KUO KOH KWOK QUEK
WEI WAI WUI
MING MENG BENG MIN
MEI MUI BEE MOI
HUI FUI HWEE WAI
CHING QING CHENG TSING
HUA HWA FAH
SUBRAMANIAM SUBRAMANIAN SUBRAMANYAM SUPRAMANIAM
KRISHNAN KRISHNAAN KIRISHNAN
RAJENDRAN RAJENDREN RAJINDRAN
MURUGAN MURUKAN MURUGEN
LAKSHMI LETCHUMI LAXMI LETCHMY
SHARMA SARMA
SINGH SING
CHAUDHURY CHOWDHURY CHOUDHARY CHOWDHRY CHAUDHARI
KRISHNA KRISNA KRISHNAH
SARASWATHY SARASWATI SARASVATHI
A/L AL S/O
A/P AP D/O
ALEXANDER ALEKSANDR OLEKSANDR ALEKSANDER ALEXANDRE ALEJANDRO
ALEKSANDR ALEXANDER ALEXANDR OLEKSANDR
SERGEI SERGEY SERGUEI SERHIY
DMITRI DMITRY DMITRIY DMYTRO
ALEXEI ALEKSEI ALEKSEY ALEXEY
ANDREI ANDREY ANDRIY
YURI YURY JURI YURIY IOURI
YEVGENY EVGENY EVGENII YEVGENIY EVGUENI
MIKHAIL MIKHAYLO MICHAIL MIHAIL
NIKOLAI NIKOLAY MYKOLA NIKOLAJ
MICHAEL MICHEL MIKAEL
JOHN JON JOHANNES
STEPHEN STEVEN STEFAN
CATHERINE KATHERINE KATHARINE KATARINA
PHILIP PHILLIP PHILIPPE
"""
FAMILIES: dict[str, tuple[str, ...]] = {}
for _line in _FAMILIES.split("\n"):
    for _word in _line.split():
        FAMILIES[_word] = tuple(other for other in [*_line.split(), *FAMILIES.get(_word, ())] if other != _word)

_RULES = {
    "indonesian": "U>OE J>DJ Y>J C>TJ SY>SJ KH>CH F>P V>F Z>J DH>D AE>AI UDIN>UDDIN IYA>IA OE>U DJ>J TJ>C PH>F H>",
    "malay": "SH>SY UDDIN>UDIN Z>J AA>A OO>U U>OO F>P KH>K TH>S H>  Y>I DZ>Z IN>EEN EE>I MOHD>MOHAMAD SY>SH",
    "chinese": "ZH>CH X>HS Q>CH Z>TS C>TS B>P D>T G>K -> CHOO>CHU EE>I OO>U IEW>IU ENG>ING KH>K SH>S IONG>EONG OW>AU",
    "arabic": "AL->EL- AL->AL_ OU>U EE>I Q>K DH>D I>EE U>OU SS>S J>DJ KH>CH AA>A Y>I TH>T OO>U Z>DH AL-> U>O GH>G H>",
    "indian": "SH>S TH>T EE>I OO>U V>W KSH>X DH>D AA>A BH>B J>Z I>EE U>OO W>V AIAH>AYYA Y>I PH>F T>TH",
    "european": "-> KH>H YE>E Y>I ZH>J TS>C YU>IU OV>OFF EV>EFF K>C C>K PH>F TH>T Z>S V>W EI>AY I>Y CK>K SCH>SH SS>S",
}
RULES = {
    people: tuple((old, new.replace("_", " ") or (" " if old == "-" else "")) for old, new in pairs)
    for people, pairs in ((name, [rule.split(">") for rule in text.split()]) for name, text in _RULES.items())
}
_LINKS = frozenset(
    {"BIN", "BINTI", "BT", "B", "ANAK", "AK", "A/L", "A/P", "S/O", "D/O", "VAN", "DER", "DEN", "DE", "DA"}
)
_NEIGHBOURS = {
    key: rows[at - 1 : at] + rows[at + 1 : at + 2]
    for rows in ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
    for at, key in enumerate(rows)
}

Way = Callable[[random.Random, str, str], str]
"""From chance, a name and its people to the name in another way; the same name where the way leads nowhere."""


def respelled(chance: random.Random, name: str, people: str) -> str:
    """Another spelling of one word of the name, or another orthography of the whole."""
    known = [word for word in name.split() if word in FAMILIES]
    if known and chance.random() < 0.6:
        word = known[int(chance.random() * len(known))]
        others = FAMILIES[word]
        other = others[int(chance.random() * len(others))]
        return " ".join(other if part == word else part for part in name.split())
    rules = RULES[people]
    at = int(chance.random() * len(rules))
    for old, new in rules[at:] + rules[:at]:
        if old in name:
            return " ".join(name.replace(old, new, 1 if chance.random() < 0.5 else 9).split())
    return name


def reordered(chance: random.Random, name: str, _people: str) -> str:
    """Its last word first, or its first word last."""
    words = name.split()
    if len(words) < 2 or not _LINKS.isdisjoint(words):
        return name
    return " ".join([words[-1], *words[:-1]] if chance.random() < 0.7 else [*words[1:], words[0]])


def shortened(chance: random.Random, name: str, _people: str) -> str:
    """Without one of its words, or without what links them."""
    words = name.split()
    links = [at for at, word in enumerate(words) if word in _LINKS]
    if links:
        del words[links[0]]
    elif len(words) > 2:
        del words[1 if chance.random() < 0.7 else int(chance.random() * len(words))]
    return " ".join(words)


def initialled(chance: random.Random, name: str, people: str) -> str:
    """With one of its words as an initial, as nobody does with a Chinese name."""
    words = name.split() if people != "chinese" else [name]
    at = int(chance.random() * (len(words) - 1))
    if len(words) > 1 and words[at] not in _LINKS:
        words[at] = words[at][0]
    return " ".join(words)


def joined(chance: random.Random, name: str, _people: str) -> str:
    """With two of its words in one, or with a hyphen."""
    words = name.split()
    if len(words) > 2 and _LINKS.isdisjoint(words):
        words[1:3] = [words[1] + ("-" if chance.random() < 0.3 else "") + words[2]]
    return " ".join(words)


def mistyped(chance: random.Random, name: str, _people: str) -> str:
    """With one letter wrong, lost, doubled, or changed with the next."""
    at, way = int(chance.random() * len(name)), chance.random()
    letter = name[at]
    if letter not in _NEIGHBOURS or not name[max(0, at - 1) : at + 2].isalpha() or len(name) < 4:
        return name
    if way < 0.35:
        near = _NEIGHBOURS[letter]
        return name[:at] + near[int(chance.random() * len(near))] + name[at + 1 :]
    if way < 0.6:
        return name[:at] + name[at + 1 :]
    if way < 0.75:
        return name[:at] + letter + name[at:]
    return name[:at] + name[at + 1 : at + 2] + letter + name[at + 2 :] if name[at + 1 : at + 2].isalpha() else name


def same(_chance: random.Random, name: str, _people: str) -> str:
    """As it is."""
    return name
