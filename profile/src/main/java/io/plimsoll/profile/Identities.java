// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Joins what a process tells of itself over time to the fullest identity, in any order. */
final class Identities {
  private Identities() {}

  /** Field by field what is told; where two differ, the greater, so that no order matters. */
  static ProcessIdentity fuller(@Nullable ProcessIdentity one, ProcessIdentity other) {
    if (one == null || one.equals(other)) {
      return other;
    }
    boolean sameApplication = one.application().equals(other.application());
    boolean ones = one.application().compareTo(other.application()) >= 0;
    int attempt =
        sameApplication
            ? Math.max(one.applicationAttempt(), other.applicationAttempt())
            : (ones ? one : other).applicationAttempt();
    return ProcessIdentity.builder(one.process())
        .host(greater(one.host(), other.host()), greater(one.bootId(), other.bootId()))
        .pid(
            Math.max(one.pid(), other.pid()),
            Math.max(one.startEpochMillis(), other.startEpochMillis()))
        .role(one.role().id() >= other.role().id() ? one.role() : other.role())
        .cluster(greater(one.cluster(), other.cluster()))
        .application(greater(one.application(), other.application()), attempt)
        .executorId(greater(one.executorId(), other.executorId()))
        .build();
  }

  static void write(FoldOutput out, ProcessIdentity identity) {
    out.text(identity.host());
    out.text(identity.bootId());
    out.signed(identity.pid());
    out.signed(identity.startEpochMillis());
    out.number(identity.role().id());
    out.text(identity.cluster());
    out.text(identity.application());
    out.signed(identity.applicationAttempt());
    out.text(identity.executorId());
  }

  static ProcessIdentity read(FoldInput in, UUID process) {
    ProcessIdentity.Builder identity =
        ProcessIdentity.builder(process).host(in.text(), in.text()).pid(in.signed(), in.signed());
    Role role = Role.byId(in.smallId());
    if (role == null) {
      throw FoldFormatException.malformed("an unknown role");
    }
    return identity
        .role(role)
        .cluster(in.text())
        .application(in.text(), in.smallNumber())
        .executorId(in.text())
        .build();
  }

  private static String greater(String one, String other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
