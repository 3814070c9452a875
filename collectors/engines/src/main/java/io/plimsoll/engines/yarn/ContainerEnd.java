// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.yarn;

import io.plimsoll.engines.http.PlainText;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a container ended, out of its exit code and YARN's words.
 *
 * @param cause the reason
 * @param exitCode null when neither code nor words tell it
 * @param usedBytes of memory when it was killed for its memory; null when not told
 * @param limitBytes of memory when it was killed for its memory; null when not told
 */
public record ContainerEnd(
    Cause cause, @Nullable Integer exitCode, @Nullable Long usedBytes, @Nullable Long limitBytes) {
  /** What ended a container; the name in lower case stands on the wire. */
  public enum Cause {
    SUCCESS,
    /** The NodeManager killed it for its physical memory. */
    PHYSICAL_MEMORY,
    /** The NodeManager killed it for its virtual memory. */
    VIRTUAL_MEMORY,
    /** The kernel or the JVM itself ended it for lack of memory. */
    OUT_OF_MEMORY,
    /** Taken away for another queue or application. */
    PREEMPTED,
    /** Its node was lost or it was given back before it ran. */
    NODE_LOST,
    /** The node's disks failed. */
    DISKS_FAILED,
    /** Its application's master asked for it. */
    KILLED_BY_MASTER,
    /** The ResourceManager, a user or the end of the application asked for it. */
    KILLED_BY_MANAGER,
    /** It wrote too much log. */
    EXCESS_LOGS,
    /** Signal 9, by whom is not told. */
    SIGKILL,
    /** Signal 15, by whom is not told. */
    SIGTERM,
    /** The process ended by itself with another code than 0. */
    EXITED,
    /** Nothing is told. */
    UNKNOWN
  }

  private static final int SIGNALS = 128;
  private static final int KILL = 9;
  private static final int TERMINATE = 15;

  /** YARN's own exit codes (ContainerExitStatus). */
  private static final Map<Integer, Cause> BY_CODE =
      Map.ofEntries(
          Map.entry(0, Cause.SUCCESS),
          Map.entry(-100, Cause.NODE_LOST),
          Map.entry(-101, Cause.DISKS_FAILED),
          Map.entry(-102, Cause.PREEMPTED),
          Map.entry(-103, Cause.VIRTUAL_MEMORY),
          Map.entry(-104, Cause.PHYSICAL_MEMORY),
          Map.entry(-105, Cause.KILLED_BY_MASTER),
          Map.entry(-106, Cause.KILLED_BY_MANAGER),
          Map.entry(-107, Cause.KILLED_BY_MANAGER),
          Map.entry(-108, Cause.PREEMPTED),
          Map.entry(-109, Cause.EXCESS_LOGS),
          Map.entry(SIGNALS + KILL, Cause.SIGKILL),
          Map.entry(SIGNALS + TERMINATE, Cause.SIGTERM));

  private static final Pattern CODE =
      Pattern.compile("(?i)(?:exitCode|exit code|exit status)\\s{0,3}[:=]?\\s{0,3}(-?\\d{1,6})");
  private static final Pattern USAGE =
      Pattern.compile(
          "([\\d.]{1,12}) ?([KMGT]?B) of ([\\d.]{1,12}) ?([KMGT]?B) (physical|virtual) memory used");

  /** The texts are searched for YARN's phrases when the code alone does not say. */
  public static ContainerEnd of(@Nullable Integer code, String diagnostics) {
    String text =
        diagnostics.length() <= PlainText.LIMIT * 4
            ? diagnostics
            : diagnostics.substring(0, PlainText.LIMIT * 4);
    Integer exit = code;
    Matcher told = CODE.matcher(text);
    if (exit == null && told.find()) {
      exit = Integer.valueOf(told.group(1));
    }
    Cause cause = cause(exit, text.toLowerCase(Locale.ROOT));
    Long used = null;
    Long limit = null;
    Matcher usage = USAGE.matcher(text);
    String kind = cause == Cause.VIRTUAL_MEMORY ? "virtual" : "physical";
    while (usage.find() && limit == null) {
      if (usage.group(5).equals(kind)) {
        used = bytes(usage.group(1), usage.group(2));
        limit = bytes(usage.group(3), usage.group(4));
      }
    }
    return new ContainerEnd(cause, exit, used, limit);
  }

  private static Cause cause(@Nullable Integer exit, String text) {
    Cause byCode = exit == null ? Cause.UNKNOWN : BY_CODE.getOrDefault(exit, Cause.EXITED);
    boolean vague =
        byCode == Cause.UNKNOWN
            || byCode == Cause.EXITED
            || byCode == Cause.SIGKILL
            || byCode == Cause.SIGTERM;
    if (!vague) {
      return byCode;
    }
    if (text.contains("beyond physical memory") || text.contains("beyond the 'physical' memory")) {
      return Cause.PHYSICAL_MEMORY;
    }
    if (text.contains("beyond virtual memory") || text.contains("beyond the 'virtual' memory")) {
      return Cause.VIRTUAL_MEMORY;
    }
    if (text.contains("oom killer") || text.contains("oomkilled") || text.contains("outofmemory")) {
      return Cause.OUT_OF_MEMORY;
    }
    if (text.contains("preempted")) {
      return Cause.PREEMPTED;
    }
    if (text.contains("lost node") || text.contains("*lost*") || text.contains("node lost")) {
      return Cause.NODE_LOST;
    }
    return byCode;
  }

  private static @Nullable Long bytes(String number, String unit) {
    try {
      int power = unit.length() == 1 ? 0 : "KMGT".indexOf(unit.charAt(0)) + 1;
      return Math.round(Double.parseDouble(number) * (1L << (10 * power)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Writes what is told into an event. */
  void into(EngineEvent.Builder event) {
    event.put(EventText.CAUSE, cause.name().toLowerCase(Locale.ROOT));
    if (exitCode != null) {
      event.put(EventNumber.EXIT_CODE, exitCode);
      if (exitCode > SIGNALS && exitCode <= SIGNALS + 64) {
        event.put(EventNumber.SIGNAL, exitCode - SIGNALS);
      }
    }
    if (usedBytes != null) {
      event.put(EventNumber.USED_BYTES, usedBytes);
    }
    if (limitBytes != null) {
      event.put(EventNumber.LIMIT_BYTES, limitBytes);
    }
  }
}
