package io.presence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresencePage;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.query.Query;
import io.presence.query.QueryJson;
import io.presence.testing.ManualStore;
import io.presence.testing.RecordingListener;
import io.presence.testing.Samples;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The JSON forms, by each library alike. */
class PresenceJsonTest {

    private static final Instant WRITTEN = Instant.parse("2026-05-25T10:00:00.120Z");
    private static final String ADA = "{\"$id\":\"tab-1\",\"$createdAt\":\"2026-05-25T10:00:00.120+00:00\","
            + "\"$updatedAt\":\"2026-05-25T10:00:00.120+00:00\",\"$permissions\":[\"read(\\\"users\\\")\"],"
            + "\"userId\":\"ada\",\"status\":\"online\",\"source\":null,"
            + "\"expiresAt\":\"2026-05-25T10:00:30.120+00:00\",\"metadata\":";

    private static Presence ada(Map<String, ?> metadata) {
        return Samples.presence(
                PresenceUpsert.of("tab-1", "ada", "online")
                        .metadata(metadata)
                        .permissions(Permission.read(Role.users()))
                        .expiresIn(Duration.ofSeconds(30)),
                WRITTEN);
    }

    private static String upsert(String members) {
        return "{\"presenceId\":\"p\",\"status\":\"s\"" + (members.isEmpty() ? "" : ",") + members + "}";
    }

    @ParameterizedTest
    @EnumSource
    void write_aPresence_hasTheNamesOfAppwriteInTheirOrder(JsonLibrary library) throws Exception {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("z", null);
        metadata.put("a", List.of(1, true, "ü\n"));
        metadata.put("m", Map.of("x", 9_007_199_254_740_993L));

        assertThat(library.write(ada(metadata)))
                .isEqualTo(ADA + "{\"z\":null,\"a\":[1,true,\"ü\\n\"],\"m\":{\"x\":9007199254740993}}}");
    }

    @ParameterizedTest
    @EnumSource
    void write_manyMembers_keepsTheOrderInWhichTheyWereWritten(JsonLibrary library) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            names.add("k" + i);
        }
        Collections.shuffle(names, new Random(7));
        Map<String, Object> metadata = new LinkedHashMap<>();
        names.forEach(name -> metadata.put(name, 1));

        String json = library.write(ada(metadata));

        assertThat(json).isEqualTo(ADA + "{\"" + String.join("\":1,\"", names) + "\":1}}");
    }

    @ParameterizedTest
    @EnumSource
    void write_anEvent_hasItsPresenceAsPayload(JsonLibrary library) throws Exception {
        PresenceEvent enter = Samples.enter(ada(Map.of()));
        PresenceEvent exit = Samples.exit(ada(Map.of()), Cause.EXPIRED);

        assertThat(library.write(enter))
                .startsWith("{\"revision\":1,\"action\":\"upsert\",\"change\":\"ENTER\",\"events\":"
                        + "[\"presences.tab-1.upsert\",\"presences.*.upsert\",\"presences.tab-1\",\"presences.*\"],")
                .contains("\"channels\":[\"presences\",\"presences.tab-1\",")
                .endsWith("\"payload\":" + ADA + "{}}}");
        assertThat(library.write(exit))
                .contains("\"action\":\"delete\",\"change\":\"EXIT\",\"cause\":\"EXPIRED\"", "\"payload\":" + ADA);
    }

    @ParameterizedTest
    @EnumSource
    void write_aPage_hasTotalPresencesAndCursors(JsonLibrary library) throws Exception {
        Presence ada = ada(Map.of());

        assertThat(library.write(new PresencePage(7, List.of(ada))))
                .isEqualTo("{\"total\":7,\"presences\":[" + ADA + "{}}]}");
        assertThat(library.write(new PresencePage(7, List.of(ada), null, "after")))
                .endsWith("],\"nextCursor\":\"after\"}");
    }

    @ParameterizedTest
    @EnumSource
    void read_anUpsert_hasEachField(JsonLibrary library) throws Exception {
        String json =
                upsert("\"userId\":\"ada\",\"source\":\"web\",\"metadata\":{\"b\":[null,{\"a\":false}],\"a\":\"\"},"
                        + "\"permissions\":[\"read(\\\"any\\\")\"],\"expiresIn\":\"PT30S\"");

        PresenceUpsert upsert = library.read(json, PresenceUpsert.class);

        assertThat(upsert.presenceId()).isEqualTo("p");
        assertThat(upsert.userId()).isEqualTo("ada");
        assertThat(upsert.status()).isEqualTo("s");
        assertThat(upsert.source()).isEqualTo("web");
        assertThat(upsert.metadata()).hasToString("{b=[null, {a=false}], a=}");
        assertThat(upsert.permissions()).containsExactly(Permission.read(Role.any()));
        assertThat(upsert.expiresIn()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource
    void read_aPatch_changesWhatIsSetAndNothingElse(JsonLibrary library) throws Exception {
        PresencePatch patch = library.read(
                "{\"status\":null,\"$permissions\":[],\"expiresAt\":\"2026-05-25T12:00:30+02:00\"}",
                PresencePatch.class);

        assertThat(patch.status()).isNull();
        assertThat(patch.metadata()).isNull();
        assertThat(patch.permissions()).isEmpty();
        assertThat(patch.expiresAt()).isEqualTo("2026-05-25T10:00:30Z");
        assertThat(library.read("{}", PresencePatch.class).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void read_numbers_areExact(JsonLibrary library) throws Exception {
        String json = upsert("\"metadata\":{\"n\":[0,-0.0,1,9007199254740993,123456789012345678901234567890,0.1,1e400,"
                + "0.1234567890123456789,1.50,4.9e-324]}");

        Object numbers = library.read(json, PresenceUpsert.class).metadata().get("n");

        assertThat(numbers)
                .isEqualTo(List.of(
                        0L,
                        0.0,
                        1L,
                        9_007_199_254_740_993L,
                        new BigInteger("123456789012345678901234567890"),
                        0.1,
                        new BigDecimal("1e400"),
                        new BigDecimal("0.1234567890123456789"),
                        1.5,
                        Double.MIN_VALUE));
    }

    @ParameterizedTest
    @EnumSource
    void read_anIdleLadder_hasItsRungsInOrder(JsonLibrary library) throws Exception {
        String json =
                upsert("\"idle\":[{\"after\":\"PT5M\",\"status\":\"away\"},{\"status\":\"gone\",\"after\":\"PT1H\"}]");

        Map<Duration, String> ladder = library.read(json, PresenceUpsert.class).idleLadder();

        assertThat(ladder).hasToString("{PT5M=away, PT1H=gone}");
        assertThat(library.read(upsert("\"idle\":[]"), PresenceUpsert.class).idleLadder())
                .isEmpty();
        assertThat(library.read(upsert("\"idle\":null"), PresenceUpsert.class).idleLadder())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void write_whileARungIsShown_hasBothStatusesAndTheCause(JsonLibrary library) throws Exception {
        try (ManualStore test = ManualStore.create()) {
            RecordingListener listener = RecordingListener.create();
            test.store().subscribe(Channel.presences(), listener);
            test.store()
                    .upsert(PresenceUpsert.of("p", "ada", "online")
                            .expiresIn(Duration.ofHours(1))
                            .idle(Duration.ofMinutes(5), "away"));
            test.run();
            assertThat(library.write(test.store().get("p"))).doesNotContain("writtenStatus");

            test.advance(Duration.ofMinutes(6));

            String both = "\"status\":\"away\",\"writtenStatus\":\"online\",\"source\":null";
            assertThat(library.write(test.store().get("p"))).contains(both);
            assertThat(library.write(listener.events().get(0))).doesNotContain("idleChange");
            assertThat(library.write(listener.events().get(1)))
                    .contains("\"change\":\"UPDATE\",\"idleChange\":true,\"events\":", both);
        }
    }

    /* By a store, whose filters compare exact values. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.0",
                "0.1",
                "0.10",
                "1e400",
                "-1e-400",
                "0.1234567890123456789",
                "12345678901234567.8",
                "9007199254740993",
                "123456789012345678901234567890",
                "0e7",
                "1.7976931348623157e308"
            })
    void read_aNumber_isMatchedByAQueryWithTheSameText(String number) throws Exception {
        Query query =
                QueryJson.parse("{\"method\":\"equal\",\"attribute\":\"metadata.n\",\"values\":[" + number + "]}");
        for (JsonLibrary library : JsonLibrary.values()) {
            try (ManualStore test = ManualStore.create()) {
                String json = upsert("\"userId\":\"u\",\"metadata\":{\"n\":" + number + "}");
                test.store().upsert(library.read(json, PresenceUpsert.class));

                assertThat(test.store().count(query)).as(library.name()).isEqualTo(1);
            }
        }
    }

    /* Of an upsert that is valid except for the members given. The columns: members, field, part of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"source\":\"\"                          | source          | source must be 1 to",
                "\"source\":[]                            | source          | must be a string: an array",
                "\"userId\":\"a b\"                       | userId          | must be printable",
                "\"colour\":1                             | colour          | not a field",
                "\"$createdAt\":null                      | $createdAt      | not a field",
                "\"$id\":\"q\"                            | $id             | together",
                "\"expiresAt\":1764457200000              | expiresAt       | must be a string: 1764457200000",
                "\"expiresAt\":\"\"                       | expiresAt       | RFC 3339",
                "\"expiresIn\":30                         | expiresIn       | must be a string: 30",
                "\"expiresIn\":\"30\"                     | expiresIn       | ISO 8601 duration",
                "\"expiresIn\":\"PT-1S\"                  | expiresIn       | positive",
                "\"metadata\":[]                          | metadata        | must be an object: an array",
                "\"metadata\":{\"a\":{\"b\":[1e9999]}}    | metadata.a.b[0] | digits",
                "\"idle\":{}                             | idle            | must be an array of at most 8",
                "\"idle\":[0,1,2,3,4,5,6,7,8]            | idle            | must be an array of at most 8",
                "\"idle\":[7]                            | idle[0]         | must be an object: 7",
                "\"idle\":[{\"after\":\"PT5M\"}]          | idle[0].status  | must be set",
                "\"idle\":[{\"status\":\"away\"}]         | idle[0].after   | must be set",
                "\"idle\":[{\"after\":5}]                | idle[0].after   | must be a string: 5",
                "\"idle\":[{\"after\":\"5\"}]             | idle[0].after   | ISO 8601 duration",
                "\"idle\":[{\"after\":\"PT5M\",\"at\":1}]  | idle[0].at      | not a field of a rung",
                "\"idle\":[{\"after\":\"PT0S\",\"status\":\"a\"}] | idle[0].after | after must be from PT1S",
                "\"idle\":[{\"after\":\"PT5M\",\"status\":\"\"}]  | idle[0].status | status must be 1 to",
                "\"permissions\":\"any\"                  | permissions     | must be an array",
                "\"permissions\":[null]                   | permissions[0]  | must be a string",
                "\"$permissions\":[\"see(\\\"any\\\")\"]    | $permissions[0] | must be read",
                "\"$permissions\":[\"read(\\\"all\\\")\"]   | $permissions[0] | role must be any"
            })
    void read_aBadField_isRefusedByItsName(String members, String field, String message) {
        assertRefused(upsert(members), field, message);
    }

    @Test
    void read_aRequiredFieldThatIsMissingOrBad_isRefusedByItsName() {
        assertRefused("{}", "presenceId", "must be set");
        assertRefused("{\"presenceId\":null,\"status\":\"s\"}", "presenceId", "must be set");
        assertRefused("{\"presenceId\":7,\"status\":\"s\"}", "presenceId", "must be a string: 7");
        assertRefused("{\"$id\":\"a b\",\"status\":\"s\"}", "$id", "must be printable");
        assertRefused("{\"presenceId\":\"p\"}", "status", "must be set");
        assertRefused("{\"presenceId\":\"p\",\"status\":\"\"}", "status", "1 to 255");
        assertRefused("{\"presenceId\":\"p\",\"status\":5}", "status", "must be a string: 5");
    }

    private static void assertRefused(String json, String field, String message) {
        for (JsonLibrary library : JsonLibrary.values()) {
            assertThatThrownBy(() -> library.read(json, PresenceUpsert.class))
                    .as("%s %s", library, json)
                    .isInstanceOfSatisfying(PresenceJsonException.class, refusal -> {
                        assertThat(refusal.field()).isEqualTo(field);
                        assertThat(refusal).hasMessageContaining(message).hasMessageStartingWith(field);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"p\"",
                "{\"presenceId\":\"p\",\"status\":\"s\"",
                "{\"presenceId\":\"p\",\"status\":\"s\",\"status\":\"t\"}",
                "{\"presenceId\":\"p\",\"status\":\"s\",\"metadata\":{\"a\":1,\"a\":2}}",
                "{\"presenceId\":\"p\",\"status\":\"s\",\"metadata\":{\"a\":NaN}}",
                "{presenceId:\"p\",status:\"s\"}"
            })
    void read_aTextThatIsNoUpsert_isRefused(String json) {
        for (JsonLibrary library : JsonLibrary.values()) {
            if (library == JsonLibrary.TEXTS || !json.equals("null")) {
                assertThatThrownBy(() -> library.read(json, PresenceUpsert.class))
                        .as("%s %s", library, json)
                        .isInstanceOf(PresenceJsonException.class);
            }
        }
        assertThatThrownBy(() -> PresenceJson.readUpsert(upsert("") + " {}")).isInstanceOf(PresenceJsonException.class);
    }

    @ParameterizedTest
    @EnumSource
    void read_deepMetadata_isRefusedWithoutDeepRecursion(JsonLibrary library) {
        for (int levels : new int[] {33, 39, 400}) {
            String json = upsert("\"metadata\":" + "{\"a\":".repeat(levels) + "1" + "}".repeat(levels));

            assertThatThrownBy(() -> library.read(json, PresenceUpsert.class))
                    .isInstanceOf(PresenceJsonException.class)
                    .hasMessageContaining("levels");
        }
    }

    @Test
    void mapper_ofEitherJackson_writesTypesThatAreTexts() throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("permission", Permission.read(Role.team("t")));
        values.put("role", Role.users());
        values.put("channel", Channel.presence("p").upsert());
        String json = "{\"permission\":\"read(\\\"team:t\\\")\",\"role\":\"users\",\"channel\":\"presences.p.upsert\"}";
        ObjectMapper two = new ObjectMapper().registerModule(new io.presence.jackson2.PresenceModule());
        JsonMapper three = JsonMapper.builder()
                .addModule(new io.presence.jackson3.PresenceModule())
                .build();

        assertThat(two.writeValueAsString(values)).isEqualTo(json);
        assertThat(three.writeValueAsString(values)).isEqualTo(json);
        assertThat(two.readValue("\"read(\\\"team:t\\\")\"", Permission.class)).isEqualTo(values.get("permission"));
        assertThat(three.readValue("\"read(\\\"team:t\\\")\"", Permission.class))
                .isEqualTo(values.get("permission"));
        assertThat(two.readValue("\"presences.p.upsert\"", Channel.class)).isEqualTo(values.get("channel"));
        assertThat(three.readValue("\"presences.p.upsert\"", Channel.class)).isEqualTo(values.get("channel"));
        assertThat(three.readValue("\"users\"", Role.class)).isEqualTo(Role.users());
    }

    @Test
    void write_whatWasRead_isTheSameText() throws Exception {
        String metadata = "{\"n\":[0,1,9007199254740993,123456789012345678901234567890,0.1,0.1234567890123456789],"
                + "\"t\":\"\\u0001\\\"\\\\\",\"e\":{},\"l\":[]}";
        for (JsonLibrary library : JsonLibrary.values()) {
            PresenceUpsert read =
                    library.read(upsert("\"userId\":\"u\",\"metadata\":" + metadata), PresenceUpsert.class);

            assertThat(library.write(Samples.presence(read)))
                    .as(library.name())
                    .endsWith("\"metadata\":" + metadata + "}");
        }
    }
}
