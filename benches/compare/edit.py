"""Building again: with nothing changed, with a sentence more in one case report, with another title."""

import re
from contextlib import contextmanager

from measure import Stop, run

WAYS = ("nothing changed", "a sentence added", "another title")


class Edited:
    """The newest case report, which stands in lists too, written anew again and again."""

    def __init__(self, tool, expected):
        self.path = tool.site / "content" / "cases" / f"{expected.newest}.md"
        self.page = tool.output / tool.entry("cases", expected.newest)
        self.original = self.path.read_text(encoding="utf-8")

    def write(self, way, marker):
        """Changes the text in a way that shows; `marker` is then in the page."""
        text = self.original
        if way == "a sentence added":
            text += f"\n后来又补了一句：{marker}。\n"
        elif way == "another title":
            text = re.sub(r'^(title\s*[:=]\s*")', rf"\g<1>{marker}", text, count=1, flags=re.M)
        self.path.write_bytes(text.encode())

    @contextmanager
    def restored(self):
        try:
            yield self
        finally:
            self.path.write_bytes(self.original.encode())


def measure(tools, expected, runs, quiet, tell):
    samples = {tool.name: {way: [] for way in WAYS} for tool in tools}
    edited = {tool.name: Edited(tool, expected) for tool in tools}
    for tool in tools:
        tool.forget()
        run(tool.build(), tool.site, tool.environment)
    for number in range(1, runs + 1):
        for tool in tools:
            with edited[tool.name].restored() as entry:
                for way in WAYS:
                    marker = f"第{number}回改动"
                    if way != WAYS[0]:
                        entry.write(way, marker)
                    quiet.look()
                    sample = run(tool.build(), tool.site, tool.environment)
                    samples[tool.name][way].append(vars(sample))
                    tell(f"{way} {number}/{runs} {tool.name}: {sample}")
                    if way != WAYS[0] and marker not in entry.page.read_text(encoding="utf-8"):
                        raise Stop(f"{tool.name}: {entry.page} does not show what was written")
            # The text is as it was; the next round begins with an output that goes with it.
            run(tool.build(), tool.site, tool.environment)
    for tool in tools:
        tool.forget()
    return {"edit": samples}
