"""Writes the corpus: chronicles as text, the tokenizer that is trained on them, and their token ids.

``build/tokenizer.json``, ``build/{train,heldout}.bin`` (uint16 ids, documents one after another) and
``build/{train,heldout}.offsets.npy`` (where each document starts, and the end).
"""

import argparse
import math
import random
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

from worlds import documents

SPECIAL_TOKENS = ["<s>", "</s>", "<mask>"]
HELDOUT_SEED = 1_000_000


def new_tokenizer(texts, vocabulary: int) -> Tokenizer:
    """Byte-level BPE that splits digits and puts ``<s>`` (id 0) first; ``</s>`` is 1, ``<mask>`` 2."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=SPECIAL_TOKENS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 0)])
    return tokenizer


def training_length(seed: int) -> int:
    """Characters of a training document: log-uniform, about 1,000 to 20,000 tokens."""
    r = random.Random(f"length-{seed}")
    return int(math.exp(r.uniform(math.log(3_500), math.log(60_000))))


def training_text(seed: int) -> str:
    return documents.chronicle(seed, training_length(seed)).text


def heldout_text(seed_and_length: tuple[int, int]) -> str:
    return documents.chronicle(*seed_and_length).text


def write_ids(name: Path, texts, tokenizer: Tokenizer) -> int:
    """Encodes in batches and writes ``name.bin`` and ``name.offsets.npy``; returns the tokens."""
    offsets = [0]
    with open(name.with_suffix(".bin"), "wb") as out:
        batch: list[str] = []

        def flush() -> None:
            for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                ids = np.asarray(encoding.ids, dtype=np.uint16)
                out.write(ids.tobytes())
                offsets.append(offsets[-1] + len(ids))
            batch.clear()

        for text in texts:
            batch.append(text)
            if len(batch) == 64:
                flush()
        flush()
    np.save(name.with_suffix(".offsets.npy"), np.asarray(offsets, dtype=np.int64))
    return offsets[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=Path(__file__).parent / "build")
    parser.add_argument("--documents", type=int, default=5_000, help="training documents, about 6,000 tokens each")
    parser.add_argument("--heldout", type=int, default=16, help="held-out documents of at least --heldout-characters")
    parser.add_argument("--heldout-characters", type=int, default=110_000)
    parser.add_argument("--vocabulary", type=int, default=2_048)
    args = parser.parse_args()
    args.build.mkdir(parents=True, exist_ok=True)

    started = time.time()
    with ProcessPoolExecutor() as pool:
        path = args.build / "tokenizer.json"
        if path.exists():
            tokenizer = Tokenizer.from_file(str(path))
        else:
            tokenizer = new_tokenizer(pool.map(training_text, range(min(args.documents, 400))), args.vocabulary)
            tokenizer.save(str(path))
        longs = ((HELDOUT_SEED + i, args.heldout_characters) for i in range(args.heldout))
        tokens = write_ids(args.build / "heldout", pool.map(heldout_text, longs), tokenizer)
        print(f"held out: {args.heldout} documents, {tokens:,} tokens")
        texts = pool.map(training_text, range(args.documents), chunksize=16)
        tokens = write_ids(args.build / "train", texts, tokenizer)
    print(f"training: {args.documents:,} documents, {tokens:,} tokens, {time.time() - started:.0f} s")


if __name__ == "__main__":
    main()
