package org.lambdascope.engine.spec;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML 1.2 into nodes that know their lines. Nothing in a file can name a Java class. */
final class YamlText {

  /** A file that people write is smaller. */
  private static final long MOST_BYTES = 1 << 20;

  private YamlText() {}

  static SpecNode read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "expected an experiment file (YAML), found nothing");
    }
    String name = String.valueOf(file.getFileName());
    if (Files.isDirectory(file) || Files.size(file) > MOST_BYTES) {
      throw new SpecException(
          "%s: expected an experiment file (YAML) of at most 1 MiB, found %s"
              .formatted(file, Files.isDirectory(file) ? "a folder" : Files.size(file) + " bytes"));
    }
    try {
      return parse(name, Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new SpecException(file + ": expected text in UTF-8, found other bytes");
    }
  }

  static SpecNode parse(String name, String text) throws SpecException {
    return new SpecNode(name, "", compose(name, text));
  }

  /** The tree of a text that is not empty. */
  static Node compose(String name, String text) throws SpecException {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setMaxAliasesForCollections(20).build();
    Node root;
    try {
      root =
          new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
              .getSingleNode()
              .orElse(null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      String problem = e.getProblem().replaceFirst("(?<= got )\\p{Punct}$", "'$0'");
      String reason = "not YAML: %s%s".formatted(problem, begun(e));
      throw new SpecException("%s:%d: %s".formatted(name, line, reason), line, "", reason);
    } catch (YamlEngineException e) {
      throw new SpecException("%s: not YAML: %s".formatted(name, e.getMessage()));
    }
    if (root == null) {
      throw new SpecException(name + ": expected an experiment file (YAML), found an empty one");
    }
    return root;
  }

  /** What was being read, where that began further up: there the mistake may be. */
  private static String begun(MarkedYamlEngineException e) {
    Integer from = e.getContextMark().map(mark -> mark.getLine() + 1).orElse(null);
    Integer to = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(null);
    return from == null || from.equals(to) || e.getContext() == null
        ? ""
        : " (%s that begins in line %d)".formatted(e.getContext(), from);
  }
}
