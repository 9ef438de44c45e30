package org.lambdascope.engine.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One experiment of a file. Lengths are in tokens. */
public sealed interface ExperimentSpec {

  /** What every experiment has. */
  Header header();

  /**
   * What every experiment has.
   *
   * @param kind such as {@code perplexity}
   * @param name unique in the file; the kind by default
   * @param at where it stands
   * @param arms as the command line writes them
   */
  record Header(String kind, String name, SpecNode at, List<SpecNode> arms) {
    public Header {
      arms = List.copyOf(arms);
    }
  }

  /**
   * Negative log-likelihood by position and at milestones (LM-Infinite, fig. 3 and table 1).
   *
   * @param data the texts
   * @param lengths milestones
   * @param window tokens before a milestone whose mean is its windowed loss
   * @param stride tokens scored per re-reading for the strided loss; 0: not measured
   * @param smooth positions per point of the curve
   */
  record Perplexity(Header header, DataSpec data, int[] lengths, int window, int stride, int smooth)
      implements ExperimentSpec {}

  /**
   * Texts continued at milestones, compared with how they really go on (tables 2 and 3).
   *
   * @param data the texts
   * @param lengths milestones
   * @param newTokens tokens written at each
   */
  record GenerationQuality(Header header, DataSpec data, int[] lengths, int newTokens)
      implements ExperimentSpec {}

  /**
   * Share of prompts whose answer is written (fig. 4): {@code passkey}, {@code needle}, {@code
   * key-value}.
   *
   * @param prompts the prompts
   * @param newTokens tokens written after each
   */
  record Retrieval(Header header, PromptSpec prompts, int newTokens) implements ExperimentSpec {}

  /**
   * Questions over passages, of which one holds the answer.
   *
   * @param questions a JSONL file of {@code question, value, passages, gold}, and {@code answer},
   *     the sentence that says the value, where there is one
   * @param passages how many passages are given
   * @param count questions; 0: all
   * @param newTokens tokens written after each
   */
  record QuestionAnswering(
      Header header, SpecNode questions, int[] passages, int count, int newTokens)
      implements ExperimentSpec {}

  /**
   * Time and memory by length (appendix D).
   *
   * @param data the text, repeated where it is too short
   * @param lengths tokens read
   * @param repetitions of each measurement, interleaved
   * @param newTokens tokens decoded after each
   */
  record Efficiency(Header header, DataSpec data, int[] lengths, int repetitions, int newTokens)
      implements ExperimentSpec {}

  /**
   * Loss of fixed targets while only what stands before them changes (CEPE, arXiv 2402.16617): more
   * and more of it ({@code context-scaling}), or controls in its place ({@code context-controls}).
   *
   * @param data the texts
   * @param contexts tokens of context; of the controls, one
   * @param controls whether controls take the place of the context
   * @param targets tokens of a stretch that is scored; 0: as many as fit the arms, at most 256
   * @param local tokens right before a stretch that are read whatever the context
   * @param stretches stretches per document
   * @param decode targets that are read one by one, to measure decoding
   * @param seed of the random orders of the controls
   */
  record FixedTargets(
      Header header,
      DataSpec data,
      int[] contexts,
      boolean controls,
      int targets,
      int local,
      int stretches,
      int decode,
      int seed)
      implements ExperimentSpec {

    /** This experiment with as many targets. */
    public FixedTargets withTargets(int count) {
      return new FixedTargets(
          header, data, contexts, controls, count, local, stretches, decode, seed);
    }
  }

  /**
   * Loss over a grid of an arm's parameters (fig. 5).
   *
   * @param data the texts
   * @param arm the kind of arm
   * @param grid values by parameter
   * @param length tokens read
   * @param from first position that counts
   */
  record Ablation(
      Header header, DataSpec data, SpecNode arm, Map<String, int[]> grid, int length, int from)
      implements ExperimentSpec {}

  /**
   * The three out-of-distribution factors (fig. 1).
   *
   * @param data the texts
   * @param length tokens read
   * @param points points per curve
   * @param layers decoder layers, from 0; empty for all
   * @param heads query heads, from 0; empty for all
   */
  record OodFactors(Header header, DataSpec data, int length, int points, int[] layers, int[] heads)
      implements ExperimentSpec {

    /** Whether a head was asked for. */
    public boolean wants(int layer, int head) {
      return has(layers, layer) && has(heads, head);
    }

    /**
     * Checks layers and heads against those of a model.
     *
     * @throws SpecException naming the one that it does not have
     */
    public void check(int modelLayers, int modelHeads) throws SpecException {
      within("layers", layers, modelLayers);
      within("heads", heads, modelHeads);
    }

    private void within(String key, int[] asked, int there) throws SpecException {
      if (asked.length > 0 && asked[asked.length - 1] >= there) {
        throw header
            .at()
            .error(
                "%s: expected numbers below the model's %d, found %d"
                    .formatted(key, there, asked[asked.length - 1]));
      }
    }

    private static boolean has(int[] asked, int number) {
      return asked.length == 0 || Arrays.binarySearch(asked, number) >= 0;
    }
  }
}
