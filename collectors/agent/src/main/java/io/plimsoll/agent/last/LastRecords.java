// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.last;

import io.plimsoll.agent.emit.Emitter;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.ProcessIdentity;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The last records of this process, kept in a file of its own until it ends, and those of dead
 * processes of the same user, which any agent on the host finds and sends on. A file is claimed by
 * renaming it and deleted once every sink has what stood in it; when the claimer dies too, the next
 * one claims it again, and readers tell the duplicates by their sequence.
 */
public final class LastRecords {
  /** The name of the property of a vanished process's event that tells its cgroup. */
  public static final String CGROUP = "cgroup";

  private static final String SUFFIX = ".last";
  private static final String CLAIM = ".by-";
  private static final int MOST_PER_PASS = 16;
  private static final int MOST_KEPT = 128;
  private static final long FORGOTTEN_MILLIS = 7L * 24 * 3_600_000;

  private final File folder;
  private final File place;
  private final ProcessMark mark;
  private final UUID process;
  private final LastFile file;
  private boolean broken;

  private LastRecords(File folder, File place, ProcessMark mark, UUID process, LastFile file) {
    this.folder = folder;
    this.place = place;
    this.mark = mark;
    this.process = process;
    this.file = file;
  }

  /**
   * Makes this process's file; null where processes cannot be told apart.
   *
   * @param option the folder, empty for the standard one
   * @param destination where the sinks send to; only agents that send there take the file over
   * @throws IOException when the folder or the file cannot be made
   */
  public static @Nullable LastRecords open(
      String option, ProcessIdentity identity, String destination) throws IOException {
    ProcessMark mark = ProcessMark.ofThisProcess(identity.pid(), destination);
    if (mark == null) {
      return null;
    }
    File folder = option.isEmpty() ? LastFolder.standard() : new File(option);
    try {
      folder = LastFolder.prepare(folder);
      File place = new File(folder, identity.process() + SUFFIX);
      // Under another name until its header stands: nobody may take it for a dead one's.
      File making = new File(folder, identity.process() + ".new");
      LastFile file = LastFile.create(making, mark);
      if (!making.renameTo(place)) {
        file.close();
        throw new IOException("cannot rename " + making);
      }
      return new LastRecords(folder, place, mark, identity.process(), file);
    } catch (UnsupportedOperationException foreign) {
      return null;
    } catch (IOException refused) {
      throw new IOException("last=" + folder + ": " + refused.getMessage(), refused);
    }
  }

  /** Replaces what is kept; a disk that refuses ends it. */
  public synchronized void keep(List<byte[]> envelopes) {
    if (broken) {
      return;
    }
    try {
      file.write(envelopes);
    } catch (IOException refused) {
      broken = true;
    }
  }

  /** This process ends in order: nobody shall say that it vanished. */
  public synchronized void endInOrder() {
    if (broken) {
      return;
    }
    try {
      file.endInOrder();
    } catch (IOException refused) {
      broken = true;
    }
  }

  /** This process ends; what is kept goes with it, unless its sinks never got it. */
  public synchronized void close(boolean isAllSent) {
    broken = true;
    try {
      file.close();
    } catch (IOException refused) {
      // Nothing more is written to it.
      broken = true;
    }
    if (isAllSent && !place.delete()) {
      place.deleteOnExit();
    }
  }

  /**
   * Sends on what dead processes left.
   *
   * @param oomKills the present count of this process's cgroup, -1 when unknown
   * @param cgroup this process's cgroup as the kernel tells it
   * @return how many processes were found
   */
  public int sendOthers(Emitter emitter, long oomKills, String cgroup) {
    File[] files = folder.listFiles((where, name) -> name.contains(SUFFIX));
    if (files == null) {
      return 0;
    }
    Arrays.sort(files, Comparator.comparingLong(File::lastModified));
    int found = 0;
    int kept = files.length;
    for (File other : files) {
      if (found == MOST_PER_PASS) {
        break;
      }
      boolean isSurplus = kept > MOST_KEPT;
      if (isOver(other) && (isSurplus || isForgotten(other)) && other.delete()) {
        kept--;
        continue;
      }
      if (send(other, emitter, oomKills, cgroup)) {
        found++;
      }
    }
    return found;
  }

  private boolean isForgotten(File other) {
    return System.currentTimeMillis() - other.lastModified() > FORGOTTEN_MILLIS;
  }

  /** Whether nobody who is alive writes or claims it. */
  private boolean isOver(File other) {
    if (other.equals(place)) {
      return false;
    }
    int claim = other.getName().lastIndexOf(CLAIM);
    if (claim >= 0) {
      String[] by = other.getName().substring(claim + CLAIM.length()).split("-", -1);
      try {
        return by.length != 2
            || !mark.isAlive(mark.with(Long.parseLong(by[0]), Long.parseLong(by[1])));
      } catch (NumberFormatException notAClaim) {
        return true;
      }
    }
    ProcessMark owner = LastFile.mark(bytes(other));
    return owner == null || (mark.canJudge(owner) && !mark.isAlive(owner));
  }

  private boolean isForThisDestination(File other) {
    ProcessMark owner = LastFile.mark(bytes(other));
    return owner == null || mark.isBoundForTheSame(owner);
  }

  private boolean send(File other, Emitter emitter, long oomKills, String cgroup) {
    if (!isForThisDestination(other) || !isOver(other)) {
      return false;
    }
    String name = other.getName();
    int end = name.indexOf(SUFFIX) + SUFFIX.length();
    File claimed =
        new File(folder, name.substring(0, end) + CLAIM + mark.pid() + "-" + mark.startTicks());
    if (!other.renameTo(claimed)) {
      return false;
    }
    List<Envelope> envelopes = LastFile.envelopes(bytes(claimed));
    AtomicInteger left = new AtomicInteger(envelopes.size());
    Runnable whenSent =
        () -> {
          if (left.decrementAndGet() == 0 && !claimed.delete()) {
            claimed.deleteOnExit();
          }
        };
    if (envelopes.isEmpty()) {
      left.set(1);
      whenSent.run();
    }
    for (Envelope envelope : envelopes) {
      emitter.forward(completed(envelope, oomKills, cgroup), whenSent);
    }
    return !envelopes.isEmpty();
  }

  /** The prepared event of the vanished process gets what only the finder knows. */
  private Envelope completed(Envelope envelope, long oomKills, String cgroup) {
    if (!LastFile.isVanished(envelope)) {
      return envelope;
    }
    EngineEvent prepared = envelope.events().get(0);
    long now = System.currentTimeMillis();
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.PROCESS_VANISHED, now)
            .put(EventText.FOUND_BY, process.toString());
    if (prepared.has(EventNumber.LAST_SAMPLE_MILLIS)) {
      event.put(EventNumber.LAST_SAMPLE_MILLIS, prepared.number(EventNumber.LAST_SAMPLE_MILLIS, 0));
    }
    long before = prepared.number(EventNumber.OOM_KILLS, -1);
    boolean isSamePlace = cgroup.equals(prepared.properties().get(CGROUP));
    if (isSamePlace && before >= 0 && oomKills >= 0) {
      event.put(EventNumber.OOM_KILLS, Math.max(0, oomKills - before));
    }
    boolean isOomKill = isSamePlace && before >= 0 && oomKills > before;
    event.put(EventText.CAUSE, isOomKill ? "oom kill" : "unknown");
    return Envelope.header(
            envelope.identity(),
            envelope.stream(),
            envelope.sequence(),
            ClockAnchor.of(now, System.nanoTime()),
            envelope.loss())
        .events(Collections.singletonList(event.build()));
  }

  private static byte[] bytes(File file) {
    try {
      return file.length() > LastFile.FILE_BYTES ? new byte[0] : Files.readAllBytes(file.toPath());
    } catch (IOException gone) {
      return new byte[0];
    }
  }
}
