package io.presence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text form of a module's API: each public or protected type of the exported packages, sorted by name, each
 * followed by its record components, and by its public or protected fields, constructors and methods, sorted as text.
 * Constants have their values, since callers are compiled with these.
 */
final class ApiListing {

    private ApiListing() {}

    /** Returns the listing of the module, directory or jar, that a type belongs to. */
    static String of(Class<?> member) throws IOException, URISyntaxException {
        return types(member).stream().map(ApiListing::text).collect(Collectors.joining("\n"));
    }

    /** Returns the types of the API of the module, directory or jar, that a type belongs to. */
    static List<Class<?>> types(Class<?> member) throws IOException, URISyntaxException {
        Path place = Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return types(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return types(jar.getPath("/"));
        }
    }

    private static List<Class<?>> types(Path root) throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).exports().stream()
                    .map(ModuleDescriptor.Exports::source)
                    .flatMap(exported -> types(root, exported))
                    .filter(ApiListing::isExported)
                    .sorted((one, other) -> one.getName().compareTo(other.getName()))
                    .toList();
        }
    }

    private static Stream<Class<?>> types(Path root, String exported) {
        try (Stream<Path> files = Files.list(root.resolve(exported.replace('.', '/')))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .<Class<?>>map(name -> load(exported + '.' + name.substring(0, name.length() - ".class".length())))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiListing.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isExported(Class<?> type) {
        return isExported(type.getModifiers())
                && !type.isAnonymousClass()
                && (type.getDeclaringClass() == null || isExported(type.getDeclaringClass()));
    }

    private static boolean isExported(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String text(Class<?> type) {
        List<String> lines = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent part : type.getRecordComponents()) {
                lines.add("component " + part.getGenericType().getTypeName() + " " + part.getName());
            }
        }
        Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .map(Member.class::cast)
                .filter(part -> isExported(part.getModifiers()) && !part.isSynthetic())
                .map(ApiListing::text)
                .sorted()
                .forEach(lines::add);
        return lines.stream()
                .map(line -> "    " + line.replace(type.getName() + ".", "") + "\n")
                .collect(Collectors.joining("", header(type) + "\n", ""))
                .replaceAll("java\\.lang\\.(?=[A-Z])", "");
    }

    private static String text(Member part) {
        return part instanceof Field field
                ? field.toGenericString() + value(field)
                : ((Executable) part).toGenericString();
    }

    private static String value(Field field) {
        boolean isConstant = Modifier.isStatic(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        try {
            return isConstant ? " = " + field.get(null) : "";
        } catch (IllegalAccessException e) {
            return "";
        }
    }

    private static String header(Class<?> type) {
        String kind = type.isInterface() ? "interface" : type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
        int shown = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;
        String modifiers = Modifier.toString(type.getModifiers() & shown);
        return modifiers + " " + kind + " " + type.getName()
                + names("<", type.getTypeParameters(), ">")
                + superclass(type)
                + names(" implements ", type.getGenericInterfaces())
                + (type.isSealed() ? names(" permits ", permitted(type)) : "");
    }

    /* By name: the order in the class file depends on the version of the compiler. */
    private static Class<?>[] permitted(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        Arrays.sort(permitted, Comparator.comparing(Class::getName));
        return permitted;
    }

    private static String superclass(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        boolean isImplied = parent == null || parent == Object.class || type.isRecord() || type.isEnum();
        return isImplied ? "" : names(" extends ", type.getGenericSuperclass());
    }

    private static String names(String before, Type... types) {
        return types.length == 0
                ? ""
                : Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", ", before, ""));
    }

    private static String names(String before, TypeVariable<?>[] variables, String after) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable.getName() + names(" extends ", variable.getBounds()))
                        .collect(Collectors.joining(", ", before, after));
    }
}
