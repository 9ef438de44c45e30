package org.lambdascope.app.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Panel;

final class InlineFigureTest {

  @Test
  void isAWholePicture() throws IOException {
    LineSeries line = LineSeries.of("vanilla", new double[] {0, 1, 2}, new double[] {1, 3, 2}, 0);
    Figure figure =
        Figure.of(
            new Panel(
                "",
                "",
                AxisSpec.linear("position (tokens)"),
                AxisSpec.linear("NLL (nats per token)"),
                List.of(line),
                List.of(),
                null));
    byte[] png = Base64.getDecoder().decode(InlineFigure.png(figure));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(630);
    assertThat(image.getHeight()).isEqualTo(394);
    assertThat(InlineFigure.png(figure)).isEqualTo(Base64.getEncoder().encodeToString(png));
  }
}
