// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a process is in its run. */
public enum Role {
  OTHER(0),
  DRIVER(1),
  EXECUTOR(2),
  JOB_MANAGER(3),
  TASK_MANAGER(4),
  /** A resource manager's daemon. */
  WORKER(5),
  KAFKA_BROKER(6),
  /** Of HDFS. */
  NAMENODE(7),
  /** Of HDFS. */
  DATANODE(8),
  /** Of YARN. */
  RESOURCE_MANAGER(9),
  /** Of YARN. */
  NODE_MANAGER(10),
  /** Of Hive. */
  METASTORE(11),
  /** The API server of a Kubernetes cluster, speaking for its pods and nodes. */
  KUBERNETES(12),
  /** A component of the link that only the user's own description names. */
  COMPONENT(13);

  private static final Map<Integer, Role> BY_ID = new HashMap<>();

  static {
    for (Role value : values()) {
      BY_ID.put(value.id, value);
    }
  }

  private final int id;

  Role(int id) {
    this.id = id;
  }

  /** The number that stands for this constant on the wire; never reused. */
  public int id() {
    return id;
  }

  /** The constant with this id, or null when this version does not know it. */
  public static @Nullable Role byId(int id) {
    return BY_ID.get(id);
  }
}
