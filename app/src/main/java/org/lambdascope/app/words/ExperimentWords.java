package org.lambdascope.app.words;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What experiments measure, and what the keys of their files mean. */
public final class ExperimentWords {

  private static final String LOST = "Liu et al. 2023, Lost in the Middle, arXiv 2307.03172";
  private static final String SQUAD = "Rajpurkar et al. 2016, SQuAD, arXiv 1606.05250, §6.1";

  public static final Word PASSKEY =
      new Word(
          "pass key",
          "A task: a number is hidden in repeated filler and asked for at the end. Measured is the share of right answers by length of the text and depth of the number.",
          "Mohtashami and Jaggi 2023, Landmark Attention, arXiv 2305.16300, §4.2");
  public static final Word NEEDLE =
      new Word(
          "needle in a haystack",
          "A task: a sentence that does not belong there is hidden in a text and asked for at the end.",
          "Kamradt 2023, Needle In A Haystack");
  public static final Word KEY_VALUE =
      new Word(
          "key–value retrieval",
          "A task: pairs of random keys and values are listed, and the value of one key is asked for. Measured is the share of right answers by number of pairs.",
          LOST + ", §3");
  public static final Word BLEU =
      new Word(
          "BLEU",
          "How many runs of 1 to 4 words of a generated text stand in the reference too, with a penalty for being short: 0 to 100.",
          "Papineni et al. 2002, BLEU, ACL; tokens and smoothing as in Post 2018, arXiv 1804.08771");
  public static final Word ROUGE =
      new Word(
          "ROUGE",
          "What generated and reference text share, as F: words (ROUGE-1), pairs of words (ROUGE-2), or the longest common subsequence (ROUGE-L).",
          "Lin 2004, ROUGE, ACL workshop Text Summarization Branches Out");
  public static final Word EXACT_MATCH =
      new Word(
          "exact match",
          "The share of answers that are the expected one, but for case, articles and punctuation.",
          SQUAD);
  public static final Word ANSWER_F1 =
      new Word(
          "F1 of answers",
          "The harmonic mean of precision and recall of an answer’s words against the expected one.",
          SQUAD);
  public static final Word WINDOWED =
      new Word(
          "windowed loss",
          "The mean loss of the last so many predictions of one reading of a text of the milestone’s length.",
          Words.LM_INFINITE + ", table 1");
  public static final Word STRIDED =
      new Word(
          "strided loss",
          "The text is read anew from every multiple of the stride, a milestone’s length at a time; a prediction counts the first time that it is made.",
          Words.SHORTFORMER);
  public static final Word ABLATION =
      new Word(
          "ablation",
          "Numbers of an arm are varied over a grid, to see on which of them its loss depends.",
          Words.LM_INFINITE + ", fig. 5");
  public static final Word FACTORS =
      new Word(
          "OOD factors",
          "What leaves the range known from training as texts get longer: logits, entropies, and what initial tokens hold.",
          Words.LM_INFINITE + ", fig. 1");
  public static final Word EFFICIENCY =
      new Word(
          "efficiency",
          "Seconds to read a text, tokens per second of decoding after it, and bytes of the cache, by its length.",
          Words.LM_INFINITE + ", appendix D");
  public static final Word CONTEXT_SCALING =
      new Word(
          "context scaling",
          "The loss of the same target tokens while more and more context stands before them.",
          Words.CEPE);
  public static final Word CONTEXT_CONTROLS =
      new Word(
          "context controls",
          "The loss of target tokens after their true context, none, that of another document, and the true one with its tokens or chunks in random order: whether a gain is one of content.",
          Words.CEPE);
  private static final Word QUESTIONS =
      new Word(
          "questions over passages",
          "Questions that are answered from passages of which one holds the answer, by number of passages.",
          LOST + ", §2");

  private ExperimentWords() {}

  /** The terms among them, for the glossary. */
  static Stream<Word> terms() {
    return Stream.of(
        PASSKEY,
        NEEDLE,
        KEY_VALUE,
        QUESTIONS,
        BLEU,
        ROUGE,
        EXACT_MATCH,
        ANSWER_F1,
        WINDOWED,
        STRIDED,
        ABLATION,
        FACTORS,
        EFFICIENCY,
        CONTEXT_SCALING,
        CONTEXT_CONTROLS);
  }

  /** What experiments of a kind measure; empty for an unknown kind. */
  public static List<Word> of(String kind) {
    return switch (kind) {
      case "perplexity" -> List.of(Words.PERPLEXITY, Words.NLL);
      case "generation-quality" -> List.of(BLEU, ROUGE);
      case "passkey" -> List.of(PASSKEY);
      case "needle" -> List.of(NEEDLE);
      case "key-value" -> List.of(KEY_VALUE);
      case "qa" -> List.of(QUESTIONS, EXACT_MATCH, ANSWER_F1);
      case "efficiency" -> List.of(EFFICIENCY);
      case "context-scaling" -> List.of(CONTEXT_SCALING);
      case "context-controls" -> List.of(CONTEXT_CONTROLS);
      case "ablation" -> List.of(ABLATION);
      case "ood-factors" -> List.of(FACTORS, Words.LOGIT, Words.ENTROPY, Words.HIDDEN_STATES);
      default -> List.of();
    };
  }

  /**
   * What a key of an experiment file means, with its source where it has one.
   *
   * @param kind of the experiment; empty for the keys of the file
   */
  public static Optional<String> key(String kind, String key) {
    Word word = word(kind, key);
    return word != null ? Optional.of(word.toString()) : plain(key);
  }

  private static @Nullable Word word(String kind, String key) {
    return switch (key) {
      case "arms", "arm" -> Words.ARM;
      case "pretrain-length" -> Words.L_PRETRAIN;
      case "cache" -> Words.CACHE;
      case "window" -> WINDOWED;
      case "stride" -> STRIDED;
      case "grid" -> ABLATION;
      case "passages" -> QUESTIONS;
      case "contexts" -> CONTEXT_SCALING;
      case "context" -> CONTEXT_CONTROLS;
      case "make.lengths", "make.depths", "prompts" ->
          of(kind).isEmpty() ? null : of(kind).getFirst();
      default -> null;
    };
  }

  private static Optional<String> plain(String key) {
    return Optional.ofNullable(
        switch (key) {
          case "name" -> "Names the files of the results.";
          case "model" -> "The model that all arms run.";
          case "seed", "data.seed", "make.seed" ->
              "Where random draws begin: the same number gives the same results.";
          case "data.text", "data.jsonl", "data.parquet" -> "The texts that the arms read.";
          case "data.field" -> "The entry of each object or row that holds its text.";
          case "data.piece" ->
              "Texts are cut into pieces of so many tokens; each begins with the token for a beginning.";
          case "data.least" -> "Texts of fewer tokens are left out.";
          case "data.count" -> "So many texts are drawn, by the seed.";
          case "lengths", "length" -> "Tokens of a text that the arms read.";
          case "smooth" -> "Positions whose losses are averaged into one point of the curve.";
          case "new-tokens" -> "The most tokens that are generated after what was read.";
          case "make.count" -> "Prompts that are made for each length and depth.";
          case "answer-field" -> "The entry of each prompt that holds the expected answer.";
          case "length-field", "depth-field", "entries-field" ->
              "The entry of each prompt by which results are grouped.";
          case "count" -> "So many are drawn, by the seed.";
          case "questions" -> "Questions with their answers and passages.";
          case "repetitions" -> "How often each time is taken; the median counts.";
          case "targets" -> "Tokens whose loss is measured, the same after every context.";
          case "local" -> "Tokens right before the targets that stay there whatever the context.";
          case "stretches" -> "Places in each text from which context and targets are taken.";
          case "decode" -> "Targets that are read one by one, to time decoding.";
          case "from" -> "The first position whose loss counts.";
          case "points" -> "Places at which each curve is sampled.";
          case "layers" -> "Which decoder layers are looked at.";
          case "heads" -> "Which query heads are looked at.";
          default -> null;
        });
  }
}
