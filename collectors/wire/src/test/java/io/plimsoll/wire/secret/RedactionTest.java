// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
        "sasl.jaas.config",
        "metrics.reporter.http-headers",
        "proxy.Authorization",
        "service.api-key",
        "spark.hadoop.fs.azure.sas.container"
      })
  void aKeyThatSoundsLikeASecretLosesItsValue(String key) {
    assertThat(redaction.value(key, SECRET)).isEqualTo(Redaction.REDACTED);
  }

  @ParameterizedTest
  @MethodSource("planted")
  void secretsInsideAValueAreCutOut(String value) {
    assertThat(redaction.value("spark.executor.extraJavaOptions", value))
        .doesNotContain("hunter2", "AKIAIOSFODNN7")
        .contains(Redaction.REDACTED);
  }

  /** Texts with a secret, one a line; the readers' own tests plant the same. */
  static List<String> planted() throws IOException {
    try (InputStream in = RedactionTest.class.getResourceAsStream("/secrets/planted.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
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
        "spark.sql.x|https://docs.example.com:8080/a:b/c",
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

  @Test
  void aPrivateKeyIsTakenOutUpToItsEnd() {
    String key = "-----BEGIN RSA PRIVATE KEY-----\nhunter2hunter2\n-----END RSA PRIVATE KEY-----";
    assertThat(redaction.text("a " + key + " b")).isEqualTo("a " + Redaction.REDACTED + " b");
    assertThat(redaction.text("a " + key.substring(0, 40))).isEqualTo("a " + Redaction.REDACTED);
  }

  @Test
  void anArgumentIsJudgedByItsKey() {
    assertThat(redaction.argument("-Dmy.password=two words " + SECRET))
        .isEqualTo("-Dmy.password=" + Redaction.REDACTED);
    assertThat(redaction.argument("-Xmx1g")).isEqualTo("-Xmx1g");
  }

  @Test
  void theHostsPatternOfTextsTakesOutWhatMatches() {
    Redaction own = Redaction.with(null, "customer-[0-9]+");
    assertThat(own.text("for customer-4711 now")).isEqualTo("for " + Redaction.REDACTED + " now");
    assertThat(Redaction.with(null, "(").text("a")).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a+)+$", "(a|a)*b", "([a-z]+)*=", "(.*b){20}", "(?:a?){30}b", "(x+x+)+y"})
  @Timeout(60)
  void aCatastrophicPatternEndsAndHidesWhatItCannotJudge(String pattern) {
    Redaction own = Redaction.with(pattern, pattern);
    String hostile = "a".repeat(4_000) + "x".repeat(4_000) + "!";
    assertThat(own.text(hostile)).isIn(hostile, Redaction.REDACTED);
    assertThat(own.value("k", hostile)).isIn(hostile, Redaction.REDACTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "a",
        "password=",
        "password='",
        "password=\"",
        "\\",
        "'",
        "://",
        "eyJ-",
        "-",
        "--",
        "bearer ",
        "-----BEGIN PRIVATE KEY",
        "x@",
        "sig=&",
        "authorization:",
        "://a:b/",
        "http-headers ",
        "secret ",
        "access",
        "AKIA",
        "s3://"
      })
  @Timeout(60)
  void aLongRowOfAnythingIsReadInTime(String piece) {
    String hostile = piece.repeat((1 << 16) / piece.length());
    assertThat(redaction.text(hostile)).isNotNull();
    assertThat(redaction.text("token '" + hostile)).isNotNull();
    assertThat(redaction.text("https://" + hostile)).isNotNull();
  }

  /** Pieces of secrets in any order, among them half ones. */
  @Test
  void aPatternThatIsLeftOutWouldHaveFoundNothing() throws IOException {
    List<String> pieces = new java.util.ArrayList<>();
    for (String line : planted()) {
      pieces.addAll(List.of(line.split("(?<=[^A-Za-z0-9])|(?=[^A-Za-z0-9])")));
      pieces.add(line);
    }
    pieces.addAll(
        List.of("key", "KEY", "Api", "rapids", "=", ":", "@", "://", " ", "--", "\"", "x"));
    java.util.Random random = new java.util.Random(7);
    int changed = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(8); piece >= 0; piece--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      String clean = Redaction.builtIn(text.toString(), Signs.ALL);
      assertThat(redaction.text(text.toString())).as("%s", text).isEqualTo(clean);
      changed += clean.contentEquals(text) ? 0 : 1;
    }
    assertThat(changed).isBetween(1_000, 19_000);
  }
}
