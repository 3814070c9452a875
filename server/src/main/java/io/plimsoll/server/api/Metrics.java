// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.store.StoreException;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server says about itself, for Prometheus: its JVM, its requests, the runs it knows. */
final class Metrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Counter requests;
  private final Histogram durations;

  Metrics(RunCatalogue catalogue) {
    JvmMetrics.builder().register(registry);
    requests =
        Counter.builder()
            .name("plimsoll_http_requests_total")
            .help("Requests answered, by route and status.")
            .labelNames("route", "status")
            .register(registry);
    durations =
        Histogram.builder()
            .name("plimsoll_http_request_duration_seconds")
            .help("From request to answer, by route.")
            .labelNames("route")
            .classicUpperBounds(0.005, 0.02, 0.1, 0.5, 2, 10)
            .classicOnly()
            .register(registry);
    GaugeWithCallback.builder()
        .name("plimsoll_runs")
        .help("Runs in the catalogue, by state; absent while the store cannot be read.")
        .labelNames("state")
        .callback(callback -> runs(callback, catalogue))
        .register(registry);
  }

  private static void runs(GaugeWithCallback.Callback callback, RunCatalogue catalogue) {
    List<RunSummary> runs;
    try {
      runs = catalogue.runs();
    } catch (StoreException e) {
      return;
    }
    long complete = runs.stream().filter(RunSummary::complete).count();
    callback.call(complete, "complete");
    callback.call(runs.size() - complete, "running");
  }

  /** Counts one answered request; the route is the contract's path, never what the client sent. */
  void answered(String route, int status, long nanos) {
    requests.labelValues(route, Integer.toString(status)).inc();
    durations.labelValues(route).observe(nanos / NANOS_PER_SECOND);
  }

  /** The metrics in the format that the client accepts. */
  Exposition exposition(@Nullable String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return new Exposition(writer.getContentType(), out.toByteArray());
  }

  /** Metrics as text, ready to be sent. */
  record Exposition(String contentType, byte[] body) {}
}
