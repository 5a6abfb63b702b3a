"""How many questions it takes on the shipped policy: fewer than any fixed order that stops as early."""

import random
import statistics

from assistant.reasoning.loading import load_policy
from assistant.reasoning.possibilities import grid
from benchmarks.asking import ARCHITECTS, ORDERS, Settled, draw, interview
from benchmarks.timing import quantile


def test_the_interview_is_ahead_of_every_fixed_order() -> None:
    policy = load_policy()
    found = grid(policy, {})
    settled, architects = Settled(found), draw(policy, found.names, ARCHITECTS)
    counts, _ = interview(policy, found.names, architects)
    dice, axes = random.Random(2), list(range(found.finals.ndim))
    orders = [axes, *(dice.sample(axes, len(axes)) for _ in range(ORDERS))]
    asked = [settled.questions(order, architects).tolist() for order in orders]
    assert statistics.mean(counts) < min(statistics.mean(one) for one in asked)
    assert quantile(counts, 0.95) <= min(quantile(one, 0.95) for one in asked)
