package org.lambdascope.app.common;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/** Takes files that are dropped onto a part of the window. */
public final class DroppedFiles {

  private DroppedFiles() {}

  /** Has {@code open} take what is dropped onto {@code node}. */
  public static void onto(Node node, Consumer<List<Path>> open) {
    node.setOnDragOver(DroppedFiles::over);
    node.setOnDragDropped(
        event -> {
          List<Path> paths = event.getDragboard().getFiles().stream().map(File::toPath).toList();
          open.accept(paths);
          event.setDropCompleted(!paths.isEmpty());
          event.consume();
        });
  }

  private static void over(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
      event.consume();
    }
  }
}
