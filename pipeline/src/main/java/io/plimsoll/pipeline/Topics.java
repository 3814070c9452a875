// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.pipeline.PipelineException.Code;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** The broker and its topics, as they must be before the pipeline starts. */
final class Topics {
  private static final int ANSWER_WITHIN_SECONDS = 15;

  private Topics() {}

  /**
   * Returns when all topics are there.
   *
   * @throws PipelineException when the broker does not answer or a topic is missing
   */
  static void require(
      String bootstrapServers, Map<String, String> kafka, Collection<String> topics) {
    Map<String, Object> settings = new HashMap<>();
    int millis = ANSWER_WITHIN_SECONDS * 1000;
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    settings.putAll(kafka);
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(settings)) {
      Set<String> existing =
          admin.listTopics().names().get(2L * ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
      List<String> missing = new ArrayList<>(topics);
      missing.removeAll(existing);
      if (!missing.isEmpty()) {
        throw new PipelineException(
            Code.TOPIC_MISSING,
            "Kafka at " + bootstrapServers + " has no topic " + missing + ": create them");
      }
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw unreachable(bootstrapServers, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(bootstrapServers, e);
    }
  }

  private static PipelineException unreachable(String bootstrapServers, Exception cause) {
    return new PipelineException(
        Code.BROKER_UNREACHABLE,
        "Kafka at "
            + bootstrapServers
            + " does not answer ("
            + PipelineHandle.rootMessage(cause)
            + "): start it or correct the address",
        cause);
  }
}
