"""The servers: how long after the end of a write the changed page is served, and what that costs."""

import http.client
import os
import re
import socket
import subprocess
import time
from pathlib import Path

from edit import Edited
from measure import MEGABYTE, Stop

EDITS = 40
# These come first and do not count.
WARM_UP = 3
# Between two questions for the page (seconds).
PAUSE = 0.002
LONGEST_START = 600
LONGEST_EDIT = 120
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running server and its processor time and memory, which Linux tells."""

    def __init__(self, tool):
        self.tool, self.port = tool, free_port()
        self.log = open(tool.site / "server.log", "wb")
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [str(word) for word in tool.serve(self.port)], cwd=tool.site, env=os.environ | tool.environment,
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def get(self, address):
        """The page, or nothing as long as there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_EDIT)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            body = answer.read()
            return body if answer.status == 200 else b""
        except (OSError, http.client.HTTPException):
            return b""
        finally:
            connection.close()

    def until(self, address, marker, longest):
        """Seconds from now until the page has the marker."""
        began = time.perf_counter()
        while marker not in self.get(address):
            if self.process.poll() is not None or time.perf_counter() - began > longest:
                said = (self.tool.site / "server.log").read_text(encoding="utf-8", errors="replace")[-2000:]
                raise Stop(f"{self.tool.name} did not serve {address} within {longest} s:\n{said}")
            time.sleep(PAUSE)
        return time.perf_counter() - began

    def cpu(self):
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self, line):
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return 0.0
        found = re.search(rf"^{line}:\s+(\d+) kB", status, re.M)
        return int(found[1]) * 1024 / MEGABYTE if found else 0.0

    def rest(self, quiet_for=0.25, longest=60):
        """Waits until the server has done all that the last edit gave it to do."""
        until = time.monotonic() + longest
        before = self.cpu()
        while time.monotonic() < until:
            time.sleep(quiet_for)
            now = self.cpu()
            if now - before < 2 / TICKS:
                return
            before = now


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def measure(tools, expected, quiet, tell):
    """Samples of each tool that has a server; the others are named."""
    samples = {}
    for tool in tools:
        if not tool.can_serve():
            tell(f"{tool.name} has no server; it is left out")
            continue
        tool.forget()
        quiet.look()
        samples[tool.name] = one(tool, expected)
        seen = sorted(samples[tool.name]["seen"])
        tell(f"serve {tool.name}: {len(seen)} edits, each seen after {1000 * seen[0]:.0f} to {1000 * seen[-1]:.0f} ms")
        tool.forget()
    return {"serve": samples}


def one(tool, expected):
    address = tool.address("cases", expected.newest)
    seen = []
    with Server(tool) as server, Edited(tool, expected).restored() as entry:
        server.until(address, b"</html>", LONGEST_START)
        first = time.perf_counter() - server.began
        server.rest(1.0)
        for number in range(WARM_UP + EDITS):
            if number == WARM_UP:
                cpu = server.cpu()
            marker = f"第{number:03}回改动"
            entry.write("a sentence added", marker)
            took = server.until(address, marker.encode(), LONGEST_EDIT)
            server.rest()
            if number >= WARM_UP:
                seen.append(took)
        return {
            "first": [first], "seen": seen, "cpu": [(server.cpu() - cpu) / EDITS],
            "memory": [server.memory("VmRSS")], "peak": [server.memory("VmHWM")],
        }
