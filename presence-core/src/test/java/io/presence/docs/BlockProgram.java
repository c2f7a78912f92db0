package io.presence.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The program that a Java block stands for. A block that declares a class is a source file: its {@code main} is run, or
 * else its tests. Any other block is the body of a method, after the imports of {@link Given} and the block's own.
 */
final class BlockProgram {

    private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");

    private final CodeBlock block;
    private final String name;
    private final String source;

    BlockProgram(CodeBlock block) {
        this.block = block;
        String text = block.text();
        Matcher declared = CLASS.matcher(text);
        boolean isFile = declared.find();
        this.name = isFile ? declared.group(1) : "Block";
        this.source = isFile ? text : wrapped(block, text);
    }

    private static String wrapped(CodeBlock block, String text) {
        StringBuilder imports = new StringBuilder(Given.imports());
        IMPORT.matcher(text)
                .results()
                .forEach(found -> imports.append(found.group()).append('\n'));
        String body = IMPORT.matcher(text).replaceAll("");
        return imports + "class Block {\n" + Given.members(block)
                + "\npublic static void main(String[] args) throws Exception {\n" + Given.statements(block) + "\n"
                + body + "\n}\n}\n";
    }

    /** Compiles and runs it. Returns the lines that it prints. */
    List<String> run() {
        Class<?> compiled = compiled();
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            run(compiled);
        } catch (InvocationTargetException e) {
            throw new AssertionError(block + " must run: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(block + " must have a main method or tests: " + e, e);
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static void run(Class<?> compiled) throws ReflectiveOperationException {
        boolean hasTests = false;
        for (Method method : compiled.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                hasTests = true;
                var constructor = compiled.getDeclaredConstructor();
                constructor.setAccessible(true);
                method.setAccessible(true);
                method.invoke(constructor.newInstance());
            }
        }
        if (!hasTests) {
            Method main = compiled.getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
        }
    }

    private Class<?> compiled() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-classpath", System.getProperty("java.class.path"), "-proc:none", "-Xlint:all,-path");
            boolean isCompiled = compiler.getTask(
                            null,
                            new Memory(files, classes),
                            problems,
                            options,
                            null,
                            List.of(new Source(name, source)))
                    .call();
            if (!isCompiled || !problems.getDiagnostics().isEmpty()) {
                throw new AssertionError(block + " must compile without a warning: " + problems.getDiagnostics());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Loader(classes).loaded(name);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("block:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoresErrors) {
            return text;
        }
    }

    /** Keeps the compiled classes. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        Memory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classes.put(className, bytes);
            return new SimpleJavaFileObject(URI.create("block:///" + className + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> classes;

        Loader(Map<String, ByteArrayOutputStream> classes) {
            super(BlockProgram.class.getClassLoader());
            this.classes = classes;
        }

        Class<?> loaded(String name) {
            try {
                return loadClass(name);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
        }
    }
}
