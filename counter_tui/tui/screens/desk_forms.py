"""What is asked at the desk of what travellers say."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.statements import Answer, Statement, Topic
from ..paint.cells import spoken
from ..paint.choosing import Choice
from ..widgets.form_drawer import Answers
from ..words import _, clean

TOPICS = tuple(Topic)


def topic_choices(said: Mapping[Topic, tuple[Answer, ...]]) -> list[Choice]:
    """What can be asked about; beside each what was said last."""
    return [
        Choice(number, spoken(f"topic.{topic.value}"), _last(said.get(topic, ())))
        for number, topic in enumerate(TOPICS, start=1)
    ]


def _last(given: tuple[Answer, ...]) -> str:
    if not given:
        return ""
    last = given[-1]
    more = f" +{len(given) - 1}" if len(given) > 1 else ""
    return (_("said to another agency") if last.withheld else clean(last.words)) + more


def statement_of(answers: Answers) -> Statement:
    """What was answered."""
    return Statement(TOPICS[int(answers["topic"]) - 1], answers["words"], answers["value"])
