"""Running a program and taking its time, its processor time and its memory; and what else the machine does."""

import os
import platform
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1e6
# More of the processors than this taken by others, and times are not those of a quiet machine.
BUSY = 0.15
# For so long others are watched before each run (seconds).
LOOK = 0.4


class Stop(Exception):
    """The comparison cannot go on; the text says why."""


@dataclass(frozen=True)
class Run:
    """Seconds, seconds of all processors together, megabytes at the most."""

    wall: float
    cpu: float
    peak: float

    def __str__(self):
        return f"{self.wall:.2f} s, {self.cpu:.2f} s of processors, {self.peak:.0f} MB"


def run(command, folder, environment=None):
    """Runs to the end, and stops the comparison if that was no good end."""
    with open(folder / "last-run.log", "wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env=os.environ | (environment or {}))
        # The memory of a child is counted from the fork on, so that nothing below that of this script is seen.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = (folder / "last-run.log").read_text(encoding="utf-8", errors="replace")[-2000:]
        raise Stop(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{said}")
    unit = 1 if platform.system() == "Darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / MEGABYTE)


def said(command):
    """The first line that a program prints, or nothing if it does not run."""
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return ""
    lines = done.stdout.strip().splitlines()
    return lines[0] if lines and done.returncode == 0 else ""


def _processor_time():
    """Time that processors were taken, and all time, in ticks; None where the system does not say."""
    try:
        numbers = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    except (OSError, ValueError, IndexError):
        return None
    user, nice, system, idle, waiting, interrupts, soft_interrupts, stolen = numbers
    taken = user + nice + system + interrupts + soft_interrupts + stolen
    return taken, taken + idle + waiting


def busy():
    """Which part of the processors others take just now."""
    before = _processor_time()
    time.sleep(LOOK)
    after = _processor_time()
    if before is None or after is None:
        return min(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    return (after[0] - before[0]) / max(1, after[1] - before[1])


class Quiet:
    """Looks before each run what others do on the machine, and does about it what was asked for."""

    def __init__(self, when_busy, longest_wait=900):
        self.when_busy, self.longest_wait = when_busy, longest_wait
        self.seen = []

    def look(self):
        share = busy()
        until = time.monotonic() + self.longest_wait
        while share > BUSY and self.when_busy == "wait" and time.monotonic() < until:
            time.sleep(2)
            share = busy()
        if share > BUSY and self.when_busy != "warn":
            raise Stop(
                f"The machine is busy: others take {share:.0%} of its processors, "
                f"the load is {os.getloadavg()[0]:.1f}. Try again later, or say --when-busy wait, "
                "or --when-busy warn for numbers that only give an idea.")
        self.seen.append({"share": round(share, 3), "load": round(os.getloadavg()[0], 2)})


def machine():
    """What the numbers depend on."""
    name = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.release()}"
    return {"processor": name, "cores": cores, "memory": round(memory), "system": system}


def is_in_memory(folder):
    """Whether a folder lies on a file system that is no disk."""
    try:
        mounts = Path("/proc/self/mounts").read_text().splitlines()
    except OSError:
        return False
    over = [(len(line.split()[1]), line.split()[2]) for line in mounts
            if Path(line.split()[1]) in (folder, *folder.parents)]
    return bool(over) and max(over)[1] in ("tmpfs", "ramfs")
