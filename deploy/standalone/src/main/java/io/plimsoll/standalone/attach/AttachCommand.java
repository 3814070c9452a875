// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Attaches the agent to a JVM that runs already, on this machine. */
@Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    description = "Attach the agent to a JVM that runs already, on this machine.")
public final class AttachCommand implements Callable<Integer> {
  /** What the agent sets in a JVM that it is at work in. */
  private static final String ATTACHED = "plimsoll.agent.attached";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PID", description = "the JVM's process id")
  private long pid;

  @Option(names = "--kafka", description = "bootstrap servers, host:port[,host:port]")
  private @Nullable String kafka;

  @Option(names = "--http", description = "a Plimsoll server, http://host:port")
  private @Nullable String http;

  @Option(names = "--cluster", description = "the name under which runs are kept apart")
  private @Nullable String cluster;

  @Option(names = "--options", description = "further options of the agent, key=value,key=value")
  private @Nullable String options;

  @Option(names = "--jar", description = "the agent's jar, if not the one that was built here")
  private @Nullable Path jar;

  @Override
  public Integer call() {
    String line = line();
    Path agent = agentJar();
    TargetProcess.requireJvm(pid);
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        load(machine, agent, line);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException refused) {
      throw new ProblemException(
          "cannot attach to " + pid + ": " + oneLine(refused) + TargetProcess.WAY_OUT, refused);
    }
    spec.commandLine().getOut().println("attached to " + pid + ": " + line);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void load(VirtualMachine machine, Path agent, String line) throws IOException {
    if (isAttached(machine)) {
      throw new ProblemException(
          "the agent is at work in "
              + pid
              + " already: nothing was done; its options stay until"
              + " that JVM ends");
    }
    try {
      machine.loadAgent(agent.toString(), line);
    } catch (AgentLoadException | AgentInitializationException refused) {
      throw new ProblemException(
          "the JVM " + pid + " does not load " + agent + ": " + oneLine(refused), refused);
    }
    if (!isAttached(machine)) {
      throw new ProblemException(
          "the agent stays idle in "
              + pid
              + ": the standard error of that process says why, in"
              + " one line");
    }
  }

  private static boolean isAttached(VirtualMachine machine) throws IOException {
    return "true".equals(machine.getSystemProperties().getProperty(ATTACHED));
  }

  private String line() {
    List<String> parts = new ArrayList<>();
    if (kafka != null) {
      parts.add("kafka=" + kafka.replace(',', ';'));
    }
    if (http != null) {
      parts.add("http=" + http);
    }
    if (cluster != null) {
      parts.add("cluster=" + cluster);
    }
    if (options != null) {
      parts.add(options);
    }
    String line = String.join(",", parts);
    if (!line.matches(".*(^|,)(kafka|http|file)=.*")) {
      throw new ProblemException(
          "where to send to is missing: give --kafka HOST:PORT, --http http://HOST:PORT or"
              + " --options file=PATH");
    }
    return line;
  }

  private Path agentJar() {
    Path place =
        jar != null
            ? jar
            : Path.of(
                System.getProperty("plimsoll.root", "."),
                "collectors/agent/target/plimsoll-agent.jar");
    if (!Files.isRegularFile(place)) {
      throw new ProblemException("there is no agent jar at " + place + ": name it with --jar");
    }
    return place.toAbsolutePath().normalize();
  }

  private static String oneLine(Exception refused) {
    String text = refused.getMessage() == null ? refused.toString() : refused.getMessage();
    return text.lines().findFirst().orElse(refused.toString());
  }
}
