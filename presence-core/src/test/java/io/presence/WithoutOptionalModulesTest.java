package io.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.fixture.MinimalHost;
import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The core module where neither Agrona nor Jackson nor Micrometer is found, as at many hosts. */
class WithoutOptionalModulesTest {

    /* The integrations, and the class that reads and writes texts by jackson-core. */
    private static final List<String> OPTIONAL = List.of(
            "io.presence.agrona.",
            "io.presence.jackson2.",
            "io.presence.jackson3.",
            "io.presence.micrometer.",
            "io.presence.json.JsonText",
            "io.presence.json.JacksonCore");

    private static Path[] modulePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(WithoutOptionalModulesTest::isNeeded)
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
                    .filter(name -> OPTIONAL.stream().noneMatch(name::startsWith))
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
    void classes_exceptTheIntegrations_linkWithoutThem() throws Exception {
        Path[] path = modulePath();
        ModuleFinder finder = ModuleFinder.of(path);
        assertThat(finder.find("org.agrona")).isEmpty();
        assertThat(finder.find("com.fasterxml.jackson.core")).isEmpty();
        assertThat(finder.find("micrometer.core")).isEmpty();
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
        Class<?> json = Class.forName("io.presence.json.PresenceJson", true, loader);
        assertThatThrownBy(() -> json.getMethod("readPatch", String.class).invoke(null, "{}"))
                .hasRootCauseInstanceOf(ClassNotFoundException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("jackson-core must be on the class path or module path");
        Class<?> store = Class.forName("io.presence.PresenceStore", true, loader);
        Object builder = store.getMethod("builder").invoke(null);
        try (AutoCloseable built =
                (AutoCloseable) builder.getClass().getMethod("build").invoke(builder)) {
            assertThat(store.getMethod("doWork")).isNotNull();
            assertThat(built.getClass().getModule().getName()).isEqualTo("io.presence");
        }
    }

    @Test
    void jlink_withoutOptionalModules_makesAnImageThatRuns(@TempDir Path dir) throws Exception {
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
        assertThat(run(dir.resolve("image/bin/java"))).isEqualTo("ENTER\nfalse\n");
    }

    /* In the image there is no JDK Flight Recorder. */
    private static String run(Path java) throws Exception {
        Path tests = Path.of(MinimalHost.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(
                        java.toString(),
                        "--add-modules",
                        "io.presence",
                        "-cp",
                        tests.toString(),
                        MinimalHost.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.replace(System.lineSeparator(), "\n");
    }

    /* On the module path, by reflection: no test compiles against a layer. */
    @ParameterizedTest
    @CsvSource({
        "com.fasterxml.jackson.databind, com.fasterxml.jackson.databind.ObjectMapper, registerModule, jackson2",
        "tools.jackson.databind, tools.jackson.databind.json.JsonMapper, rebuild, jackson3"
    })
    void module_withJackson_writesAPresence(String module, String mapperType, String first, String integration)
            throws Exception {
        Path[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(each -> isNeeded(each) || each.getFileName().toString().startsWith("jackson-"))
                .toArray(Path[]::new);
        ModuleLayer boot = ModuleLayer.boot();
        Configuration resolved =
                boot.configuration().resolve(ModuleFinder.of(path), ModuleFinder.of(), Set.of("io.presence", module));
        ClassLoader loader = boot.defineModulesWithOneLoader(resolved, ClassLoader.getPlatformClassLoader())
                .findLoader("io.presence");
        Object presenceModule = loader.loadClass("io.presence." + integration + ".PresenceModule")
                .getConstructor()
                .newInstance();
        Object mapper = loader.loadClass(mapperType).getConstructor().newInstance();
        if (first.equals("rebuild")) {
            Object builder = mapper.getClass().getMethod("rebuild").invoke(mapper);
            Class<?> type = loader.loadClass("tools.jackson.databind.JacksonModule");
            builder.getClass().getMethod("addModule", type).invoke(builder, presenceModule);
            mapper = builder.getClass().getMethod("build").invoke(builder);
        } else {
            Class<?> type = loader.loadClass("com.fasterxml.jackson.databind.Module");
            mapper.getClass().getMethod(first, type).invoke(mapper, presenceModule);
        }
        Class<?> upsert = loader.loadClass("io.presence.PresenceUpsert");
        Object request =
                upsert.getMethod("of", String.class, String.class, String.class).invoke(null, "p", "u", "s");
        Object presence = loader.loadClass("io.presence.testing.Samples")
                .getMethod("presence", upsert)
                .invoke(null, request);

        Object json =
                mapper.getClass().getMethod("writeValueAsString", Object.class).invoke(mapper, presence);

        assertThat(json).asString().startsWith("{\"$id\":\"p\",");
        assertThat(presenceModule.getClass().getModule().getName()).isEqualTo("io.presence");
    }
}
