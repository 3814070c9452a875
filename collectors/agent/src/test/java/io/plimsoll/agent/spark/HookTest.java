// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.emit.Outboxes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HookTest {
  private final Outbox outbox = new Outbox();

  @AfterEach
  void othersGetAFreshOutbox() {
    Outbox fresh = new Outbox();
    Hook.install(fresh, new Attempts(fresh));
  }

  @Test
  void aRunnerThatCannotBeReadIsOneLostAttemptAndNothingMore() {
    Hook.install(outbox, new Attempts(outbox));
    long failures = Hook.failures();
    Object runner = new Runner();
    Hook.enter(runner);
    Hook.status(1, "FINISHED");
    Hook.exit(runner);
    assertThat(Outboxes.attempts(outbox)).isEmpty();
    assertThat(Outboxes.lostAttempts(outbox)).isEqualTo(1);
    assertThat(Hook.failures()).isEqualTo(failures + 1);
  }

  @Test
  void somethingThatIsNoContextIsCountedAndDoesNotThrow() {
    Hook.install(outbox, new Attempts(outbox));
    Hook.context(new Object());
    assertThat(Outboxes.lostEvents(outbox)).isEqualTo(1);
    assertThat(Hook.isApplicationOpen()).isFalse();
  }

  static final class Runner {
    Object taskDescription() {
      return new Description();
    }
  }

  static final class Description {
    Object name() {
      return new Object() {
        @Override
        public String toString() {
          throw new IllegalStateException("planted");
        }
      };
    }
  }
}
