package org.lambdascope.app.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class MarkdownTableTest {

  @Test
  void numbersStandToTheRightAndAreRounded() {
    assertThat(new MarkdownTable("arm", "tokens", "NLL").row("vanilla", 512, 1.23456).toString())
        .isEqualTo(
            """
            | arm | tokens | NLL |
            | --- | ---: | ---: |
            | vanilla | 512 | 1.235 |
            """);
  }

  @Test
  void whatIsAbsentOrNoNumberIsADash() {
    assertThat(new MarkdownTable("a", "b").row(null, Double.NaN).toString())
        .endsWith("| – | – |\n");
  }

  @Test
  void whatRoundsToNothingHasNoSign() {
    assertThat(new MarkdownTable("a", "b").row(-1e-5, -0.5f).toString())
        .endsWith("| 0.000 | -0.500 |\n");
  }

  @Test
  void barsWithinCellsDoNotEndThem() {
    assertThat(new MarkdownTable("|ΔNLL|").row("a|b").toString())
        .startsWith("| \\|ΔNLL\\| |")
        .endsWith("| a\\|b |\n");
  }

  @Test
  void rowsAreAsLongAsTheHeading() {
    MarkdownTable table = new MarkdownTable("a", "b").row(1, 2);
    assertThatThrownBy(() -> table.row(1))
        .hasMessage("row 2: expected 2 cells, one per heading, found 1");
  }

  @Test
  void queriesBecomeTables() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet answer =
            statement.executeQuery("SELECT 'cepe' AS arm, 0.5 AS share, NULL AS \"of\"")) {
      assertThat(MarkdownTable.of(answer).toString())
          .isEqualTo(
              """
              | arm | share | of |
              | --- | ---: | ---: |
              | cepe | 0.5 | – |
              """);
    }
  }
}
