"""Bugs to be planted in the core, one at a time: each has to be caught by the simulation.

A bug is a piece of a module's source and what it becomes; the test plants it in a fresh copy. `near` is where seeds are
tried first that meet with it.
"""

from __future__ import annotations

from tests.simulation.core import Mutation

COUNTER = (
    Mutation("never-overdue", "counter", "if not flight.overdue and flight.deadline <= now:", "if False:"),
    Mutation(
        "probes-like-idling",
        "counter",
        "return self._pace.probe if self.waiting",
        "return self._pace.idle if self.waiting",
    ),
    Mutation(
        "batches-while-failing",
        "counter",
        "self._next_entries(1 if unsure else self._batch)",
        "self._next_entries(self._batch + 1)",
    ),
    Mutation("drops-none", "counter", "if len(rest) >= self._pace.under_way:", "if False:"),
    Mutation("wakes-never", "counter", "wake.append(self._next_at)", "wake.append(now + 3600)"),
    Mutation("forgets-what-was-appended", "counter", "        self.waiting += 1\n", "        self.waiting += 0\n"),
    Mutation(
        "starts-blind",
        "counter",
        "self.waiting, self._next_at = self._store.summary().waiting, now",
        "self.waiting, self._next_at = 0, now",
    ),
    Mutation(
        "sent-before-it-is",
        "counter",
        ("self._fresh = False\n        sequences"),
        ("self._store.sent(range(1, 999))\n        sequences"),
    ),
    Mutation("up-when-sent", "counter", "return [*dropped, Send(", "return [*dropped, Told('up'), Send("),
    Mutation(
        "keeps-no-answer",
        "counter",
        "taken = self._store.take(reply)",
        "taken = self._store.take(replace(reply, receipt=None))",
    ),
    Mutation(
        "late-answers-do-not-count",
        "counter",
        ("if request_id < self._answered:\n            reply = replace(reply, head=None)"),
        ("if flight is None or flight.overdue:\n            return self._go_on(now)"),
    ),
    Mutation(
        "never-explicit",
        "counter",
        "explicit = bool(entries) and entries[0].sequence <= self._resume.explicit_to",
        "explicit = False",
    ),
    Mutation(
        "never-says-where-it-is", "counter", "at=self._store.head() if unsure or not entries else None,", "at=None,"
    ),
    Mutation("bars-nothing", "counter", "self._barred = left.union(", "self._barred = set().union("),
    Mutation("asks-for-nothing-more", "counter", "if reply.more or ", "if "),
    Mutation(
        "a-store-error-ends-it",
        "counter",
        ("except CacheError as error:\n            return [*self._tell"),
        ("except ZeroDivisionError as error:\n            return [*self._tell"),
    ),
    Mutation(
        "brief-at-random",
        "counter",
        "brief=bool(entries) and not explicit and entries[0].sequence <= known + 1,",
        "brief=True,",
        under={"by_wire": True},
    ),
    Mutation("no-patience", "quality", "3 * (self.round_trip or _ASSUMED_ROUND_TRIP) + 2.0", "0.1"),
    Mutation("patience-without-end", "quality", "return min(_LONGEST, ", "return max(_LONGEST, "),
    Mutation(
        "a-batch-has-no-bounds",
        "counter",
        "return self._store.waiting(limit, most, in_order=old, barred=self._barred)",
        "return self._store.waiting(limit, most, in_order=True, barred=self._barred)[::-1]",
    ),
)
JUDGING = (
    Mutation("stores-twice", "window", 'return "linked" if digest in self._aside else "duplicate"', 'return "linked"'),
    Mutation("no-receipt-again", "window", 'RECEIPTED: Final = STORED | {"duplicate"}', "RECEIPTED: Final = STORED"),
    Mutation(
        "receipt-for-a-gap",
        "window",
        'RECEIPTED: Final = STORED | {"duplicate"}',
        'RECEIPTED: Final = STORED | {"duplicate", "gap"}',
    ),
    Mutation(
        "receipt-for-uncovered",
        "window",
        'RECEIPTED: Final = STORED | {"duplicate"}',
        'RECEIPTED: Final = STORED | {"duplicate", "uncovered"}',
    ),
    Mutation(
        "takes-any-signature",
        "window",
        "self._checked[end] = self._verify(",
        "self._checked[end] = True or self._verify(",
    ),
    Mutation(
        "takes-any-session", "window", ('return "unknown-session"\n        if end'), ("return None\n        if end")
    ),
    Mutation(
        "takes-any-body",
        "window",
        "return None if commit(entry.salt, entry.body) == entry.commitment else",
        "return None if entry.commitment else",
    ),
    Mutation(
        "jumps-over-gaps", "window", "return number == self.head_sequence and previous == self.head_hash", "return True"
    ),
    Mutation(
        "sets-nothing-aside",
        "window",
        'ASIDE: Final = frozenset({"bad-commitment", "bad-signature", "unknown-session", "erased"})',
        "ASIDE: Final = frozenset()",
    ),
    Mutation(
        "a-fork-is-a-duplicate",
        "window",
        ('if self._held.get(sequence) != digest:\n                return "fork"'),
        ('if self._held.get(sequence) != digest:\n                return "duplicate"'),
    ),
    Mutation(
        "blames-the-last-of-a-run",
        "window",
        'return "broken" if self._runs[end] > 1 else "bad-signature"',
        'return "bad-signature"',
    ),
    Mutation(
        "covers-other-histories",
        "window",
        "then = follower.get(digest)",
        "then = index + 1 if index + 1 < len(entries) else None",
    ),
    Mutation(
        "early-twice", "window", 'return "duplicate" if self._early[sequence][0] == digest else "fork"', 'return "gap"'
    ),
    Mutation(
        "early-without-a-signature",
        "window",
        'return "early" if fault is None and rank_of',
        'return "early" if rank_of',
    ),
    Mutation(
        "early-ones-never-linked", "window", ("            return\n        self._link_early()"), "            return"
    ),
    Mutation(
        "early-ones-linked-at-once",
        "window",
        ("            if not self._linked(sequence, previous):\n                return\n"),
        "",
    ),
    Mutation("head-behind-an-aside-is-lost", "window", "            self._held[number] = before\n", ""),
    Mutation("refuses-gaps", "window", 'UNDECIDED: Final = frozenset({"gap", ', "UNDECIDED: Final = frozenset({"),
)
WINDOW = (
    Mutation(
        "answers-before-it-is-stored",
        "window_sync",
        "self._store.save(judgements, known, follows, self._clock())",
        "pass",
    ),
    Mutation("says-never-how-far", "window_sync", "head = self._how_far(request, judgements, known)", "head = None"),
    Mutation(
        "says-nothing-of-what-is-behind",
        "window_sync",
        ("        if sequence < furthest:\n            return furthest, known.early[furthest][0]\n"),
        "",
        under={"booths_restored": True, "loss": 0.4, "rate": 600.0, "round_trip": 0.6, "flapping": False},
    ),
    Mutation(
        "says-nothing-of-another-history",
        "window_sync",
        "return None if sequence == known.head_sequence and known.head_hash.startswith(digest) else head",
        "return None",
        under={"booths_restored": True, "flapping": False},
    ),
    Mutation(
        "a-restored-window-does-not-ask",
        "window_sync",
        "return None if request.entries or any(one.startswith(digest) for one in known.aside) else head",
        "return None",
    ),
    Mutation(
        "never-asks-explicitly",
        "window_sync",
        'explicit=any(one.outcome == "broken" for one in judgements),',
        "explicit=False,",
    ),
    Mutation(
        "cursor-beyond-what-was-sent",
        "window_sync",
        ("                    if items and room < 0:\n                        return tuple(items), reached, True\n"),
        (
            "                    if items and room < 0:\n"
            "                        return tuple(items), [at.position + 1 for _ in reached], True\n"
        ),
    ),
    Mutation(
        "own-entries-come-back",
        "window_sync",
        "return None if at.origin == counter else at.item",
        "return at.item if at.origin else None",
    ),
    Mutation(
        "receipts-for-others-history",
        "window_sync",
        "[(one.entry.sequence, one.digest) for one in judgements if one.receipted]",
        "[(one.entry.sequence, one.digest) for one in judgements]",
    ),
    Mutation(
        "takes-what-is-stored-again",
        "window_sync",
        ("            if one.stored:\n                self._taken"),
        ("            if one.receipted:\n                self._taken"),
    ),
    Mutation(
        "feeds-alerts-only",
        "window_sync",
        "for index, rank in enumerate(ranks):",
        "for index, rank in enumerate(ranks[:1]):",
    ),
)
PACKED = (
    Mutation(
        "drops-every-signature",
        "packing",
        'replace(one, signature=b"") if then is not None and _covers(then, one) else one',
        'replace(one, signature=b"")',
    ),
    Mutation(
        "covers-across-sessions",
        "packing",
        "then.sequence == one.sequence + 1 and then.session == one.session and",
        "then.sequence == one.sequence + 1 and",
    ),
    Mutation("time-not-added-up", "packing", "return stamp(then + number(time, -_MAX_NUMBER))", "return stamp(then)"),
    Mutation("logical-forgotten", "packing", ("if packed is None:\n        return 0\n"), "return 0\n"),
    Mutation(
        "ranges-one-short",
        "envelope",
        "for sequence in range(start, start + 1 + number(",
        "for sequence in range(start, start + number(",
    ),
    Mutation("cursors-mixed-up", "envelope", "else list(cursors)", "else list(reversed(cursors))"),
    Mutation(
        "head-forgotten",
        "envelope",
        'head=_place(given.get("b"), 32),',
        "head=None,",
        under={"by_wire": True, "window_restored": True, "flapping": False},
    ),
)
STORES = (
    Mutation("receives-any-receipt", "memory", 'raise JournalBroken("receipt.bad-signature")', "pass"),
    Mutation(
        "refuses-what-was-not-meant",
        "memory",
        "if digest is not None and digest.startswith(refused.digest):",
        "if digest is not None:",
    ),
    Mutation(
        "old-feed-over-new",
        "memory",
        "if reply.cursors[item.rank] > held[item.rank]",
        "if True",
        under={"doubling": 0.5, "lag": 12.0, "flapping": False},
    ),
    Mutation(
        "cursors-go-back", "memory", "(max(pair) for pair in zip(reply.cursors, held, strict=True))", "reply.cursors"
    ),
    Mutation("never-goes-back", "memory", ("        for number in lost:\n            del settled[number]\n"), ""),
    Mutation(
        "positions-are-used-again",
        "memory",
        "max(now.last_position + 1, self._milliseconds())",
        "now.last_position + 1",
    ),
)
MUTATIONS = COUNTER + JUDGING + WINDOW + PACKED + STORES
