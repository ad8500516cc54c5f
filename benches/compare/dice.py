"""Drawing at random, always the same."""

from bisect import bisect
from itertools import accumulate
from random import Random


class Deck:
    """Words, of which the first come often and the last seldom: the r-th as often as 1 / (r + flatness)."""

    def __init__(self, cards, flatness=3.0):
        self.cards = cards
        weights = accumulate(1.0 / (rank + flatness) for rank in range(len(cards)))
        self.until = list(weights)

    def draw(self, at):
        return self.cards[bisect(self.until, at * self.until[-1])]


class Dice:
    """Numbers that depend on nothing but the words they are seeded with."""

    def __init__(self, *seed):
        self.random = Random("/".join(map(str, seed))).random

    def below(self, end):
        return int(self.random() * end)

    def between(self, least, most):
        return least + self.below(most - least + 1)

    def one(self, cards):
        return cards[self.below(len(cards))]

    def happens(self, chance):
        return self.random() < chance

    def several(self, count, draw):
        """So many different ones, in the order in which they came."""
        drawn = {}
        while len(drawn) < count:
            drawn[draw()] = None
        return list(drawn)
