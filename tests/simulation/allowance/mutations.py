"""Bugs to be planted in the ledger, one at a time: each has to be caught by the simulation."""

from __future__ import annotations

from tests.simulation.core import Mutation

ESCROW = (
    Mutation(
        "hands-out-what-was-not-heard-of",
        "escrow",
        "return now.committed + sum(_unheard(account, acts, now).values())",
        "return now.committed",
    ),
    Mutation("forgets-what-it-handed-out", "escrow", "handed=(*account.handed, share))", "handed=account.handed)"),
    Mutation("counts-only-what-is-used", "escrow", "return now.committed + sum(", "return now.used + sum("),
    Mutation("does-not-wait-for-acts", "escrow", "if said(held, ask.counter, month) < ask.said:", "if False:"),
    Mutation(
        "answers-one-question-twice",
        "escrow",
        "if ask.number <= dict(account.asked).get(ask.counter, 0):",
        "if False:",
        {"doubling": 0.6, "lag": 6.0},
    ),
    Mutation(
        "shares-never-end",
        "escrow",
        "    over = {**_told(acts, What.RETURNED), **_told(acts, What.MISSED)}\n",
        "    over: set[str] = set()\n",
    ),
    Mutation("any-month-will-do", "escrow", "if ask.month != month:", "if False:", {"month_ends": True, "jumps": True}),
    Mutation(
        "the-agency-counts-for-nothing",
        "escrow",
        "return max(now.outside, ask.agency_used - now.told,",
        "return max(now.outside,",
    ),
    Mutation("the-agency-is-counted-twice", "escrow", "ask.agency_used - now.told,", "ask.agency_used,"),
    Mutation(
        "every-counter-has-its-own",
        "escrow",
        "own = next((one for one in _open(account, held) if one.counter == ask.counter), None)",
        "own = None",
    ),
    Mutation(
        "draws-more-than-there-is",
        "escrow",
        "sen = max(0, min(terms.allowance - reserved",
        "sen = max(0, min(2 * terms.allowance - reserved",
    ),
)
BALANCE = (
    Mutation("a-share-given-back-is-held", "balance", "self.sen - (self.returned or 0))", "self.sen)"),
    Mutation(
        "what-is-held-is-free",
        "balance",
        "sum(share.kept - share.granted for share in self.shares)",
        "sum(0 for share in self.shares)",
    ),
    Mutation(
        "grants-are-counted-by-amount",
        "balance",
        "held = {act.id: act for act in acts if",
        "held = {act.deed.sen: act for act in acts if",
    ),
    Mutation("debts-are-forgiven", "balance", "return max(0, self.used - allowance)", "return 0"),
    Mutation(
        "months-run-together",
        "balance",
        "if act.kind == ALLOWANCE and act.deed.month == month}",
        "if act.kind == ALLOWANCE}",
        {"month_ends": True},
    ),
    Mutation(
        "what-the-agency-counts-is-forgotten",
        "balance",
        "outside = max((act.deed.outside for act in of_month), default=0)",
        "outside = 0",
    ),
    Mutation(
        "slices-are-counted-by-crossing",
        "balance",
        "if not crossing or grant.deed.crossing == crossing",
        "if crossing and grant.deed.crossing == crossing",
    ),
    Mutation("the-last-to-come-is-right", "balance", "key=lambda act: (act.at, act.id)))", "key=lambda act: 0))"),
)
COUNTER = (
    Mutation(
        "takes-any-share",
        "spending",
        "answer.reply is Reply.SHARE and answer.share == ask.share and",
        "answer.reply is Reply.SHARE and",
    ),
    Mutation(
        "a-slice-without-end", "spending", "here = place.slice - of.capped(place.counter)\n", "here = place.slice\n"
    ),
    Mutation(
        "says-it-recorded-nothing", "spending", "number, said(held, place.counter, month), agency", "number, 0, agency"
    ),
    Mutation("keeps-nothing-of-nothing", "spending", "if not new and answer.outside <= of.outside:", "if not new:"),
    Mutation(
        "takes-late-answers",
        "booth",
        "            if self._asking.get(resident.key) != ask.number:\n                return\n            month",
        "            month",
        {"lag": 6.0},
    ),
    Mutation(
        "never-says-it-got-nothing",
        "booth",
        '            store.put(HELD, ask.share, held, as_of=at, owner="", partition="")\n',
        "",
    ),
)
WINDOW = (
    Mutation("hears-nothing", "office", "if len(row.acts) < MOST_ACTS and id_", "if len(row.acts) < 0 and id_"),
    Mutation("tells-before-it-keeps", "office", "            if account != row.account:\n", "            if False:\n"),
    Mutation(
        "two-keys-two-persons", "office", "for key, beside in ((one, other), (other, one)):", "for key, beside in ():"
    ),
    Mutation("slices-for-everybody", "slices", "if free >= terms.slice > 0:", "if True:", {"joins": True}),
    Mutation(
        "a-lost-slice-is-cut-anew",
        "slices",
        "if not over or month < over:",
        "if not over:",
        {"joins": True, "lost_booth": True},
    ),
)
MUTATIONS = ESCROW + BALANCE + COUNTER + WINDOW
