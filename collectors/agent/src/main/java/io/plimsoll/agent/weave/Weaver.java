// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.weave;

import io.plimsoll.agent.flink.FlinkHook;
import io.plimsoll.agent.flink.RestDiscovery;
import io.plimsoll.agent.spark.Hook;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts calls of {@link Hook}, {@link FlinkHook} and {@link RestDiscovery} into the engines'
 * methods. No method is added and no stack map is computed, so that no class of the host is loaded
 * here and a loaded class may be woven again.
 */
final class Weaver {
  private static final String HOOK = Hook.class.getName().replace('.', '/');
  private static final String FLINK_HOOK = FlinkHook.class.getName().replace('.', '/');
  private static final String REST_DISCOVERY = RestDiscovery.class.getName().replace('.', '/');
  private static final String TASK_STATE_DESCRIPTOR =
      "(JLscala/Enumeration$Value;Ljava/nio/ByteBuffer;)V";

  private Weaver() {}

  /** The woven class, or null when it has none of the methods. */
  static byte @Nullable [] weave(String className, byte[] classfile) {
    ClassReader reader = new ClassReader(classfile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Visitor visitor = new Visitor(className, writer);
    reader.accept(visitor, ClassReader.EXPAND_FRAMES);
    return visitor.woven ? writer.toByteArray() : null;
  }

  private static final class Visitor extends ClassVisitor {
    private final String className;
    private boolean woven;

    private Visitor(String className, ClassVisitor next) {
      super(Opcodes.ASM9, next);
      this.className = className;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      if ((access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT)) != 0) {
        return next;
      }
      MethodVisitor hooked = hooked(name, descriptor, next);
      woven |= hooked != next;
      return hooked;
    }

    private MethodVisitor hooked(String name, String descriptor, MethodVisitor next) {
      boolean runs = name.equals("run") && descriptor.equals("()V");
      switch (className) {
        case HookTransformer.CONTEXT:
          return name.equals("setupAndStartListenerBus") && descriptor.equals("()V")
              ? new ContextHook(next)
              : next;
        case HookTransformer.TASK_RUNNER:
          return runs ? new RunHook(next, className, HOOK, "enter", "exit") : next;
        case HookTransformer.FLINK_REST:
          return name.equals("start") && descriptor.equals("()V") ? new StartedHook(next) : next;
        case HookTransformer.FLINK_TASK:
          return runs ? new RunHook(next, className, FLINK_HOOK, "enter", "exit") : next;
        case HookTransformer.LEGACY_SOURCE:
        case HookTransformer.SPLIT_FETCHER:
        case HookTransformer.ASYNC_CHECKPOINT:
          return runs ? new RunHook(next, className, FLINK_HOOK, "help", "helped") : next;
        default:
          return name.equals("statusUpdate") && descriptor.equals(TASK_STATE_DESCRIPTOR)
              ? new StatusHook(next)
              : next;
      }
    }
  }

  private static final class ContextHook extends MethodVisitor {
    private ContextHook(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      callWithThis(this, HOOK, "context");
    }
  }

  /** Calls when a method without result has done its work, and not when it throws. */
  private static final class StartedHook extends MethodVisitor {
    private StartedHook(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        callWithThis(this, REST_DISCOVERY, "started");
      }
      super.visitInsn(opcode);
    }
  }

  private static final class StatusHook extends MethodVisitor {
    private static final int TASK_ID = 1;
    private static final int STATE = 3;

    private StatusHook(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      visitVarInsn(Opcodes.LLOAD, TASK_ID);
      visitVarInsn(Opcodes.ALOAD, STATE);
      visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "status", "(JLjava/lang/Object;)V", false);
    }
  }

  /** Wraps a method without result: enter, body, exit on every way out. */
  private static final class RunHook extends MethodVisitor {
    private final String className;
    private final String hook;
    private final String enter;
    private final String exit;
    private final Label begin = new Label();
    private final Label end = new Label();

    private RunHook(MethodVisitor next, String className, String hook, String enter, String exit) {
      super(Opcodes.ASM9, next);
      this.className = className;
      this.hook = hook;
      this.enter = enter;
      this.exit = exit;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      callWithThis(this, hook, enter);
      mv.visitLabel(begin);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        callWithThis(this, hook, exit);
      }
      super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      mv.visitLabel(end);
      // Last in the table, so every handler of the method's own comes first.
      mv.visitTryCatchBlock(begin, end, end, "java/lang/Throwable");
      mv.visitFrame(
          Opcodes.F_NEW, 1, new Object[] {className}, 1, new Object[] {"java/lang/Throwable"});
      callWithThis(this, hook, exit);
      mv.visitInsn(Opcodes.ATHROW);
      super.visitMaxs(maxStack, maxLocals);
    }
  }

  private static void callWithThis(MethodVisitor method, String owner, String name) {
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, "(Ljava/lang/Object;)V", false);
  }
}
