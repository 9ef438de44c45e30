# SPDX-License-Identifier: GPL-3.0-or-later
"""CEPE with tiny sizes, in seconds: the exact invariants, and every script from a decoder to its figures.

    python -m unittest discover -s samples/training/tests
"""

import json
import sys
import tempfile
import unittest
from pathlib import Path


import torch
from safetensors import safe_open


TRAINING = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TRAINING), str(TRAINING.parent)]

import evaluate_cepe
import make_corpus
import train_cepe
import train_ceped
import train_instruct
from cepe import Cepe, as_windows
from cepe_hf import load_cepe
from decoders import Decoder, default_config
from worlds import documents

VOCABULARY = 512
SIZES = {"d_model": 32, "n_layers": 2, "n_heads": 4, "n_kv_heads": 2, "d_ff": 64, "rotary_dim": 8}


def tiny_decoder() -> Decoder:
    torch.manual_seed(1)
    return Decoder(default_config("lambda-llama", vocab_size=VOCABULARY, **SIZES))


def tiny_cepe() -> Cepe:
    torch.manual_seed(2)
    model = Cepe.around(tiny_decoder(), encoder_layers=2, cross_layers=2)
    for _, parameter in model.trained_parameters():
        torch.nn.init.normal_(parameter, mean=1.0 if parameter.ndim == 1 else 0.0, std=0.2)
    return model


class Invariants(unittest.TestCase):
    def setUp(self):
        self.model = tiny_cepe()
        random = torch.Generator().manual_seed(3)
        self.ids = torch.randint(3, VOCABULARY, (1, 2, 16), generator=random)
        self.chunks = torch.randint(3, VOCABULARY, (1, 3, 8), generator=random)

    @torch.no_grad()
    def test_without_context_it_is_the_decoder_to_the_last_bit(self):
        found = self.model.hidden(self.ids, None)[0]
        torch.testing.assert_close(found, self.model.decoder.hidden(self.ids[0]), rtol=0, atol=0)

    @torch.no_grad()
    def test_order_of_chunks_changes_nothing_but_rounding(self):
        memory = self.model.encode(self.chunks)
        permuted = self.model.encode(self.chunks[:, [2, 0, 1]])
        found, expected = self.model.hidden(self.ids, permuted), self.model.hidden(self.ids, memory)
        torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)
        self.assertGreater((expected - self.model.hidden(self.ids, None)).abs().max().item(), 1e-3)

    @torch.no_grad()
    def test_a_window_sees_exactly_its_prefix_of_the_memory(self):
        memory = self.model.encode(self.chunks)
        both = self.model.hidden(self.ids, memory, [0, 16])
        torch.testing.assert_close(both[:, :1], self.model.hidden(self.ids[:, :1], None), rtol=1e-4, atol=1e-5)
        expected = self.model.hidden(self.ids[:, 1:], memory[:, :16])
        torch.testing.assert_close(both[:, 1:], expected, rtol=1e-4, atol=1e-5)

    def test_only_encoder_and_cross_attention_are_trained(self):
        memory = self.model.encode(self.chunks)
        ids, targets = as_windows(self.ids.flatten(1), 16)
        self.model.nll(ids, targets, memory).mean().backward()
        self.assertTrue(all(p.grad is None for p in self.model.decoder.parameters()))
        self.assertTrue(all(p.grad is not None for _, p in self.model.trained_parameters()))


class Scripts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.build = Path(cls.folder.name)
        texts = [documents.chronicle(seed, 40_000).text for seed in range(3)]
        tokenizer = make_corpus.new_tokenizer(texts, VOCABULARY)
        tokenizer.save(str(cls.build / "tokenizer.json"))
        for split in ("train", "heldout"):
            make_corpus.write_ids(cls.build / split, texts, tokenizer)
        decoder = tiny_decoder()
        (cls.build / "lambda-llama").mkdir()
        state = {"config": decoder.config.to_dict(), "model": decoder.state_dict()}
        torch.save(state, cls.build / "lambda-llama" / "checkpoint.pt")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_from_a_decoder_to_the_figures(self):
        common = ["--build", str(self.build), "--threads", "1"]
        budgets = ["--mlm-tokens", "10000", "--copy-tokens", "6000", "--context-tokens", "6000", "--questions-tokens", "6000"]
        recipe = [*common, *budgets, "--encoder-layers", "2", "--cross-layers", "1"]
        train_cepe.main(recipe)
        exported = self.build / "lambda-cepe" / "hf"
        config = json.loads((exported / "config.json").read_text())
        self.assertEqual(config["architectures"], ["LlamaForCausalContextLM"])
        self.assertEqual(config["num_cross_attn_layers"], 1)
        with safe_open(exported / "model.safetensors", "pt") as tensors:
            names = set(tensors.keys())
        for name in (
            "model.layers.1.cross_attn.q_proj.weight",
            "model.layers.1.cross_attn.layernorm.weight",
            "encoder.embed_tokens.weight",
            "encoder.layers.1.mlp.down_proj.weight",
            "encoder.norm.weight",
        ):
            self.assertIn(name, names)
        self.assertFalse([name for name in names if name.startswith("model.layers.0.cross_attn")])

        log = (self.build / "lambda-cepe" / "context-eval.csv").read_text()
        train_cepe.main(recipe)  # finished stages are not repeated
        self.assertEqual(log, (self.build / "lambda-cepe" / "context-eval.csv").read_text())

        trained = load_cepe(self.build / "lambda-cepe" / "questions.pt")
        published = load_cepe(exported)
        for name, parameter in published.named_parameters():
            expected = trained.get_parameter(name).detach().bfloat16().float()
            torch.testing.assert_close(parameter.detach(), expected, rtol=0, atol=0)

        train_instruct.main([*common, "--minutes", "0.01", "--batch", "2", "--questions", "2"])
        train_ceped.main([*common, "--tokens", "3000", "--batch", "2"])

        out = self.build / "figures.json"
        sizes = ["--documents", "2", "--windows", "1", "--questions", "2"]
        evaluate_cepe.main([str(exported), *common, *sizes, "--out", str(out)])
        figures = json.loads(out.read_text())
        true, permuted = (figures["controls"][name]["nll"]["mean"] for name in ("true", "permuted chunks"))
        self.assertAlmostEqual(true, permuted, places=4)
        self.assertEqual(len(figures["context_amount"]), len(evaluate_cepe.AMOUNTS))


class Examples(unittest.TestCase):
    def test_the_value_completes_the_stem(self):
        from instructions import example

        texts = [documents.chronicle(1, 20_000).text]
        tokenizer = make_corpus.new_tokenizer(texts, VOCABULARY)
        for seed in range(20):
            made = example(tokenizer, seed, 3)
            source = documents.question_set(seed, 3)
            answer = tokenizer.decode(made.stem + made.value + made.rest)
            self.assertEqual(answer.strip(), source["answer"])
            self.assertTrue(tokenizer.decode(made.value).strip() == source["value"])
            self.assertIn(source["value"], tokenizer.decode(made.passages[made.gold]))


if __name__ == "__main__":
    unittest.main()
