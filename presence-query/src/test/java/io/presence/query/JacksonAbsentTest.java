package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** jackson-core is needed to read and write JSON, and for nothing else. */
class JacksonAbsentTest {

    private static final String MESSAGE =
            "jackson-core must be on the class path (or module path) to read or write queries as JSON";

    @Test
    void json_withoutJackson_isRefused() throws Exception {
        try (Loader loader = new Loader(List.of(QueryJson.class, Json.class))) {
            List<Object> failures = loader.run(Json.class);

            assertThat(failures).hasSize(16).containsOnly("java.lang.IllegalStateException: " + MESSAGE);
            assertThat(loader.asked).isNotEmpty();
        }
    }

    @Test
    void json_withJackson_works() throws Exception {
        try (Loader loader = new Loader(List.of(QueryJson.class, Json.class, JsonFactory.class))) {
            assertThat(loader.run(Json.class)).isEmpty();
        }
    }

    @Test
    void otherClasses_withoutJackson_loadNoClassOfIt() throws Exception {
        try (Loader loader = new Loader(List.of(QueryJson.class, Rest.class))) {
            assertThat(loader.run(Rest.class)).containsExactly(true, 25, "unknown");
            assertThat(loader.asked).isEmpty();
        }
    }

    /** Sees these classes and those beside them, and the JDK. */
    private static final class Loader extends URLClassLoader {
        private final List<String> asked = new ArrayList<>();

        Loader(List<Class<?>> classes) {
            super(locations(classes), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] locations(List<Class<?>> classes) {
            return classes.stream()
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                    .toArray(URL[]::new);
        }

        @SuppressWarnings("unchecked")
        List<Object> run(Class<?> task) throws Exception {
            Object instance = loadClass(task.getName()).getDeclaredConstructor().newInstance();
            List<Object> results = new ArrayList<>();
            ((Consumer<List<Object>>) instance).accept(results);
            return results;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("com.fasterxml.")) {
                asked.add(name);
            }
            return super.findClass(name);
        }
    }

    /** Calls each method twice, and adds what it throws. */
    public static final class Json implements Consumer<List<Object>> {
        @Override
        public void accept(List<Object> failures) {
            String text = "{\"method\":\"isNull\",\"attribute\":\"a\"}";
            for (int i = 0; i < 2; i++) {
                attempt(failures, () -> QueryJson.parse(text));
                attempt(failures, () -> QueryJson.parse(text, QueryLimits.DEFAULT));
                attempt(failures, () -> QueryJson.parseAll(List.of(text)));
                attempt(failures, () -> QueryJson.parseAll(List.of(), QueryLimits.DEFAULT));
                attempt(failures, () -> QueryJson.parseArray("[]"));
                attempt(failures, () -> QueryJson.parseArray("[]", QueryLimits.DEFAULT));
                attempt(failures, () -> QueryJson.write(Query.isNull("a")));
                attempt(failures, () -> QueryJson.writeArray(List.of()));
            }
        }

        private static void attempt(List<Object> failures, Runnable call) {
            try {
                call.run();
            } catch (Throwable e) {
                failures.add(e.toString());
            }
        }
    }

    /** Uses what there is beside JSON. */
    public static final class Rest implements Consumer<List<Object>> {
        @Override
        public void accept(List<Object> results) {
            Query.Filter filter = Query.and(Query.equal("a", 1, "x", null, Map.of("k", 0.5)), Query.exists("a"));
            QuerySchema schema = QuerySchema.builder()
                    .attribute("a", QuerySchema.Kind.NUMBER)
                    .build();
            results.add(Interpreter.matches(filter, Attributes.of(Map.of("a", 1.0))));
            results.add(ListQuery.of(filter, Query.orderAsc("a")).limit());
            try {
                schema.check(Query.isNull("b"));
            } catch (QueryException e) {
                results.add("unknown");
            }
        }
    }
}
