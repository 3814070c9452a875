// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import io.plimsoll.store.StoreException;
import io.plimsoll.store.StoreException.Code;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in one line what is wrong with a server, and the way out. */
final class InfluxTrouble {
  private static final Pattern DROPPED = Pattern.compile("dropped=(\\d+)");
  private static final int LONGEST = 300;

  /** An answer that is no success. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String body) {
      super(body);
      this.status = status;
    }

    int status() {
      return status;
    }

    /** Whether the server wants none of these points, also later. */
    boolean isOfPoints() {
      return status == 400 || status == 422;
    }

    boolean isOfDatabase() {
      return text().contains("database not found");
    }

    String text() {
      return String.valueOf(getMessage());
    }

    /** How many points were refused as far as the server says, 1 where it does not. */
    long points() {
      Matcher matcher = DROPPED.matcher(text());
      return matcher.find() ? Long.parseLong(matcher.group(1)) : 1;
    }
  }

  private final InfluxSettings settings;

  InfluxTrouble(InfluxSettings settings) {
    this.settings = settings;
  }

  StoreException of(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return unavailable(ofAnswer(refusal), failure);
      }
      if (cause instanceof SocketTimeoutException) {
        return unavailable(
            "did not answer in "
                + InfluxServer.TIMEOUT.toSeconds()
                + " s; see what it is busy with",
            failure);
      }
      if (cause instanceof IOException) {
        return unavailable(
            "cannot be reached (" + oneLine(cause) + "); start it or correct its URL", failure);
      }
    }
    return unavailable("failed (" + oneLine(failure) + ")", failure);
  }

  StoreException ofQuery(String error) {
    if (error.contains("database not found")) {
      return unavailable(ofAnswer(new Refusal(404, error)), null);
    }
    return unavailable("refuses a query: " + shortened(error), null);
  }

  /** What a refusal of points means for the person who runs the server. */
  String ofPoints(Refusal refusal) {
    String text = refusal.text();
    String wayOut;
    if (text.contains("field type conflict")) {
      wayOut = "another program writes this measurement; name another database";
    } else if (text.contains("retention")) {
      wayOut = "they are older than is kept; lengthen keep-runs and keep-processes to have them";
    } else if (text.contains("max-series-per-database")) {
      wayOut =
          "raise max-series-per-database in the server's configuration or shorten keep-processes";
    } else if (text.contains("max-values-per-tag")) {
      wayOut = "raise max-values-per-tag in the server's configuration or shorten keep-processes";
    } else {
      wayOut = "report it with the server's log";
    }
    return name() + " refuses " + refusal.points() + " points: " + reason(text) + "; " + wayOut;
  }

  private String ofAnswer(Refusal refusal) {
    String text = refusal.text();
    if (refusal.status() == 401 || refusal.status() == 403) {
      return (settings.user().isEmpty() ? "asks for a user" : "refuses user " + settings.user())
          + " ("
          + reason(text)
          + "); correct the file named by credentials=";
    }
    if (refusal.isOfDatabase()) {
      return "has no database "
          + settings.database()
          + " ("
          + reason(text)
          + "); create it, or let setup=yes do so";
    }
    if (text.contains("retention policy not found")) {
      return "lacks a retention policy ("
          + reason(text)
          + "); let setup=yes create it as an administrator, or create it as docs/stores.md says";
    }
    if (refusal.status() < 300) {
      return "refuses a query: " + reason(text);
    }
    if (refusal.status() == 404) {
      return "is no InfluxDB: it answers 404; correct its URL";
    }
    if (text.contains("no space left")
        || text.contains("disk quota")
        || text.contains("too large")) {
      return "cannot write: its disk is full ("
          + reason(text)
          + "); free space on it and start it anew";
    }
    return "answers " + refusal.status() + " (" + reason(text) + "); see its log";
  }

  StoreException unavailable(String what, @Nullable Exception cause) {
    String line = name() + " " + what;
    return cause == null
        ? new StoreException(Code.UNAVAILABLE, line)
        : new StoreException(Code.UNAVAILABLE, line, cause);
  }

  private String name() {
    return "InfluxDB " + settings.url();
  }

  /** The server's own words without their JSON. */
  private static String reason(String body) {
    String text = body.strip();
    for (String key : new String[] {"\"error\":\"", "\"message\":\""}) {
      int start = text.indexOf(key);
      int end = text.lastIndexOf('"');
      if (start >= 0 && end >= start + key.length()) {
        text = text.substring(start + key.length(), end).replace("\\\"", "'");
      }
    }
    return text.isEmpty() ? "without a reason" : shortened(text);
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private static String oneLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : shortened(message);
  }
}
