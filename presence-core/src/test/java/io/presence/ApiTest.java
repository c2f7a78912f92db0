package io.presence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The compiled API of presence-core and presence-query equals the listings {@code src/test/resources/api.txt} and
 * {@code api-query.txt}, and CHANGELOG.md has the hash of these listings in a line of its own:
 * {@code <!-- api: 16 hexadecimal digits -->}. So a change of the API is visible in review, and cannot be merged
 * without an edit of CHANGELOG.md.
 *
 * <p>After an intended change: run this test with {@code -Dapi.update=true}, which writes the listings. Describe the
 * change in CHANGELOG.md, and replace the hash there by the one in the failure of this test.
 */
class ApiTest {

    private static final Path CORE = Path.of("src/test/resources/api.txt");
    private static final Path QUERY = Path.of("src/test/resources/api-query.txt");
    private static final Path CHANGELOG = Path.of("../CHANGELOG.md");

    @Test
    void compiledApi_always_equalsTheListing() throws Exception {
        compare(CORE, PresenceStore.class);
        compare(QUERY, Query.class);
    }

    private static void compare(Path listing, Class<?> member) throws IOException, URISyntaxException {
        String compiled = ApiListing.of(member);
        if (Boolean.getBoolean("api.update")) {
            Files.writeString(listing, compiled);
        }
        assertThat(compiled.lines())
                .as("the API must equal %s; after an intended change run with -Dapi.update=true", listing)
                .containsExactlyElementsOf(Files.readAllLines(listing));
    }

    /**
     * So that a checker of nulls of a user, or Kotlin, knows which arguments can be null. The reason why a compact
     * constructor can differ is in findings/javac-loses-annotations-of-compact-constructors.sh.
     */
    @Test
    void constructor_ofARecord_hasTheAnnotationsOfItsComponents() throws Exception {
        List<Class<?>> types = new ArrayList<>(ApiListing.types(PresenceStore.class));
        types.addAll(ApiListing.types(Query.class));
        List<Class<?>> records = types.stream().filter(Class::isRecord).toList();

        assertThat(records).hasSizeGreaterThan(20);
        assertThat(records).allSatisfy(type -> {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] parameters =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            assertThat(type.getDeclaredConstructor(parameters).getAnnotatedParameterTypes())
                    .containsExactly(Stream.of(components)
                            .map(RecordComponent::getAnnotatedType)
                            .toArray(AnnotatedType[]::new));
        });
    }

    @Test
    void listing_always_isHashedInChangelog() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path listing : new Path[] {CORE, QUERY}) {
            Files.readAllLines(listing).forEach(line -> digest.update((line + "\n").getBytes(UTF_8)));
        }
        String hash = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        assertThat(Files.readAllLines(CHANGELOG).stream().filter(line -> line.startsWith("<!-- api: ")))
                .as("CHANGELOG.md must describe a change of the API and have the hash of its listings")
                .containsExactly("<!-- api: " + hash + " -->");
    }
}
