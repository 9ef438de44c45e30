package org.lambdascope.engine.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * BM25 (Robertson and Zaragoza 2009, as Lucene defines it: k1 = 1.2, b = 0.75) with token ids as
 * terms, so that it needs no text and no stemmer of any language. A term counts as often as the
 * query holds it. Equal scores keep the order of the candidates.
 */
public final class Bm25Retriever implements PassageRetriever {

  private static final String IDS = "ids";

  /** Lucene greets with its vector width on standard error. Kept, for loggers are held weakly. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  static {
    LUCENE.setLevel(Level.WARNING);
  }

  /** Makes a retriever; it holds no state. */
  public Bm25Retriever() {}

  @Override
  public List<ScoredPassage> retrieve(List<int[]> candidates, int[] query, int count) {
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      index(directory, candidates);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity());
        return ranked(candidates, searcher, query, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // from memory to memory
    }
  }

  private static void index(ByteBuffersDirectory directory, List<int[]> candidates)
      throws IOException {
    // One segment, unmerged: documents keep their numbers.
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setSimilarity(new BM25Similarity())
            .setMergePolicy(NoMergePolicy.INSTANCE);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int[] candidate : candidates) {
        Document document = new Document();
        document.add(new TextField(IDS, new Ids(candidate)));
        writer.addDocument(document);
      }
    }
  }

  private static List<ScoredPassage> ranked(
      List<int[]> candidates, IndexSearcher searcher, int[] query, int count) throws IOException {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int id : query) {
      counts.merge(id, 1, Integer::sum);
    }
    BooleanQuery.Builder terms = new BooleanQuery.Builder();
    counts.entrySet().stream()
        // Lucene bounds the clauses; the rarer the term in a long query, the less it can add.
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .limit(IndexSearcher.getMaxClauseCount())
        .forEach(
            e ->
                terms.add(
                    new BoostQuery(
                        new TermQuery(new Term(IDS, Integer.toString(e.getKey()))), e.getValue()),
                    Occur.SHOULD));
    List<ScoredPassage> found = new ArrayList<>();
    boolean[] taken = new boolean[candidates.size()];
    for (ScoreDoc hit : searcher.search(terms.build(), count).scoreDocs) {
      found.add(new ScoredPassage(candidates.get(hit.doc), hit.score));
      taken[hit.doc] = true;
    }
    for (int c = 0; c < taken.length && found.size() < count; c++) {
      if (!taken[c]) {
        found.add(new ScoredPassage(candidates.get(c), 0)); // shares no term with the query
      }
    }
    return found;
  }

  /** Ids as terms. */
  private static final class Ids extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final int[] ids;
    private int next;

    Ids(int[] ids) {
      this.ids = ids;
    }

    @Override
    public boolean incrementToken() {
      if (next == ids.length) {
        return false;
      }
      clearAttributes();
      term.append(Integer.toString(ids[next++]));
      return true;
    }

    @Override
    public void reset() {
      next = 0;
    }
  }
}
