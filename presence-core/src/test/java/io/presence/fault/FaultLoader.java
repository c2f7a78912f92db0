package io.presence.fault;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads all of {@code io.presence} anew, with sites of {@link Faults} in the classes of some packages.
 *
 * <p>A site is before each instruction that allocates or calls, static initializers and single accesses of a word
 * ({@code VarHandle}, {@code java.util.concurrent.atomic}) excepted: these are machine instructions. A string, and a
 * kind of call of a {@code VarHandle} in a class, is a site when it is first reached: the JVM creates it then.
 */
final class FaultLoader extends RewritingLoader {

    private static final Set<String> GROWING =
            Set.of("add", "addFirst", "addLast", "push", "offer", "put", "putIfAbsent", "merge", "computeIfAbsent");
    private static final String FAULTS = "io/presence/fault/Faults";

    private final List<String> prefixes;
    private final Set<String> unmatched;

    /**
     * Makes a loader.
     *
     * @param prefixes how the names of classes begin that get sites
     */
    FaultLoader(List<String> prefixes) {
        this.prefixes = List.copyOf(prefixes);
        this.unmatched = new LinkedHashSet<>(prefixes);
    }

    /** The prefixes that no loaded class has: a class that was renamed would otherwise lose its sites unnoticed. */
    synchronized Set<String> unmatched() {
        return Set.copyOf(unmatched);
    }

    private synchronized boolean hasSites(String name) {
        /* A prefix that ends in a dollar sign stands for one class and its nested classes. */
        String ended = name + "$";
        unmatched.removeIf(ended::startsWith);
        return prefixes.stream().anyMatch(ended::startsWith);
    }

    @Override
    byte[] rewritten(String name, byte[] compiled) {
        if (!hasSites(name)) {
            return compiled;
        }
        ClassReader reader = new ClassReader(compiled);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Sites(writer), 0);
        return writer.toByteArray();
    }

    /** Adds sites to the methods of one class. */
    private static final class Sites extends ClassVisitor {

        private String type = "";

        Sites(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            type = name.substring(name.lastIndexOf('/') + 1);
            super.visit(version, access, name, signature, parent, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return name.equals("<clinit>") ? new Constants(next, type) : new Instructions(next, type, name);
        }
    }

    /** Adds the sites of one method at which the JVM creates something when they are first reached. */
    private static class Constants extends MethodVisitor {

        private final String type;

        Constants(MethodVisitor next, String type) {
            super(Opcodes.ASM9, next);
            this.type = type;
        }

        private void constant(String what) {
            mv.visitLdcInsn(type + " has " + what);
            mv.visitMethodInsn(Opcodes.INVOKESTATIC, FAULTS, "constant", "(Ljava/lang/String;)V", false);
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof String text) {
                constant('"' + text + '"');
            }
            super.visitLdcInsn(value);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals("java/lang/invoke/VarHandle")) {
                constant(name + descriptor);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }

    /** Adds sites to one method. */
    private static final class Instructions extends Constants {

        private final String method;
        private int line;

        Instructions(MethodVisitor next, String type, String method) {
            super(next, type);
            this.method = type + "." + method;
        }

        private void site(String kind, String what) {
            mv.visitLdcInsn(method + ":" + line + " before " + what);
            mv.visitMethodInsn(Opcodes.INVOKESTATIC, FAULTS, kind, "(Ljava/lang/String;)V", false);
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
            super.visitLineNumber(number, start);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            super.visitTypeInsn(opcode, type);
            /* After it: frames refer to the instruction by its label. */
            if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
                site("allocation", "new " + type);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                site("allocation", "new array");
            }
            super.visitIntInsn(opcode, operand);
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            site("allocation", "new " + descriptor);
            super.visitMultiANewArrayInsn(descriptor, dimensions);
        }

        @Override
        public void visitInvokeDynamicInsn(
                String name, String descriptor, org.objectweb.asm.Handle bootstrap, Object... arguments) {
            site("allocation", "lambda or string of " + name);
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        }

        private static String kind(String owner, String name) {
            if ((owner.equals("java/util/Arrays") && name.startsWith("copyOf"))
                    || (owner.startsWith("[") && name.equals("clone"))) {
                return "allocation";
            }
            return owner.startsWith("java/util/") && GROWING.contains(name) ? "growth" : "call";
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean isOneInstruction = owner.equals("java/lang/invoke/VarHandle")
                    || owner.startsWith("java/util/concurrent/atomic/")
                    || owner.equals("java/lang/Object");
            if (!isOneInstruction) {
                site(kind(owner, name), owner.substring(owner.lastIndexOf('/') + 1) + "." + name);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }
}
