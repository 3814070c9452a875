// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/** One level in one window: the integral and the extremes of what was told or held in it. */
final class GaugeWindow {
  long integral;
  long max = Long.MIN_VALUE;
  long last;

  GaugeWindow copy() {
    GaugeWindow copy = new GaugeWindow();
    copy.append(this);
    return copy;
  }

  /** The level was told in this window; later calls are later in time. */
  void told(long value) {
    max = Math.max(max, value);
    last = value;
  }

  /** The level was held for some of this window. */
  void held(long value, long millis) {
    integral += GaugeTrack.bounded(value) * millis;
    told(value);
  }

  /** What came after this in the same window. */
  void append(GaugeWindow later) {
    integral += later.integral;
    told(later.max);
    last = later.last;
  }

  void write(FoldOutput out) {
    out.signed(integral);
    out.signed(max);
    out.signed(last);
  }

  static GaugeWindow read(FoldInput in) {
    GaugeWindow window = new GaugeWindow();
    window.integral = in.signed();
    window.max = in.signed();
    window.last = in.signed();
    return window;
  }
}
