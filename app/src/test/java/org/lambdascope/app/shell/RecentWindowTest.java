package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.library.LibraryItem;
import org.lambdascope.app.models.LoadedText;

/** What was opened lately is opened again: from the menu, from the tree, from the welcome page. */
class RecentWindowTest extends WindowFixture {

  @BeforeEach
  void openTwoTexts() throws Exception {
    open(120);
    Path other =
        Files.writeString(
            folder.resolve("other.txt"), Files.readString(folder.resolve("letters.txt")));
    robot.interact(() -> window.models().open(List.of(other)));
    awaitText("other.txt");
  }

  private void awaitText(String name) throws TimeoutException {
    await(
        () -> {
          LoadedText text = window.models().source().text();
          return text != null && text.name().equals(name);
        });
  }

  private Menu menu(String id) {
    return (Menu)
        robot.lookup(".menu-bar").queryAs(MenuBar.class).getMenus().getFirst().getItems().stream()
            .filter(item -> id.equals(item.getId()))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void theMenuOpensThemAgainTheLatestFirst() throws Exception {
    assertThat(menu("recent-models").getItems())
        .extracting(MenuItem::getText)
        .singleElement()
        .asString()
        .startsWith("tiny — ");
    List<MenuItem> texts = menu("recent-texts").getItems();
    assertThat(texts)
        .extracting(item -> item.getText().split(" — ", 2)[0])
        .containsExactly("other.txt", "letters.txt");
    robot.interact(() -> texts.getLast().fire());
    awaitText("letters.txt");
    assertThat(menu("recent-texts").getItems())
        .extracting(item -> item.getText().split(" — ", 2)[0])
        .containsExactly("letters.txt", "other.txt");
  }

  @Test
  void theTreeListsThemAndForgetsThem() throws Exception {
    assertThat(window.library().items(LibraryItem.Kind.DOCUMENT))
        .extracting(LibraryItem::name)
        .containsExactly("other.txt", "letters.txt");
    choose("letters.txt");
    robot.type(KeyCode.ENTER);
    awaitText("letters.txt");
    choose("Documents"); // or the next click would be the second on one place, which opens
    choose("other.txt");
    robot.type(KeyCode.DELETE);
    assertThat(window.library().items(LibraryItem.Kind.DOCUMENT))
        .extracting(LibraryItem::name)
        .containsExactly("letters.txt");
    assertThat(settings.recentTexts()).hasSize(1);
    assertThat(folder.resolve("other.txt")).as("the file stays").exists();
  }

  /** Selects a line of the tree. */
  private void choose(String name) {
    Node tree = robot.lookup("#library-tree").query();
    robot.clickOn(robot.from(tree).lookup(name).<Node>query());
  }

  @Test
  void theWelcomePageOffersThemAtTheNextStart() throws IOException, TimeoutException {
    close();
    start();
    robot.clickOn(link("tiny"));
    await(() -> window.models().source().model() != null);
    robot.clickOn(link("letters.txt"));
    awaitText("letters.txt");
    assertThat(Objects.requireNonNull(window.models().source().tokens())).hasSize(120);
  }

  private Hyperlink link(String name) {
    return robot.lookup("#welcome .hyperlink").queryAllAs(Hyperlink.class).stream()
        .filter(link -> link.getText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
