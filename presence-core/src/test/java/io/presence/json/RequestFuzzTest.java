package io.presence.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.fuzz.Fuzz;
import io.presence.fuzz.Mutator;
import io.presence.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Requests as JSON, above all their metadata. A text is refused with an error of bounded length, or its metadata is the
 * same when it is written and read again, by each library.
 *
 * <p>Fails within 100 texts if a module of Jackson does not catch the exception of a huge exponent, and within 10,000
 * if the reason of the parser has no limit.
 */
class RequestFuzzTest {

    private static final long ITERATIONS = 3000;
    private static final int MAX_MESSAGE = 1500;
    private static final Instant NOW = Instant.parse("2026-05-25T10:00:00Z");
    /* A decimal with an exponent of up to 1,100 is accepted. It is written in full, which can have too many digits. */
    private static final Pattern IN_FULL = Pattern.compile("[0-9]{1101}");
    private static final String METADATA = "\"metadata\":";
    private static final List<String> FIELDS = List.of(
            "{}",
            "{\"a\":1}",
            "{\"b\":[null,{\"a\":false}],\"a\":\"\"}",
            "{\"x\":-0.0,\"y\":1e300,\"z\":9007199254740993,\"d\":0.1}",
            "{\"\":{\"\":[[],{},\"\\u00e9\\ud83d\\ude00\"]},\"t\":\"\\\"\\\\\\n\"}",
            "{\"n\":12345678901234567890,\"m\":1.23456789012345678901}",
            "{\"deep\":" + "[".repeat(30) + "]".repeat(30) + "}",
            "{\"cursor\":{\"x\":1,\"y\":2},\"room\":\"lobby\"}");
    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "null",
            "true",
            "[{",
            "{\"a\":",
            "\\u0000",
            "\\ud800",
            "\ud800",
            "\ufeff",
            "\0",
            "1e2147483648",
            "1e-2147483648",
            "-",
            "0",
            "9".repeat(1200),
            "1e1100",
            "1E-1100",
            "NaN",
            "\"a\":1,",
            "\"metadata\":{},",
            "\"status\":null,",
            "\"$id\":\"a\",",
            "\"idle\":[],",
            "read(\\\"any\\\")",
            "PT",
            "-999999999-",
            "\"" + "k".repeat(5000) + "\":1,");

    private static String upsert(String metadata, int kind) {
        return switch (kind) {
            case 0 -> "{\"presenceId\":\"p\",\"status\":\"s\",\"metadata\":" + metadata + "}";
            case 1 ->
                "{\"$id\":\"p\",\"userId\":\"u\",\"status\":\"s\",\"source\":\"web\",\"expiresIn\":\"PT30S\","
                        + "\"$permissions\":[\"read(\\\"any\\\")\",\"write(\\\"team:b/o\\\")\"],\"metadata\":"
                        + metadata
                        + "}";
            default ->
                "{\"metadata\":" + metadata + ",\"presenceId\":\"p\",\"status\":\"s\","
                        + "\"idle\":[{\"after\":\"PT5M\",\"status\":\"away\"}],"
                        + "\"expiresAt\":\"2026-05-25T12:00:30+02:00\"}";
        };
    }

    private static String patch(String metadata) {
        return "{\"status\":\"s\",\"metadata\":" + metadata + "}";
    }

    @Test
    void read_anyTextAsUpsert_isSameOrRefused() {
        List<String> valid = FIELDS.stream()
                .flatMap(fields -> List.of(upsert(fields, 0), upsert(fields, 1), upsert(fields, 2)).stream())
                .toList();
        Fuzz.run(
                        "upserts",
                        ITERATIONS,
                        seed -> Mutator.ofTexts(seed, valid, WORDS).next(),
                        RequestFuzzTest::isUpsert)
                .assertBoth();
    }

    @Test
    void read_anyTextAsPatch_isSameOrRefused() {
        List<String> valid = FIELDS.stream().map(RequestFuzzTest::patch).toList();
        Fuzz.run(
                        "patches",
                        ITERATIONS,
                        seed -> Mutator.ofTexts(seed, valid, WORDS).next(),
                        RequestFuzzTest::isPatch)
                .assertBoth();
    }

    private static boolean isUpsert(String text) {
        PresenceUpsert first = null;
        for (JsonLibrary library : JsonLibrary.values()) {
            PresenceUpsert read = read(library, text, PresenceUpsert.class);
            if (read != null) {
                Presence presence = Samples.presence(read.userId() == null ? owned(read) : read, NOW);
                assertThat(again(library, presence, read).metadata()).isEqualTo(read.metadata());
                assertThat(first == null ? read.metadata() : first.metadata()).isEqualTo(read.metadata());
                first = read;
            }
        }
        return first != null;
    }

    private static PresenceUpsert owned(PresenceUpsert upsert) {
        return PresenceUpsert.of(upsert.presenceId(), "u", upsert.status()).metadata(upsert.metadata());
    }

    /* The written metadata, as a request. Mappers refuse numbers of 1,001 digits by default. */
    private static PresenceUpsert again(JsonLibrary library, Presence presence, PresenceUpsert same) {
        try {
            String text = library.write(presence);
            String metadata = text.substring(text.indexOf(METADATA) + METADATA.length(), text.length() - 1);
            return IN_FULL.matcher(metadata).find() ? same : PresenceJson.readUpsert(upsert(metadata, 0));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a presence must be written", e);
        }
    }

    private static boolean isPatch(String text) {
        boolean isRead = false;
        for (JsonLibrary library : JsonLibrary.values()) {
            PresencePatch patch = read(library, text, PresencePatch.class);
            isRead |= patch != null;
            if (patch != null && patch.metadata() != null) {
                PresenceUpsert same = PresenceUpsert.of("p", "u", "s").metadata(patch.metadata());
                assertThat(again(library, Samples.presence(same, NOW), same).metadata())
                        .isEqualTo(patch.metadata());
            }
        }
        return isRead;
    }

    private static <T> T read(JsonLibrary library, String text, Class<T> type) {
        try {
            return library.read(text, type);
        } catch (PresenceJsonException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(MAX_MESSAGE);
            assertThat(e.field()).hasSizeLessThan(1000);
            return null;
        } catch (JsonProcessingException e) {
            throw new AssertionError("must be a refusal", e);
        }
    }
}
