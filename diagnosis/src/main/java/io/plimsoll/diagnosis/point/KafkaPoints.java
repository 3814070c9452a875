// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Declaration.point;
import static io.plimsoll.diagnosis.signal.ComponentType.KAFKA_BROKER;
import static io.plimsoll.diagnosis.signal.ComponentType.KAFKA_TOPIC;

import io.plimsoll.diagnosis.signal.LinkMetrics;
import java.util.List;

/** Declared points of Kafka brokers and topics. */
final class KafkaPoints {
  private KafkaPoints() {}

  static List<DiagnosisPoint> all() {
    return List.of(
        kafkaBusyBroker(),
        kafkaBusyNetwork(),
        kafkaQueueTime(),
        kafkaThrottled(),
        kafkaSlowProduce(),
        kafkaSlowDisk(),
        kafkaUnderReplicated(),
        kafkaRefusesRecords(),
        kafkaFailedRequests(),
        kafkaPartitionSkew(),
        kafkaLag(),
        kafkaLagGrows(),
        kafkaRebalances());
  }

  private static DiagnosisPoint kafkaBusyBroker() {
    return point("kafka.busy-broker", "IO-05", KAFKA_BROKER, LinkMetrics.HANDLER_IDLE)
        .title("busy broker")
        .meaning("Request handlers of the broker have hardly any time left.")
        .limits(0.3, 0.2, 0.1, 0.05, "Kafka's own advice: above 30 % idle")
        .anyEngine()
        .peers()
        .show(LinkMetrics.QUEUE_TIME, LinkMetrics.NETWORK_IDLE)
        .advice("Spread leaders; more brokers or handler threads.")
        .build();
  }

  private static DiagnosisPoint kafkaBusyNetwork() {
    return point("kafka.busy-network", "NE-02", KAFKA_BROKER, LinkMetrics.NETWORK_IDLE)
        .title("busy network threads")
        .meaning("The broker's network threads have hardly any time left.")
        .limits(0.3, 0.2, 0.1, 0.05, "Kafka's own advice: above 30 % idle")
        .anyEngine()
        .peers()
        .advice("More network threads, fewer connections, larger batches.")
        .build();
  }

  private static DiagnosisPoint kafkaQueueTime() {
    return point("kafka.queue-time", "IO-05", KAFKA_BROKER, LinkMetrics.QUEUE_TIME)
        .title("requests wait at the broker")
        .meaning("Requests wait long for a handler.")
        .limits(50, 200, 500, 2000, "50 ms at the 99th percentile")
        .anyEngine()
        .peers()
        .advice("As for a busy broker; look at its disks.")
        .build();
  }

  private static DiagnosisPoint kafkaThrottled() {
    return point("kafka.throttled", "IO-05", KAFKA_BROKER, LinkMetrics.THROTTLE_TIME)
        .title("clients are throttled")
        .meaning("The broker holds clients back for a quota.")
        .limits(1, 100, 500, 2000, "any")
        .anyEngine()
        .advice("Raise the quota, or spread the client over time.")
        .build();
  }

  private static DiagnosisPoint kafkaSlowProduce() {
    return point("kafka.slow-produce", "IO-06", KAFKA_BROKER, LinkMetrics.REQUEST_TIME)
        .title("slow to produce")
        .meaning("Records take long to be acknowledged.")
        .limits(200, 500, 1000, 5000, "200 ms at the 99th percentile")
        .anyEngine()
        .peers()
        .show(LinkMetrics.FLUSH_TIME)
        .advice("Look at followers, disks and acks; larger batches.")
        .build();
  }

  private static DiagnosisPoint kafkaSlowDisk() {
    return point("kafka.slow-disk", "HO-04", KAFKA_BROKER, LinkMetrics.FLUSH_TIME)
        .title("slow log flush")
        .meaning("Flushing the log takes long: the disk of the broker.")
        .limits(50, 200, 1000, 5000, "await above 50 ms")
        .anyEngine()
        .peers()
        .advice("Look at the disk, and at what else uses it.")
        .build();
  }

  private static DiagnosisPoint kafkaUnderReplicated() {
    return point("kafka.under-replicated", "FS-09", KAFKA_BROKER, LinkMetrics.UNDER_REPLICATED)
        .title("replicas fall behind")
        .meaning("Partitions have fewer replicas in sync than asked for.")
        .limits(1, 5, 20, 100, "any")
        .anyEngine()
        .advice("Look at the brokers that hold the missing replicas.")
        .build();
  }

  private static DiagnosisPoint kafkaRefusesRecords() {
    return point("kafka.refuses-records", "IO-06", KAFKA_BROKER, LinkMetrics.UNDER_MIN_ISR)
        .title("partitions refuse records")
        .meaning("Too few replicas are in sync; producers with acks=all fail.")
        .limits(1, 2, 5, 20, "any")
        .anyEngine()
        .show(LinkMetrics.UNDER_REPLICATED)
        .advice("Bring the missing brokers back.")
        .build();
  }

  private static DiagnosisPoint kafkaFailedRequests() {
    return point("kafka.failed-requests", "IO-06", KAFKA_BROKER, LinkMetrics.FAILED_REQUESTS)
        .title("requests fail")
        .meaning("Produce or fetch requests fail.")
        .limits(0.1, 1, 10, 100, "any that goes on")
        .anyEngine()
        .advice("Look at the errors of the clients.")
        .build();
  }

  private static DiagnosisPoint kafkaPartitionSkew() {
    return point("kafka.partition-skew", "IO-04", KAFKA_TOPIC, LinkMetrics.PARTITION_SKEW)
        .title("uneven partitions")
        .meaning("One partition of the topic holds much of it: keys are uneven.")
        .limits(2, 4, 8, 16, "more than twice the mean")
        .anyEngine()
        .gate(LinkMetrics.PARTITION_BYTES, 64L << 20, "No topic holds 64 MiB on a broker.")
        .advice("Another key, or a sticky partitioner without keys.")
        .build();
  }

  private static DiagnosisPoint kafkaLag() {
    return point("kafka.lag", "IO-01", KAFKA_TOPIC, LinkMetrics.LAG)
        .title("consumer lag")
        .meaning("Consumers are behind.")
        .limits(300000, 600000, 1800000, 7200000, "the autoscaler 5 min, Compass 10 min")
        .anyEngine()
        .advice("Look at the slowest operator of the consumer.")
        .build();
  }

  private static DiagnosisPoint kafkaLagGrows() {
    return point("kafka.lag-grows", "IO-02", KAFKA_TOPIC, LinkMetrics.LAG_GROWTH)
        .title("lag grows though the job has time")
        .meaning("The source limits the job.")
        .limits(0.1, 0.3, 1, 3, "growing for 10 min while busy less than 50 %")
        .anyEngine()
        .advice("More partitions; look at fetch sizes and at the broker.")
        .build();
  }

  private static DiagnosisPoint kafkaRebalances() {
    return point("kafka.rebalances", "IO-07", KAFKA_TOPIC, LinkMetrics.REBALANCES)
        .title("rebalances")
        .meaning("The consumer group is dealt out again and again.")
        .limits(6, 20, 60, 200, "more than one in ten minutes")
        .anyEngine()
        .advice("Longer session time-outs; static membership.")
        .build();
  }
}
