"""Load on a server: wrk where it is installed, else a few threads; both sides get the same."""

import http.client
import json
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS = 4
SECONDS = 2
MOST_WARMING = 5
# What `done` asks a thread for has to be global in it. A thread that stops early does not end wrk,
# so the script looks at the clock itself.
SCRIPT = """
local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long us; } moment; int gettimeofday(moment *, void *);")
local clock = ffi.new("moment")
local function now()
  ffi.C.gettimeofday(clock, nil)
  return tonumber(clock.s) * 1000000 + tonumber(clock.us)
end
requests, sent, seen, wrong, first, last = {}, 0, 0, 0, 0, 0
local main
function setup(thread) main = thread end
function init()
  for line in io.lines("REQUESTS") do
    local method, path, headers, body = line:match("^(%S+) (%S+)\t([^\t]*)\t(.*)$")
    local given = {}
    for name, value in headers:gmatch("([^\1]+)\2([^\1]+)") do given[name] = value end
    requests[#requests + 1] = wrk.format(method, path, given, body ~= "" and body or nil)
  end
end
function request()
  if sent == 0 then first = now() end
  sent = sent + 1
  return requests[(sent - 1) % #requests + 1]
end
function response(status)
  if ONCE and seen >= #requests then return end
  seen, last = seen + 1, now()
  if status ~= EXPECTED then wrong = wrong + 1 end
  if ONCE and seen >= #requests then wrk.thread:stop() end
end
function done()
  local microseconds = main:get("last") - main:get("first")
  io.write(string.format("RESULT %d %d %d\\n", main:get("seen"), main:get("wrong"), microseconds))
end
"""


@dataclass(frozen=True)
class Ask:
    """One request."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: str = ""

    @property
    def line(self) -> str:
        """The request as the script of wrk reads it."""
        headers = "\1".join(f"{name}\2{value}" for name, value in self.headers.items())
        return f"{self.method} {self.path}\t{headers}\t{self.body}"


class UnexpectedAnswerError(Exception):
    """The server answered something else than what is being measured."""


def rate(port: int, asks: Sequence[Ask], *, expected: int = 200, once: bool = False) -> float:
    """Return how many answers a second the server gives; `once` sends each request one time."""
    send = _with_wrk if shutil.which("wrk") else _with_threads
    answered, wrong, seconds = send(port, asks, expected, once)
    if not answered or wrong > answered * 0.01 + CONNECTIONS:
        raise UnexpectedAnswerError(f"{wrong} of {answered} answers were not {expected}")
    return answered / seconds


def warm(port: int, asks: Sequence[Ask]) -> None:
    """Ask until every worker has loaded what it needs and answers at the same pace."""
    before, now = 0.0, 0.0
    for _attempt in range(MOST_WARMING):
        before, now = now, rate(port, asks)
        if before and now < before * 1.1:
            return


def _with_wrk(port: int, asks: Sequence[Ask], expected: int, once: bool) -> tuple[int, int, float]:
    with tempfile.TemporaryDirectory() as folder:
        requests, script = Path(folder) / "requests", Path(folder) / "script.lua"
        requests.write_text("\n".join(ask.line for ask in asks) + "\n")
        text = SCRIPT.replace("REQUESTS", str(requests)).replace("EXPECTED", str(expected))
        script.write_text(text.replace("ONCE", json.dumps(once)))
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "20s", "-s"]
        done = subprocess.run(
            [*words, str(script), f"http://127.0.0.1:{port}"],
            capture_output=True,
            text=True,
            check=True,
        )
    found = re.search(r"RESULT (\d+) (\d+) (\d+)", done.stdout)
    if not found:
        raise UnexpectedAnswerError(done.stdout + done.stderr)
    answered, wrong, microseconds = map(int, found.groups())
    return answered, wrong, microseconds / 1_000_000


def _with_threads(
    port: int, asks: Sequence[Ask], expected: int, once: bool
) -> tuple[int, int, float]:
    seen: Counter[bool] = Counter()
    lock, start = threading.Lock(), time.monotonic()
    waiting = iter(asks if once else (asks[n % len(asks)] for n in range(10_000_000)))

    def work() -> None:
        while once or time.monotonic() - start < SECONDS:
            with lock:
                ask = next(waiting, None)
            if ask is None:
                return
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request(ask.method, ask.path, ask.body or None, ask.headers)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            with lock:
                seen[answer.status == expected] += 1

    threads = [threading.Thread(target=work) for _number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen.total(), seen[False], time.monotonic() - start
