// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import io.plimsoll.diagnosis.graph.ComponentType;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/** A small typed cluster: four Spark jobs that read Kafka and HDFS, on twenty hosts. */
final class SmallCluster {
  private static final int JOBS = 4;
  private static final int STAGES = 4;
  private static final int TASKS = 20;
  private static final int EXECUTORS = 60;

  private final List<ComponentType> types = new ArrayList<>();
  private final List<int[]> links = new ArrayList<>();
  private final Random random;
  private final LinkGraph graph;

  SmallCluster(long seed) {
    random = new Random(seed);
    List<Integer> hosts = add(ComponentType.HOST, 20, v -> {});
    List<Integer> brokers = onHosts(ComponentType.BROKER, 6, hosts);
    List<Integer> nodes = onHosts(ComponentType.DATA_NODE, 10, hosts);
    List<Integer> partitions =
        add(ComponentType.PARTITION, 48, v -> link(v, any(brokers), LinkType.RUNS_ON));
    List<Integer> executors = onHosts(ComponentType.EXECUTOR, EXECUTORS, hosts);
    for (int job = 0; job < JOBS; job++) {
      int share = EXECUTORS / JOBS;
      job(executors.subList(job * share, (job + 1) * share), hosts, partitions, nodes);
    }
    LinkGraph.Builder builder = LinkGraph.builder(types.size());
    for (int v = 0; v < types.size(); v++) {
      builder.type(v, types.get(v));
    }
    links.forEach(link -> builder.link(link[0], link[1], LinkType.at(link[2])));
    graph = builder.build();
  }

  private void job(
      List<Integer> executors, List<Integer> hosts, List<Integer> partitions, List<Integer> nodes) {
    int driver = onHosts(ComponentType.DRIVER, 1, hosts).get(0);
    executors.forEach(executor -> link(executor, driver, LinkType.COORDINATED_BY));
    int job = add(ComponentType.JOB, 1, v -> link(v, driver, LinkType.COORDINATED_BY)).get(0);
    for (int i = 0; i < STAGES; i++) {
      boolean isFirst = i == 0;
      int stage = add(ComponentType.STAGE, 1, v -> link(job, v, LinkType.CONTAINS)).get(0);
      if (!isFirst) {
        executors.forEach(executor -> link(stage, executor, LinkType.SHUFFLES_FROM));
      }
      add(
          ComponentType.TASK,
          TASKS,
          task -> {
            int executor = any(executors);
            link(stage, task, LinkType.CONTAINS);
            link(task, executor, LinkType.RUNS_ON);
            link(executor, task, LinkType.LOADED_BY);
            link(task, any(isFirst ? partitions : nodes), LinkType.READS_FROM);
          });
    }
  }

  LinkGraph graph() {
    return graph;
  }

  /** All components of a kind. */
  List<Integer> all(ComponentType type) {
    List<Integer> found = new ArrayList<>();
    for (int v = 0; v < types.size(); v++) {
      if (types.get(v) == type) {
        found.add(v);
      }
    }
    return found;
  }

  private List<Integer> onHosts(ComponentType type, int count, List<Integer> hosts) {
    return add(type, count, v -> link(v, any(hosts), LinkType.RUNS_ON));
  }

  private List<Integer> add(ComponentType type, int count, IntConsumer linking) {
    List<Integer> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int v = types.size();
      types.add(type);
      added.add(v);
      linking.accept(v);
    }
    return added;
  }

  private void link(int from, int to, LinkType type) {
    links.add(new int[] {from, to, type.ordinal()});
  }

  private int any(List<Integer> of) {
    return of.get(random.nextInt(of.size()));
  }
}
