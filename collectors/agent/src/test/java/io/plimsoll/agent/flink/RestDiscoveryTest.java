// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestDiscoveryTest {
  @Test
  void theAddressIsWhatTheEndpointItselfAdvertises() throws Exception {
    assertThat(RestDiscovery.address(new Dispatcher("https://jm-1:38081")))
        .isEqualTo("https://jm-1:38081");
  }

  @Test
  void anEndpointOfAnotherShapeOrWithoutAnAddressTellsNone() throws Exception {
    assertThat(RestDiscovery.address(new Object())).isNull();
    assertThat(RestDiscovery.address(new Dispatcher(null))).isNull();
  }

  @Test
  void whateverTheEndpointDoesNothingReachesItsThread() {
    assertThatCode(() -> RestDiscovery.started(new Object())).doesNotThrowAnyException();
  }

  /** As Flink's: the method stands in the superclass. */
  private static class Endpoint {
    private final @Nullable String url;

    Endpoint(@Nullable String url) {
      this.url = url;
    }

    @SuppressWarnings("unused")
    public @Nullable String getRestBaseUrl() {
      return url;
    }
  }

  private static final class Dispatcher extends Endpoint {
    Dispatcher(@Nullable String url) {
      super(url);
    }
  }
}
