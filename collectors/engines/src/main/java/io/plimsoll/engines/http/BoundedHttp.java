// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.http;

import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.component.SourceException.Code;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client whose every exchange ends within a time, body included, and whose answers are
 * bounded. Redirects are followed only where no credentials are sent.
 */
public final class BoundedHttp {
  /** What an answer may hold unless said otherwise. */
  public static final long LIMIT_BYTES = 32L << 20;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final HttpClient client;
  private final Duration timeout;
  private final long limitBytes;
  private final @Nullable String authorization;

  private BoundedHttp(
      HttpClient client, Duration timeout, long limitBytes, @Nullable String authorization) {
    this.client = client;
    this.timeout = timeout;
    this.limitBytes = limitBytes;
    this.authorization = authorization;
  }

  /** Asks without credentials and with the JVM's own trust. */
  public static BoundedHttp open(Duration timeout) {
    return of(timeout, LIMIT_BYTES, null, null);
  }

  /**
   * @param timeout for a whole exchange
   * @param limitBytes of an answer's body
   * @param authorization the header's value; null sends none
   * @param tls null takes the JVM's own
   */
  public static BoundedHttp of(
      Duration timeout, long limitBytes, @Nullable String authorization, @Nullable SSLContext tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(
                authorization == null ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER);
    if (tls != null) {
      builder.sslContext(tls);
    }
    return new BoundedHttp(builder.build(), timeout, limitBytes, authorization);
  }

  /** The body of a successful GET. */
  public byte[] get(URI address) throws SourceException, InterruptedException {
    return send(request(address).GET());
  }

  /** The body of a successful POST of JSON. */
  public byte[] post(URI address, String json) throws SourceException, InterruptedException {
    return send(
        request(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(URI address) throws SourceException {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(address).timeout(timeout).header("Accept", "application/json");
      return authorization == null ? builder : builder.header("Authorization", authorization);
    } catch (IllegalArgumentException e) {
      throw new SourceException(Code.BAD_INPUT, "not an HTTP address: " + plain(address), e);
    }
  }

  private byte[] send(HttpRequest.Builder builder) throws SourceException, InterruptedException {
    HttpRequest request = builder.build();
    String where = plain(request.uri());
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, info -> new LimitedBody(limitBytes));
    try {
      return body(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS), where);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new SourceException(
          Code.TIMED_OUT, where + " gave no answer within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw failure(where, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw e;
    }
  }

  private static byte[] body(HttpResponse<byte[]> response, String where) throws SourceException {
    int status = response.statusCode();
    if (status == OK) {
      return response.body();
    }
    Code code = status == UNAUTHORIZED || status == FORBIDDEN ? Code.REFUSED : Code.BAD_ANSWER;
    throw new SourceException(code, where + " answers with status " + status);
  }

  private SourceException failure(String where, Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof LimitedBody.TooLarge) {
        return new SourceException(
            Code.TOO_LARGE, where + " answers with more than " + limitBytes + " bytes", cause);
      }
      if (each instanceof java.net.http.HttpTimeoutException) {
        return new SourceException(
            Code.TIMED_OUT, where + " gave no answer within " + timeout.toMillis() + " ms", cause);
      }
    }
    return new SourceException(
        Code.UNREACHABLE, where + " cannot be reached: " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }

  /** The address without credentials and query. */
  private static String plain(URI address) {
    String host = address.getHost() == null ? "" : address.getHost();
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    return address.getScheme() + "://" + host + port + path;
  }
}
