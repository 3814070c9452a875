// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.secret.Redaction;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;

/** What holds for this JVM from its start to its end. */
public final class JvmFacts {
  private static final String[] PROPERTIES = {
    "java.version",
    "java.vm.name",
    "java.vm.version",
    "java.vendor",
    "os.name",
    "os.version",
    "os.arch"
  };

  private JvmFacts() {}

  /** Epoch milliseconds of the JVM's start. */
  public static long startEpochMillis() {
    return ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /** This process's id in its own namespace, 0 when it cannot be told. */
  public static long pid() {
    String name = ManagementFactory.getRuntimeMXBean().getName();
    int at = name.indexOf('@');
    try {
      return at <= 0 ? 0 : Long.parseLong(name.substring(0, at));
    } catch (NumberFormatException notHotSpot) {
      return 0;
    }
  }

  /** Flags and versions, secrets redacted; the command line without the program's arguments. */
  public static EngineEvent startedEvent(String agentVersion, long intervalMillis) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    Redaction redaction = Redaction.standard();
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.JVM_STARTED, runtime.getStartTime())
            .put(
                EventNumber.HEAP_MAX_BYTES,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax())
            .property("plimsoll.agent.version", agentVersion)
            .property("plimsoll.agent.interval.millis", Long.toString(intervalMillis));
    for (String property : PROPERTIES) {
      event.property(property, System.getProperty(property, ""));
    }
    StringBuilder flags = new StringBuilder();
    for (String argument : runtime.getInputArguments()) {
      flags.append(flags.length() == 0 ? "" : " ").append(redaction.argument(argument));
    }
    event.property("jvm.arguments", flags.toString());
    StringBuilder collectors = new StringBuilder();
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      collectors.append(collectors.length() == 0 ? "" : ",").append(bean.getName());
    }
    event.property("jvm.collectors", collectors.toString());
    String command = System.getProperty("sun.java.command", "");
    int blank = command.indexOf(' ');
    event.property("jvm.main", blank < 0 ? command : command.substring(0, blank));
    return event.build();
  }
}
