// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String SECRET = "hunter2hunter2";

  private final Redaction redaction = Redaction.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.access.key",
        "spark.ssl.keyPassword",
        "spark.authenticate.secret",
        "spark.executorEnv.AWS_SECRET_ACCESS_KEY",
        "spark.executorEnv.AWS_ACCESS_KEY_ID",
        "spark.my.TOKEN",
        "spark.hadoop.fs.azure.account.key.x.blob.core.windows.net",
        "db.pwd",
        "service.api-key",
        "spark.hadoop.fs.azure.sas.container"
      })
  void aKeyThatSoundsLikeASecretLosesItsValue(String key) {
    assertThat(redaction.value(key, SECRET)).isEqualTo(Redaction.REDACTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-Xmx1g -Djavax.net.ssl.keyStorePassword=hunter2hunter2 -XX:+UseG1GC",
        "-Dmy.secret=\"hunter2hunter2 with blank\" -Dx=y",
        "jdbc:postgresql://db:5432/x?user=me&password=hunter2hunter2&ssl=true",
        "jdbc:sqlserver://db;user=me;password=hunter2hunter2;encrypt=true",
        "https://me:hunter2hunter2@repo.example.com/path",
        "Authorization: Bearer hunter2hunter2",
        "PlainLoginModule required username=\"me\" password=\"hunter2hunter2\";",
        "{\"token\": \"hunter2hunter2\", \"a\": 1}",
        "--conf api_key=hunter2hunter2"
      })
  void secretsInsideAValueAreCutOut(String value) {
    assertThat(redaction.value("spark.executor.extraJavaOptions", value))
        .doesNotContain("hunter2")
        .contains(Redaction.REDACTED);
  }

  @Test
  void whatStandsAroundASecretStays() {
    assertThat(redaction.text("-Xmx1g -Dmy.password=" + SECRET + " -XX:+UseG1GC"))
        .isEqualTo("-Xmx1g -Dmy.password=" + Redaction.REDACTED + " -XX:+UseG1GC");
    assertThat(redaction.text("jdbc:mysql://me:" + SECRET + "@db:3306/x"))
        .isEqualTo("jdbc:mysql://" + Redaction.REDACTED + "@db:3306/x");
  }

  @Test
  void knownTokensAreCutOutWhereverTheyStand() {
    assertThat(redaction.text("id AKIAIOSFODNN7EXAMPLE end"))
        .isEqualTo("id " + Redaction.REDACTED + " end");
    assertThat(redaction.text("x eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl y"))
        .isEqualTo("x " + Redaction.REDACTED + " y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark.executor.memory|7g",
        "spark.master|spark://127.0.0.1:7077",
        "spark.sql.shuffle.partitions|200",
        "spark.jars|hdfs://nn:8020/a@b/lib.jar,file:/tmp/x.jar",
        "spark.executor.extraJavaOptions|-XX:+UseG1GC -Dfile.encoding=UTF-8"
      })
  void ordinaryConfigurationStaysAsItIs(String key, String value) {
    assertThat(redaction.value(key, value)).isEqualTo(value);
  }

  @Test
  void theHostsOwnPatternIsAdded() {
    Redaction own = Redaction.with("(?i)customer|4711");
    assertThat(own.value("spark.customer.name", "x")).isEqualTo(Redaction.REDACTED);
    assertThat(own.value("spark.app.name", "job 4711")).isEqualTo(Redaction.REDACTED);
    assertThat(own.value("my.token", "x")).isEqualTo(Redaction.REDACTED);
    assertThat(own.value("spark.app.name", "job")).isEqualTo("job");
  }

  @Test
  void aBrokenPatternOfTheHostAddsNothing() {
    assertThat(Redaction.with("(").value("my.token", "x")).isEqualTo(Redaction.REDACTED);
    assertThat(Redaction.with(null).value("spark.app.name", "job")).isEqualTo("job");
  }
}
