"""Samples as Markdown: medians with the least and the greatest, and which aims they meet."""

from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Callable

from measure import BUSY

NAMES = {"hongtu": "hongtu, all that it makes", "hugo": "Hugo, without search", "zola": "Zola, without search",
         "cp": "`cp -r` of our output"}

DEMONSTRATIONS = {
    "the demonstration portal, cold": "demonstration",
    "the demonstration portal, cold but for its pictures": "demonstration, pictures kept",
}


def of(samples, what):
    return [sample[what] for sample in samples]


def spread(values, digits=2):
    """`1.20 (1.10–1.35)`"""
    if not values:
        return "–"
    text = f"{median(values):,.{digits}f}"
    return text if len(values) == 1 else f"{text} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def late(values, part=0.95):
    """The value that this part of all does not exceed."""
    return sorted(values)[ceil(part * len(values)) - 1]


def rows(head, body):
    """A Markdown table; all columns but the first are numbers."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in body])


def cold(size):
    body = []
    for name, samples in size["cold"].items():
        if samples:
            # Less than this script's own memory cannot be told, and `cp` needs less.
            peak = "–" if name == "cp" else spread(of(samples, "peak"), 0)
            made = size["made"].get(name, size["made"]["hongtu"])
            body.append([NAMES[name], *(spread(of(samples, what)) for what in ("wall", "cpu")), peak,
                         f"{made['pages']:,}", f"{made['files']:,}", f"{made['size']:,.0f}"])
    parts = [rows(["cold build", "wall, s", "CPU, s", "peak, MB", "pages", "files", "output, MB"], body)]
    if size["floors"]:
        floors = [[name, spread(values, 3)] for name, values in size["floors"].items()]
        parts.append(rows(["floors, in Python", "wall, s"], floors))
    return parts


def edit(size):
    body = [[f"{way}, {name}", *(spread(of(samples, what)) for what in ("wall", "cpu")), spread(of(samples, "peak"), 0)]
            for name, ways in size["edit"].items() for way, samples in ways.items()]
    return [rows(["built again", "wall, s", "CPU, s", "peak, MB"], body)]


def serve(size):
    body = []
    for name, found in size["serve"].items():
        seen = [1000 * value for value in found["seen"]]
        body.append([name, spread(seen, 0), f"{late(seen):,.0f}", spread(found["cpu"], 3), spread(found["first"]),
                     spread(found["memory"], 0), spread(found["peak"], 0)])
    columns = ["edit seen, ms", "95th percentile, ms", "CPU an edit, s", "first page, s", "memory, MB", "peak, MB"]
    return [rows(["served", *columns], body)] if body else []


def small(results):
    starts = [1000 * value for value in of(results["start"], "wall")]
    body = [["`hongtu --version`", spread(starts, 1) + " ms", spread(of(results["start"], "cpu"), 3)]]
    for text, name in DEMONSTRATIONS.items():
        body.append([text, spread(of(results[name], "wall")) + " s", spread(of(results[name], "cpu"))])
    return [rows(["hongtu alone", "wall", "CPU, s"], body)]


@dataclass(frozen=True)
class Aim:
    """What is to be reached, at how many entries (0: whatever their number), and how it is found in the samples."""

    text: str
    entries: int
    found: Callable
    limit: float
    form: str = "{:.2f} s"


def _part_of_fastest(what):
    def found(size):
        peers = [median(of(size["cold"][name], what)) for name in ("hugo", "zola") if size["cold"].get(name)]
        return median(of(size["cold"]["hongtu"], what)) / min(peers) if peers else None
    return found


def _cold(what):
    return lambda size: median(of(size["cold"]["hongtu"], what))


def _times_copy(size):
    return _cold("wall")(size) / median(of(size["cold"]["cp"], "wall"))


def _again(way):
    return lambda size: median(of(size["edit"]["hongtu"][way], "wall"))


def _seen(summary):
    return lambda size: 1000 * summary(size["serve"]["hongtu"]["seen"])


AIMS = [
    Aim("cold: wall time, as a part of the faster of Hugo and Zola", 10_000, _part_of_fastest("wall"), 0.2, "{:.3f}"),
    Aim("cold: CPU time, as a part of the lesser of theirs", 10_000, _part_of_fastest("cpu"), 0.2, "{:.3f}"),
    Aim("cold: wall time, in times of `cp -r` of the output", 10_000, _times_copy, 4, "{:.2f}"),
    Aim("cold: peak memory", 10_000, _cold("peak"), 500, "{:.0f} MB"),
    Aim("cold: peak memory", 100_000, _cold("peak"), 3000, "{:,.0f} MB"),
    Aim("nothing changed", 10_000, _again("nothing changed"), 0.5),
    Aim("one body edited", 10_000, _again("a sentence added"), 0.7),
    Aim("served: an edit seen, median", 10_000, _seen(median), 60, "{:.0f} ms"),
    Aim("served: an edit seen, 95th percentile", 10_000, _seen(late), 150, "{:.0f} ms"),
    Aim("served: an edit seen, median", 100_000, _seen(median), 500, "{:.0f} ms"),
    Aim("served: first page", 10_000, lambda size: median(size["serve"]["hongtu"]["first"]), 3),
]


SMALL_AIMS = [
    ("`hongtu --version`", "start", 0.010),
    ("the demonstration portal, cold", "demonstration", 0.5),
]


def verdict(value, limit):
    return "met" if value <= limit else "**not met**"


def judged(aim, entries, size):
    """A row of the table of aims, or nothing if it was not measured."""
    try:
        value = aim.found(size)
    except KeyError:
        return None
    if value is None:
        return None
    last = verdict(value, aim.limit) if aim.entries == entries else f"for {aim.entries:,}"
    return [aim.text, f"{entries:,}", "at most " + aim.form.format(aim.limit), aim.form.format(value), last]


def aims(results):
    body = []
    sizes = {int(entries): size for entries, size in results["sizes"].items()}
    for entries, size in sizes.items():
        nearest = {aim.text: aim for aim in AIMS if aim.entries <= max(entries, 10_000)}
        body += [row for aim in nearest.values() if (row := judged(aim, entries, size))]
    if all("cold" in sizes.get(entries, ()) for entries in (10_000, 100_000)):
        growth = Aim("cold: wall time, in times of that of 10,000", 100_000,
                     lambda size: _cold("wall")(size) / _cold("wall")(sizes[10_000]), 11, "{:.1f}")
        body.append(judged(growth, 100_000, sizes[100_000]))
    if "start" in results:
        for text, name, limit in SMALL_AIMS:
            value = median(of(results[name], "wall"))
            body.append([text, "–", f"at most {limit:g} s", f"{value:.3f} s", verdict(value, limit)])
    return rows(["aim", "entries", "wanted", "measured", ""], body) if body else ""


def head(results):
    shares = of(results["busy"], "share")
    loads = of(results["busy"], "load")
    machine, disturbed = results["machine"], sum(share > BUSY for share in shares)
    lines = [
        f"{', '.join(dict.fromkeys(results['days']))}; {machine['processor']}, {machine['cores']} cores, {machine['memory']} GB, "
        f"{machine['system']}; {'in memory' if results['in memory'] else '**on a disk**'}.",
        "; ".join(results["versions"].values()) + ".",
    ]
    if shares:
        lines.append(f"Before each run others took {median(shares):.0%} of the processors (at most {max(shares):.0%}), "
                     f"the load was {median(loads):.1f} (at most {max(loads):.1f})"
                     + (f"; **{disturbed} of {len(shares)} runs began on a busy machine**." if disturbed else "."))
    return "\n".join(lines)


def markdown(results):
    parts = [head(results)]
    for entries, size in results["sizes"].items():
        parts.append(f"### {int(entries):,} entries ({size['source']:.0f} MB)")
        for name, table in (("cold", cold), ("edit", edit), ("serve", serve)):
            parts += table(size) if name in size else []
    if "start" in results:
        parts += ["### The program itself", *small(results)]
    judgement = aims(results)
    parts += ["### Aims", judgement] if judgement else []
    return "\n\n".join(parts) + "\n"
