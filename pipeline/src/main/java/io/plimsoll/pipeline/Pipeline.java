// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.diagnosis.Diagnosis;
import io.plimsoll.wire.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The way of the data through Flink: read, decode, fold by process, join by run, store. Event-time
 * windows are in the folds, which take events in any order; so there are no watermarks that could
 * stand still when a topic falls silent.
 */
public final class Pipeline {
  /** Into so many groups keys are split; a state can be taken up by any parallelism up to it. */
  private static final int MOST_PARALLEL = 720;

  /** Where bytes go that are no envelope, with the reason as the header {@code plimsoll-error}. */
  public static final String DEAD_LETTERS = "plimsoll.dead-letters";

  private Pipeline() {}

  /** Every topic that must exist before the pipeline starts. */
  public static List<String> topics() {
    List<String> topics = new ArrayList<>(inputs());
    topics.add(DEAD_LETTERS);
    return List.copyOf(topics);
  }

  /** Adds the whole application to the environment; the caller starts it. */
  public static void build(StreamExecutionEnvironment env, PipelineConfig config) {
    env.setMaxParallelism(MOST_PARALLEL);
    SingleOutputStreamOperator<Arrival> decoded =
        env.fromSource(source(config), WatermarkStrategy.noWatermarks(), "Kafka", Arrival.TYPE)
            .setParallelism(config.parallelism())
            .uid("kafka")
            .process(new DecodeFunction())
            .returns(Arrival.TYPE)
            .setParallelism(config.parallelism())
            .uid("decode")
            .name("decode");
    SingleOutputStreamOperator<StoreWrite> processes =
        decoded
            .keyBy(Arrival::process, Types.STRING)
            .process(new ProcessOperator(config.newsEvery(), config.retention()), StoreWrite.TYPE)
            .setParallelism(config.parallelism())
            .uid("processes")
            .name("fold by process");
    SingleOutputStreamOperator<StoreWrite> runs =
        processes
            .getSideOutput(ProcessOperator.FOLDS)
            .keyBy(fold -> fold.run().id(), Types.STRING)
            .process(
                new RunOperator(
                    Diagnosis::evaluate, config.newsEvery(), config.silence(), config.retention()),
                StoreWrite.TYPE)
            .setParallelism(config.parallelism())
            .uid("runs")
            .name("join by run");
    processes
        .union(runs)
        .sinkTo(new StoreSink(config.store(), config.storePatience()))
        .setParallelism(1)
        .uid("store")
        .name("store");
    decoded
        .getSideOutput(DecodeFunction.DEAD_LETTERS)
        .union(processes.getSideOutput(DecodeFunction.DEAD_LETTERS))
        .sinkTo(deadLetters(config))
        .setParallelism(1)
        .uid("dead-letters")
        .name("dead letters");
  }

  private static List<String> inputs() {
    return Arrays.stream(Stream.values()).map(Stream::topic).toList();
  }

  private static KafkaSource<Arrival> source(PipelineConfig config) {
    Properties properties = new Properties();
    properties.setProperty("fetch.max.bytes", Integer.toString(8 << 20));
    properties.setProperty("commit.offsets.on.checkpoint", "true");
    properties.putAll(config.kafka());
    // Progress is in the checkpoint. Without one the folds begin anew, hence with all that is kept.
    return KafkaSource.<Arrival>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setGroupId(config.groupId())
        .setTopics(inputs())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new FromKafka())
        .setProperties(properties)
        .build();
  }

  private static KafkaSink<DeadLetter> deadLetters(PipelineConfig config) {
    Properties properties = new Properties();
    properties.setProperty("buffer.memory", Integer.toString(8 << 20));
    properties.setProperty("max.request.size", Integer.toString(8 << 20));
    properties.setProperty("max.block.ms", "15000");
    properties.putAll(config.kafka());
    return KafkaSink.<DeadLetter>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new DeadLetter.ToKafka())
        .build();
  }

  private static final class FromKafka implements KafkaRecordDeserializationSchema<Arrival> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Arrival> out)
        throws IOException {
      byte[] value = record.value();
      out.collect(
          new Arrival(
              record.topic(),
              record.partition(),
              record.offset(),
              "",
              value == null ? new byte[0] : value));
    }

    @Override
    public TypeInformation<Arrival> getProducedType() {
      return Arrival.TYPE;
    }
  }
}
