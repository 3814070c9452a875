// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import io.plimsoll.store.influx.InfluxTrouble.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDB.ConsistencyLevel;
import org.influxdb.InfluxDB.ResponseFormat;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;
import org.influxdb.impl.InfluxDBImpl;
import org.jspecify.annotations.Nullable;

/**
 * One server as the client library reaches it. Numbers are asked for as MessagePack, since JSON's
 * are read as doubles; a server that only speaks JSON rounds values above 2^53 when they are read,
 * not when they are written.
 */
final class InfluxServer implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long MOST_OF_AN_ANSWER = 4096;
  private static final String ERROR = "\u00a5error";
  private static final String SERIES = "\u00a6series";

  /**
   * One series of an answer.
   *
   * @param tags by which it is grouped
   * @param rows values in the order of the columns, null where there is none; times are nanoseconds
   */
  record Series(
      String measurement,
      Map<String, String> tags,
      List<String> columns,
      List<List<@Nullable Object>> rows) {}

  private final InfluxSettings settings;
  private final InfluxTrouble trouble;
  private final OkHttpClient.Builder http;
  private @Nullable InfluxDB client;

  InfluxServer(InfluxSettings settings) {
    this.settings = settings;
    this.trouble = new InfluxTrouble(settings);
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(TIMEOUT)
            .readTimeout(TIMEOUT)
            .writeTimeout(TIMEOUT)
            .addInterceptor(InfluxServer::refuseErrors);
  }

  InfluxTrouble trouble() {
    return trouble;
  }

  /**
   * Writes lines with times in nanoseconds; empty when all were taken.
   *
   * @param policy retention policy
   * @return why some of the points will never be taken; all others were
   * @throws io.plimsoll.store.StoreException when the server cannot take them now
   */
  Optional<Refusal> write(String policy, List<String> lines) {
    try {
      client()
          .write(
              settings.database(),
              policy,
              ConsistencyLevel.ONE,
              TimeUnit.NANOSECONDS,
              String.join("\n", lines));
      return Optional.empty();
    } catch (RuntimeException e) {
      Refusal refusal = refusal(e);
      if (refusal != null && refusal.isOfPoints()) {
        return Optional.of(refusal);
      }
      throw trouble.of(e);
    }
  }

  /**
   * Runs InfluxQL.
   *
   * @throws io.plimsoll.store.StoreException when the server refuses or does not answer
   */
  List<Series> query(String statement) {
    QueryResult result;
    try {
      result = client().query(new Query(statement, settings.database()), TimeUnit.NANOSECONDS);
    } catch (RuntimeException e) {
      throw trouble.of(e);
    }
    List<Series> found = new ArrayList<>();
    if (result.hasError()) {
      throw trouble.ofQuery(result.getError());
    }
    for (QueryResult.Result one : result.getResults()) {
      if (one.hasError()) {
        throw trouble.ofQuery(one.getError());
      }
      if (one.getSeries() != null) {
        one.getSeries().forEach(series -> found.add(series(series)));
      }
    }
    return found;
  }

  /**
   * Runs a statement that the server may not know or may not allow.
   *
   * @return its reason when it refuses the statement, empty when it did it
   * @throws io.plimsoll.store.StoreException when it cannot be reached or refuses the user
   */
  Optional<String> attempt(String statement) {
    try {
      QueryResult result = client().query(new Query(statement, settings.database(), true));
      if (result.hasError()) {
        return Optional.of(result.getError());
      }
      return result.getResults().stream()
          .filter(QueryResult.Result::hasError)
          .map(QueryResult.Result::getError)
          .findFirst();
    } catch (RuntimeException e) {
      Refusal refusal = refusal(e);
      if (refusal != null && refusal.status() != 401 && refusal.status() < 500) {
        return Optional.of(refusal.text());
      }
      throw trouble.of(e);
    }
  }

  /** Whether the failure says that the database is not there. */
  static boolean isOfDatabase(RuntimeException failure) {
    Refusal refusal = refusal(failure);
    return (refusal != null && refusal.isOfDatabase())
        || String.valueOf(failure.getMessage()).contains("database not found");
  }

  @Override
  public void close() {
    InfluxDB open = client;
    client = null;
    if (open != null) {
      open.close();
    }
  }

  private InfluxDB client() {
    InfluxDB open = client;
    if (open == null) {
      open = connect(ResponseFormat.MSGPACK);
      // 3.x has no MessagePack; what cannot be reached says so here.
      if (open.version().startsWith("3")) {
        open.close();
        open = connect(ResponseFormat.JSON);
      }
      client = open;
    }
    return open;
  }

  private InfluxDB connect(ResponseFormat format) {
    // The factory takes no answer format without a user.
    return settings.user().isEmpty()
        ? new InfluxDBImpl(settings.url(), null, null, http, format)
        : InfluxDBFactory.connect(
            settings.url(), settings.user(), settings.password(), http, format);
  }

  private static Series series(QueryResult.Series series) {
    Map<String, String> tags = series.getTags();
    List<List<Object>> rows = series.getValues();
    return new Series(
        String.valueOf(series.getName()),
        tags == null ? Map.of() : tags,
        series.getColumns(),
        rows == null ? List.of() : rows);
  }

  /** The client overlooks errors in MessagePack, also those that come with status 200. */
  private static Response refuseErrors(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    boolean packed = response.header("Content-Type", "").contains("msgpack");
    if (response.code() < 400 && !packed) {
      return response;
    }
    byte[] body = response.peekBody(MOST_OF_AN_ANSWER).bytes();
    String packedError = packed ? errorIn(body) : null;
    if (response.code() < 400 && packedError == null) {
      return response;
    }
    try (response) {
      throw new Refusal(
          response.code(),
          packedError == null ? new String(body, StandardCharsets.UTF_8) : packedError);
    }
  }

  /** The text under the key {@code error} at the start of a MessagePack answer; null without. */
  static @Nullable String errorIn(byte[] body) {
    String start = new String(body, 0, Math.min(body.length, 64), StandardCharsets.ISO_8859_1);
    int error = start.indexOf(ERROR);
    int series = start.indexOf(SERIES);
    if (error < 0 || (series >= 0 && series < error) || error + ERROR.length() >= body.length) {
      return null;
    }
    // A text's length is in its first byte, or in one or two after it.
    int at = error + ERROR.length();
    int header =
        switch (body[at] & 0xff) {
          case 0xd9 -> 2;
          case 0xda -> 3;
          default -> 1;
        };
    int from = Math.min(body.length, at + header);
    return new String(body, from, body.length - from, StandardCharsets.UTF_8);
  }

  private static @Nullable Refusal refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
    }
    return null;
  }
}
