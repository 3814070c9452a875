// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint notes of a serializer of ours: its class. Changes of the bytes are told by the
 * version that the values themselves carry. Public because Flink makes it by its name.
 */
public final class RecordSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
  private static final int VERSION = 1;

  private @Nullable RecordSerializer<T> serializer;

  /** For Flink, which then reads it from a checkpoint. */
  public RecordSerializerSnapshot() {}

  RecordSerializerSnapshot(RecordSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(restoreSerializer().getClass().getName());
  }

  @Override
  @SuppressWarnings("unchecked") // The class was written by a snapshot of the same type.
  public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
      throws IOException {
    String name = in.readUTF();
    try {
      Constructor<?> constructor = Class.forName(name, true, classLoader).getDeclaredConstructor();
      serializer = (RecordSerializer<T>) constructor.newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IOException("the checkpoint was written by another version: " + name, e);
    }
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return Objects.requireNonNull(serializer, "the snapshot has not been read");
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    boolean same =
        old instanceof RecordSerializerSnapshot<T> other
            && other.restoreSerializer().equals(restoreSerializer());
    return same
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
