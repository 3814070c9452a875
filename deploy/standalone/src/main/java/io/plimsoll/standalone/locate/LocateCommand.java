// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.locate;

import io.plimsoll.diagnosis.locate.Answer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plimsoll locate}. */
@Command(
    name = "locate",
    mixinStandardHelpOptions = true,
    description = {
      "Name the node of a graph that is to blame for a symptom, or say why nobody can be named.",
      "The case: {nodes:[{id, type}], edges:[{from, to, type}] (from depends on to),"
          + " series:[{node | edge:[from,to], metric, unit, family, direction: up|down|both,"
          + " normal:[[t,v],...], incident:[[t,v],...]}], symptom:{node, metric}, incidentStart};"
          + " times in seconds or milliseconds since 1970; null and NaN are absent values.",
      "Types, families and units: docs/root-causes.md."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:an answer or an abstention, which gives its reason",
      "2:wrong usage, or a case that cannot be read: one line names the place"
    })
public final class LocateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "CASE.json", description = "the case")
  private Path file = Path.of("");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "write {ranking:[{node, score, confidence, evidence, path}], abstained, reason}")
  private @Nullable Path json;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Answer answer = new CaseFile(file).locate();
    Path into = json;
    if (into != null) {
      AnswerJson.write(answer, into);
    }
    new AnswerText(out).print(answer);
    return 0;
  }
}
