package org.lambdascope.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results are there whole or not at all. */
class UnitStoreTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    UnitStore store = new UnitStore(folder.resolve("units"));
    assertThat(store.has("a.b")).isFalse();
    assertThat(store.read("a.b")).isEmpty();
    store.write(
        "a.b", Results.object().put("x", 0.1).set("v", Results.values(new float[] {1, Float.NaN})));
    assertThat(store.has("a.b")).isTrue();
    assertThat(Results.array(store.read("a.b").orElseThrow(), "v")).containsExactly(1, Double.NaN);
  }

  @Test
  void whatAKillLeftIsRemoved() throws IOException {
    Path partial = Files.writeString(folder.resolve("a.part"), "{\"half\":");
    UnitStore store = new UnitStore(folder);
    assertThat(partial).doesNotExist();
    assertThat(store.has("a")).isFalse();
  }

  @Test
  void aDamagedResultCountsAsNotDone() throws IOException {
    UnitStore store = new UnitStore(folder);
    for (String damaged : new String[] {"", "{\"x\":", "[]", "\u0000\u0000"}) {
      Files.writeString(folder.resolve("a.json"), damaged);
      assertThat(store.read("a")).isEmpty();
    }
  }
}
