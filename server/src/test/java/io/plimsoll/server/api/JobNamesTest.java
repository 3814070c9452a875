// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobNamesTest {
  @ParameterizedTest
  @CsvSource({
    "daily_orders, daily_orders",
    "daily_orders_2026-11-23, daily_orders",
    "daily_orders_20261123, daily_orders",
    "daily_orders-2026-11-23T04:00:00.000Z, daily_orders",
    "daily orders 2026-11-23 04:00, daily orders",
    "2026/11/23 orders, orders",
    "orders 2026-11, orders",
    "orders #12, orders",
    "orders (12), orders",
    "orders [3/10], orders",
    "orders run 12, orders",
    "orders-attempt-3, orders",
    "orders_0007, orders",
    "orders 1763900003000, orders",
    "etl-4f9c2d1ab37e, etl",
    "etl 0a1b2c3d-1111-2222-3333-444455556666 nightly, etl nightly",
    "app-20261123160000-0000 nightly, nightly",
    "application_1763900003000_0042, application_1763900003000_0042",
    "TPC-H sf1, TPC-H sf1",
    "etl v1.2, etl v1.2",
    "q9, q9",
    "2026-11-23, 2026-11-23",
    "deadbeef feedface, deadbeef feedface",
    "sales/daily/2026-11-23, sales/daily",
  })
  void datesIdsAndCountersAreTakenOut(String application, String job) {
    assertThat(JobNames.of(application)).isEqualTo(job);
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "'\t\n'"})
  void nothingIsUnnamed(String application) {
    assertThat(JobNames.of(application)).isEqualTo(JobNames.UNNAMED);
  }

  @Property(tries = 300)
  void everyNameIsOneSafeLineThatNamesItself(@ForAll String application) {
    String job = JobNames.of(application);

    assertThat(job).isNotBlank().doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");
  }
}
