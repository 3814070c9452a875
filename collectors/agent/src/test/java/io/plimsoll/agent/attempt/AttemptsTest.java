// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.emit.Outboxes;
import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final Attempt SPARK = Attempt.ofSpark(7, 1, 0, 3, 0, AttemptHook.BYTECODE);
  private static final Attempt FLINK =
      Attempt.ofFlink("job", "vertex", 2, 4, "graph_vertex_2_4", AttemptHook.BYTECODE);

  private final Outbox outbox = new Outbox();
  private final Counters counters = new Counters();
  private long queueNanos = -1;
  private final Attempts attempts = new Attempts(outbox, counters, id -> queueNanos);

  /** Negative steps let the sampler look, others are nanoseconds of work. */
  @Property(tries = 300)
  void progressNeverFallsAndNeverExceedsTheWhole(
      @ForAll @Size(max = 60) List<@IntRange(min = -50, max = 100) Integer> steps) {
    Object key = new Object();
    attempts.begin(key, SPARK);
    run(steps);
    attempts.end(key);
    List<AttemptRecord> records = Outboxes.attempts(outbox);
    long looks = steps.stream().filter(s -> s < 0).count();
    assertThat(records).hasSize((int) looks + 1);
    AttemptRecord before = records.get(0);
    for (AttemptRecord next : records) {
      assertThat(next.cpuNanos()).isGreaterThanOrEqualTo(before.cpuNanos());
      assertThat(next.allocatedBytes()).isGreaterThanOrEqualTo(before.allocatedBytes());
      assertThat(next.wallNanos()).isGreaterThanOrEqualTo(before.wallNanos());
      assertThat(next.startEpochMillis()).isEqualTo(before.startEpochMillis());
      before = next;
    }
    assertThat(before.kind()).isEqualTo(AttemptKind.WHOLE);
    assertThat(before.cpuNanos()).isEqualTo(worked(steps));
    assertThat(records.subList(0, (int) looks))
        .allMatch(r -> r.kind() == AttemptKind.PROGRESS && r.outcome() == AttemptOutcome.UNKNOWN);
  }

  @Property(tries = 300)
  void theSlicesOfAHelperAddUpToItsEdges(
      @ForAll @Size(max = 60) List<@IntRange(min = -50, max = 100) Integer> steps) {
    Object key = new Object();
    long allocatedBefore = counters.allocated;
    attempts.begin(key, FLINK.helpedBy("source fetcher", AttemptHook.BYTECODE));
    run(steps);
    attempts.end(key);
    List<AttemptRecord> records = Outboxes.attempts(outbox);
    assertThat(records)
        .allMatch(r -> r.kind() == AttemptKind.HELPER && r.taskId() == FLINK.taskId())
        .allMatch(r -> r.cpuNanos() >= 0 && r.allocatedBytes() >= 0 && r.wallNanos() >= 0);
    assertThat(records.stream().mapToLong(AttemptRecord::cpuNanos).sum()).isEqualTo(worked(steps));
    assertThat(records.stream().mapToLong(AttemptRecord::allocatedBytes).sum())
        .isBetween(
            counters.allocated - allocatedBefore,
            counters.allocated - allocatedBefore + Counters.BLUR_BYTES);
  }

  @Test
  void whatRealThreadsUsedIsNeverLessThanWhatWasSaidOfThemMeanwhile() throws Exception {
    Outbox real = new Outbox();
    Attempts seen = new Attempts(real);
    List<AttemptRecord> records = new ArrayList<>();
    CountDownLatch enough = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int id = i;
      threads.add(new Thread(() -> work(seen, id, enough)));
    }
    threads.forEach(Thread::start);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (records.size() < 2_000 && System.nanoTime() - end < 0) {
      seen.sample(0, 0);
      records.addAll(Outboxes.attempts(real));
    }
    enough.countDown();
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(60));
    }
    records.addAll(Outboxes.attempts(real));
    assertThat(seen.size()).isZero();
    assertThat(records).anyMatch(r -> r.kind() == AttemptKind.PROGRESS);
    for (AttemptRecord whole : records) {
      if (whole.kind() == AttemptKind.WHOLE) {
        assertThat(records)
            .filteredOn(r -> r.taskId() == whole.taskId() && r.kind() == AttemptKind.PROGRESS)
            .allMatch(r -> r.cpuNanos() <= whole.cpuNanos() && r.wallNanos() <= whole.wallNanos());
      }
    }
  }

  private static void work(Attempts seen, int thread, CountDownLatch enough) {
    for (int round = 0; round == 0 || enough.getCount() > 0; round++) {
      Object key = new Object();
      seen.begin(key, Attempt.ofSpark(1_000L * thread + round, 0, 0, 0, 0, AttemptHook.BYTECODE));
      double sum = 0;
      for (int i = 0; i < 100_000; i++) {
        sum += Math.sqrt(i);
      }
      assertThat(sum).isPositive();
      seen.end(key);
    }
  }

  @Test
  void aThreadThatIsGoneIsNotSampled() {
    attempts.begin(new Object(), SPARK);
    counters.gone = true;
    attempts.sample(0);
    assertThat(Outboxes.attempts(outbox)).isEmpty();
  }

  @Test
  void aYoungAttemptIsNotSampled() {
    attempts.begin(new Object(), SPARK);
    attempts.sample(TimeUnit.HOURS.toNanos(1));
    assertThat(Outboxes.attempts(outbox)).isEmpty();
    assertThat(attempts.areSeen()).isTrue();
  }

  @Test
  void theFirstAttemptOfAThreadHasWaitedAllThatItsThreadHasAndTheNextSinceItWasSeen()
      throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              Object first = new Object();
              attempts.begin(first, SPARK);
              queueNanos = 100;
              attempts.sample(0);
              attempts.end(first);
              Object second = new Object();
              attempts.begin(second, SPARK);
              queueNanos = 150;
              attempts.sample(0);
              queueNanos = 155;
              attempts.sample(0);
              attempts.end(second);
              Object unseen = new Object();
              attempts.begin(unseen, SPARK);
              attempts.end(unseen);
            });
    thread.start();
    thread.join();
    assertThat(Outboxes.attempts(outbox))
        .extracting(AttemptRecord::runQueueNanos)
        .containsExactly(100L, 100L, 0L, 5L, 5L, -1L);
  }

  @Test
  void flinksTaskIdIsAHashOfTheExecutionAttempt() {
    assertThat(FLINK.taskId()).isPositive().isEqualTo(AttemptRecord.taskId("graph_vertex_2_4"));
    assertThat(AttemptRecord.taskId("graph_vertex_2_5")).isNotEqualTo(FLINK.taskId());
    assertThat(AttemptRecord.taskId("")).isNotNegative();
  }

  @Test
  void schedstatSaysHowLongAThreadWaited() {
    assertThat(RunQueue.waited("123 456 7\n")).isEqualTo(456);
    assertThat(RunQueue.waited("123 x 7")).isEqualTo(-1);
    assertThat(RunQueue.waited("123 456")).isEqualTo(-1);
    assertThat(RunQueue.waited(null)).isEqualTo(-1);
  }

  private void run(List<Integer> steps) {
    for (int step : steps) {
      if (step < 0) {
        attempts.sample(0, 0);
      } else {
        counters.cpu += step;
        counters.allocated += 3L * step;
      }
    }
  }

  private static long worked(List<Integer> steps) {
    return steps.stream().filter(s -> s > 0).mapToLong(Integer::longValue).sum();
  }

  private static final class Counters extends ThreadCounters {
    private static final int BLUR_BYTES = 96;

    private long cpu = 1_000;
    private long allocated = 5_000;
    private boolean gone;

    @Override
    public long cpuNanos() {
      return cpu;
    }

    @Override
    public long allocatedBytes() {
      return allocated;
    }

    @Override
    public long[] cpuNanos(long[] threadIds) {
      return new long[] {gone ? -1 : cpu};
    }

    @Override
    public long[] allocatedBytes(long[] threadIds) {
      return new long[] {gone ? -1 : allocated + cpu % BLUR_BYTES};
    }
  }
}
