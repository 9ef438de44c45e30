package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class WindowPlacementTest {

  private static final Rectangle2D LAPTOP = new Rectangle2D(0, 0, 1280, 800);
  private static final Rectangle2D SECOND = new Rectangle2D(1280, 0, 1920, 1080);

  @Test
  void aWindowStaysWhereItWas() {
    Rectangle2D at = new Rectangle2D(1300, 50, 1000, 700);
    assertThat(WindowPlacement.clamp(at, List.of(LAPTOP, SECOND))).isEqualTo(at);
  }

  @Test
  void aWindowOfAScreenThatIsGoneComesToTheMiddleOfThePrimaryOne() {
    assertThat(WindowPlacement.clamp(new Rectangle2D(1300, 50, 1000, 700), List.of(LAPTOP)))
        .isEqualTo(new Rectangle2D(140, 50, 1000, 700));
  }

  @Test
  void aWindowThatIsTooLargeIsMadeToFit() {
    assertThat(WindowPlacement.clamp(new Rectangle2D(-40, -20, 2000, 1200), List.of(LAPTOP)))
        .isEqualTo(LAPTOP);
  }
}
