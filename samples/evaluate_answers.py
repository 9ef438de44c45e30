"""Does a model say what its text states? Questions, passkeys and register look-ups inside the training window.

    python samples/evaluate_answers.py samples/models/lambda-llama

The model is opened by Hugging Face ``transformers`` and continues each prompt greedily to the end of the line. Every
prompt, with its answer, is at most as long as the window that the model was trained with. An answer counts when the
line holds the value that the text states last.
"""

import argparse
import json
import random
import re
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

sys.path.insert(0, str(Path(__file__).resolve().parent / "training"))

from worlds import documents  # noqa: E402  (its folder was put on the path above)
from worlds.relations import RELATIONS  # noqa: E402

CHARACTERS = 1_250
ANSWER_TOKENS = 40


def question_prompts(count: int) -> list[dict]:
    """Stories of about 400 tokens, each with one question about a fact that still holds at its end."""
    prompts = []
    seed = 6_000_000
    while len(prompts) < count:
        seed += 1
        document = documents.chronicle(seed, CHARACTERS)
        text = document.text[: max(f["end"] for f in document.record.facts if f["end"] <= CHARACTERS)]
        facts = {(f["subject"], f["relation"]): f for f in document.record.facts if f["end"] <= len(text)}
        later = {(f["subject"], f["relation"]) for f in document.record.facts if f["end"] > len(text)}
        r = random.Random(seed)
        subject, relation = r.choice(sorted(set(facts) - later) or sorted(facts))
        kind = next(k for k, known in RELATIONS if known == relation and _is(k, document, subject))
        question = r.choice(RELATIONS[kind, relation].questions).format(n=subject)
        prompts.append(
            {
                "prompt": f"{text}\n\nQuestion: {question}\nAnswer:",
                "value": facts[subject, relation]["value"],
                "kind": relation,
            }
        )
    return prompts


def _is(kind: str, document: documents.Document, subject: str) -> bool:
    relations = {f["relation"] for f in document.record.facts if f["subject"] == subject}
    return all((kind, relation) in RELATIONS for relation in relations)


def passkey_prompts(count: int) -> list[dict]:
    prompts = []
    for i in range(count):
        document = documents.passkey(6_500_000 + i, CHARACTERS, (i % 5) / 4)
        prompts.append({"prompt": document.text, "value": document.record.questions[0]["value"], "kind": "passkey"})
    return prompts


def key_value_prompts(count: int) -> list[dict]:
    prompts = []
    for i in range(count):
        document = documents.key_value(6_700_000 + i, 10 + i % 11)
        value = document.record.questions[0]["value"]
        prompts.append({"prompt": document.text, "value": value, "kind": "key-value"})
    return prompts


@torch.no_grad()
def continuation(model, tokenizer, prompt: str, window: int) -> str:
    """The greedy continuation up to the end of the line."""
    ids = [tokenizer.bos_token_id, *tokenizer(prompt, add_special_tokens=False).input_ids]
    if len(ids) + ANSWER_TOKENS > window:
        ids = ids[:1] + ids[len(ids) + ANSWER_TOKENS - window + 1 :]
    out = model.generate(
        torch.tensor([ids]), max_new_tokens=ANSWER_TOKENS, do_sample=False, eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.eos_token_id, stop_strings=["\n", "."], tokenizer=tokenizer,
    )  # fmt: skip
    return tokenizer.decode(out[0, len(ids) :]).split("\n")[0]


def holds(line: str, value: str) -> bool:
    """Whether the value stands in the line as whole words."""
    return re.search(rf"(?<!\w){re.escape(value.lower())}(?!\w)", line.lower()) is not None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--passkeys", type=int, default=100)
    parser.add_argument("--key-values", type=int, default=100)
    parser.add_argument("--out", type=Path, help="every prompt with its continuation, as JSON")
    args = parser.parse_args()
    tokenizer = PreTrainedTokenizerFast.from_pretrained(args.model)
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32).eval()
    config = model.config
    window = next(
        v for k in ("max_position_embeddings", "n_positions", "max_seq_len") if (v := getattr(config, k, None))
    )
    rows = []
    for name, prompts in (
        ("questions", question_prompts(args.questions)),
        ("passkeys", passkey_prompts(args.passkeys)),
        ("register look-ups", key_value_prompts(args.key_values)),
    ):
        for row in prompts:
            row["said"] = continuation(model, tokenizer, row["prompt"], window)
            row["right"] = holds(row["said"], row["value"])
        right = sum(row["right"] for row in prompts)
        print(f"{name}: {right} of {len(prompts)} right ({right / max(1, len(prompts)):.1%})", flush=True)
        if name == "questions":
            for kind in sorted({row["kind"] for row in prompts}):
                these = [row["right"] for row in prompts if row["kind"] == kind]
                print(f"  {kind}: {sum(these)} of {len(these)}")
        rows += prompts
    if args.out:
        args.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
