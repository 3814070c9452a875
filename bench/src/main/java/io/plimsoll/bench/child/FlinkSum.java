// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.child;

import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A bounded Flink job on a JobManager and a TaskManager within this JVM: numbers are mixed, keyed
 * and summed at parallelism two. Prints a checksum that does not depend on their order.
 */
public final class FlinkSum {
  private static final int PARALLELISM = 2;
  private static final int KEYS = 64;
  private static final String SUM = "sum";

  private FlinkSum() {}

  /** {@code NUMBERS}. */
  public static void main(String[] args) throws Exception {
    Configuration settings = new Configuration();
    StreamExecutionEnvironment flink = new StreamExecutionEnvironment(settings);
    flink.setParallelism(PARALLELISM);
    flink
        .fromSequence(1, Long.parseLong(args[0]))
        .map(new Mixer())
        .returns(Types.LONG)
        .keyBy(value -> Long.remainderUnsigned(value, KEYS), Types.LONG)
        .reduce(Long::sum)
        .sinkTo(new DiscardingSink<>());
    StreamGraph graph = flink.getStreamGraph();
    graph.setJobName("plimsoll-bench-sum");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PARALLELISM)
                .setCommonBindAddress("127.0.0.1")
                .withRandomPorts()
                .build());
    cluster.start();
    JobID job = cluster.submitJob(graph).get().getJobID();
    JobExecutionResult result =
        cluster.requestJobResult(job).get().toJobExecutionResult(FlinkSum.class.getClassLoader());
    Long sum = result.getAccumulatorResult(SUM);
    System.out.println("checksum " + Long.toHexString(sum));
    cluster.close();
    System.exit(0);
  }

  private static final class Mixer extends RichMapFunction<Long, Long> {
    private final LongCounter sum = new LongCounter();

    @Override
    public void open(OpenContext context) {
      getRuntimeContext().addAccumulator(SUM, sum);
    }

    @Override
    public Long map(Long value) {
      long z = value * 0x9e3779b97f4a7c15L;
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      z = z ^ (z >>> 31);
      sum.add(z);
      return z;
    }
  }
}
