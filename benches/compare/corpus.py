"""A made-up portal of any size, for measuring: half case reports, a quarter points, a quarter bulletins.

    python3 benches/compare/corpus.py FOLDER --entries 10000 [--seed 1] [--forms hongtu hugo zola]

writes FOLDER/hongtu/content, FOLDER/hugo/content, FOLDER/zola/content, with the same entries in each, and
FOLDER/expected.json, which says what pages have to come of them. The same seed and number of entries give
the same files everywhere: only `Random.random` is drawn from, whose numbers Python promises to keep.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

sys.dont_write_bytecode = True

import forms  # noqa: E402
import vocabulary as words  # noqa: E402
from dice import Deck, Dice  # noqa: E402
from prose import Words, brand, figures, listed, program  # noqa: E402

COLUMNS = tuple(forms.COLUMN_TITLES)
# All days are past, so that no tool holds an entry back.
FIRST_DAY = date(2019, 1, 2)
DAYS = 2450
TAGS = Deck([s + e for e in words.TAG_ENDINGS for s in words.TAG_SUBJECTS][:-1])


@dataclass(frozen=True)
class Park:
    slug: str
    title: str
    province: str
    town: str
    district: str
    code: str
    longitude: float
    latitude: float

    @property
    def alliance(self):
        return self.title + "党建联盟"

    @property
    def alliance_slug(self):
        return self.slug.replace("park", "alliance")


@dataclass(frozen=True)
class Head:
    """What stands at the head of an entry."""

    column: str
    slug: str
    title: str
    day: date
    park: Park
    tags: list
    summary: str
    brand: str
    facts: dict


def parks(seed):
    """Two in each town, some kilometres apart."""
    made = []
    for number, name in enumerate(words.PARK_NAMES):
        dice = Dice(seed, "park", number)
        province, town, district, code, longitude, latitude = words.TOWNS[number % len(words.TOWNS)]
        side = 0.03 if number < len(words.TOWNS) else -0.03
        made.append(Park(
            f"park-{number + 1:02}", name + dice.one(words.PARK_MAKES), province, town, district, code,
            round(longitude + side, 4), round(latitude + side * dice.random(), 4)))
    return made


class Corpus:
    """All entries, made one by one when asked for."""

    def __init__(self, entries, seed):
        self.seed = seed
        self.count = {"cases": entries // 2, "points": entries // 4}
        self.count["bulletins"] = entries - sum(self.count.values())
        self.parks = parks(seed)
        self.park_deck = Deck(self.parks, 6.0)
        self.issues = self._issues()

    def _issues(self):
        """Whose each bulletin is, its number and its day: numbers run on, later ones have later days."""
        owners = [self.park_deck.draw(Dice(self.seed, "issue", n).random()) for n in range(self.count["bulletins"])]
        total, so_far, issues = Counter(park.slug for park in owners), Counter(), []
        for number, park in enumerate(owners):
            at = so_far[park.slug] + Dice(self.seed, "issue's day", number).random()
            so_far[park.slug] += 1
            day = FIRST_DAY + timedelta(days=int(DAYS * at / total[park.slug]))
            issues.append((park, so_far[park.slug], day))
        return issues

    def head(self, column, number):
        dice = Dice(self.seed, column, number, "head")
        if column == "bulletins":
            park, issue, day = self.issues[number]
        else:
            park, issue, day = self.park_deck.draw(dice.random()), 0, FIRST_DAY + timedelta(days=dice.below(DAYS))
        about = {"park": park.title, "brand": brand(dice)}
        filling = Words(dice, self.parks, about)
        title, summary, facts = getattr(self, "_" + column)(filling, park, issue)
        tags = dice.several(dice.one((2, 3, 3, 4)), lambda: TAGS.draw(dice.random()))
        slug = f"{column[:-1]}-{number + 1:06}"
        return Head(column, slug, title, day, park, tags, summary, about["brand"], facts)

    @staticmethod
    def _cases(filling, park, _issue):
        filling |= filling.about
        pattern = filling.dice.one((
            "“{brand}”：{park}的{job}", "{firm}怎样做{job}", "{pain}，{park}怎么办", "从“{pain}”到“{fruit}”",
            "用{way}做{job}", "“{brand}”的{few}年",
        ))
        summary = "{park}的{who}{how}做{job}，用的是{way}，{fruit}。".format_map(filling)
        return pattern.format_map(filling), summary, {"org": park.title + "党工委"}

    @staticmethod
    def _points(filling, park, _issue):
        dice = filling.dice
        street, house = dice.one(words.STREETS), dice.between(1, 980)
        owner = dice.one((park.title, park.title, filling.firm()))
        title = f"{owner}{street}{house}号“{filling.about['brand']}”{filling['room']}"
        position = (round(park.longitude + dice.random() * 0.05 - 0.025, 6),
                    round(park.latitude + dice.random() * 0.04 - 0.02, 6))
        services = dice.several(dice.between(4, 8), lambda: filling["service"])
        facts = {
            "address": f"{park.province}{park.town}{park.district}{street}{house}号", "position": position,
            "crs": dice.one(("wgs84", "gcj02", "gcj02")), "area": dice.between(6, 480) * 10, "services": services,
            "category": dice.one(words.CATEGORIES), "tier": dice.one(("园区", "楼宇", "企业")),
        }
        return title, f"{street}{house}号，{facts['area']}平方米，可以办{'、'.join(services[:3])}。", facts

    @staticmethod
    def _bulletins(filling, park, issue):
        members = [park.title] + filling.dice.several(filling.dice.between(4, 9), filling.firm)
        facts = {"issue": issue, "members": members, "together": filling.dice.one(words.CO_WORK)}
        title = f"{park.alliance}第{issue}期简报：{filling['job']}"
        return title, "这一期说{job}、{job}，还有{way}。".format_map(filling), facts

    def body(self, head):
        """Markdown, in which a link to an entry is written `](entry:cases/case-000001.md)`."""
        dice = Dice(self.seed, head.slug, "body")
        filling = Words(dice, self.parks, {"park": head.park.title, "brand": head.brand})
        parts = {"cases": self._case_parts, "points": self._point_parts, "bulletins": self._bulletin_parts}
        return "\n\n".join(parts[head.column](head, dice, filling)) + "\n"

    def _case_parts(self, head, dice, filling):
        length = dice.between(1400, 3060)
        yield "## 背景"
        yield filling.paragraph(length * 0.14)
        if dice.happens(0.7):
            yield "> " + dice.one(words.QUOTATIONS)
        yield filling.paragraph(length * 0.09)
        yield "## 做法"
        steps = dice.several(dice.one((2, 3, 3, 4)), lambda: dice.one(words.HEADINGS))
        for number, step in enumerate(steps):
            yield f"### {'一二三四'[number]}、{step}"
            yield filling.paragraph(length * 0.36 / len(steps))
            if number == 0:
                yield listed(filling, dice.between(3, 4), dice.one(("-", "1.")))
        if dice.happens(0.1):
            yield program(head.title, dice, filling)
        yield "## 成效"
        yield filling.paragraph(length * 0.12)
        yield figures(dice, filling)
        yield listed(filling, 2, "-")
        yield "## 思考"
        yield filling.paragraph(length * 0.15)
        yield f"可以接着读：{self._links(dice)}。"

    def _point_parts(self, head, dice, filling):
        length = dice.between(330, 760)
        yield "## 看什么"
        yield filling.paragraph(length * 0.55)
        yield "## 能办什么"
        when = ("工作日开放", "天天开放", "提前一天约", "周末也有人", "晚上八点以前")
        yield "\n".join(f"- **{service}**：{dice.one(when)}" for service in head.facts["services"])
        yield "## 怎么来"
        yield filling.paragraph(length * 0.3)
        yield f"从{dice.one(words.STREETS)}路口下车，走{dice.between(6, 90) * 10}米。附近还有{self._links(dice)}。"

    def _bulletin_parts(self, head, dice, filling):
        length = dice.between(440, 1080)
        yield "## 这一期的事"
        yield filling.paragraph(length * 0.58)
        yield "## 到会的单位"
        yield "\n".join("- " + member for member in head.facts["members"])
        yield "## 项目到了哪一步"
        row = "| {job} | {who} | {role}{person} | {done}% |"
        rows = []
        for _ in range(dice.between(3, 6)):
            filling["done"] = dice.between(10, 100)
            rows.append(row.format_map(filling))
        yield "\n".join(["| 项目 | 谁牵头 | 谁经手 | 进度 |", "|---|---|---|--:|", *rows])
        yield "## 下一期"
        yield filling.paragraph(length * 0.3)
        yield f"往期和相关的：{self._links(dice)}。"

    def _links(self, dice):
        heads = []
        for _ in range(dice.one((1, 2, 2, 3))):
            column = dice.one([column for column in ("cases", *COLUMNS) if self.count[column]])
            heads.append(self.head(column, dice.below(self.count[column])))
        return "、".join(f"[{head.title}](entry:{head.column}/{head.slug}.md)" for head in heads)

    def heads(self):
        return (self.head(column, number) for column in COLUMNS for number in range(self.count[column]))


class Expected:
    """What pages have to come of the entries, counted while they are made."""

    def __init__(self):
        self.slugs = {column: [] for column in COLUMNS}
        self.terms = {"tags": Counter(), "parks": Counter()}
        self.bytes = Counter()
        self.newest = None

    def count(self, head):
        self.slugs[head.column].append(head.slug)
        self.terms["tags"].update(head.tags)
        self.terms["parks"][head.park.title] += 1
        if head.column == "cases" and (self.newest is None or self.newest.day < head.day):
            self.newest = head

    def as_json(self, corpus):
        return {
            "per_page": forms.PER_PAGE, "slugs": self.slugs, "bytes": self.bytes,
            "newest": self.newest and self.newest.slug,
            "terms": {name: dict(sorted(counter.items())) for name, counter in self.terms.items()},
            "parks": [park.slug for park in corpus.parks],
        }


def write(folder, corpus, wanted):
    """Writes the entries in each of the forms that are wanted, and what is expected of them."""
    expected = Expected()
    for form in wanted:
        for column in COLUMNS:
            (folder / form.name / "content" / column).mkdir(parents=True)
        for path, text in form.others(corpus).items():
            place = folder / form.name / "content" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
    for head in corpus.heads():
        body = corpus.body(head)
        expected.count(head)
        for form in wanted:
            data = (form.front_matter(head) + "\n" + form.links(body)).encode()
            (folder / form.name / "content" / head.column / f"{head.slug}.md").write_bytes(data)
            expected.bytes[form.name] += len(data)
    text = json.dumps(expected.as_json(corpus), ensure_ascii=False)
    (folder / "expected.json").write_text(text, encoding="utf-8")
    return expected


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forms", nargs="+", choices=sorted(forms.FORMS), default=sorted(forms.FORMS))
    arguments = parser.parse_args()
    corpus = Corpus(arguments.entries, arguments.seed)
    expected = write(arguments.folder, corpus, [forms.FORMS[name] for name in arguments.forms])
    for name, size in expected.bytes.items():
        print(f"{name}: {arguments.entries} entries, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
