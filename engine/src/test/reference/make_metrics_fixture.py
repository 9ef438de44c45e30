"""Writes the scores that MetricsReferenceTest compares with.

    python make_metrics_fixture.py [OUT]        (default: ../resources/reference/metrics.json.gz)

1,000 pairs of made-up texts in several scripts, empty ones among them, with
`bleu` (sentence scores, one per setting of `sentence`), `rouge` (precision, recall and F of each of
`rouge`, by turns), `exact` and `f1`; and `corpus`: scores of the pairs in lots of 100 for every
setting, `corpus2` with the next pair's reference as a second one.
"""

import collections
import gzip
import json
import random
import re
import string
import sys
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU

SEED = 7
PAIRS = 1000
LOT = 100
DIGITS = 10
TOKENISATIONS = ["13a", "none", "char", "zh"]
SMOOTHINGS = [("exp", None), ("floor", 0.1), ("add-k", 1), ("none", None)]
SENTENCE = [(t, "exp", None, True) for t in TOKENISATIONS] + [("13a", m, v, False) for m, v in SMOOTHINGS]
ROUGE = ["rouge1", "rouge2", "rougeL", "rougeLsum"]

LATIN = """the a an The An and of length model token state-of-the-art isn't don't can't 3.14 1,000 10-20 U.S.
e.g., running (runs) [ran] "quoted" 100% $5 _x_ the_end a1 naïve café Ärger œuvre straße İstanbul &amp; &quot;so&quot;
&lt;tag&gt; <skipped> well- -\n x. .5 5. ,y y, end. end? end! a/b C++ @home #tag {z} ~ ^ `code` | \\ one two three two one""".split(" ")
OTHER = """长度 泛化 模型。 注意力， 你好 世界 の が です、 длина модель и не επέκταση μήκους ΣΟΦΟΣ طول النموذج لغة אורך מודל लंबाई मॉडल
모델 길이 ภาษา 😀 👩‍👩‍👧 𠀀𠀁 ﬁ Ⅷ ½ ² “curly” ‘single’ — – … • → ∑ ≤ ® K é án ⺀ 〇 ㎏ ☃ ✓ 丽""".split()
SPACES = [" "] * 30 + ["\u00a0", "\u2009", "\u3000", "\t", "\n", "\n", "  ", "\x1f", "\x85", "\u2028"]


def text(rng, words):
    return "".join(rng.choice(words) + rng.choice(SPACES) for _ in range(rng.choice([1, 2, 3, 5, 8, 13, 21, 34])))


def pair(rng, i):
    words = [LATIN, LATIN + OTHER, OTHER][i % 3]
    reference = text(rng, words)
    if i % 50 == 0:
        return rng.choice(["", " ", reference]), rng.choice(["", "\n", "the"])
    if i % 7 == 0:
        return text(rng, words), reference
    # Something like the reference: words dropped, doubled, changed, moved, letters in other case.
    parts = re.split(r"(\s+)", reference)
    out = []
    for part in parts:
        r = rng.random()
        if r < 0.1:
            continue
        out.append(rng.choice(words) if r < 0.2 else part.swapcase() if r < 0.25 else part)
        if r > 0.95:
            out.append(part)
    if rng.random() < 0.2:
        cut = rng.randrange(len(out) + 1)
        out = out[cut:] + out[:cut]
    return "".join(out), reference


# SQuAD 2.0's definitions, in the words of its paper and evaluation page.
def squad_tokens(s):
    s = "".join(c for c in s.lower() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", s).split()


def squad_f1(prediction, gold):
    p, g = squad_tokens(prediction), squad_tokens(gold)
    if not p or not g:
        return float(p == g)
    common = sum((collections.Counter(p) & collections.Counter(g)).values())
    return 2 * common / (len(p) + len(g))


def bleu(setting):
    tokenise, smooth, value, effective = setting
    return BLEU(tokenize=tokenise, smooth_method=smooth, smooth_value=value, effective_order=effective, force=True)


def rounded(values):
    return [round(v, DIGITS) for v in values]


def main():
    default = Path(__file__).parent.parent / "resources" / "reference" / "metrics.json.gz"
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    rng = random.Random(SEED)
    scorer = RougeScorer(ROUGE)
    metrics = [bleu(s) for s in SENTENCE]
    rows = []
    for i in range(PAIRS):
        hypothesis, reference = pair(rng, i)
        rouge = scorer.score(reference, hypothesis)
        rows.append({
            "hypothesis": hypothesis,
            "reference": reference,
            "bleu": rounded(m.sentence_score(hypothesis, [reference]).score for m in metrics),
            "rouge": rounded(v for name in ROUGE for v in rouge[name]),
            "exact": float(squad_tokens(hypothesis) == squad_tokens(reference)),
            "f1": round(squad_f1(hypothesis, reference), DIGITS),
        })  # fmt: skip
    settings = [(t, m, v, False) for t in TOKENISATIONS for m, v in SMOOTHINGS]
    lots = [rows[i : i + LOT] for i in range(0, PAIRS, LOT)]
    corpus, corpus2, signatures = [], [], []
    for setting in settings:
        one, two = [], []
        for lot in lots:
            hypotheses, first = [r["hypothesis"] for r in lot], [r["reference"] for r in lot]
            metric = bleu(setting)
            one.append(metric.corpus_score(hypotheses, [first]).score)
            signature = str(metric.get_signature())
            two.append(bleu(setting).corpus_score(hypotheses, [first, first[1:] + first[:1]]).score)
        corpus.append(rounded(one))
        corpus2.append(rounded(two))
        signatures.append(signature.rsplit("|version:", 1)[0])
    document = {
        "sentence": SENTENCE, "rouge": ROUGE, "settings": settings, "signatures": signatures, "lot": LOT,
        "pairs": rows, "corpus": corpus, "corpus2": corpus2,
    }  # fmt: skip
    data = json.dumps(document, ensure_ascii=True, separators=(",", ":")).encode()
    out.write_bytes(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    main()
