// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import io.plimsoll.diagnosis.finding.Mute;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import java.util.List;
import java.util.Objects;

/**
 * What is to be diagnosed.
 *
 * @param run the run
 * @param components profiles of the brokers, NameNodes, queues … that the run uses, as their
 *     readers told them
 * @param history signals of earlier runs of the job
 * @param mutes of the job
 * @param nowMillis epoch milliseconds at which mutes are looked at
 */
public record DiagnosisRequest(
    RunProfile run,
    List<ProcessProfile> components,
    SignalHistory history,
    List<Mute> mutes,
    long nowMillis) {
  public DiagnosisRequest {
    Objects.requireNonNull(run, "run is null");
    Objects.requireNonNull(history, "history is null");
    components = List.copyOf(components);
    mutes = List.copyOf(mutes);
  }

  /** A run alone: no components, no history, no mutes. */
  public static DiagnosisRequest of(RunProfile run) {
    return new DiagnosisRequest(run, List.of(), SignalHistory.NONE, List.of(), 0);
  }

  public DiagnosisRequest withComponents(List<ProcessProfile> profiles) {
    return new DiagnosisRequest(run, profiles, history, mutes, nowMillis);
  }

  public DiagnosisRequest withHistory(SignalHistory earlier) {
    return new DiagnosisRequest(run, components, earlier, mutes, nowMillis);
  }

  public DiagnosisRequest withMutes(List<Mute> decisions, long atMillis) {
    return new DiagnosisRequest(run, components, history, decisions, atMillis);
  }
}
