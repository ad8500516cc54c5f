"""Running text, lists, tables and small programs, made of the words of vocabulary.py."""

import vocabulary as words
from dice import Deck

DECKS = {
    "who": Deck(words.WHO), "job": Deck(words.JOB, 8.0), "way": Deck(words.WAY), "how": Deck(words.HOW),
    "fruit": Deck(words.FRUIT), "pain": Deck(words.PAIN), "trade": Deck(words.TRADE), "room": Deck(words.ROOM),
    "service": Deck(words.SERVICE), "role": Deck(words.ROLE), "season": Deck(words.SEASONS, 6.0),
}
SENTENCES = Deck(words.SENTENCES, 20.0)


def brand(dice):
    return dice.one(words.BRAND_FIRST) + dice.one(words.BRAND_SECOND)


class Words(dict):
    """Fills the braces of a sentence: `sentence.format_map(Words(…))`. What is not given is drawn anew each time."""

    def __init__(self, dice, parks, about):
        """`about` has the title of the park and the brand that are spoken of, mostly."""
        super().__init__()
        self.dice, self.parks, self.about = dice, parks, about
        self.last = {}

    def __missing__(self, name):
        deck = DECKS.get(name)
        if deck is None:
            return getattr(self, name)()
        word = deck.draw(self.dice.random())
        while word == self.last.get(name):
            word = deck.draw(self.dice.random())
        self.last[name] = word
        return word

    def park(self):
        return self.about["park"] if self.dice.happens(0.7) else self.dice.one(self.parks).title

    def brand(self):
        return self.about["brand"] if self.dice.happens(0.75) else brand(self.dice)

    def firm(self):
        one = self.dice.one
        return one(words.FIRM_FIRST) + one(words.FIRM_SECOND) + one(words.FIRM_TRADES) + one(words.FIRM_FORMS)

    def person(self):
        return self.dice.one(words.SURNAMES) + "某"

    def few(self):
        return self.dice.between(2, 9)

    def many(self):
        return int(11 / (1.02 - self.dice.random()))

    def share(self):
        return f"{self.dice.between(40, 985) / 10}%"

    def year(self):
        return self.dice.between(2017, 2025)

    def sentence(self):
        return SENTENCES.draw(self.dice.random()).format_map(self)

    def paragraph(self, length):
        """Sentences of about so many characters in all; one of sixteen begins in bold."""
        text, before = "", None
        while len(text) < length:
            pattern = SENTENCES.draw(self.dice.random())
            if pattern is before:
                continue
            before = pattern
            sentence = pattern.format_map(self)
            begin, comma, rest = sentence.partition("，")
            if comma and self.dice.happens(1 / 16) and not set(begin) & set("“”："):
                sentence = f"**{begin}**，{rest}"
            text += sentence
        return text


def listed(filling, count, mark):
    items = []
    for _ in range(count):
        begin = f"**{filling['job']}**：" if filling.dice.happens(0.5) else ""
        items.append(f"{mark} {begin}{filling.sentence()}")
    return "\n".join(items)


def figures(dice, filling):
    rows = []
    for _ in range(dice.between(3, 6)):
        before = dice.between(3, 300)
        job, unit, now = filling["job"], dice.one("件家次人场项"), int(before * (1.1 + dice.random())) + 1
        rows.append(f"| {job} | {unit} | {before} | {now} |")
    return "\n".join(["| 事项 | 单位 | 以前 | 现在 |", "|---|:-:|--:|--:|", *rows])


def program(title, dice, filling):
    language = dice.one(sorted(words.PROGRAMS))
    filling["title"] = title
    text = words.PROGRAMS[language].format_map(filling)
    return f"```{language}\n{text}\n```"
