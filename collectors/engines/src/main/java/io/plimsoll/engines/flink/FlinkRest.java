// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JobManager's REST API. Each answer has a time limit and a size limit, headers and body. */
final class FlinkRest implements FlinkSource {
  private final URI base;
  private final Duration timeout;
  private final int maxBytes;
  private final HttpClient client;

  FlinkRest(URI base, Duration timeout, int maxBytes) {
    this.base = base;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public JsonNode get(String path) throws FlinkSourceException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).GET().build();
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(request, response -> new Bounded(maxBytes));
    try {
      HttpResponse<byte[]> answer = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      if (answer.statusCode() == 404) {
        return MissingNode.getInstance();
      }
      if (answer.statusCode() != 200) {
        String start = body.substring(0, Math.min(200, body.length())).replaceAll("\\s+", " ");
        throw new FlinkSourceException(
            FlinkSourceException.Reason.REFUSED,
            base + path + " answers " + answer.statusCode() + " " + start);
      }
      return Json.parse(body, path);
    } catch (TimeoutException e) {
      asked.cancel(true);
      throw new FlinkSourceException(
          FlinkSourceException.Reason.UNREACHABLE,
          base + path + " did not answer within " + timeout.toMillis() + " ms",
          e);
    } catch (ExecutionException e) {
      throw failed(path, e);
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw new FlinkSourceException(
          FlinkSourceException.Reason.UNREACHABLE, "interrupted while asking " + base + path, e);
    }
  }

  private FlinkSourceException failed(String path, ExecutionException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLarge) {
        return new FlinkSourceException(
            FlinkSourceException.Reason.TOO_LARGE,
            base + path + " answers more than " + maxBytes + " bytes");
      }
    }
    return new FlinkSourceException(
        FlinkSourceException.Reason.UNREACHABLE, base + path + " does not answer: " + e, e);
  }

  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Collects a body up to a size, and ends the exchange beyond it. */
  private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
    private final int maxBytes;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@org.jspecify.annotations.Nullable Subscription subscription;

    private Bounded(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        if (collected.size() + buffer.remaining() > maxBytes) {
          if (subscription != null) {
            subscription.cancel();
          }
          body.completeExceptionally(new TooLarge());
          return;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        collected.writeBytes(bytes);
      }
    }

    @Override
    public void onError(Throwable error) {
      body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      body.complete(collected.toByteArray());
    }
  }
}
