// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.wire.Sample;
import org.junit.jupiter.api.Test;

class SamplerIT {
  @Test
  void aSampleBehindAGapLeavesNothingOut() {
    Sampler sampler = new Sampler(new Outbox(), new ThreadGroup("test"), 0);
    try {
      sampler.sample(false, false);
      Sample changed = sampler.sample(false, false);
      Sample whole = sampler.sample(false, true);
      assertThat(whole.values().keySet()).containsAll(changed.values().keySet());
      assertThat(whole.values().size()).isGreaterThan(changed.values().size());
    } finally {
      sampler.close();
    }
  }
}
