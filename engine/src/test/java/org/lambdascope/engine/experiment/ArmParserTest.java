package org.lambdascope.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ArmParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vanilla                   | vanilla",
        "truncate                  | truncate:local=512,stride=256",
        "truncate:local=100        | truncate:local=100,stride=50",
        "window                    | window:local=512",
        "lambda-mask               | lambda-mask:global=10,local=512",
        "ceiling                   | ceiling:ceiling=512",
        "lm-infinite               | lm-infinite:global=10,local=512,ceiling=512",
        "lm-infinite:local=7       | lm-infinite:global=10,local=7,ceiling=512",
        "lm-infinite:k=5           | lm-infinite:global=10,local=512,ceiling=512,k=5",
        "lm-infinite:k=5,middle=256,from=1 | lm-infinite:global=10,local=512,ceiling=512,k=5,from=1",
        "lm-infinite:middle=100    | lm-infinite:global=10,local=512,ceiling=512,middle=100",
        "infllm:blocks=2           | infllm:global=10,local=256,block=8,representatives=4,blocks=2",
        "streaming-llm             | streaming-llm:sink=4,recent=508",
        "streaming-llm:sink=12     | streaming-llm:sink=12,recent=500",
        "linear-pi                 | linear-pi:factor=8",
        "ntk:factor=2.50           | ntk:factor=2.5",
        "dynamic-ntk               | dynamic-ntk:factor=2,original=512,step=64",
        "yarn:factor=16            | yarn:factor=16,original=512,beta-fast=32,beta-slow=1,mscale=1",
        "self-extend               | self-extend:group=8,window=128",
        "rerope                    | rerope:window=128",
        "leaky-rerope              | leaky-rerope:window=128,factor=16",
        "dca                       | dca:original=512,chunk=384",
        "dca:original=101          | dca:original=101,chunk=76",
      })
  void defaultsComeFromThePretrainLength(String given, String full) {
    assertThat(ArmParser.parse(given, 512)).hasToString(full);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lambda                    | unknown arm 'lambda'; expected one of vanilla, truncate, window",
        "''                        | unknown arm ''",
        "lm-infinite:sink=4        | lm-infinite: unknown key 'sink'; valid keys: global, local, ceiling",
        "vanilla:local=4           | vanilla: unknown key 'local'; vanilla takes no keys",
        "window:local=             | window: local: expected a whole number, found ''",
        "window:local=3.5          | window: local: expected a whole number, found '3.5'",
        "window:local=99999999999  | window: local: expected a whole number, found '99999999999'",
        "window:local=0            | window: local: expected a whole number of at least 1, found 0",
        "window:local              | window: expected key=value, found 'local'",
        "window:                   | window: expected key=value, found ''",
        "window:local=1,local=2    | window: key 'local' is given twice",
        "ceiling:ceiling=-1        | ceiling: ceiling: expected a whole number of at least 1",
        "truncate:local=4,stride=4 | truncate: stride: expected less than local = 4, found 4",
        "yarn:factor=0.5           | yarn: factor: expected a number of at least 1, found 0.5",
        "yarn:beta-fast=1,beta-slow=2 | yarn: beta-slow: expected at most beta-fast = 1.0, found 2.0",
        "dca:chunk=513             | dca: chunk: expected at most original = 512, found 513",
        "self-extend:group=0       | self-extend: group: expected a whole number of at least 1",
        "truncate:local=1          | truncate: local: expected a whole number of at least 2",
      })
  void saysWhatIsWrongAndWhatIsValid(String given, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArmParser.parse(given, 512))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @EnumSource
  void everyArmReadsBackWhatItPrints(ArmKind kind) {
    Arm arm = Arm.withDefaults(kind, 2048);
    assertThat(ArmParser.parse(arm.toString(), 1)).isEqualTo(arm);
  }

  @Test
  void changesOneParameter() {
    assertThat(ArmParser.parse("lm-infinite", 512).with("local", 64))
        .hasToString("lm-infinite:global=10,local=64,ceiling=512");
  }
}
