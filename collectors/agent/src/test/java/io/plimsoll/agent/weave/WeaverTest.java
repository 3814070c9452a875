// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.emit.Outboxes;
import io.plimsoll.agent.spark.Hook;
import io.plimsoll.wire.AttemptRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class WeaverTest {
  private static final ClassLoader LOADER = WeaverTest.class.getClassLoader();
  private static final String HOOK = "io/plimsoll/agent/spark/Hook";

  @AfterAll
  static void hooksOfOtherTestsGetAFreshOutbox() {
    Outbox fresh = new Outbox();
    Hook.install(fresh, new Attempts(fresh));
  }

  @Test
  void sparksTaskRunnerEntersOnceAndLeavesOnEveryWay() throws IOException {
    Body before = body(bytes(HookTransformer.TASK_RUNNER), "run");
    Body after = body(woven(HookTransformer.TASK_RUNNER), "run");
    assertThat(after.count("enter")).isEqualTo(1);
    assertThat(after.count("exit")).isEqualTo(before.returns + 1);
    assertThat(after.returns).isEqualTo(before.returns);
    assertThat(after.throwables).isEqualTo(before.throwables + 1);
    assertThat(after.lastHandler).isEqualTo("java/lang/Throwable");
  }

  @Test
  void bothBackendsTellTheStatus() throws IOException {
    assertThat(body(woven(HookTransformer.EXECUTOR_BACKEND), "statusUpdate").hooks)
        .containsExactly("status");
    assertThat(body(woven(HookTransformer.LOCAL_BACKEND), "statusUpdate").hooks)
        .containsExactly("status");
  }

  @Test
  void theContextTellsOfItselfBeforeItsBusStarts() throws IOException {
    assertThat(body(woven(HookTransformer.CONTEXT), "setupAndStartListenerBus").hooks)
        .containsExactly("context");
  }

  @Test
  void noMethodIsAddedSoThatALoadedClassCanBeWovenAgain() throws IOException {
    for (String target :
        List.of(
            HookTransformer.TASK_RUNNER,
            HookTransformer.EXECUTOR_BACKEND,
            HookTransformer.LOCAL_BACKEND,
            HookTransformer.CONTEXT,
            HookTransformer.FLINK_TASK,
            HookTransformer.LEGACY_SOURCE,
            HookTransformer.SPLIT_FETCHER,
            HookTransformer.ASYNC_CHECKPOINT)) {
      assertThat(members(woven(target))).isEqualTo(members(bytes(target)));
    }
  }

  @Test
  void hooksArePreparedBeforeTheFirstClassIsWovenAndForNoOther() throws IOException {
    List<String> prepared = new ArrayList<>();
    HookTransformer transformer =
        new HookTransformer() {
          @Override
          protected void prepare() {
            prepared.add("now");
          }
        };
    transformer.transform(LOADER, "org/apache/spark/SparkConf", null, null, new byte[0]);
    assertThat(prepared).isEmpty();
    byte[] woven =
        transformer.transform(
            LOADER, HookTransformer.TASK_RUNNER, null, null, bytes(HookTransformer.TASK_RUNNER));
    assertThat(woven).isNotNull();
    assertThat(prepared).hasSize(1);
  }

  @Test
  void otherClassesAndStrangeShapesStayAsTheyAre() throws IOException {
    HookTransformer transformer = new HookTransformer();
    assertThat(transformer.transform(null, "java/lang/String", null, null, new byte[0])).isNull();
    assertThat(transformer.transform(null, null, null, null, new byte[0])).isNull();
    assertThat(
            transformer.transform(
                LOADER,
                HookTransformer.TASK_RUNNER,
                null,
                null,
                bytes("org/apache/spark/scheduler/TaskInfo")))
        .isNull();
    assertThat(HookTransformer.isTarget("org.apache.spark.SparkContext")).isTrue();
    assertThat(HookTransformer.isTarget("org.apache.spark.SparkContext$")).isFalse();
  }

  @Test
  void aClassWhoseLoaderDoesNotSeeTheHooksStaysAsItIs() throws IOException {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    byte[] runner = bytes(HookTransformer.TASK_RUNNER);
    HookTransformer transformer = new HookTransformer();
    assertThat(transformer.transform(platform, HookTransformer.TASK_RUNNER, null, null, runner))
        .isNull();
    assertThat(transformer.transform(LOADER, HookTransformer.TASK_RUNNER, null, null, runner))
        .isNotNull();
  }

  @Test
  void aThousandDamagedClassFilesAreWovenOrLeftAsTheyAre() throws IOException {
    byte[] whole = bytes(HookTransformer.LOCAL_BACKEND);
    HookTransformer transformer = new HookTransformer();
    Random random = new Random(11);
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < 1_000; i++) {
        byte[] damaged =
            Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
        for (int change = 0; change < 4 && damaged.length > 0; change++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        byte[] woven =
            transformer.transform(LOADER, HookTransformer.LOCAL_BACKEND, null, null, damaged);
        assertThat(woven == null || woven.length > 0).isTrue();
      }
    } finally {
      System.setErr(err);
    }
  }

  @Test
  void aWovenRunRecordsWhetherItReturnsOrThrows() throws Exception {
    Outbox outbox = new Outbox();
    Hook.install(outbox, new Attempts(outbox));
    long failures = Hook.failures();
    Class<?> type = new Definer().define(Weaver.weave(HookTransformer.TASK_RUNNER, stand()));
    type.getMethod("run").invoke(type.getConstructor(boolean.class).newInstance(false));
    assertThat(Outboxes.attempts(outbox)).extracting(AttemptRecord::taskId).containsExactly(4711L);
    Object throwing = type.getConstructor(boolean.class).newInstance(true);
    assertThatThrownBy(() -> type.getMethod("run").invoke(throwing))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(Outboxes.attempts(outbox)).hasSize(1);
    assertThat(Hook.failures()).isEqualTo(failures);
  }

  /** A class of the runner's name: taskId() is 4711, run() returns or throws, with a branch. */
  private static byte[] stand() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    String name = HookTransformer.TASK_RUNNER;
    writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    writer.visitField(Opcodes.ACC_PRIVATE, "throwing", "Z", null, null).visitEnd();
    MethodVisitor make = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(Z)V", null, null);
    make.visitCode();
    make.visitVarInsn(Opcodes.ALOAD, 0);
    make.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    make.visitVarInsn(Opcodes.ALOAD, 0);
    make.visitVarInsn(Opcodes.ILOAD, 1);
    make.visitFieldInsn(Opcodes.PUTFIELD, name, "throwing", "Z");
    make.visitInsn(Opcodes.RETURN);
    make.visitMaxs(0, 0);
    make.visitEnd();
    MethodVisitor id = writer.visitMethod(Opcodes.ACC_PUBLIC, "taskId", "()J", null, null);
    id.visitCode();
    id.visitLdcInsn(4711L);
    id.visitInsn(Opcodes.LRETURN);
    id.visitMaxs(0, 0);
    id.visitEnd();
    MethodVisitor run = writer.visitMethod(Opcodes.ACC_PUBLIC, "run", "()V", null, null);
    run.visitCode();
    Label calm = new Label();
    run.visitVarInsn(Opcodes.ALOAD, 0);
    run.visitFieldInsn(Opcodes.GETFIELD, name, "throwing", "Z");
    run.visitJumpInsn(Opcodes.IFEQ, calm);
    run.visitTypeInsn(Opcodes.NEW, "java/lang/IllegalStateException");
    run.visitInsn(Opcodes.DUP);
    run.visitMethodInsn(
        Opcodes.INVOKESPECIAL, "java/lang/IllegalStateException", "<init>", "()V", false);
    run.visitInsn(Opcodes.ATHROW);
    run.visitLabel(calm);
    run.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    run.visitInsn(Opcodes.RETURN);
    run.visitMaxs(0, 0);
    run.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] bytes(String className) throws IOException {
    try (InputStream in =
        WeaverTest.class.getClassLoader().getResourceAsStream(className + ".class")) {
      assertThat(in).as(className).isNotNull();
      return in.readAllBytes();
    }
  }

  private static byte[] woven(String className) throws IOException {
    byte[] woven = new HookTransformer().transform(LOADER, className, null, null, bytes(className));
    assertThat(woven).as(className).isNotNull();
    return woven;
  }

  private static List<String> members(byte[] classfile) {
    List<String> members = new ArrayList<>();
    new ClassReader(classfile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                members.add(access + " " + name + descriptor + Arrays.toString(thrown));
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return members;
  }

  private static Body body(byte[] classfile, String method) {
    Body body = new Body();
    new ClassReader(classfile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return name.equals(method) ? body : null;
              }
            },
            0);
    return body;
  }

  private static final class Body extends MethodVisitor {
    private final List<String> hooks = new ArrayList<>();
    private int returns;
    private int throwables;
    private String lastHandler = "";

    private Body() {
      super(Opcodes.ASM9);
    }

    private long count(String hook) {
      return hooks.stream().filter(hook::equals).count();
    }

    @Override
    public void visitInsn(int opcode) {
      returns += opcode == Opcodes.RETURN ? 1 : 0;
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
      throwables++;
      lastHandler = String.valueOf(type);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (owner.equals(HOOK)) {
        hooks.add(name);
      }
    }
  }

  private static final class Definer extends ClassLoader {
    private Definer() {
      super(WeaverTest.class.getClassLoader());
    }

    private Class<?> define(byte[] classfile) {
      return defineClass(null, classfile, 0, classfile.length);
    }
  }
}
