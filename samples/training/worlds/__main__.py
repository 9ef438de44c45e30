"""Writes documents and their records: ``python -m worlds chronicle --characters 20000 --out DIR``."""

import argparse
import dataclasses
import json
from pathlib import Path

from . import documents


def main() -> None:
    parser = argparse.ArgumentParser(prog="worlds", description=__doc__)
    parser.add_argument("kind", choices=("chronicle", "passkey", "key-value", "questions"))
    parser.add_argument("--out", type=Path, required=True, help="folder for NAME.txt and NAME.json")
    parser.add_argument("--seed", type=int, default=1, help="of the first document")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--characters", type=int, default=20_000, help="of a chronicle or passkey prompt")
    parser.add_argument("--depth", type=float, default=0.5, help="of the passkey, from 0 (first) to 1 (last)")
    parser.add_argument("--entries", type=int, default=20, help="of a key-value prompt")
    parser.add_argument("--passages", type=int, default=10, help="of a question set")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        name = f"{args.kind}-{seed}"
        if args.kind == "questions":
            record = documents.question_set(seed, args.passages)
        else:
            document = {
                "chronicle": lambda s: documents.chronicle(s, args.characters),
                "passkey": lambda s: documents.passkey(s, args.characters, args.depth),
                "key-value": lambda s: documents.key_value(s, args.entries),
            }[args.kind](seed)
            (args.out / f"{name}.txt").write_text(document.text, encoding="utf-8")
            record = dataclasses.asdict(document.record)
        (args.out / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
