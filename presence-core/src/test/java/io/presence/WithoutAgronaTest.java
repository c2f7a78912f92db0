package io.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core module where Agrona is not to be found, as at most hosts. */
class WithoutAgronaTest {

    private static Path[] modulePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(WithoutAgronaTest::isNeeded)
                .toArray(Path[]::new);
    }

    private static boolean isNeeded(Path path) {
        String file = path.getFileName().toString();
        boolean isOurs = Files.exists(path.resolve("module-info.class"));
        return isOurs || file.startsWith("presence-query-") || file.startsWith("jctools-core-");
    }

    private static List<String> coreClasses(Path core) throws IOException {
        try (Stream<Path> files = Files.walk(core.resolve("io"))) {
            return files.map(file -> core.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.'))
                    .filter(name -> !name.startsWith("io.presence.agrona."))
                    .toList();
        }
    }

    private static Path core(Path[] path) {
        return Arrays.stream(path)
                .filter(each -> Files.exists(each.resolve("io/presence/PresenceStore.class")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void classes_exceptTheIntegration_linkWithoutAgrona() throws Exception {
        Path[] path = modulePath();
        ModuleFinder finder = ModuleFinder.of(path);
        assertThat(finder.find("org.agrona")).isEmpty();
        ModuleLayer boot = ModuleLayer.boot();
        Configuration resolved = boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("io.presence"));
        ModuleLayer layer = boot.defineModulesWithOneLoader(resolved, ClassLoader.getPlatformClassLoader());
        ClassLoader loader = layer.findLoader("io.presence");
        List<String> linked = new ArrayList<>();
        for (String name : coreClasses(core(path))) {
            Class<?> type = Class.forName(name, true, loader);
            /* Resolves what the signatures name. */
            type.getDeclaredMethods();
            type.getDeclaredFields();
            linked.add(type.getName());
        }
        assertThat(linked).contains("io.presence.PresenceStore", "io.presence.internal.dispatch.DispatcherThread");
        Class<?> store = Class.forName("io.presence.PresenceStore", true, loader);
        Object builder = store.getMethod("builder").invoke(null);
        try (AutoCloseable built =
                (AutoCloseable) builder.getClass().getMethod("build").invoke(builder)) {
            assertThat(store.getMethod("doWork")).isNotNull();
            assertThat(built.getClass().getModule().getName()).isEqualTo("io.presence");
        }
    }

    @Test
    void jlink_withoutAgrona_makesAnImage(@TempDir Path dir) {
        String path = Arrays.stream(modulePath())
                .map(Path::toString)
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
        ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
        int status = jlink.run(
                System.out,
                System.err,
                "--module-path",
                path,
                "--add-modules",
                "io.presence",
                "--output",
                dir.resolve("image").toString());
        assertThat(status).isZero();
        assertThat(dir.resolve("image/bin/java")).exists();
    }
}
