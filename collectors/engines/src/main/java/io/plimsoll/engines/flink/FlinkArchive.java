// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job's file in the folder that Flink's HistoryServer reads: the answers that the JobManager's
 * REST API would have given of the ended job. Parts that are broken or cut off are counted and
 * located, the rest is used.
 */
public final class FlinkArchive {
  /** A file is held as bytes, as text and as its parts: about four times this at the most. */
  private static final long MAX_BYTES = 64L << 20;

  private static final int MAX_BAD_PARTS = 1_000;
  private static final int SHOWN_COMPLAINTS = 20;
  private static final Pattern ENTRY = Pattern.compile("\\{\\s{0,20}\"path\"\\s{0,20}:");
  private static final Pattern JOB_PATH = Pattern.compile("/jobs/([0-9a-fA-F]{32})(?:/.*)?");
  private static final Pattern END = Pattern.compile("\\]\\s*\\}\\s*$");

  private FlinkArchive() {}

  /**
   * What an archive tells.
   *
   * @param jobId in hexadecimals; empty when no part names a job
   * @param events of the job, in the order a running job would have told them
   * @param parts entries that could be read
   * @param badParts entries, or places between them, that could not be used
   * @param complaints the first of these, each with its place in the file
   * @param complete false when anything is missing
   */
  public record Reading(
      String jobId,
      List<EngineEvent> events,
      int parts,
      int badParts,
      List<String> complaints,
      boolean complete) {
    public Reading {
      events = List.copyOf(events);
      complaints = List.copyOf(complaints);
    }

    /**
     * The events as envelopes of a process of their own, the same at each reading of the same
     * archive, so that a second reading changes nothing.
     */
    public List<Envelope> envelopes(String cluster, long nowMillis) {
      long start = events.isEmpty() ? 0 : events.get(0).epochMillis();
      List<Envelope> envelopes = new ArrayList<>();
      JobEnvelopes sequence = new JobEnvelopes(cluster, jobId, "archive", start);
      sequence.events(events, nowMillis, envelopes::add);
      return List.copyOf(envelopes);
    }
  }

  /**
   * Reads an archive.
   *
   * @throws FlinkSourceException when the file is larger than 64 MiB or holds nothing of a job
   * @throws IOException when the file cannot be read
   */
  public static Reading read(Path file) throws IOException, FlinkSourceException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new FlinkSourceException(
          FlinkSourceException.Reason.TOO_LARGE,
          file
              + " has "
              + size
              + " bytes, more than the 64 MiB that are read of an archive; have Flink keep less in it"
              + " (web.checkpoints.history, jobmanager.execution.attempts-history-size)");
    }
    return read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file.toString());
  }

  static Reading read(String text, String name) throws FlinkSourceException {
    Parts parts = new Parts();
    parts.scan(text);
    if (parts.job.isEmpty()) {
      throw new FlinkSourceException(
          FlinkSourceException.Reason.BAD_ANSWER,
          name + " is no archive of a Flink job: no part of it names one");
    }
    List<EngineEvent> events = new ArrayList<>();
    FlinkJobReader reader = new FlinkJobReader(parts, parts.job, events::add);
    FlinkJobReader.Shape shape = shape(reader, parts);
    if (!shape.state().isEmpty()) {
      reader.everything(shape, parts.name());
      if (shape.isEnded()) {
        reader.ended(shape.endMillis(), shape.state());
      }
    }
    int told = 0;
    for (EngineEvent event : events) {
      if (event.kind() == EventKind.SOURCE_INCOMPLETE) {
        told++;
        parts.complain(event.text(io.plimsoll.wire.EventText.REASON) + "");
      }
    }
    int bad = parts.bad + told;
    for (FlinkSourceException complaint : parts.forTheWire) {
      events.add(FlinkJobReader.incomplete(shape.startMillis(), name, complaint));
    }
    return new Reading(
        parts.job,
        events,
        parts.answers.size(),
        bad,
        parts.complaints,
        bad == 0 && shape.isEnded());
  }

  private static FlinkJobReader.Shape shape(FlinkJobReader reader, Parts parts) {
    try {
      return reader.overview();
    } catch (FlinkSourceException e) {
      parts.bad(e.getMessage() == null ? "no overview" : e.getMessage());
      return new FlinkJobReader.Shape("", 0, 0, List.of());
    }
  }

  /** The entries of one file by path; an entry is parsed when it is asked for. */
  private static final class Parts implements FlinkSource {
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<FlinkSourceException> forTheWire = new ArrayList<>();
    private String job = "";
    private int bad;

    @Override
    public JsonNode get(String path) throws FlinkSourceException {
      String answer = answers.get(path);
      return answer == null ? MissingNode.getInstance() : Json.parse(answer, path);
    }

    String name() throws FlinkSourceException {
      return get("/jobs/" + job).path("name").asText("");
    }

    void scan(String text) {
      Matcher entry = ENTRY.matcher(text);
      int from = 0;
      while (bad < MAX_BAD_PARTS && entry.find(from)) {
        from = entry.start() + readEntry(text, entry.start());
      }
      if (bad >= MAX_BAD_PARTS) {
        bad("more than " + MAX_BAD_PARTS + " broken entries: the rest was not read");
      } else if (!END.matcher(text.substring(Math.max(0, text.length() - 64))).find()) {
        bad("the file is cut off after " + text.length() + " characters");
      }
    }

    /** The length of the entry at the place, or 1 when it is broken. */
    private int readEntry(String text, int start) {
      try (StringReader in = new StringReader(text)) {
        in.skip(start);
        try (JsonParser parser = Json.MAPPER.createParser(in)) {
          JsonNode node = Json.MAPPER.readTree(parser);
          JsonNode path = node.path("path");
          JsonNode json = node.path("json");
          if (path.isTextual() && json.isTextual()) {
            keep(path.textValue(), json.textValue());
          } else {
            bad("the entry at character " + start + " has no path and json");
          }
          return (int) Math.max(1, parser.currentLocation().getCharOffset());
        }
      } catch (JsonProcessingException e) {
        bad("the entry at character " + start + " is broken: " + e.getOriginalMessage());
        return 1;
      } catch (IOException e) {
        bad("the entry at character " + start + " cannot be read: " + e.getMessage());
        return 1;
      }
    }

    private void keep(String path, String json) {
      Matcher named = JOB_PATH.matcher(path);
      if (named.matches()) {
        String found = named.group(1);
        if (job.isEmpty()) {
          job = found;
        }
        if (!path.endsWith("/accumulators")) {
          answers.put(path, json);
        }
      }
    }

    private void bad(String complaint) {
      bad++;
      complain(complaint);
      if (forTheWire.size() < SHOWN_COMPLAINTS) {
        forTheWire.add(new FlinkSourceException(FlinkSourceException.Reason.BAD_ANSWER, complaint));
      }
    }

    private void complain(String complaint) {
      if (complaints.size() < SHOWN_COMPLAINTS) {
        complaints.add(Json.clean(complaint));
      }
    }
  }
}
