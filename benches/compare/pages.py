"""Whether each tool made the pages that the entries ask for, and put the text into them."""

import html
import json
import re
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from measure import MEGABYTE, Stop

# As many entries of each column are read word by word.
READ = 40
# So many missing pages are named.
NAMED = 5


@dataclass(frozen=True)
class Made:
    """What lies in an output: how many files and pages, redirects left out, and how many megabytes."""

    files: int
    pages: int
    size: float


class Expected:
    """expected.json of corpus.py."""

    def __init__(self, folder):
        data = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        self.slugs, self.terms, self.parks = data["slugs"], data["terms"], data["parks"]
        self.bytes, self.newest, self.per_page = data["bytes"], data["newest"], data["per_page"]

    def sheets(self, entries):
        """How many pages a list of so many entries has."""
        return max(1, ceil(entries / self.per_page))


def listings(expected, folder, entries, tool):
    return [tool.listing(folder, number) for number in range(1, expected.sheets(entries) + 1)]


def wanted(expected, tool):
    """The files that have to be there, tags and parks of hongtu left out: those have names of their own."""
    paths = list(tool.others)
    for column, slugs in expected.slugs.items():
        paths += [tool.entry(column, slug) for slug in slugs]
        paths += listings(expected, column, len(slugs), tool)
    paths += [tool.listing(name, 1) for name in expected.terms]
    if tool.name == "hongtu":
        paths += [tool.entry("parks", slug) for slug in expected.parks]
    else:
        for name, terms in expected.terms.items():
            for term, entries in terms.items():
                paths += listings(expected, f"{name}/{term}", entries, tool)
    return paths


def wrong_tags(expected, tool):
    """hongtu writes tags in pinyin: each is known by its heading, and the sheets are counted."""
    sheets = {}
    for path in (tool.output / "tags").glob("*.html"):
        stem = re.sub(r"-page-\d+$", "", path.stem)
        sheets.setdefault(stem, []).append(path)
    found = {}
    for stem, paths in sheets.items():
        first = (tool.output / "tags" / f"{stem}.html").read_text(encoding="utf-8")
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", first, re.S)
        found[heading and html.unescape(re.sub("<[^>]*>", "", heading[1])).split("\n")[0].strip()] = len(paths)
    return [f"the tag {tag}: {found.get(tag, 0)} pages where there should be {expected.sheets(entries)}"
            for tag, entries in expected.terms["tags"].items() if found.get(tag) != expected.sheets(entries)]


def paragraphs(markdown):
    """The paragraphs of an entry that are plain text."""
    body = markdown.split("\n\n", 1)[1]
    return [line for line in body.split("\n") if line and not re.search(r"^[#>|`\-+]|^\d\.|[*_\[\]<&\"]", line)]


def without_text(expected, tool):
    """The entries whose page lacks one of their paragraphs."""
    lacking = []
    for column, slugs in expected.slugs.items():
        for slug in slugs[:: max(1, len(slugs) // READ)]:
            source = (tool.site / "content" / column / f"{slug}.md").read_text(encoding="utf-8")
            fences = re.sub(r"^```.*?^```", "", source, flags=re.S | re.M)
            page = (tool.output / tool.entry(column, slug)).read_text(encoding="utf-8")
            text = html.unescape(re.sub("<[^>]*>", "", page))
            lacking += [f"{column}/{slug}: {line}" for line in paragraphs(fences) if line not in text]
    return lacking


def count(output):
    files = pages = size = 0
    for path in output.rglob("*"):
        if not path.is_file():
            continue
        files += 1
        size += path.stat().st_size
        if path.suffix == ".html":
            with open(path, "rb") as file:
                pages += b'http-equiv="refresh"' not in file.read(600)
    return Made(files, pages, size / MEGABYTE)


def check(expected, tool):
    """Stops the comparison if a page is missing or empty; says what was made."""
    wrong = [f"no {path}" for path in wanted(expected, tool) if not (tool.output / path).is_file()]
    if not wrong and tool.name == "hongtu":
        wrong = wrong_tags(expected, tool)
    wrong = wrong or without_text(expected, tool)
    if wrong:
        more = f"\n… and {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
        raise Stop(f"{tool.name} did not make the pages that the entries ask for:\n" + "\n".join(wrong[:NAMED]) + more)
    return count(tool.output)


def sources(site: Path):
    return sorted(path for path in (site / "content").rglob("*") if path.is_file())
