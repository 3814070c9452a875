// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import java.util.Objects;

/** A pipeline that cannot start or has died; the message names the culprit and the way out. */
public final class PipelineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Code {
    /** The broker does not answer. */
    BROKER_UNREACHABLE,
    /** A topic that the pipeline reads or writes does not exist. */
    TOPIC_MISSING,
    /** The folder for checkpoints cannot be read or written. */
    CHECKPOINTS_UNUSABLE,
    /** The Flink cluster or its job failed. */
    JOB_FAILED
  }

  private final Code code;

  PipelineException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  PipelineException(Code code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  public Code code() {
    return code;
  }
}
