// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfluxSettingsTest {
  @Test
  void addressAloneIsEnough() {
    InfluxSettings settings = InfluxSettings.parse("http://db.example:8086/");
    assertThat(settings).isEqualTo(InfluxSettings.of("http://db.example:8086", "plimsoll"));
    assertThat(settings.keepProcesses()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void optionsAreTaken() {
    InfluxSettings settings =
        InfluxSettings.parse(
            "https://db:8086,database=ops,setup=no,keep-processes=48h,keep-runs=2w,"
                + "keep-history=forever,processes-per-run=10");
    assertThat(settings.database()).isEqualTo("ops");
    assertThat(settings.setup()).isFalse();
    assertThat(settings.keepProcesses()).isEqualTo(Duration.ofHours(48));
    assertThat(settings.keepRuns()).isEqualTo(Duration.ofDays(14));
    assertThat(settings.keepHistory()).isEqualTo(Duration.ZERO);
    assertThat(settings.processesPerRun()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db:8086|InfluxDB URL 'db:8086' is none; say http://HOST:8086",
        "ftp://db|InfluxDB URL 'ftp://db' is none; say http://HOST:8086",
        "http://db,database=a b|InfluxDB database 'a b': take 1 to 64 letters, digits, _ and -",
        "http://db,setup=maybe|InfluxDB option setup=maybe: take yes or no",
        "http://db,keep-runs=0d|InfluxDB option keep-runs=0d: take 24h, 7d, 8w or forever",
        "http://db,processes-per-run=0|InfluxDB processes-per-run=0: take at least 1",
        "http://db,processes-per-run=x|InfluxDB option processes-per-run=x: take a number",
      })
  void whatIsWrongIsNamed(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InfluxSettings.parse(text))
        .withMessage(message);
  }

  @Test
  void unknownOptionIsNamedWithTheForm() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InfluxSettings.parse("http://db,password=secret"))
        .withMessageStartingWith("InfluxDB option 'password' is unknown; expected URL[,database=")
        .withMessageNotContaining("secret");
  }

  @Test
  void passwordInTheAddressIsRefusedAndNotRepeated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InfluxSettings.parse("http://me:secret@db:8086"))
        .withMessage(
            "InfluxDB URL with a password in it: others on this machine can read it; say"
                + " credentials=FILE, a file of the lines user=NAME and password=SECRET");
  }

  @Test
  void passwordIsNotInItsText() {
    assertThat(InfluxSettings.of("http://db:8086", "p").as("me", "secret"))
        .hasToString("http://db:8086, database p, user me");
  }
}
