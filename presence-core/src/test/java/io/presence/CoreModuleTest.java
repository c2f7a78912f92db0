package io.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of the module. */
class CoreModuleTest {

    private static final int PUBLIC_TYPES = 24;

    private static Path classes() throws URISyntaxException {
        return Path.of(PresenceStore.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static ModuleDescriptor module() throws IOException, URISyntaxException {
        try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }

    @Test
    void module_always_exportsItsPublicPackagesUnqualifiedAndOpensNone() throws Exception {
        assertThat(module().name()).isEqualTo("io.presence");
        assertThat(module().exports())
                .allSatisfy(exports -> assertThat(exports.isQualified()).isFalse())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder(
                        "io.presence",
                        "io.presence.access",
                        "io.presence.agrona",
                        "io.presence.cluster",
                        "io.presence.count",
                        "io.presence.jackson2",
                        "io.presence.jackson3",
                        "io.presence.json",
                        "io.presence.lock",
                        "io.presence.micrometer",
                        "io.presence.session",
                        "io.presence.testing",
                        "io.presence.user");
        assertThat(module().opens()).isEmpty();
        assertThat(module().isOpen()).isFalse();
        assertThat(module().uses()).isEmpty();
        /* On JDK 17 a module that provides a service of an absent module does not resolve. */
        assertThat(module().provides()).isEmpty();
    }

    @Test
    void module_always_requiresTheListedModules() throws Exception {
        Map<String, Set<Modifier>> required =
                module().requires().stream().collect(Collectors.toMap(Requires::name, Requires::modifiers));
        assertThat(required)
                .containsOnly(
                        Map.entry("com.fasterxml.jackson.core", Set.of(Modifier.STATIC)),
                        Map.entry("com.fasterxml.jackson.databind", Set.of(Modifier.STATIC)),
                        Map.entry("java.base", Set.of(Modifier.MANDATED)),
                        Map.entry("io.presence.query", Set.of(Modifier.TRANSITIVE)),
                        Map.entry("jdk.jfr", Set.of(Modifier.STATIC)),
                        Map.entry("micrometer.core", Set.of(Modifier.STATIC)),
                        Map.entry("org.agrona", Set.of(Modifier.STATIC)),
                        Map.entry("org.jctools.core.jdk11", Set.of()),
                        Map.entry("org.jspecify", Set.of(Modifier.STATIC)),
                        Map.entry("tools.jackson.core", Set.of(Modifier.STATIC)),
                        Map.entry("tools.jackson.databind", Set.of(Modifier.STATIC)));
    }

    @Test
    void publicTypes_ofEachPackage_areWithinTheirBudget() throws Exception {
        List<String> names;
        try (Stream<Path> files = Files.list(classes().resolve("io/presence"))) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.startsWith("package-"))
                    .map(name -> "io.presence." + name.substring(0, name.length() - ".class".length()))
                    .filter(CoreModuleTest::isPublic)
                    .toList();
        }
        assertThat(names).contains("io.presence.PresenceStore").hasSizeLessThanOrEqualTo(PUBLIC_TYPES);
    }

    private static boolean isPublic(String name) {
        try {
            Class<?> type = Class.forName(name, false, CoreModuleTest.class.getClassLoader());
            return java.lang.reflect.Modifier.isPublic(type.getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
