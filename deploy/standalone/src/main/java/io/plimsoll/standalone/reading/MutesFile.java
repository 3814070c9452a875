// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.diagnosis.finding.Mute;
import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.server.api.Nearest;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file of mutes: {@code {"mutes":[{"point", "reason", "job"?, "component"?, "until"?}]}}. Without
 * {@code job} a mute holds for all jobs, without {@code until} (a date, in UTC, the last day on
 * which it holds) for ever.
 */
public final class MutesFile {
  /** No mutes. */
  public static final MutesFile NONE = new MutesFile(List.of());

  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("point", "job", "component", "reason", "until"));

  private record Entry(@Nullable String job, Mute mute) {}

  private final List<Entry> entries;

  private MutesFile(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads the file.
   *
   * @throws ProblemException one line: which entry is wrong, and what to write instead
   */
  public static MutesFile read(Path file) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          "mutes file " + file + " is no JSON: " + e.getOriginalMessage() + at(e), e);
    } catch (IOException e) {
      throw new ProblemException("cannot read the mutes file: " + e, e);
    }
    JsonNode list = root.path("mutes");
    if (!list.isArray()) {
      throw new ProblemException(
          "mutes file "
              + file
              + " has no list 'mutes': write {\"mutes\":[{\"point\":\"…\",\"reason\":\"…\"}]}");
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      entries.add(entry("mutes file " + file + ", entry " + (i + 1), list.get(i)));
    }
    return new MutesFile(entries);
  }

  /** Those that hold for this job. */
  public List<Mute> of(String job) {
    return entries.stream()
        .filter(each -> each.job() == null || each.job().equals(job))
        .map(Entry::mute)
        .toList();
  }

  private static Entry entry(String where, JsonNode node) {
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!KEYS.contains(key)) {
        throw new ProblemException(
            where + ": unknown key '" + key + "'; did you mean '" + Nearest.to(key, KEYS) + "'?");
      }
    }
    String point = text(where, node, "point", true);
    Set<String> ids = new TreeSet<>();
    Catalogue.all().forEach(each -> ids.add(each.description().id()));
    if (!ids.contains(point)) {
      throw new ProblemException(
          where + ": no point '" + point + "'; did you mean '" + Nearest.to(point, ids) + "'?");
    }
    String reason = text(where, node, "reason", true);
    String component = text(where, node, "component", false);
    String job = text(where, node, "job", false);
    return new Entry(
        job.isEmpty() ? null : job,
        new Mute(
            point,
            component.isEmpty() ? null : component,
            reason + until(node),
            expiresMillis(where, text(where, node, "until", false))));
  }

  private static String until(JsonNode node) {
    String until = node.path("until").asText("");
    return until.isEmpty() ? "" : " (until " + until + ")";
  }

  private static long expiresMillis(String where, String until) {
    if (until.isEmpty()) {
      return Long.MAX_VALUE;
    }
    try {
      return LocalDate.parse(until)
          .plusDays(1)
          .atStartOfDay()
          .toInstant(ZoneOffset.UTC)
          .toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new ProblemException(
          where + ": until '" + until + "' is no date; write one as 2027-01-31", e);
    }
  }

  private static String text(String where, JsonNode node, String key, boolean isNeeded) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      if (isNeeded) {
        throw new ProblemException(where + ": '" + key + "' is missing");
      }
      return "";
    }
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new ProblemException(where + ": '" + key + "' is no text");
    }
    return value.asText();
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
  }
}
