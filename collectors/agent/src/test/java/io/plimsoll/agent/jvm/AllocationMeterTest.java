// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AllocationMeterTest {
  @Test
  void whatGrewBetweenCollectionsWasAllocated() {
    AllocationMeter meter = new AllocationMeter();
    assertThat(meter.total(30)).isEqualTo(30);
    meter.collected(100, 20);
    assertThat(meter.total(25)).isEqualTo(105);
    meter.collected(90, 10);
    assertThat(meter.total(10)).isEqualTo(170);
  }

  @Test
  void aCollectionThatIsNotYetAnnouncedDoesNotLowerTheTotal() {
    AllocationMeter meter = new AllocationMeter();
    assertThat(meter.total(100)).isEqualTo(100);
    assertThat(meter.total(5)).isEqualTo(100);
    meter.collected(120, 5);
    assertThat(meter.total(5)).isEqualTo(120);
  }

  @Property
  void theTotalNeverGoesDown(@ForAll List<@LongRange(min = 0, max = 1000) Long> levels) {
    AllocationMeter meter = new AllocationMeter();
    long last = 0;
    for (int i = 0; i < levels.size(); i++) {
      if (i % 3 == 2) {
        meter.collected(levels.get(i - 1), levels.get(i));
      }
      long now = meter.total(levels.get(i));
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
  }
}
