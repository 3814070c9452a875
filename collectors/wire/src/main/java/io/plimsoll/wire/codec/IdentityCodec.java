// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code ProcessIdentity} of the schema. */
final class IdentityCodec {
  private static final int UUID_BYTES = 16;

  private static final int PROCESS = 1;
  private static final int HOST = 2;
  private static final int BOOT_ID = 3;
  private static final int PID = 4;
  private static final int START_EPOCH_MILLIS = 5;
  private static final int ROLE = 6;
  private static final int CLUSTER = 7;
  private static final int APPLICATION = 8;
  private static final int APPLICATION_ATTEMPT = 9;
  private static final int EXECUTOR_ID = 10;

  private IdentityCodec() {}

  static MessageWriter write(ProcessIdentity identity) {
    MessageWriter out = new MessageWriter();
    UUID process = identity.process();
    out.bytes(
        PROCESS,
        ByteBuffer.allocate(UUID_BYTES)
            .putLong(process.getMostSignificantBits())
            .putLong(process.getLeastSignificantBits())
            .array());
    out.text(HOST, identity.host());
    out.text(BOOT_ID, identity.bootId());
    out.uint64(PID, identity.pid());
    out.uint64(START_EPOCH_MILLIS, identity.startEpochMillis());
    out.uint32(ROLE, identity.role().id());
    out.text(CLUSTER, identity.cluster());
    out.text(APPLICATION, identity.application());
    out.sint32(APPLICATION_ATTEMPT, identity.applicationAttempt());
    out.text(EXECUTOR_ID, identity.executorId());
    return out;
  }

  static ProcessIdentity read(MessageReader in) throws IOException, WireException {
    Fields fields = new Fields();
    while (in.next()) {
      fields.read(in);
    }
    UUID process = fields.process;
    if (process == null) {
      throw in.malformed("no process uuid");
    }
    return ProcessIdentity.builder(process)
        .host(fields.host, fields.bootId)
        .pid(fields.pid, fields.startEpochMillis)
        .role(fields.role)
        .cluster(fields.cluster)
        .application(fields.application, fields.applicationAttempt)
        .executorId(fields.executorId)
        .build();
  }

  /** The fields in whatever order they come. */
  private static final class Fields {
    private @Nullable UUID process;
    private String host = "";
    private String bootId = "";
    private long pid;
    private long startEpochMillis;
    private Role role = Role.OTHER;
    private String cluster = "";
    private String application = "";
    private int applicationAttempt;
    private String executorId = "";

    void read(MessageReader in) throws IOException, WireException {
      switch (in.field()) {
        case PROCESS:
          process = uuid(in);
          break;
        case HOST:
          host = in.text();
          break;
        case BOOT_ID:
          bootId = in.text();
          break;
        case PID:
          pid = in.uint64();
          break;
        case START_EPOCH_MILLIS:
          startEpochMillis = in.uint64();
          break;
        case ROLE:
          Role known = Role.byId(in.uint32());
          role = known == null ? Role.OTHER : known;
          break;
        case CLUSTER:
          cluster = in.text();
          break;
        case APPLICATION:
          application = in.text();
          break;
        case APPLICATION_ATTEMPT:
          applicationAttempt = in.sint32();
          break;
        case EXECUTOR_ID:
          executorId = in.text();
          break;
        default:
          in.skip();
      }
    }

    private static UUID uuid(MessageReader in) throws IOException, WireException {
      byte[] bytes = in.bytes();
      if (bytes.length != UUID_BYTES) {
        throw in.malformed("the process uuid has " + bytes.length + " bytes, not " + UUID_BYTES);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong());
    }
  }
}
