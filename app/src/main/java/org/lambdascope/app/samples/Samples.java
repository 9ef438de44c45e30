package org.lambdascope.app.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of bundled samples: {@code models/<name>/}, each an ordinary Hugging Face folder, and
 * {@code documents/<name>.txt}. It is looked into when it is asked, so it may be absent, or grow.
 */
public final class Samples {

  /** System property with the folder's path; the launcher sets it. */
  public static final String PROPERTY = "lambdascope.samples";

  private static final String DEFAULT_MODEL = "lambda-llama";
  private static final String DEFAULT_DOCUMENT = "welcome";
  private static final String TEXT = ".txt";

  private final @Nullable Path folder;

  private Samples(@Nullable Path folder) {
    this.folder = folder;
  }

  /** The samples that the launcher named; none if it named no folder. */
  public static Samples installed() {
    String path = System.getProperty(PROPERTY, "");
    return path.isEmpty() ? none() : in(Path.of(path));
  }

  /** The samples of a folder, which need not exist. */
  public static Samples in(Path folder) {
    return new Samples(folder);
  }

  /** No samples. */
  public static Samples none() {
    return new Samples(null);
  }

  /** The folder; empty where there are no samples. */
  public Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /** The model that stands in where none is named; empty if it is not there. */
  public Optional<Path> defaultModel() {
    return model(DEFAULT_MODEL);
  }

  /** The document that stands in where none is named; empty if it is not there. */
  public Optional<Path> welcome() {
    return document(DEFAULT_DOCUMENT);
  }

  /** The model of a name, such as {@code lambda-llama}; empty if there is none. */
  public Optional<Path> model(String name) {
    return models().stream().filter(path -> name(path).equals(name)).findFirst();
  }

  /** The document of a name, with or without its {@code .txt}; empty if there is none. */
  public Optional<Path> document(String name) {
    return documents().stream()
        .filter(path -> name(path).equals(name) || name(path).equals(name + TEXT))
        .findFirst();
  }

  /** What a path names: itself if it exists, else the bundled model of that name, else itself. */
  public Path modelOr(Path named) {
    return Files.exists(named) ? named : model(named.toString()).orElse(named);
  }

  /**
   * What a path names: itself if it exists, else the bundled document of that name, else itself.
   */
  public Path documentOr(Path named) {
    return Files.exists(named) ? named : document(named.toString()).orElse(named);
  }

  /**
   * What a path names: itself if it exists, else the bundled document or the bundled file beside
   * the documents of that name, else itself.
   */
  public Path dataOr(Path named) {
    Path document = documentOr(named);
    if (Files.exists(document) || folder == null) {
      return document;
    }
    Path beside = folder.resolve("documents").resolve(String.valueOf(named.getFileName()));
    return named.getNameCount() == 1 && Files.isRegularFile(beside) ? beside : named;
  }

  /** Folders of models, the default first, then by name. */
  public List<Path> models() {
    return children("models", path -> Files.isRegularFile(path.resolve("config.json"))).stream()
        .sorted(
            Comparator.comparing((Path path) -> !name(path).equals(DEFAULT_MODEL))
                .thenComparing(Samples::name))
        .toList();
  }

  /** Documents, the shortest first. */
  public List<Path> documents() {
    return children("documents", path -> name(path).endsWith(TEXT)).stream()
        .sorted(
            Comparator.comparingLong((Path path) -> path.toFile().length())
                .thenComparing(Samples::name))
        .toList();
  }

  /** The comparisons of {@link Comparison#ALL} whose model is there. */
  public List<Comparison> comparisons() {
    return Comparison.ALL.stream().filter(c -> model(c.model()).isPresent()).toList();
  }

  /**
   * All comparisons that are there as one, for a window that has one model open: the last model can
   * run the arms of all. Empty if none is there.
   */
  public Optional<Comparison> joined() {
    List<Comparison> there = comparisons();
    return there.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Comparison(
                there.getLast().model(),
                there.stream().flatMap(c -> c.arms().stream()).distinct().toList()));
  }

  /** What was expected and where, for a message about samples that are not there. */
  public String expected() {
    return folder == null
        ? "the program was started without its samples (-D%s=FOLDER)".formatted(PROPERTY)
        : "expected models/%s and documents/%s in %s"
            .formatted(DEFAULT_MODEL, DEFAULT_DOCUMENT + TEXT, folder);
  }

  /** The end of "expected a file", with the names that are bundled, if any are. */
  public static String orNamed(List<Path> bundled) {
    return bundled.isEmpty()
        ? ""
        : bundled.stream()
            .map(path -> name(path).replace(TEXT, ""))
            .collect(Collectors.joining(", ", ", or the name of what is bundled: ", ""));
  }

  private List<Path> children(String part, Predicate<Path> wanted) {
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder.resolve(part))) {
      return paths.filter(wanted).toList();
    } catch (IOException e) {
      // Absent or not readable: there is nothing in it that could be opened.
      return List.of();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
