// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.arm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** Asks agents that answer, each second, as a monitoring server would; counts what they tell. */
final class Poller implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(LIMIT)
          .build();
  private final ScheduledExecutorService clock;
  private final ToIntFunction<String> count;
  private volatile int series;
  private volatile long answers;

  /** Starts to ask; {@code count} tells how many values an answer holds. */
  Poller(List<HttpRequest> requests, ToIntFunction<String> count) {
    this.count = count;
    clock = Executors.newScheduledThreadPool(Math.max(1, requests.size()), Poller::daemon);
    for (HttpRequest request : requests) {
      clock.scheduleAtFixedRate(() -> ask(request), 1, 1, TimeUnit.SECONDS);
    }
  }

  static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LIMIT);
  }

  /** Values in the largest answer. */
  int series() {
    return series;
  }

  /** How many answers came. */
  long answers() {
    return answers;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private synchronized void told(String body) {
    answers++;
    series = Math.max(series, count.applyAsInt(body));
  }

  private void ask(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        told(response.body());
      }
    } catch (IOException e) {
      // The JVM is not up yet, or has ended; the answers that came are counted.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "bench-poller");
    thread.setDaemon(true);
    return thread;
  }
}
