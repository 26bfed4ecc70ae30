"""What a name match is worth once birth date, nationality, document number and the crowd of namesakes are heard.

After Fellegi and Sunter: agreement counts as far as a stranger would not have agreed as well. `crowd` persons bear the
name; where enough of them would fit by chance, the hit is no longer worth showing, only worth counting.
"""

import math
from typing import Final

from counter_tui.domain.texts import Text, text

from .births import Agreement, compare_births
from .likeness import How
from .matching import NameMatch
from .model import Listed, Sought
from .numbers import numbers_agree

_WHY_TOKEN: Final = {
    How.EXACT: "screening.why.token-exact",
    How.SPELLING: "screening.why.token-spelling",
    How.TYPING: "screening.why.token-typing",
    How.INITIAL: "screening.why.token-initial",
    How.PREFIX: "screening.why.token-prefix",
}
_WHY_BIRTH: Final = {
    Agreement.EXACT: "screening.why.birth-exact",
    Agreement.SWAPPED: "screening.why.birth-swapped",
    Agreement.DIGIT: "screening.why.birth-digit",
    Agreement.MONTH: "screening.why.birth-month",
    Agreement.YEAR: "screening.why.birth-year",
    Agreement.NEAR: "screening.why.birth-near",
    Agreement.CONFLICT: "screening.why.birth-conflict",
}
_STRANGER: Final = {
    Agreement.EXACT: 1 / 20_000,
    Agreement.SWAPPED: 1 / 100,
    Agreement.DIGIT: 1 / 20,
    Agreement.MONTH: 1 / 500,
    Agreement.YEAR: 1 / 40,
    Agreement.NEAR: 1 / 2,
}
"""How likely a stranger's birth date agrees so, for each time that the person's own does, as wrong as lists are."""
_GAIN: Final = {
    Agreement.EXACT: 0.4,
    Agreement.SWAPPED: 0.15,
    Agreement.DIGIT: 0.05,
    Agreement.MONTH: 0.1,
    Agreement.YEAR: 0.05,
    Agreement.NEAR: 0.0,
}
"""How much of what the name left open such an agreement closes."""
_SAME_NUMBER, _ALIKE_NUMBER = 0.99, 0.9
"""The least score of who bears the number of a listed document, or one that is misread as it."""
_CONFLICT: Final = 0.6
"""What is left of the score where no birth date agrees."""
_WEAK: Final = 0.9
"""What is left where it was a weak alias, mostly a nickname that many have, that matched."""
_SAME_NATION, _OTHER_NATION = 0.6, 5.0
"""Likewise as `_STRANGER`, for nationality: weak, for namesakes are mostly of one nation."""
_ALONE: Final = 0.1
"""So many strangers as good as this one take nothing from the score, in a list that is not long."""
_NOT_LONG, _GROWTH = 20_000, 0.45
"""Names in such a list; the more there are, the fewer strangers each may bring, or a long list would stop everybody."""
_DECADE: Final = 0.2
"""What each ten times as many take from it."""
_ASKED_BY_NAME: Final = 25.0
"""How many namesakes take nothing where the question has no birth date: it is for who asks to tell them apart."""


def why_named(match: NameMatch) -> tuple[Text, ...]:
    """Why two names match, in words: which token is which and how, then what only one side has."""
    why = [
        text("screening.why.token-exact", token=listed)
        if how is How.EXACT
        else text(_WHY_TOKEN[how], query=query, listed=listed)
        for query, listed, how in match.pairs
    ]
    if match.query_only:
        why.append(text("screening.why.query-only", tokens=" ".join(match.query_only)))
    if match.listed_only:
        why.append(text("screening.why.listed-only", tokens=" ".join(match.listed_only)))
    return tuple(why)


def weigh(
    name_score: float, sought: Sought, listed: Listed, *, crowd: int, weak: bool = False, names: int = 0
) -> tuple[float, tuple[Text, ...]]:
    """The score of a candidate, 0 to 1, and why: what its birth date, nationality and number say, and its namesakes.

    `crowd` is how many listed persons match at least as well by name, this one included. `weak`: the name that matched
    is one that the list itself calls weak. `names`: how many names the list has.
    """
    if sought.document_number and listed.documents:
        found = numbers_agree(sought.document_number, listed.documents)
        if found is not None:
            number, exact = found
            code = "screening.why.number-same" if exact else "screening.why.number-alike"
            return max(name_score, _SAME_NUMBER if exact else _ALIKE_NUMBER), (text(code, number=number),)
    score, strangers = name_score, float(crowd)
    why: list[Text] = []
    if weak:
        score *= _WEAK
        why.append(text("screening.why.weak-alias"))
    dated = sought.birth is not None and sought.birth.year is not None
    if sought.birth is not None and dated:
        agreement, nearest = compare_births(sought.birth, listed.births)
        if nearest is None:
            why.append(text("screening.why.birth-unknown"))
        else:
            why.append(text(_WHY_BIRTH[agreement], listed=nearest.iso()))
            if agreement is Agreement.CONFLICT:
                score *= _CONFLICT
            else:
                score += (1 - score) * _GAIN[agreement]
                strangers *= _STRANGER[agreement]
    if sought.nationality and listed.nationalities:
        same = sought.nationality in listed.nationalities
        code = "screening.why.nationality-same" if same else "screening.why.nationality-other"
        why.append(text(code, listed=", ".join(listed.nationalities[:3])))
        strangers *= _SAME_NATION if same else _OTHER_NATION
    enough = _ALONE / max(1.0, names / _NOT_LONG) ** _GROWTH if dated else _ASKED_BY_NAME
    if strangers > enough:
        score -= _DECADE * math.log10(strangers / enough)
        if crowd > 1:
            why.append(text("screening.why.crowd", count=crowd))
    return max(0.0, score), tuple(why)
