package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The module descriptor and the public types are a contract: a change here is a change for users. */
class ModuleTest {

    private static final int PUBLIC_TYPES = 16;

    private static Path classes;
    private static ModuleDescriptor module;

    @BeforeAll
    static void readDescriptor() throws Exception {
        URL location = Query.class.getProtectionDomain().getCodeSource().getLocation();
        classes = Path.of(location.toURI());
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
    }

    @Test
    void exports_always_areTheOnePackageToAll() {
        assertThat(module.name()).isEqualTo("io.presence.query");
        assertThat(module.exports()).hasSize(1).allSatisfy(export -> {
            assertThat(export.source()).isEqualTo("io.presence.query");
            assertThat(export.isQualified()).isFalse();
            assertThat(export.modifiers()).isEmpty();
        });
    }

    @Test
    void opens_always_areNone() {
        assertThat(module.isOpen()).isFalse();
        assertThat(module.opens()).isEmpty();
    }

    @Test
    void requires_atRunTime_areOfTheJdkAlone() {
        List<Requires> atRunTime = module.requires().stream()
                .filter(r -> !r.modifiers().contains(Modifier.STATIC))
                .toList();
        List<Requires> toCompile = module.requires().stream()
                .filter(r -> r.modifiers().contains(Modifier.STATIC))
                .toList();

        assertThat(atRunTime).extracting(Requires::name).containsExactly("java.base");
        assertThat(toCompile)
                .extracting(Requires::name)
                .containsExactlyInAnyOrder("com.fasterxml.jackson.core", "org.jspecify");
        assertThat(toCompile).extracting(Requires::modifiers).containsOnly(Set.of(Modifier.STATIC));
    }

    @Test
    void publicTypes_ofTheModule_areAtMostSixteen() throws Exception {
        List<String> names = publicTypes();

        assertThat(names).contains("Query", "Interpreter").hasSizeLessThanOrEqualTo(PUBLIC_TYPES);
    }

    private static List<String> publicTypes() throws IOException {
        try (Stream<Path> files = Files.list(classes.resolve("io/presence/query"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(ModuleTest::isPublic)
                    .toList();
        }
    }

    private static boolean isPublic(String name) {
        try {
            return java.lang.reflect.Modifier.isPublic(
                    Class.forName("io.presence.query." + name).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }
}
