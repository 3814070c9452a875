// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccessorTest {
  @Test
  void methodsAndFieldsAreReadHoweverPrivate() {
    assertThat(new Accessor("secret").read(new Sub())).isEqualTo("method");
    assertThat(new Accessor("field").read(new Sub())).isEqualTo(7L);
    assertThat(new Accessor("field").number(new Sub(), -1)).isEqualTo(7);
  }

  @Test
  void anotherClassIsLookedUpAnew() {
    Accessor size = new Accessor("size");
    assertThat(size.number(List.of(1, 2), -1)).isEqualTo(2);
    assertThat(size.number(new Sized(), -1)).isEqualTo(99);
    assertThat(size.number(List.of(), -1)).isZero();
  }

  @Test
  void whatIsNotThereOrThrowsIsAbsent() {
    assertThat(new Accessor("nothing").read(new Sub())).isNull();
    assertThat(new Accessor("throwing").read(new Sub())).isNull();
    assertThat(new Accessor("secret").read(null)).isNull();
    assertThat(new Accessor("secret").number(new Sub(), -5)).isEqualTo(-5);
    assertThat(new Accessor("nothing").text(new Sub())).isEmpty();
  }

  private static class Base {
    @SuppressWarnings("unused")
    private final long field = 7;

    @SuppressWarnings("unused")
    private String secret() {
      return "method";
    }
  }

  private static final class Sub extends Base {
    @SuppressWarnings("unused")
    Object throwing() {
      throw new IllegalStateException();
    }
  }

  private static final class Sized {
    @SuppressWarnings("unused")
    int size() {
      return 99;
    }
  }
}
