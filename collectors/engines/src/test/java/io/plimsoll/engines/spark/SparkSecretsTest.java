// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.engines.component.Planted;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.secret.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SparkSecretsTest {
  /** Every line has the text where Spark or its user may have put it; %1$s is its JSON. */
  private static final String LOG =
      """
      {"Event":"SparkListenerLogStart","Spark Version":"3.5.1"}
      {"Event":"SparkListenerResourceProfileAdded","Resource Profile Id":1,"Executor Resource Requests":{"x":{"Amount":%1$s}}}
      {"Event":"SparkListenerEnvironmentUpdate","JVM Information":{"Java Home":%1$s},"Spark Properties":{"spark.x":%1$s}}
      {"Event":"SparkListenerApplicationStart","App Name":%1$s,"App ID":"app-1","Timestamp":1000,"User":"u"}
      {"Event":"SparkListenerExecutorRemoved","Timestamp":990,"Executor ID":"1","Removed Reason":%1$s}
      {"Event":"org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart","executionId":0,"description":%1$s,"details":%1$s,"physicalPlanDescription":%1$s,"sparkPlanInfo":{"nodeName":%1$s,"simpleString":%1$s,"children":[],"metadata":{},"metrics":[{"name":%1$s,"accumulatorId":7,"metricType":"sum"}]},"time":1001,"modifiedConfigs":{"spark.sql.x":%1$s},"jobGroupId":%1$s}
      {"Event":"org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd","executionId":0,"time":1002,"errorMessage":%1$s}
      {"Event":"SparkListenerJobStart","Job ID":0,"Submission Time":1002,"Stage Infos":[],"Stage IDs":[0],"Properties":{"spark.job.description":%1$s,"spark.jobGroup.id":%1$s}}
      {"Event":"SparkListenerTaskEnd","Stage ID":0,"Stage Attempt ID":0,"Task Type":"ResultTask","Task End Reason":{"Reason":"ExceptionFailure","Class Name":"x.Y","Description":%1$s,"Full Stack Trace":%1$s},"Task Info":{"Task ID":1,"Index":1,"Attempt":0,"Launch Time":1100,"Executor ID":"1","Host":"h","Finish Time":1500,"Accumulables":[]}}
      {"Event":"SparkListenerTaskEnd","Stage ID":0,"Stage Attempt ID":0,"Task Type":"ResultTask","Task End Reason":{"Reason":"TaskKilled","Kill Reason":%1$s},"Task Info":{"Task ID":2,"Index":1,"Attempt":0,"Launch Time":1100,"Executor ID":"1","Host":"h","Finish Time":1500,"Accumulables":[]}}
      {"Event":"SparkListenerStageCompleted","Stage Info":{"Stage ID":0,"Stage Attempt ID":0,"Stage Name":%1$s,"Number of Tasks":1,"RDD Info":[{"RDD ID":3,"Name":%1$s,"Storage Level":{"Use Disk":true,"Use Memory":true,"Deserialized":true,"Replication":1}}],"Parent IDs":[],"Submission Time":1003,"Completion Time":1900,"Failure Reason":%1$s}}
      {"Event":"SparkListenerJobEnd","Job ID":0,"Completion Time":1901,"Job Result":{"Result":"JobFailed","Exception":{"Message":%1$s}}}
      {"Event":"SparkListenerApplicationEnd","Timestamp":
      """;

  @TempDir private Path folder;

  static List<String> texts() {
    return Planted.texts();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noPlantedTextStandsInWhatIsToldOfALog(String text) throws Exception {
    // Some texts are several secrets, none fewer than one; the plan has three in one field.
    Planted.isNowhereIn(read(LOG.formatted(Planted.json(text))), 21);
  }

  @Test
  void theLogsOwnPatternsAreHonoured() throws Exception {
    String log =
        LOG.formatted("\"job of customer-4711\"")
            .replace(
                "\"spark.x\":",
                "\"spark.redaction.regex\":\"(?i)inner\","
                    + "\"spark.sql.redaction.string.regex\":\"customer-[0-9]+\","
                    + "\"spark.my.inner\":\"said\",\"spark.x\":");

    List<EngineEvent> events = read(log);

    EngineEvent environment =
        events.stream().filter(e -> e.kind() == EventKind.ENVIRONMENT).findFirst().orElseThrow();
    assertThat(environment.properties())
        .containsEntry("spark.my.inner", Redaction.REDACTED)
        .containsEntry("spark.x", "job of " + Redaction.REDACTED);
    assertThat(events.subList(events.indexOf(environment), events.size()).toString())
        .doesNotContain("4711");
  }

  @Test
  void aPatternThatNeverEndsHidesWhatItCannotJudge() throws Exception {
    String log =
        LOG.formatted("\"" + "a".repeat(400) + "!\"")
            .replace(
                "\"spark.x\":", "\"spark.sql.redaction.string.regex\":\"(a+)+$\",\"spark.x\":");

    assertThat(read(log))
        .filteredOn(e -> e.kind() == EventKind.APPLICATION_STARTED)
        .extracting(e -> e.text(EventText.APPLICATION_NAME))
        .containsExactly(Redaction.REDACTED);
  }

  @Test
  void aBrokenLineDoesNotSayItsWords() throws Exception {
    List<EngineEvent> events =
        read("{\"Event\":\"SparkListenerLogStart\"}\n{\"Event\":hunter2hunter2}\n");

    assertThat(events).anyMatch(e -> e.kind() == EventKind.LOG_BROKEN);
    Planted.isNowhereIn(events, 0);
  }

  private List<EngineEvent> read(String log) throws IOException, EventLogException {
    Path file = Files.writeString(folder.resolve("log"), log);
    List<EngineEvent> events = new ArrayList<>();
    LogReading reading = Logs.only(file).read((position, event) -> events.add(event));
    assertThat(reading.toString()).doesNotContain("hunter2", "AKIAIOSFODNN7");
    return events;
  }
}
