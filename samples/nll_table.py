# SPDX-License-Identifier: GPL-3.0-or-later
"""Mean loss by position over several results of `lambdascope score --json`.

    python samples/nll_table.py RESULT.json …
"""

import json
import sys
from collections import defaultdict

EDGES = (0, 64, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072)


def main(paths: list[str]) -> None:
    means: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for path in paths:
        with open(path) as file:
            for arm in json.load(file)["arms"]:
                nll = arm["nll"]
                for n, (low, high) in enumerate(zip(EDGES, EDGES[1:])):
                    part = [value for value in nll[low:high] if value is not None]
                    if part:
                        means[arm["arm"]][n].append(sum(part) / len(part))
    columns = sorted({n for arm in means.values() for n in arm})
    print("| arm |" + "".join(f" {EDGES[n]}–{EDGES[n + 1]} |" for n in columns))
    print("| --- |" + " --- |" * len(columns))
    for arm, buckets in means.items():
        cells = [f"{sum(buckets[n]) / len(buckets[n]):.3f}" if n in buckets else "" for n in columns]
        print(f"| {arm} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
