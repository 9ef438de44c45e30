# SPDX-License-Identifier: GPL-3.0-or-later
"""A smoke test of the decoder part: corpus, a few steps, export, `transformers`, evaluation. About a minute.

    python -m unittest discover -s tests      (in samples/training)
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

TRAINING = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TRAINING), str(TRAINING.parent)]

import evaluate  # noqa: E402
import export_hf  # noqa: E402
import train_decoder  # noqa: E402
from corpus import BOS, Corpus  # noqa: E402
from decoders import KINDS, Decoder, alibi_bias, blockwise_attention, default_config  # noqa: E402
from schedule import Budget, Schedule  # noqa: E402

SMALL = ["--d-model", "64", "--n-layers", "2", "--n-heads", "4", "--batch", "2", "--length", "128", "--threads", "1"]


def write_corpus(build: Path) -> None:
    """A tokenizer of 300 ids, and counting rhymes of 700 tokens and more as documents."""
    text = " ".join(f"{n} bottles hang on wall number {n}." for n in range(100))
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    specials = ["<s>", "</s>", "<mask>"]
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=specials, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator([text], trainer)
    tokenizer.save(str(build / "tokenizer.json"))
    ids = np.array(tokenizer.encode(text).ids, dtype="<u2")
    for split in ("train", "heldout"):
        np.concatenate([ids, ids[::-1]]).tofile(build / f"{split}.bin")
        np.save(build / f"{split}.offsets.npy", np.array([0, len(ids), 2 * len(ids)], dtype=np.int64))


class TrainingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls._folder = tempfile.TemporaryDirectory()
        cls.build = Path(cls._folder.name)
        write_corpus(cls.build)

    @classmethod
    def tearDownClass(cls) -> None:
        cls._folder.cleanup()

    def train(self, kind: str, *arguments: str) -> Path:
        train_decoder.main([kind, "--build", str(self.build), *SMALL, "--warmup", "256", *arguments])
        name = arguments[arguments.index("--name") + 1] if "--name" in arguments else kind
        return self.build / name

    def test_every_kind_trains_and_opens_in_transformers(self) -> None:
        for kind in KINDS:
            with self.subTest(kind):
                run = self.train(kind, "--tokens", str(12 * 256), "--no-compile")
                with (run / "eval.csv").open() as file:
                    nll = float(list(csv.DictReader(file))[-1]["nll"])
                self.assertLess(nll, np.log(300))
                self.assertLess(export_hf.check(run / "hf"), 1e-4)

    def test_tokenizer_opens_in_transformers(self) -> None:
        from transformers import AutoTokenizer

        run = self.train("lambda-llama", "--tokens", "256", "--no-compile", "--name", "tokenizer")
        tokenizer = AutoTokenizer.from_pretrained(run / "hf")
        self.assertEqual((tokenizer.bos_token_id, tokenizer.eos_token_id, tokenizer.mask_token_id), (0, 1, 2))
        self.assertEqual(tokenizer.decode(tokenizer.encode("7 bottles", add_special_tokens=False)), "7 bottles")

    def test_resumed_run_ends_where_an_uninterrupted_one_does(self) -> None:
        # The rate must not depend on the budget, which differs between the halves.
        steady = ("--no-compile", "--schedule", "wsd", "--decay", "1e-9")
        whole = self.train("lambda-llama", "--tokens", str(6 * 256), "--name", "whole", *steady)
        halves = self.train("lambda-llama", "--tokens", str(3 * 256), "--name", "halves", *steady)
        self.train("lambda-llama", "--tokens", str(6 * 256), "--name", "halves", "--resume", *steady)
        a, b = (export_hf.load_decoder(run / "checkpoint.pt").state_dict() for run in (whole, halves))
        for name in a:
            torch.testing.assert_close(a[name], b[name], rtol=0, atol=0)

    def test_two_processes_train_as_one(self) -> None:
        one = self.train("lambda-llama", "--tokens", "512", "--name", "one", "--no-compile")
        two = self.train("lambda-llama", "--tokens", "512", "--name", "two", "--no-compile", "--processes", "2")
        a, b = (export_hf.load_decoder(run / "checkpoint.pt").state_dict() for run in (one, two))
        torch.testing.assert_close(a["blocks.0.norm1.weight"], b["blocks.0.norm1.weight"], rtol=0, atol=1e-3)

    def test_a_pupil_starts_from_its_teachers_embedding_and_nears_it(self) -> None:
        teacher = self.train("lambda-llama", "--tokens", str(12 * 256), "--name", "teacher", "--no-compile")
        taught = ["--no-compile", "--teacher", str(teacher / "checkpoint.pt")]
        self.train("lambda-gptj", "--tokens", "256", "--lr", "0", "--muon-lr", "0", "--name", "untaught", *taught)
        self.train("lambda-gptj", "--tokens", str(12 * 256), "--name", "pupil", *taught)
        mine, theirs, pupil = (
            export_hf.load_decoder(self.build / name / "checkpoint.pt") for name in ("teacher", "untaught", "pupil")
        )
        torch.testing.assert_close(mine.embed.weight, theirs.embed.weight, rtol=0, atol=0)
        ids, _ = Corpus(self.build, "heldout").windows(128, 4, (0,))

        def divergence(model: Decoder) -> float:
            expected, found = (m(ids).log_softmax(-1) for m in (mine, model))
            return (expected.exp() * (expected - found)).sum(-1).mean().item()

        with torch.no_grad():
            self.assertLess(divergence(pupil), divergence(theirs))

    def test_fine_tuning_at_a_longer_length_records_its_interpolation(self) -> None:
        first = self.train("lambda-llama", "--tokens", "512", "--name", "short", "--no-compile")
        longer = ["--init", str(first / "hf"), "--length", "512", "--position-scale", "4"]
        run = self.train("lambda-llama", "--tokens", "1024", "--name", "long", "--no-compile", *longer)
        config = json.loads((run / "hf" / "config.json").read_text())
        self.assertEqual(config["rope_scaling"], {"rope_type": "linear", "factor": 4.0})
        self.assertEqual(config["max_position_embeddings"], 512)
        self.assertLess(export_hf.check(run / "hf"), 1e-4)


class DecoderTest(unittest.TestCase):
    def test_blockwise_attention_is_attention(self) -> None:
        torch.manual_seed(0)
        q, k, v = (torch.randn(2, 4, 200, 16) for _ in range(3))
        for bias in (None, alibi_bias(4, 200)):
            expected = torch.nn.functional.scaled_dot_product_attention(
                q, k, v, attn_mask=bias, is_causal=bias is None
            )
            torch.testing.assert_close(blockwise_attention(q, k, v, bias, block=64), expected)

    def test_windows_start_with_bos_and_predict_the_next_token(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            write_corpus(Path(folder))
            corpus = Corpus(Path(folder), "train")
            ids, targets = corpus.windows(128, 16, (3,))
            self.assertTrue((ids[:, 0] == BOS).all())
            torch.testing.assert_close(ids[:, 1:], targets[:, :-1])
            torch.testing.assert_close(ids, corpus.windows(128, 16, (3,))[0])

    def test_schedule_ends_with_its_budget(self) -> None:
        budget, schedule = Budget(1000, 1.0), Schedule("wsd", warmup=100, decay=0.2, floor=0.1)
        self.assertAlmostEqual(schedule.factor(49, budget.progress(49, 0)), 0.5)
        self.assertEqual(schedule.factor(500, budget.progress(500, 0)), 1.0)
        self.assertAlmostEqual(schedule.factor(500, budget.progress(500, 54.0)), 0.55)
        self.assertAlmostEqual(schedule.factor(1000, budget.progress(1000, 0)), 0.1)


class EvaluationTest(unittest.TestCase):
    def test_arms_agree_with_the_model_up_to_the_local_branch(self) -> None:
        torch.manual_seed(1)
        tokens = torch.randint(3, 96, (300,))
        for kind in KINDS:
            with self.subTest(kind):
                model = Decoder(default_config(kind, vocab_size=96, d_model=64, n_layers=2, max_positions=300)).eval()
                arms = {arm.name: arm for arm in evaluate.arms(n_global=4, n_local=100, ceiling=100)}
                ids = torch.cat((torch.tensor([BOS]), tokens[:-1]))[None]
                with torch.no_grad():
                    expected = torch.nn.functional.cross_entropy(model(ids)[0], tokens, reduction="none")
                torch.testing.assert_close(evaluate.token_nll(model, arms["vanilla"], tokens), expected)
                for arm in arms.values():
                    inside = evaluate.token_nll(model, arm, tokens)[:100]
                    torch.testing.assert_close(inside, expected[:100], msg=arm.name)

    def test_ceiling_is_the_distance_that_far_keys_appear_at(self) -> None:
        """Per pair, from the definition: RoPE and ALiBi depend on the distance alone, so place q at it, k at 0."""
        torch.manual_seed(2)
        for kind in KINDS:
            with self.subTest(kind):
                config = default_config(kind, vocab_size=96, d_model=64, n_layers=1, n_heads=4, n_kv_heads=4,
                                        rotary_dim=16)  # fmt: skip
                model, arm = Decoder(config), evaluate.Arm("lm-infinite", n_global=3, n_local=20, ceiling=16)
                q, k, v = (torch.randn(4, 150, 16) for _ in range(3))
                i, j = 149, torch.cat((torch.arange(3), torch.arange(130, 150)))
                distance = (i - j).clamp(max=16)
                if config.alibi:
                    logits = (k[:, j] @ q[:, i, :, None])[..., 0] / 4 - evaluate.alibi_slopes(4)[:, None] * distance
                else:
                    angles = evaluate.rope_angles(config, distance)
                    turned = evaluate.rotate(q[:, i : i + 1].expand(-1, len(j), -1), *angles, kind == "lambda-gptj")
                    logits = (turned * k[:, j]).sum(-1) / 4
                expected = (logits.softmax(-1)[:, None] @ v[:, j])[:, 0]
                mixed = evaluate.Attention(model, arm, 150)(q, k, v)
                torch.testing.assert_close(mixed[:, i], expected, rtol=1e-4, atol=1e-5)


if __name__ == "__main__":
    unittest.main()
