// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.attach;

import io.plimsoll.standalone.stack.ProblemException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints the lines that attach the agent to one's own Spark or Flink job, and take it off again.
 */
@Command(
    name = "attach-line",
    mixinStandardHelpOptions = true,
    description =
        "Print the lines that attach the agent to a Spark or Flink job, and take it off again.")
public final class AttachLineCommand implements Callable<Integer> {
  /** Where Spark's processes are started, which decides how the jar gets there. */
  enum Manager {
    standalone,
    yarn,
    k8s,
    /** Spark's own plugins, for users who cannot set JVM options. */
    plugin,
    flink
  }

  @Spec private CommandSpec spec;

  @Option(names = "--for", required = true, description = "${COMPLETION-CANDIDATES}")
  private Manager manager;

  @Option(names = "--jar", description = "where the agent jar lies on each node")
  private String jar = "/opt/plimsoll/plimsoll-agent.jar";

  @Option(names = "--kafka", description = "bootstrap servers, host:port[;host:port]")
  private String kafka = "localhost:9092";

  @Option(names = "--cluster", description = "the name under which runs are kept apart")
  private String cluster = "default";

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String options = "kafka=" + kafka.replace(',', ';') + ",cluster=" + cluster;
    for (String value : new String[] {jar, kafka, cluster}) {
      if (value.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '\'' || c == '=')) {
        throw new ProblemException(
            "'"
                + value
                + "' holds a blank, a quote or '=': a JVM option cannot carry it; rename it");
      }
    }
    if (cluster.contains(",") || cluster.contains(";")) {
      throw new ProblemException(
          "--cluster '"
              + cluster
              + "' holds ',' or ';', which part the agent's options; rename it");
    }
    if (!kafka.matches("[^,;:]+:[0-9]+([,;][^,;:]+:[0-9]+)*")) {
      throw new ProblemException("--kafka '" + kafka + "' is not host:port[,host:port]");
    }
    Path built =
        Path.of(
            System.getProperty("plimsoll.root", "."), "collectors/agent/target/plimsoll-agent.jar");
    out.println(
        "# The agent jar"
            + (Files.isRegularFile(built)
                ? ": " + built.normalize()
                : " is built by ./plimsoll demo"));
    switch (manager) {
      case standalone -> standalone(out, options);
      case yarn -> yarn(out, options);
      case k8s -> kubernetes(out, options);
      case plugin -> {
        plugin(out, options);
        return 0;
      }
      case flink -> {
        flink(out, options);
        return 0;
      }
    }
    out.println(
        "# Client mode: the driver's JVM is already running when --conf is read, so its agent goes on the");
    out.println(
        "# command line (--driver-java-options), as above. Your own extraJavaOptions must be joined with these:");
    out.println("# Spark keeps only one value per key.");
    out.println(
        "# To take it off again: leave these lines out of the next submit; nothing else was changed.");
    out.flush();
    return 0;
  }

  private void standalone(PrintWriter out, String options) {
    out.println(
        "# Copy it to the same absolute path on every node first: a JVM does not start without its agent's jar,");
    out.println("# and --files or --jars arrive after the JVM has started.");
    out.println("spark-submit \\");
    out.printf("  --driver-java-options \"-javaagent:%s=%s\" \\%n", jar, options);
    out.printf("  --conf \"spark.executor.extraJavaOptions=-javaagent:%s=%s\" \\%n", jar, options);
    out.println("  ... your application");
  }

  private void yarn(PrintWriter out, String options) {
    out.println(
        "# YARN puts --files into each container's working folder before its JVM starts: no copying by hand.");
    out.println("spark-submit --master yarn --deploy-mode cluster \\");
    out.printf("  --files %s#plimsoll-agent.jar \\%n", jar);
    out.printf(
        "  --conf \"spark.driver.extraJavaOptions=-javaagent:plimsoll-agent.jar=%s\" \\%n",
        options);
    out.printf(
        "  --conf \"spark.executor.extraJavaOptions=-javaagent:plimsoll-agent.jar=%s\" \\%n",
        options);
    out.println("  ... your application");
    out.printf(
        "# With --deploy-mode client instead of the driver line: --driver-java-options \"-javaagent:%s=%s\"%n",
        jar, options);
  }

  private void plugin(PrintWriter out, String options) {
    out.println("# No JVM option is needed: Spark loads the agent as its own plugin, which starts");
    out.println("# later and sees a little less: neither deserialisation nor results of attempts.");
    out.println("spark-submit \\");
    out.printf("  --jars %s \\%n", jar);
    out.println("  --conf spark.plugins=io.plimsoll.agent.plugin.PlimsollPlugin \\");
    out.printf("  --conf \"spark.plimsoll.options=%s\" \\%n", options);
    out.println("  ... your application");
    out.println("# To take it off again: leave these lines out of the next submit.");
    out.flush();
  }

  private void flink(PrintWriter out, String options) {
    out.println("# Copy it to the same absolute path on every node (or into the image) first:");
    out.println("# a JVM does not start without its agent's jar.");
    out.println("# In conf/config.yaml (before Flink 1.19: flink-conf.yaml) of the cluster:");
    out.printf("env.java.opts.jobmanager: \"-javaagent:%s=%s\"%n", jar, options);
    out.printf("env.java.opts.taskmanager: \"-javaagent:%s=%s\"%n", jar, options);
    out.println(
        "# A value that is there already has to be joined with it. Not env.java.opts.all: Flink's");
    out.println(
        "# own add-opens stand there, and it reaches the flink command on your own machine too.");
    out.println("# Then restart the JobManager and the TaskManagers.");
    out.println("# To take it off again: remove the line and restart them.");
    out.flush();
  }

  private void kubernetes(PrintWriter out, String options) {
    out.println(
        "# Add the jar to the image (COPY plimsoll-agent.jar "
            + jar
            + ") or mount it at that path.");
    out.println("spark-submit --master k8s://... --deploy-mode cluster \\");
    out.printf("  --conf \"spark.driver.extraJavaOptions=-javaagent:%s=%s\" \\%n", jar, options);
    out.printf("  --conf \"spark.executor.extraJavaOptions=-javaagent:%s=%s\" \\%n", jar, options);
    out.println("  ... your application");
  }
}
