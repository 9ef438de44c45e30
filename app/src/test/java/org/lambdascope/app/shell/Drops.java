package org.lambdascope.app.shell;

import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

/**
 * Drops as a file manager makes them. No robot can, and JavaFX's headless platform has no drag and
 * drop: the events are made here, around a drag board that holds what it is given.
 */
final class Drops {

  private Drops() {}

  /**
   * Drags files over a node and lets them go. Called on the FX thread.
   *
   * @return whether they were taken, by the node or by what it stands in
   */
  static boolean files(Node onto, List<Path> files) {
    List<File> dropped = files.stream().map(Path::toFile).toList();
    return drop(onto, board(dropped.isEmpty() ? Map.of() : Map.of(DataFormat.FILES, dropped)));
  }

  /** The same with words, as from a page that is being read. */
  static boolean text(Node onto, String words) {
    return drop(onto, board(Map.of(DataFormat.PLAIN_TEXT, words)));
  }

  private static boolean drop(Node onto, Dragboard board) {
    DragEvent over = event(DragEvent.DRAG_OVER, board);
    Event.fireEvent(onto, over);
    if (!over.isAccepted()) {
      return false; // the platform would show that it cannot be dropped here, and drop nothing
    }
    DragEvent drop = event(DragEvent.DRAG_DROPPED, board);
    Event.fireEvent(onto, drop);
    return drop.isDropCompleted();
  }

  private static DragEvent event(EventType<DragEvent> type, Dragboard board) {
    return new DragEvent(type, board, 1, 1, 1, 1, TransferMode.COPY, null, null, null);
  }

  private static Dragboard board(Map<DataFormat, Object> content) {
    try {
      Constructor<?> make = Dragboard.class.getDeclaredConstructors()[0];
      make.setAccessible(true);
      Class<?> peer = make.getParameterTypes()[0];
      return (Dragboard)
          make.newInstance(
              Proxy.newProxyInstance(
                  peer.getClassLoader(),
                  new Class<?>[] {peer},
                  (proxy, method, arguments) ->
                      switch (method.getName()) {
                        case "getContentTypes" -> content.keySet();
                        case "hasContent" -> content.containsKey((DataFormat) arguments[0]);
                        case "getContent" -> content.get((DataFormat) arguments[0]);
                        case "getTransferModes" -> Set.of(TransferMode.COPY);
                        default -> throw new UnsupportedOperationException(method.getName());
                      }));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("expected a drag board made around its content", e);
    }
  }
}
