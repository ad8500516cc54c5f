"""Small things: how long the program takes to start, and to build the demonstration portal."""

import shutil

from measure import run
from tools import ROOT, Hongtu

STARTS = 30


def measure(hongtu, folder, runs, quiet, tell):
    site = folder / "demonstration"
    site.mkdir()
    shutil.copytree(ROOT / "content", site / "content")
    demonstration = Hongtu(hongtu.program, site)
    quiet.look()
    starts = [vars(run([hongtu.program, "--version"], folder)) for _ in range(STARTS)]
    builds, with_pictures = [], []
    for number in range(1, runs + 1):
        demonstration.forget()
        for samples in (builds, with_pictures):
            # What is not forgotten before the second build are the smaller forms of its pictures.
            shutil.rmtree(demonstration.output, ignore_errors=True)
            quiet.look()
            samples.append(vars(run(demonstration.build(), site)))
            tell(f"demonstration {number}/{runs}: {samples[-1]['wall']:.2f} s")
    shutil.rmtree(site)
    return {"start": starts, "demonstration": builds, "demonstration, pictures kept": with_pictures}
