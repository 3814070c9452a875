// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.Objects;
import java.util.UUID;

/**
 * Who speaks: one JVM from its start to its end. Ids that the process does not know yet are empty;
 * later envelopes of the same process may fill them, never change them.
 */
public final class ProcessIdentity {
  private final UUID process;
  private final String host;
  private final String bootId;
  private final long pid;
  private final long startEpochMillis;
  private final Role role;
  private final String cluster;
  private final String application;
  private final int applicationAttempt;
  private final String executorId;

  private ProcessIdentity(Builder builder) {
    process = builder.process;
    host = builder.host;
    bootId = builder.bootId;
    pid = builder.pid;
    startEpochMillis = builder.startEpochMillis;
    role = builder.role;
    cluster = builder.cluster;
    application = builder.application;
    applicationAttempt = builder.applicationAttempt;
    executorId = builder.executorId;
  }

  public static Builder builder(UUID process) {
    return new Builder(process);
  }

  /** A builder that starts from this identity. */
  public Builder toBuilder() {
    return new Builder(process)
        .host(host, bootId)
        .pid(pid, startEpochMillis)
        .role(role)
        .cluster(cluster)
        .application(application, applicationAttempt)
        .executorId(executorId);
  }

  /** Made anew at each JVM start. */
  public UUID process() {
    return process;
  }

  public String host() {
    return host;
  }

  /** The kernel's boot id: monotonic clocks compare only within one. */
  public String bootId() {
    return bootId;
  }

  public long pid() {
    return pid;
  }

  public long startEpochMillis() {
    return startEpochMillis;
  }

  public Role role() {
    return role;
  }

  /** Application ids repeat across masters: a run is cluster, application and attempt together. */
  public String cluster() {
    return cluster;
  }

  public String application() {
    return application;
  }

  public int applicationAttempt() {
    return applicationAttempt;
  }

  public String executorId() {
    return executorId;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ProcessIdentity)) {
      return false;
    }
    ProcessIdentity that = (ProcessIdentity) other;
    return process.equals(that.process)
        && host.equals(that.host)
        && bootId.equals(that.bootId)
        && pid == that.pid
        && startEpochMillis == that.startEpochMillis
        && role == that.role
        && cluster.equals(that.cluster)
        && application.equals(that.application)
        && applicationAttempt == that.applicationAttempt
        && executorId.equals(that.executorId);
  }

  @Override
  public int hashCode() {
    return process.hashCode();
  }

  @Override
  public String toString() {
    return "ProcessIdentity["
        + process
        + " "
        + role
        + " "
        + cluster
        + "/"
        + application
        + "/"
        + applicationAttempt
        + " executor "
        + executorId
        + " pid "
        + pid
        + " on "
        + host
        + "]";
  }

  /** Collects an identity's fields; ids that are never set stay empty. */
  public static final class Builder {
    private final UUID process;
    private String host = "";
    private String bootId = "";
    private long pid;
    private long startEpochMillis;
    private Role role = Role.OTHER;
    private String cluster = "";
    private String application = "";
    private int applicationAttempt;
    private String executorId = "";

    private Builder(UUID process) {
      this.process = Objects.requireNonNull(process, "process is null");
    }

    public Builder host(String name, String boot) {
      host = Objects.requireNonNull(name, "host is null");
      bootId = Objects.requireNonNull(boot, "boot id is null");
      return this;
    }

    public Builder pid(long value, long startMillis) {
      pid = value;
      startEpochMillis = startMillis;
      return this;
    }

    public Builder role(Role value) {
      role = Objects.requireNonNull(value, "role is null");
      return this;
    }

    public Builder cluster(String value) {
      cluster = Objects.requireNonNull(value, "cluster is null");
      return this;
    }

    public Builder application(String id, int attempt) {
      application = Objects.requireNonNull(id, "application is null");
      applicationAttempt = attempt;
      return this;
    }

    public Builder executorId(String value) {
      executorId = Objects.requireNonNull(value, "executor id is null");
      return this;
    }

    public ProcessIdentity build() {
      return new ProcessIdentity(this);
    }
  }
}
