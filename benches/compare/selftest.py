"""Tests of the comparison itself: `compare.py --self-test [--hongtu PROGRAM] [--hugo PROGRAM] [--zola PROGRAM]`.

The programs are optional: with them the 200 entries are also built and their pages looked at.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from datetime import date
from pathlib import Path

import compare
import edit
import pages
import preview
import table
from corpus import COLUMNS, TAGS, Corpus
from forms import FORMS
from measure import Stop, run as run_program
from tools import DAY, HERE, Hongtu, Hugo, Tool, Zola

ENTRIES = 200
# The numbers of two versions can only be compared as long as the entries are the same. Who changes the
# generator writes the new one here, and measures anew.
DIGEST = "57599ab4974a337843a49ae2"
KINDS = (Hongtu, Hugo, Zola)
PROGRAMS = {}


def written(folder, *more):
    """The corpus in all forms, made by the command that users have."""
    command = [sys.executable, str(HERE / "corpus.py"), str(folder), "--entries", str(ENTRIES), *more]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": "random"})
    return folder


def digest(folder):
    whole = hashlib.blake2b(digest_size=12)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def parts(path):
    """Front matter and body of an entry, in whatever form."""
    _, head, body = re.split(r"^(?:---|\+\+\+)\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.M)
    return head, body


class WithEntries(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = compare.new_folder(None)
        cls.folder = written(cls.place / "entries")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.place)

    def entries(self, form):
        """Path below content -> front matter and body."""
        content = self.folder / form / "content"
        found = {}
        for column in COLUMNS:
            for path in (content / column).glob("[!_]*.md"):
                found[f"{column}/{path.name}"] = parts(path)
        return found


class TheEntries(WithEntries):
    def test_are_the_same_every_time(self):
        again = written(self.place / "again")
        self.assertEqual(digest(self.folder), digest(again))
        self.assertEqual(digest(self.folder), DIGEST)

    def test_differ_with_another_seed(self):
        other = written(self.place / "other", "--seed", "2")
        self.assertNotEqual(digest(self.folder), digest(other))

    def test_are_the_same_in_each_form(self):
        ours = self.entries("hongtu")
        self.assertEqual(len(ours), ENTRIES)
        for form, prefix in (("hugo", "/"), ("zola", "@/")):
            theirs = self.entries(form)
            self.assertEqual(ours.keys(), theirs.keys())
            for path, (head, body) in ours.items():
                their_head, their_body = theirs[path]
                self.assertEqual(body, their_body.replace(f"]({prefix}", "](../"), path)
                for line in (r'^title\W+(.+)"$', r"^date\W+([\d-]+)$", r"^tags\W+(.+)$"):
                    self.assertEqual(re.search(line, head, re.M)[1], re.search(line, their_head, re.M)[1], path)

    def test_have_the_kinds_and_the_size_that_they_should(self):
        entries = self.entries("hongtu")
        counts = [sum(path.startswith(column + "/") for path in entries) for column in COLUMNS]
        self.assertEqual(counts, [ENTRIES // 2, ENTRIES // 4, ENTRIES // 4])
        expected = pages.Expected(self.folder)
        self.assertTrue(4800 < expected.bytes["hongtu"] / ENTRIES < 5400, expected.bytes)
        self.assertEqual(len(set(TAGS.cards)), 191)
        programs = sum("\n```" in body for _, body in entries.values()) / ENTRIES
        self.assertTrue(0.02 < programs < 0.09, programs)

    def test_lead_to_one_another(self):
        entries = self.entries("hongtu")
        links = [link for _, body in entries.values() for link in re.findall(r"\]\(\.\./([^)]+)\)", body)]
        self.assertGreater(len(links), ENTRIES)
        self.assertEqual([link for link in links if link not in entries], [])

    def test_number_the_bulletins_of_each_alliance_by_their_days(self):
        issues = {}
        for head, _ in self.entries("hongtu").values():
            if found := re.search(r"^alliance: (\S+)\nissue: (\d+)$", head, re.M):
                issues.setdefault(found[1], []).append((int(found[2]), re.search(r"^date: (\S+)", head, re.M)[1]))
        self.assertGreater(len(issues), 10)
        for alliance, numbered in issues.items():
            numbered.sort()
            self.assertEqual([number for number, _ in numbered], list(range(1, len(numbered) + 1)), alliance)
            days = [day for _, day in numbered]
            self.assertEqual(days, sorted(days), alliance)
            self.assertLess(days[-1], date.today().isoformat())

    def test_put_points_near_the_town_that_their_address_names(self):
        towns = {park.slug: park for park in Corpus(ENTRIES, 1).parks}
        self.assertEqual(len(towns), 50)
        for path, (head, _) in self.entries("hongtu").items():
            if found := re.search(r"^location: \{lng: ([\d.]+), lat: ([\d.]+), crs: (\w+)\}$", head, re.M):
                park = towns[re.search(r"^park: (\S+)$", head, re.M)[1]]
                self.assertIn(park.district, head, path)
                away = abs(float(found[1]) - park.longitude) + abs(float(found[2]) - park.latitude)
                self.assertLess(away, 0.05, path)

    def test_take_and_lose_an_edit(self):
        for tool in (kind("-", self.folder / kind.name) for kind in KINDS):
            before = digest(tool.site)
            with edit.Edited(tool, pages.Expected(self.folder)).restored() as entry:
                for way in edit.WAYS[1:]:
                    entry.write(way, "记号")
                    head, body = parts(entry.path)
                    self.assertEqual("记号" in head.splitlines()[0], way == "another title", tool.name)
                    self.assertEqual("记号" in body, way == "a sentence added", tool.name)
            self.assertEqual(digest(tool.site), before)


class TheLookAtPages(WithEntries):
    """An output that holds what it should, but for one thing."""

    def setUp(self):
        self.expected = pages.Expected(self.folder)
        self.tool = Hugo("-", self.folder / "hugo")
        for path in pages.wanted(self.expected, self.tool):
            place = self.tool.output / path
            place.parent.mkdir(parents=True, exist_ok=True)
            source = self.tool.site / "content" / f"{Path(path).parent}.md"
            place.write_text(source.read_text(encoding="utf-8") if source.is_file() else "", encoding="utf-8")

    def tearDown(self):
        shutil.rmtree(self.tool.output)

    def test_finds_nothing_when_all_is_there(self):
        lists = sum(self.expected.sheets(len(slugs)) for slugs in self.expected.slugs.values())
        terms = sum(self.expected.sheets(n) for counts in self.expected.terms.values() for n in counts.values())
        made = pages.check(self.expected, self.tool)
        self.assertEqual(made.pages, ENTRIES + lists + terms + len(self.expected.terms) + 2)

    def test_finds_a_page_that_is_missing(self):
        tag = next(iter(self.expected.terms["tags"]))
        entry, sheet = "points/point-000007/index.html", "cases/page/2/index.html"
        for path in (entry, sheet, f"tags/{tag}/index.html", "sitemap.xml"):
            kept = (self.tool.output / path).read_bytes()
            (self.tool.output / path).unlink()
            with self.assertRaisesRegex(Stop, re.escape(path)):
                pages.check(self.expected, self.tool)
            (self.tool.output / path).write_bytes(kept)

    def test_finds_a_text_that_is_missing(self):
        page = self.tool.output / "cases/case-000001/index.html"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(pages.paragraphs(text)[-1], ""), encoding="utf-8")
        with self.assertRaisesRegex(Stop, "cases/case-000001"):
            pages.check(self.expected, self.tool)


class Served(Tool):
    """A folder served as it is, by Python; a page is its own source."""

    name = "served"

    def __init__(self, site):
        super().__init__(sys.executable, site)

    def serve(self, port):
        return [self.program, "-m", "http.server", "--bind", "127.0.0.1", "--directory", "content", port]

    def address(self, column, slug):
        return f"/{column}/{slug}.md"


class TheMeasuring(WithEntries):
    def test_counts_time_and_memory(self):
        burn = "import time\nheld = b'x' * 150_000_000\nwhile time.process_time() < 0.3: pass\ntime.sleep(0.3)"
        sample = run_program([sys.executable, "-c", burn], self.folder)
        self.assertGreater(sample.wall, 0.6)
        self.assertTrue(0.3 <= sample.cpu < 0.6 + sample.wall / 2, sample)
        self.assertTrue(150 < sample.peak < 250, sample)

    def test_stops_at_a_program_that_fails(self):
        with self.assertRaisesRegex(Stop, "ended with 3:\nso it is"):
            run_program([sys.executable, "-c", "print('so it is'); raise SystemExit(3)"], self.folder)

    def test_sees_edits_through_a_server(self):
        site = self.folder / "served"
        shutil.copytree(self.folder / "hugo" / "content", site / "content")
        expected, tool = pages.Expected(self.folder), Served(site)
        newest = site / "content" / "cases" / f"{expected.newest}.md"
        newest.write_text(newest.read_text(encoding="utf-8") + "</html>\n", encoding="utf-8")
        found = preview.one(tool, expected)
        self.assertEqual(len(found["seen"]), preview.EDITS)
        self.assertLess(max(found["seen"]), found["first"][0] + 1)
        self.assertNotIn("改动", newest.read_text(encoding="utf-8"))


class TheTable(unittest.TestCase):
    @staticmethod
    def results(wall):
        sample = {"wall": wall, "cpu": 2 * wall, "peak": 90.0}
        cold = {"hongtu": [sample], "hugo": [{"wall": 7.0, "cpu": 12.0, "peak": 1300.0}], "cp": [sample]}
        made = {"files": 3, "pages": 2, "size": 1.0}
        size = {"source": 51.0, "cold": cold, "floors": {"read": [0.1]}, "made": {"hongtu": made, "hugo": made},
                "serve": {"hongtu": {name: [0.05] for name in ("first", "seen", "cpu", "memory", "peak")}}}
        machine = {"processor": "P", "cores": 2, "memory": 8, "system": "S"}
        return {"days": ["2026-07-01"], "machine": machine, "in memory": True, "versions": {"hongtu": "hongtu 1"},
                "busy": [{"share": 0.5, "load": 1.0}], "sizes": {"10000": size}}

    def test_gives_medians_with_least_and_greatest(self):
        self.assertEqual(table.spread([3.0, 1.0, 2.0]), "2.00 (1.00–3.00)")
        self.assertEqual(table.late([float(n) for n in range(1, 41)]), 38.0)

    def test_says_which_aims_are_met(self):
        verdicts = re.findall(r"^\| cold: wall time.*\| ([^|]+) \|$", table.markdown(self.results(1.4)), re.M)
        self.assertEqual(verdicts, ["met", "met"])
        self.assertIn("| 0.201 | **not met** |", table.markdown(self.results(1.41)))

    def test_puts_runs_together(self):
        both = compare.together(json.loads(json.dumps(self.results(1.0))), self.results(3.0))
        text = table.markdown(both)
        self.assertIn("2.00 (1.00–3.00)", text)
        self.assertIn("**2 of 2 runs began on a busy machine**", text)

    def test_holds_every_aim_to_the_size_it_is_for(self):
        small = self.results(1.0)
        small["sizes"] = {"500": small["sizes"]["10000"]}
        self.assertNotIn("met", table.markdown(small).replace("**", ""))


class TheTools(WithEntries):
    def built(self, tool):
        tool.set_up()
        run_program(tool.build(), tool.site, tool.environment)
        return pages.check(pages.Expected(self.folder), tool)

    def test_make_every_page(self):
        if not PROGRAMS:
            self.skipTest("no program was given")
        wanted = [kind for kind in KINDS if kind.name in PROGRAMS]
        made = {kind.name: self.built(kind(PROGRAMS[kind.name], self.folder / kind.name)) for kind in wanted}
        peers = {name: counted.pages for name, counted in made.items() if name != "hongtu"}
        self.assertLessEqual(len(set(peers.values())), 1, peers)

    def test_find_nothing_wrong_with_the_entries(self):
        if "hongtu" not in PROGRAMS:
            self.skipTest("hongtu was not given")
        command = [PROGRAMS["hongtu"], "check", "--content", self.folder / "hongtu" / "content", "--as-of", DAY]
        done = subprocess.run([*command, "--deny", "warnings"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


def run(arguments):
    """All tests; 0 if they hold."""
    for name in FORMS:
        if program := getattr(arguments, name):
            PROGRAMS[name] = str(program.resolve())
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    return 0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1
