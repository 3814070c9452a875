// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.javalin.http.Context;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.store.AttemptArchive;
import io.plimsoll.store.AttemptArchive.ArchivedAttempt;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.store.SeriesStore;
import io.plimsoll.tuner.recommendation.Recommendation;
import io.plimsoll.wire.AttemptRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What each address of {@code openapi.yaml} answers, from the store's ports. */
final class Api {
  static final String BASE = "/api/v1";
  private static final String RUN = "run";
  private static final long ATTEMPTS_PER_PAGE = 1_000;
  private static final long ROLLUPS_PER_PAGE = 10_000;
  private static final Pattern STAGE = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");

  /** How a recommendation is written. */
  private enum Format {
    JSON,
    SPARK_DEFAULTS,
    SPARK_SUBMIT
  }

  private final RunCatalogue catalogue;
  private final SeriesStore series;
  private final AttemptArchive archive;
  private final Runs runs;
  private final Metrics metrics;
  private final Ingest ingest;
  private final byte[] contract;

  Api(
      RunCatalogue catalogue,
      SeriesStore series,
      AttemptArchive archive,
      EnvelopeBus bus,
      Metrics metrics) {
    this.catalogue = Objects.requireNonNull(catalogue, "catalogue is null");
    this.series = Objects.requireNonNull(series, "series is null");
    this.archive = Objects.requireNonNull(archive, "archive is null");
    this.metrics = Objects.requireNonNull(metrics, "metrics is null");
    this.runs = new Runs(catalogue);
    this.ingest = new Ingest(bus);
    this.contract = contract();
  }

  List<Route> routes() {
    return List.of(
        Route.of(BASE + "/health", this::health),
        Route.of(BASE + "/jobs", this::jobs),
        Route.of(BASE + "/jobs/{job}/recommendation", this::jobRecommendation, "format"),
        Route.of(BASE + "/runs", this::runs),
        Route.of(BASE + "/runs/{run}", this::run),
        Route.of(BASE + "/runs/{run}/processes", this::processes),
        Route.of(BASE + "/runs/{run}/stages", this::stages),
        Route.of(
            BASE + "/runs/{run}/rollups",
            this::rollups,
            "level",
            "entity",
            "from",
            "to",
            Page.OFFSET,
            Page.LIMIT),
        Route.of(BASE + "/runs/{run}/attempts", this::attempts, "stage", Page.OFFSET, Page.LIMIT),
        Route.of(BASE + "/runs/{run}/findings", this::findings),
        Route.of(BASE + "/runs/{run}/recommendation", this::runRecommendation, "format"),
        Route.taking(BASE + "/ingest", ingest::take),
        Route.of(BASE + "/openapi.yaml", this::openapi),
        Route.of("/metrics", this::metrics));
  }

  private void health(Context context, Query query) {
    json(context, new Document().put("status", "up").put("runs", runs.all().size()));
  }

  private void jobs(Context context, Query query) {
    List<Object> jobs =
        Document.list(
            runs.jobs().entrySet(),
            job ->
                new Document()
                    .put("job", job.getKey())
                    .put("runs", Document.list(job.getValue(), Runs::summary))
                    .fields());
    json(context, new Document().put("jobs", jobs));
  }

  private void runs(Context context, Query query) {
    json(context, new Document().put("runs", Document.list(runs.all(), Runs::summary)));
  }

  private void run(Context context, Query query) {
    RunProfile profile = runs.profile(context.pathParam(RUN));
    List<Finding> findings = catalogue.findings(profile.key());
    Recommendation recommendation = catalogue.recommendation(profile.key()).orElse(null);
    context.json(RunDocument.of(profile, findings, recommendation));
  }

  private void processes(Context context, Query query) {
    RunProfile run = runs.profile(context.pathParam(RUN));
    json(
        context,
        ofRun(run.key())
            .put(
                "processes",
                Document.list(run.processes(), process -> ProcessDocument.of(run, process))));
  }

  private void stages(Context context, Query query) {
    RunProfile run = runs.profile(context.pathParam(RUN));
    json(context, ofRun(run.key()).put("stages", Document.list(run.stages(), StageDocument::of)));
  }

  private void rollups(Context context, Query query) {
    RunKey run = runs.known(context.pathParam(RUN));
    Rollup.Level level = query.choice("level", Rollup.Level.class, Rollup.Level.PROCESS);
    String entity = query.text("entity");
    long from = query.number("from", 0, 0, Long.MAX_VALUE);
    long to = query.number("to", Long.MAX_VALUE, 0, Long.MAX_VALUE);
    Page page = Page.of(query, ROLLUPS_PER_PAGE);
    List<Rollup> found =
        series.rollups(run, level).stream()
            .filter(rollup -> entity == null || rollup.entity().equals(entity))
            .filter(rollup -> rollup.windowStartMillis() + rollup.windowMillis() > from)
            .filter(rollup -> rollup.windowStartMillis() < to)
            .toList();
    Document document = ofRun(run).put("level", Words.of(level));
    json(context, page.put(document, "rollups", found, Api::rollup));
  }

  private static Map<String, Object> rollup(Rollup rollup) {
    return new Document()
        .put("entity", rollup.entity())
        .put("windowStartMillis", rollup.windowStartMillis())
        .put("windowMillis", rollup.windowMillis())
        .put("revision", rollup.revision())
        .put("values", rollup.values())
        .fields();
  }

  private void attempts(Context context, Query query) {
    RunKey run = runs.known(context.pathParam(RUN));
    String stage = query.text("stage");
    if (stage != null && !STAGE.matcher(stage).matches()) {
      throw ApiException.badRequest(
          "query parameter 'stage' is '" + stage + "': expected a stage's id, as 7 or 7.0");
    }
    Page page = Page.of(query, ATTEMPTS_PER_PAGE);
    List<ArchivedAttempt> found =
        archive.attempts(run).stream()
            .filter(archived -> stage == null || isOf(archived.attempt(), stage))
            .toList();
    json(context, page.put(ofRun(run), "attempts", found, Api::attempt));
  }

  private static boolean isOf(AttemptRecord attempt, String stage) {
    String id = Integer.toString(attempt.stageId());
    return stage.equals(id) || stage.equals(id + "." + attempt.stageAttempt());
  }

  private static Map<String, Object> attempt(ArchivedAttempt archived) {
    AttemptRecord attempt = archived.attempt();
    return new Document()
        .put("task", attempt.taskId())
        .putIfNotNegative("stageId", attempt.stageId())
        .putIfNotNegative("stageAttempt", attempt.stageAttempt())
        .putIfNotNegative("partition", attempt.partition())
        .putIfNotNegative("attemptNumber", attempt.attemptNumber())
        .put("process", archived.process().toString())
        .putKnown("executorId", archived.executorId())
        .put("startMillis", attempt.startEpochMillis())
        .put("wallNanos", attempt.wallNanos())
        .put("cpuNanos", attempt.cpuNanos())
        .put("allocatedBytes", attempt.allocatedBytes())
        .put("outcome", Words.of(attempt.outcome()))
        .put("hook", Words.of(attempt.hook()))
        .putIfNotNegative("runQueueNanos", attempt.runQueueNanos())
        .putKnown("job", attempt.job())
        .putKnown("operator", attempt.operator())
        .putKnown("attemptId", attempt.attemptId())
        .fields();
  }

  private void findings(Context context, Query query) {
    RunKey run = runs.known(context.pathParam(RUN));
    json(
        context,
        ofRun(run).put("findings", FindingDocument.listWithAdvice(catalogue.findings(run))));
  }

  private void runRecommendation(Context context, Query query) {
    RunKey run = runs.known(context.pathParam(RUN));
    Format format = query.choice("format", Format.class, Format.JSON);
    Optional<Recommendation> recommendation = catalogue.recommendation(run);
    if (recommendation.isEmpty()) {
      throw ApiException.notFound(
          "run '" + run.id() + "' has no recommendation yet: it is made when the run is complete");
    }
    String job =
        runs.all().stream()
            .filter(summary -> summary.key().equals(run))
            .findFirst()
            .map(summary -> JobNames.of(summary.name()))
            .orElse(JobNames.UNNAMED);
    write(context, recommendation.get(), job, format);
  }

  private void jobRecommendation(Context context, Query query) {
    String job = context.pathParam("job");
    Format format = query.choice("format", Format.class, Format.JSON);
    for (RunSummary run : runs.ofJob(job)) {
      Optional<Recommendation> recommendation = catalogue.recommendation(run.key());
      if (recommendation.isPresent()) {
        write(context, recommendation.get(), job, format);
        return;
      }
    }
    throw ApiException.notFound(
        "job '" + job + "' has no recommendation yet: it is made when a run of it is complete");
  }

  private static void write(
      Context context, Recommendation recommendation, String job, Format format) {
    switch (format) {
      case JSON -> context.json(RecommendationDocument.whole(recommendation, job));
      case SPARK_DEFAULTS -> text(context, RecommendationText.sparkDefaults(recommendation, job));
      case SPARK_SUBMIT -> text(context, RecommendationText.sparkSubmit(recommendation));
    }
  }

  private void openapi(Context context, Query query) {
    context.contentType("application/yaml").result(contract);
  }

  private void metrics(Context context, Query query) {
    Metrics.Exposition exposition = metrics.exposition(context.header("Accept"));
    context.contentType(exposition.contentType()).result(exposition.body());
  }

  private static Document ofRun(RunKey run) {
    return new Document().put(RUN, run.id());
  }

  private static void json(Context context, Document document) {
    context.json(document.fields());
  }

  private static void text(Context context, String text) {
    context.contentType("text/plain; charset=utf-8").result(text);
  }

  private static byte[] contract() {
    try (InputStream in = Api.class.getResourceAsStream("/openapi.yaml")) {
      return Objects.requireNonNull(in, "openapi.yaml is missing from the jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.yaml cannot be read from the jar", e);
    }
  }
}
