// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.RunCatalogue.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue as requests ask it: by the ids and names that stand in addresses. */
final class Runs {
  private final RunCatalogue catalogue;

  Runs(RunCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Latest start first. */
  List<RunSummary> all() {
    return catalogue.runs();
  }

  /** Runs by the job they belong to, the job with the latest run first, its latest run first. */
  Map<String, List<RunSummary>> jobs() {
    Map<String, List<RunSummary>> jobs = new LinkedHashMap<>();
    for (RunSummary run : catalogue.runs()) {
      jobs.computeIfAbsent(JobNames.of(run.name()), job -> new ArrayList<>()).add(run);
    }
    return jobs;
  }

  /** The runs of one job, latest first. */
  List<RunSummary> ofJob(String job) {
    Map<String, List<RunSummary>> jobs = jobs();
    List<RunSummary> runs = jobs.get(job);
    if (runs == null) {
      throw ApiException.notFound(
          "no job '"
              + job
              + "'"
              + (jobs.isEmpty()
                  ? ""
                  : ": the nearest is '" + Nearest.to(job, jobs.keySet()) + "'"));
    }
    return runs;
  }

  /** The key that an address names; the run may be unknown. */
  RunKey key(String id) {
    try {
      return RunKey.parse(id);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(e.getMessage() == null ? "not a run id" : e.getMessage());
    }
  }

  /** The profile of the run that an address names. */
  RunProfile profile(String id) {
    RunKey key = key(id);
    Optional<RunProfile> profile = catalogue.profile(key);
    if (profile.isPresent()) {
      return profile.get();
    }
    if (isListed(key)) {
      throw ApiException.notFound(
          "run '" + key.id() + "' is known, but none of its processes has told anything yet");
    }
    throw unknown(key);
  }

  /** The key of a run that is known. */
  RunKey known(String id) {
    RunKey key = key(id);
    if (!isListed(key) && catalogue.profile(key).isEmpty()) {
      throw unknown(key);
    }
    return key;
  }

  private boolean isListed(RunKey key) {
    return catalogue.runs().stream().anyMatch(run -> run.key().equals(key));
  }

  private static ApiException unknown(RunKey key) {
    return ApiException.notFound("no run '" + key.id() + "'");
  }

  static Map<String, Object> summary(RunSummary run) {
    return new Document()
        .put("run", run.key().id())
        .put("job", JobNames.of(run.name()))
        .putKnown("name", run.name())
        .putKnown("engine", run.engine())
        .putIfNotNegative("startMillis", run.startMillis())
        .putIfNotNegative("endMillis", run.endMillis())
        .put("complete", run.complete())
        .fields();
  }
}
