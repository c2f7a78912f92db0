package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Ids;
import io.presence.ListPlan;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.AttributePath;
import io.presence.query.Query;
import io.presence.query.QueryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes each id of docs/guide/ids.md through the API, the text forms, and queries as JSON. */
class IdKindsTest {

    private static final Path PAGE = Path.of("..", "docs", "guide", "ids.md");

    private static List<List<String>> table(String head) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean within = false;
        for (String line : Files.readAllLines(PAGE)) {
            within = line.equals(head) || within && line.startsWith("|");
            if (within && !line.equals(head) && !line.startsWith("|---")) {
                rows.add(Arrays.stream(line.substring(2, line.length() - 2).split(" \\| "))
                        .map(cell -> cell.replace("`", "").replace("\\|", "|"))
                        .toList());
            }
        }
        return rows;
    }

    private static List<List<String>> asTheyAre() throws IOException {
        return table("| kind | id |");
    }

    private static List<List<String>> escaped() throws IOException {
        return table("| kind | text | id |");
    }

    static Stream<String> ids() throws IOException {
        return Stream.concat(
                asTheyAre().stream().map(row -> row.get(1)), escaped().stream().map(row -> row.get(2)));
    }

    @Test
    void guide_always_listsTwentyKindsAndTheirEscapes() throws IOException {
        assertThat(asTheyAre())
                .hasSize(20)
                .allMatch(row -> Ids.escape(row.get(1)).equals(row.get(1)));
        assertThat(escaped()).hasSize(6).allMatch(row -> Ids.escape(row.get(1)).equals(row.get(2)));
        assertThat(escaped()).allMatch(row -> Ids.unescape(row.get(2)).equals(row.get(1)));
        assertThat(ids()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("ids")
    @Promise("provider-ids")
    void parse_rolesAndPermissionsOfAnyId_areReadBack(String id) {
        List<Role> roles = List.of(
                Role.user(id),
                Role.user(id, "verified"),
                Role.team(id),
                Role.team("blue", id),
                Role.team(id, id),
                Role.member(id),
                Role.label(id));
        assertThat(roles)
                .doesNotHaveDuplicates()
                .allMatch(role -> Role.parse(role.toString()).equals(role));
        assertThat(Role.parse("user:" + id + "/verified")).isEqualTo(Role.user(id, "verified"));
        assertThat(Role.parse("team:" + id + "/owner")).isEqualTo(Role.team(id, "owner"));
        for (Role role : roles) {
            for (Permission.Type type : Permission.Type.values()) {
                Permission permission = new Permission(type, role);
                assertThat(Permission.parse(permission.toString())).isEqualTo(permission);
            }
        }
        assertThat(Permission.parse("read(\"user:" + id + "\")")).isEqualTo(Permission.read(Role.user(id)));
        assertThat(Permission.ownerOnly(id)).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("ids")
    @Promise("provider-ids")
    void parse_channelsOfAnyId_areReadBack(String id) {
        Channel one = Channel.presence(id);
        assertThat(Stream.of(one, one.upsert(), one.update(), one.delete()))
                .allMatch(channel -> Channel.parse(channel.toString()).equals(channel));
        assertThat(Channel.parse("presences." + id)).isEqualTo(one);
        assertThat(Channel.parse("presences." + id + ".upsert")).isEqualTo(one.upsert());
    }

    @ParameterizedTest
    @MethodSource("ids")
    @Promise("provider-ids")
    void anyMethod_ofPrincipalAndTrusted_acceptsTheId(String id) {
        try (TestStore test = TestStore.create(options -> options.index("metadata.owner"))) {
            Presences owner = test.user(id);
            Presence written = owner.upsert(PresenceUpsert.of(id, "online").metadata(Map.of("owner", id, id, 1)))
                    .presence();
            assertThat(List.of(written.id(), written.userId())).containsOnly(id);
            assertThat(owner.touch(id)).isTrue();
            assertThat(owner.touch(id, Duration.ofMinutes(1))).isTrue();
            assertThat(owner.update(id, PresencePatch.none().source(id))
                            .presence()
                            .source())
                    .isEqualTo(id);
            assertThat(owner.get(id)).isEqualTo(test.store().get(id));
            test.drain();
            assertFound(test, id);
            assertThat(test.user("eve").get(id)).isNull();
            assertThat(owner.delete(id)).isTrue();
            assertThat(test.store()
                            .upsert(PresenceUpsert.of(id, id, id))
                            .presence()
                            .status())
                    .isEqualTo(id);
            test.drain();
            assertThat(test.store().statusCounts()).containsEntry(id, 1L);
            assertThat(test.store().delete(id)).isTrue();
        }
    }

    private static void assertFound(TestStore test, String id) {
        Presences owner = test.user(id);
        test.store().upsert(PresenceUpsert.of("~", id, "online"));
        List<Query> queries = List.of(
                Query.equal("$id", id),
                Query.and(Query.equal("userId", id), Query.equal("metadata.owner", id)),
                Query.and(Query.startsWith("metadata.owner", id), Query.endsWith("metadata.owner", id)),
                Query.contains("metadata.owner", id),
                Query.between("source", id, id),
                Query.isNotNull(AttributePath.of("metadata", id).toString()));
        for (Query query : queries) {
            Query read = QueryJson.parse(QueryJson.write(query));
            assertThat(read).isEqualTo(query);
            assertThat(owner.list(read).presences()).extracting(Presence::id).containsExactly(id);
            assertThat(owner.count(read)).isEqualTo(1);
        }
        Query after = QueryJson.parse(QueryJson.write(Query.cursorAfter(id)));
        assertThat(owner.list(after).presences()).extracting(Presence::id).containsExactly("~");
        assertThat(test.store().explain(Query.equal("metadata.owner", id)))
                .extracting(ListPlan::candidates)
                .isEqualTo(1L);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void subscribe_toChannelOfTheId_deliversItsEvents(String id) {
        try (TestStore test = TestStore.create()) {
            List<PresenceEvent> events = new ArrayList<>();
            Channel channel = Channel.parse("presences." + id);
            Query filter = QueryJson.parse(QueryJson.write(Query.equal("userId", id)));
            test.user(id).subscribe(channel, SubscriptionOptions.defaults().withSnapshot(), events::add, filter);
            test.user(id).upsert(PresenceUpsert.of(id, "online"));
            test.user(id).upsert(PresenceUpsert.of("other", "online"));
            test.drain();
            assertThat(events).hasSize(1);
            assertThat(events.get(0).events()).contains("presences." + id, "presences." + id + ".upsert");
            assertThat(events.get(0).channels())
                    .contains(channel.toString(), channel.upsert().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void read_byRolesOfTheId_isGranted(String id) {
        try (TestStore test = TestStore.create()) {
            Principal writer = Principal.user("ada")
                    .verified(true)
                    .team(id, id)
                    .member(id)
                    .label(id)
                    .build();
            List<Role> roles = List.of(Role.team(id), Role.team(id, id), Role.member(id), Role.label(id));
            for (Role role : roles) {
                test.store().as(writer).upsert(PresenceUpsert.of("p", "online").permissions(Permission.read(role)));
                Principal reader =
                        Principal.user("bob").team(id, id).member(id).label(id).build();
                assertThat(test.store().as(reader).get("p")).isNotNull();
                assertThat(test.store().as(reader).count(Query.equal("$id", "p")))
                        .isEqualTo(1);
                assertThat(test.user(id).get("p")).isNull();
            }
            Permission toUser = Permission.parse("read(\"user:" + id + "\")");
            test.store().upsert(PresenceUpsert.of("q", "ada", "online").permissions(toUser));
            assertThat(test.user(id).get("q")).isNotNull();
            assertThat(test.user("eve").get("q")).isNull();
        }
    }
}
