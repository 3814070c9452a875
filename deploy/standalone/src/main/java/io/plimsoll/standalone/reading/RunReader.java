// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.diagnosis.Diagnosis;
import io.plimsoll.diagnosis.DiagnosisRequest;
import io.plimsoll.diagnosis.DiagnosisResult;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.scorecard.Measures;
import io.plimsoll.diagnosis.scorecard.Prices;
import io.plimsoll.diagnosis.scorecard.Scorecard;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.engines.flink.FlinkArchive;
import io.plimsoll.engines.flink.FlinkSourceException;
import io.plimsoll.engines.spark.EventLogTotals;
import io.plimsoll.engines.spark.LogReading;
import io.plimsoll.engines.spark.LogState;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.server.api.JobNames;
import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Recommendation;
import io.plimsoll.tuner.whitebox.WhiteBoxTuner;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads one source to its end, event by event, and has it judged. */
public final class RunReader {
  /** Runs of files belong to no cluster that we know of. */
  private static final String CLUSTER = "files";

  private final Prices prices;
  private final JobHistory history;
  private final MutesFile mutes;
  private final LongConsumer events;

  /**
   * Exactly one of run and unreadable is there.
   *
   * @param remembered what later runs of the job need of this one, when it can be their history
   */
  public record Outcome(
      @Nullable AnalyzedRun run, @Nullable Unreadable unreadable, @Nullable SignalSet remembered) {}

  /**
   * @param history what is known of earlier runs; only read
   * @param events is told how many events of the source have been read so far
   */
  public RunReader(Prices prices, JobHistory history, MutesFile mutes, LongConsumer events) {
    this.prices = prices;
    this.history = history;
    this.mutes = mutes;
    this.events = events;
  }

  /** Reads it to its end; never fails because of what is in it. */
  public Outcome read(Source source) {
    if (source instanceof Source.Spark spark) {
      return spark(spark);
    }
    if (source instanceof Source.Flink flink) {
      return flink(flink);
    }
    if (source instanceof Source.Remote remote) {
      return remote(remote);
    }
    return unreadable(source, ((Source.Broken) source).reason());
  }

  /** Copies the log here, reads it, and takes the copy away. */
  private Outcome remote(Source.Remote remote) {
    try {
      Path folder = Files.createTempDirectory("plimsoll-analyze");
      List<Path> copies = new ArrayList<>();
      try {
        for (HadoopFiles.File file : remote.parts()) {
          String name = file.path().substring(file.path().lastIndexOf('/') + 1);
          Path copy = folder.resolve(name);
          copies.add(copy);
          remote.files().copy(file, copy);
        }
        boolean isOne = copies.size() == 1;
        List<Source> here = Sources.of(List.of((isOne ? copies.get(0) : folder).toString()));
        return here.size() == 1
            ? renamed(read(here.get(0)), remote.name())
            : unreadable(remote, "is not one log");
      } finally {
        for (Path copy : copies) {
          Files.deleteIfExists(copy);
        }
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      return unreadable(remote, String.valueOf(e.getMessage()));
    }
  }

  private static Outcome renamed(Outcome outcome, String name) {
    AnalyzedRun run = outcome.run();
    Unreadable unreadable = outcome.unreadable();
    return new Outcome(
        run == null ? null : run.from(name),
        unreadable == null ? null : new Unreadable(name, unreadable.reason()),
        outcome.remembered());
  }

  /** What is folded while a log is read. */
  private final class Folding {
    private final LogFacts facts = new LogFacts();
    private final EventLogTotals totals = new EventLogTotals();
    private @Nullable ProcessFold fold;
    private long count;

    private void add(Envelope envelope) {
      ProcessFold known = fold;
      if (known == null) {
        known = ProcessFold.of(envelope.identity().process());
        fold = known;
      }
      known.add(envelope);
      for (EngineEvent event : envelope.events()) {
        facts.add(event);
        totals.add(event);
      }
      count += envelope.events().size();
      events.accept(count);
    }

    private RunProfile profile(boolean isOver) {
      ProcessFold known = Objects.requireNonNull(fold, "a log has an envelope");
      RunKey run = Objects.requireNonNull(known.run(), "a log names its application");
      return RunFold.profile(run, List.of(known), isOver ? Set.of(known.process()) : Set.of());
    }
  }

  private Outcome spark(Source.Spark source) {
    Folding folding = new Folding();
    LogReading reading;
    try {
      reading = source.log().envelopes(CLUSTER, folding::add);
    } catch (IllegalArgumentException e) {
      return unreadable(source, "tells what cannot be (" + e.getMessage() + ")");
    }
    LogState state = reading.state();
    if (state == LogState.UNREADABLE || state == LogState.EMPTY || reading.events() == 0) {
      return unreadable(source, why(reading));
    }
    RunProfile profile = ended(folding.profile(state != LogState.RUNNING), folding.facts);
    if (profile.startMillis() < 0 && profile.stages().isEmpty() && profile.jobs().isEmpty()) {
      return unreadable(
          source, "names no application: it is the rest of a log, or the log of something else");
    }
    String job = JobNames.of(profile.name());
    DiagnosisResult result = diagnose(job, profile);
    List<Finding> findings = result.findings();
    Measures measures = Measures.of(profile, prices);
    LogCondition condition = LogCondition.of(reading);
    Verdict verdict = Verdicts.spark(profile, findings, folding.facts, folding.totals, condition);
    return new Outcome(
        new AnalyzedRun(
            source.name(),
            job,
            profile,
            folding.totals,
            folding.facts,
            condition,
            null,
            findings,
            result.rootCauses(),
            result.coverage(),
            recommendation(profile, findings, verdict),
            Scorecard.of(List.of(measures), prices),
            measures,
            verdict),
        null,
        remembered(result, verdict));
  }

  /** A failed run is history where its failed jobs tell that it is not usual. */
  private static @Nullable SignalSet remembered(DiagnosisResult result, Verdict verdict) {
    SignalSet signals = result.remembered();
    return switch (verdict.level()) {
      case HEALTHY, PROBLEMS -> signals;
      case FAILED -> SignalHistory.isUsual(signals) ? null : signals;
      case UNFINISHED -> null;
    };
  }

  private DiagnosisResult diagnose(String job, RunProfile profile) {
    return Diagnosis.diagnose(
        DiagnosisRequest.of(profile)
            .withHistory(history.before(profile))
            .withMutes(mutes.of(job), System.currentTimeMillis()));
  }

  private static String why(LogReading reading) {
    if (reading.state() == LogState.EMPTY
        || (reading.lines() == 0 && reading.problems().isEmpty())) {
      return "is empty";
    }
    if (!reading.problems().isEmpty()) {
      LogReading.Problem first = reading.problems().get(0);
      return "is no event log: "
          + (first.line() > 0 ? "line " + first.line() + ": " : "")
          + first.reason();
    }
    return "holds no event of an application";
  }

  /** Without its end the run is as long as what is told of it. */
  private static RunProfile ended(RunProfile run, LogFacts facts) {
    if (run.endMillis() >= 0 || run.startMillis() < 0) {
      return run;
    }
    return run.endedAt(
        Math.max(run.startMillis(), facts.lastMillis()),
        run.engine().isEmpty() ? "spark" : run.engine());
  }

  private static Recommendation recommendation(
      RunProfile run, List<Finding> findings, Verdict verdict) {
    try {
      Recommendation recommendation = WhiteBoxTuner.recommend(run, findings);
      return verdict.level() == Verdict.Level.FAILED ? withheld(recommendation) : recommendation;
    } catch (IllegalArgumentException e) {
      // A configuration that Spark itself would refuse.
      return new Recommendation(
          run.key(),
          List.of(),
          List.of(
              new Abstention(
                  "spark.executor.memory",
                  "the configuration cannot be read: " + e.getMessage(),
                  "a configuration that Spark accepts")),
          1,
          1);
    }
  }

  /** What a failed run did not need says nothing of what the whole work needs. */
  private static Recommendation withheld(Recommendation advised) {
    List<Abstention> abstained = new ArrayList<>(advised.abstained());
    for (Change change : advised.changes()) {
      abstained.add(new Abstention(change.key(), "the run failed", "a run that does its work"));
    }
    return new Recommendation(advised.basedOn(), List.of(), abstained, 1, 1);
  }

  private Outcome flink(Source.Flink source) {
    FlinkArchive.Reading reading;
    try {
      reading = FlinkArchive.read(source.file());
    } catch (FlinkSourceException | IOException e) {
      return unreadable(source, String.valueOf(e.getMessage()));
    }
    Folding folding = new Folding();
    reading.envelopes(CLUSTER, 0).forEach(folding::add);
    if (folding.fold == null) {
      return unreadable(source, "tells nothing of its job");
    }
    FlinkFacts flink = FlinkFacts.of(reading.events());
    RunProfile profile = folding.profile(true);
    DiagnosisResult result = diagnose(JobNames.of(profile.name()), profile);
    List<Finding> findings = result.findings();
    LogCondition condition =
        new LogCondition(
            reading.complete() ? "complete" : "damaged",
            reading.complete(),
            reading.parts(),
            reading.badParts(),
            source.bytes(),
            reading.complaints());
    Verdict verdict = Verdicts.flink(flink, findings, condition);
    return new Outcome(
        new AnalyzedRun(
            source.name(),
            JobNames.of(profile.name()),
            profile,
            null,
            folding.facts,
            condition,
            flink,
            findings,
            result.rootCauses(),
            result.coverage(),
            null,
            null,
            null,
            verdict),
        null,
        remembered(result, verdict));
  }

  private static Outcome unreadable(Source source, String reason) {
    return new Outcome(null, new Unreadable(source.name(), reason.strip()), null);
  }
}
