"""A build from nothing; and how long it would take to do no more than read the sources and write the output."""

import hashlib
import os
import shutil
import time

import pages
from measure import MEGABYTE, Stop, run


def measure(tools, expected, folder, runs, quiet, tell):
    """Samples of each tool, of `cp -r` of our output, and of the floors; what was made, counted."""
    samples = {tool.name: [] for tool in tools} | {"cp": []}
    floors, made = {}, {}
    for number in range(1, runs + 1):
        for tool in tools:
            tool.forget()
            quiet.look()
            sample = run(tool.build(), tool.site, tool.environment)
            samples[tool.name].append(vars(sample))
            tell(f"cold {number}/{runs} {tool.name}: {sample}")
            counted = pages.check(expected, tool) if tool.name not in made else pages.count(tool.output)
            if made.setdefault(tool.name, counted) != counted:
                raise Stop(f"{tool.name} made {counted.files} files, and {made[tool.name].files} the time before")
            if tool.name == "hongtu":
                quiet.look()
                samples["cp"].append(vars(copied(tool.output, folder)))
                for name, seconds in measure_floors(tool).items():
                    floors.setdefault(name, []).append(seconds)
            tool.forget()
    return {"cold": samples, "floors": floors, "made": {name: vars(counted) for name, counted in made.items()}}


def copied(output, folder):
    """What `cp -r` needs for the same files."""
    target = folder / "copy"
    sample = run(["cp", "-r", output, target], folder)
    shutil.rmtree(target)
    return sample


def measure_floors(tool):
    """In Python, so that a program may well be a little below them."""
    paths = pages.sources(tool.site)
    began = time.perf_counter()
    texts = [path.read_bytes() for path in paths]
    read = time.perf_counter()
    for text in texts:
        hashlib.blake2b(text).digest()
    hashed = time.perf_counter()
    looked_at = 0
    for parent, _, names in os.walk(tool.output):
        for name in names:
            os.stat(os.path.join(parent, name))
            looked_at += 1
    ended = time.perf_counter()
    size = sum(map(len, texts)) / MEGABYTE
    return {
        f"read the {len(paths):,} sources, {size:.0f} MB": read - began,
        "hash them (blake2b)": hashed - read,
        f"stat the {looked_at:,} files of our output": ended - hashed,
    }
