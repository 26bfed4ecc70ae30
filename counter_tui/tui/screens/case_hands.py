"""What changes hands at a case: evidence and documents, signed by both; and what is held, and released by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.cases.deeds import HandedOver, Holder, HoldPlaced, HoldReleased, HoldReviewed, Link, Said, TaskDone
from ..paint.cases import holder_words, link_words, task_words
from ..widgets.form_drawer import Answers, Question
from ..words import N_, _, clean
from . import case_forms as forms
from .case_asking import USUAL_REVIEW, CaseAsking, minutes_of

if TYPE_CHECKING:
    from ...domain.cases.case import Case, Task
    from ...domain.cases.rules import HoldLaw
    from ...domain.posts import Officer
    from ...domain.two_persons import Matter


class CaseHands(CaseAsking):
    """Custody and holds."""

    # -- custody ------------------------------------------------------------------------------------------------------

    def do_case_custody(self) -> None:
        """Hand an item over: the row that is marked, another one, or something new."""
        items = _things(self.case)
        me, others = self._me(), self._others()
        people = (*self._people(), me.name)

        def made(answers: Answers) -> HandedOver:
            giver, taker = (self._holder(answers, name, people, others) for name in ("giver", "taker"))
            return HandedOver(self._link(answers, items), giver, taker)

        def sentence(said: Said, second: Officer) -> str:
            assert isinstance(said, HandedOver)
            names = {one.id: one.name for one in (me, *others)}
            told = _("{second} signs with {first}: {item} goes from {giver} to {taker}.")
            return told.format(
                second=clean(second.name),
                first=clean(me.name),
                item=link_words(said.item),
                giver=holder_words(said.giver, names),
                taker=holder_words(said.taker, names),
            )

        questions = (
            *forms.link(items, lambda: _("which item? number, words or arrows"), other=True),
            *forms.person("giver", lambda: _("who gives it? number, name or arrows"), people, others),
            *forms.person("taker", lambda: _("who takes it? number, name or arrows"), people, others),
        )
        self.ask(lambda: _("HAND OVER"), questions, made, N_("handed over, entry {n}"), sentence)

    def _link(self, answers: Answers, items: tuple[Link, ...]) -> Link:
        at = forms.chosen(answers, "link") if items else 0
        if at < len(items):
            return items[at]
        kind = forms.THINGS[forms.chosen(answers, "kind")]
        return Link(kind, self.new_id(), answers["label"])

    # -- holds --------------------------------------------------------------------------------------------------------

    def do_case_hold(self) -> None:
        """Record a hold with its law, custodian, place, releaser and review time."""
        me, others = self._me(), self._others()
        own = tuple(agency for agency in forms.AGENCIES if agency in me.acts_for)
        links, people = self.case.links, (me.name,)

        def made(answers: Answers) -> HoldPlaced:
            may, at = releasers(answers), forms.chosen(answers, "releaser")
            known, of = laws(answers), forms.chosen(answers, "law")
            law = known[of] if of < len(known) else None
            custodian = self._holder(answers, "custodian", people, others)
            return HoldPlaced(
                self.new_id(),
                links[forms.chosen(answers, "link")],
                own[forms.chosen(answers, "agency")],
                law.legal_basis if law is not None else answers["basis"],
                Holder(custodian.agency, custodian.officer, custodian.name, answers["place-words"]),
                may[at].id if at < len(may) else "",
                minutes_of(answers, law.review_minutes if law is not None else USUAL_REVIEW),
                law.doubt if law is not None else "",
            )

        def laws(answers: Answers) -> tuple[HoldLaw, ...]:
            return self.rules.holds_of(own[forms.chosen(answers, "agency")])

        def releasers(answers: Answers) -> tuple[Officer, ...]:
            return self.counter.desk.cases.releasers(own[forms.chosen(answers, "agency")])

        questions = (
            *forms.link(links, lambda: _("who or what is held? number, words or arrows")),
            forms.agency(own),
            *forms.law(laws),
            *forms.person("custodian", lambda: _("in whose custody? number, name or arrows"), people, others),
            forms.words("place-words", lambda: _("in which room or place?")),
            Question(
                "releaser",
                lambda: _("who can release it? number, name or arrows"),
                lambda answers: forms.releaser_choices(releasers(answers)),
            ),
            forms.minutes(lambda: _("reviewed after how many minutes? Enter: as usual under this law")),
        )
        self.ask(lambda: _("HOLD"), questions, made, N_("held, entry {n}: it is reviewed, and never ends by itself"))

    def ask_review(self, id_: str) -> None:
        """It was looked at, and stands; who can release it is said anew."""
        hold = next(hold for hold in self.case.holds if hold.id == id_)
        releasers = self.counter.desk.cases.releasers(hold.agency)

        def made(answers: Answers) -> HoldReviewed:
            at = forms.chosen(answers, "releaser")
            who = releasers[at].id if at < len(releasers) else ""
            return HoldReviewed(id_, hold.agency, minutes_of(answers, USUAL_REVIEW), who, answers["note"])

        asked = forms.minutes(lambda: _("reviewed after how many minutes? Enter: {n}").format(n=USUAL_REVIEW))
        questions = (forms.releaser(releasers), asked, forms.note(empty=True))
        self.ask(lambda: _("REVIEW: it stands"), questions, made, N_("reviewed, entry {n}: the hold stands"))

    def ask_done(self, task: Task, matter: Matter | None) -> None:
        """A task is done: what was found; of what is on the list of four eyes, two sign it."""

        def made(answers: Answers) -> TaskDone:
            return TaskDone(task.id, answers["note"], matter, task.agency if matter is not None else None)

        why = self.counter.desk.cases.why_not_first(made({"note": ""}))
        if why:
            self.counter.tell(why, "attention")
            return

        def sentence(_said: Said, second: Officer) -> str:
            told = _("{second} signs with {first}: {what} is done.")
            return told.format(second=clean(second.name), first=clean(self._me().name), what=task_words(task))

        self.ask(lambda: _("DONE"), (forms.note(empty=matter is None),), made, N_("done, entry {n}"), sentence)

    def do_case_release(self) -> None:
        """Release the hold that is marked: two sign, one of them its agency's supervisor."""
        id_ = self.marked("hold")
        if id_ is None:
            return
        hold = next(hold for hold in self.case.holds if hold.id == id_)
        why = self.counter.desk.cases.why_not_first(HoldReleased(id_, hold.agency, ""))
        if why:
            self.counter.tell(why, "attention")
            return

        def sentence(_said: Said, second: Officer) -> str:
            told = _("{second} signs with {first}: the hold on {what} ends.")
            return told.format(second=clean(second.name), first=clean(self._me().name), what=link_words(hold.link))

        self.ask(
            lambda: _("RELEASE"),
            (forms.note(),),
            lambda answers: HoldReleased(id_, hold.agency, answers["note"]),
            N_("released, entry {n}"),
            sentence,
        )


def _things(case: Case) -> tuple[Link, ...]:
    """What can change hands: what was in custody, then the things that the case is about."""
    known = [one.item for one in case.custody]
    ids = {(one.kind, one.id) for one in known}
    return (*known, *(link for link in case.links if link.kind in forms.THINGS and (link.kind, link.id) not in ids))
