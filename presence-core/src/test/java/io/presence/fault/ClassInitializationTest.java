package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceStore;
import io.presence.query.Query;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Whatever has a static initializer is initialized with the first store: it could fail later, and then for ever. */
public class ClassInitializationTest {

    /* Those of JSON and metrics need libraries that may be absent; testing is no part of a running service. */
    private static final List<String> LEFT_OUT = List.of(
            "io.presence.json.",
            "io.presence.jackson2.",
            "io.presence.jackson3.",
            "io.presence.query.internal.json.",
            "io.presence.testing.");

    private static final Set<String> INITIALIZED = new TreeSet<>();

    /** Called by the static initializer of each class that was loaded anew. */
    public static void initialized(String name) {
        INITIALIZED.add(name);
    }

    /** Builds a store of the classes that were loaded anew. */
    public static final class Build implements Runnable {
        @Override
        public void run() {
            PresenceStore.builder().callerDriven().build().close();
        }
    }

    @Test
    void firstStore_onceBuilt_hasInitializedEachClass() throws Exception {
        Set<String> wanted = new TreeSet<>();
        for (Class<?> each : List.of(PresenceStore.class, Query.class)) {
            addInitializers(
                    Path.of(each.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()),
                    wanted);
        }
        wanted.removeIf(name -> LEFT_OUT.stream().anyMatch(name::startsWith));
        assertThat(wanted).hasSizeGreaterThan(100);

        Class<?> loaded = new Recording().loadClass(Build.class.getName());
        ((Runnable) loaded.getDeclaredConstructor().newInstance()).run();

        assertThat(INITIALIZED).as("add what is missing to ClassInitialization").containsAll(wanted);
    }

    private static void addInitializers(Path location, Collection<String> names) throws IOException {
        if (Files.isDirectory(location)) {
            addInitializersBelow(location, names);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(location)) {
                addInitializersBelow(jar.getPath("/"), names);
            }
        }
    }

    private static void addInitializersBelow(Path folder, Collection<String> names) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                new ClassReader(Files.readAllBytes(file)).accept(new Initializers(null, names), 0);
            }
        }
    }

    /** Collects the names of classes with a static initializer, which it lets call {@link #initialized}. */
    private static final class Initializers extends ClassVisitor {

        private final Collection<String> names;
        private String name = "";

        Initializers(ClassVisitor next, Collection<String> names) {
            super(Opcodes.ASM9, next);
            this.names = names;
        }

        @Override
        public void visit(int version, int access, String type, String signature, String parent, String[] interfaces) {
            name = type.replace('/', '.');
            super.visit(version, access, type, signature, parent, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
            if (!method.equals("<clinit>")) {
                return next;
            }
            names.add(name);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitCode() {
                    super.visitCode();
                    super.visitLdcInsn(name);
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            ClassInitializationTest.class.getName().replace('.', '/'),
                            "initialized",
                            "(Ljava/lang/String;)V",
                            false);
                }
            };
        }
    }

    /** Lets each static initializer call {@link #initialized}. */
    private static final class Recording extends RewritingLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            /* The one that the initializers call is the one that runs. */
            return name.equals(ClassInitializationTest.class.getName())
                    ? ClassInitializationTest.class
                    : super.loadClass(name, resolve);
        }

        @Override
        byte[] rewritten(String name, byte[] compiled) {
            ClassReader reader = new ClassReader(compiled);
            ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
            reader.accept(new Initializers(writer, new TreeSet<>()), 0);
            return writer.toByteArray();
        }
    }
}
