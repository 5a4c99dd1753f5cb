"""How long `pincite --help` takes: wall time, the best and the middle of 15 runs; the bar is 0.2 s."""

import statistics
import subprocess
import sys
import time

RUNS = 15
COMMANDS = (("--help",), ("ingest", "--help"), ("--version",))


def seconds(arguments: tuple[str, ...]) -> float:
    """The wall time of one run."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "ingest.cli", *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


for command in COMMANDS:
    taken = [seconds(command) for _ in range(RUNS)]
    print(f"pincite {' '.join(command):<14} best {min(taken):.3f} s, middle {statistics.median(taken):.3f} s")
