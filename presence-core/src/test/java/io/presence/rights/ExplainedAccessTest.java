package io.presence.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Scope;
import io.presence.access.AccessDecision;
import io.presence.access.AccessExplanation;
import io.presence.access.AccessReason;
import io.presence.fixture.Promise;
import io.presence.json.PresenceJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code explainAccess}, for every grant and every person, gives the reasons of the naive definition. A principal that
 * asks by its own view has no such method: it is for trusted code.
 *
 * <p><b>Mutation evidence.</b> With {@code canRead} no longer asked in {@code AccessExplainer}, this fails.
 */
class ExplainedAccessTest {

    @Test
    @Promise("access-by-definition")
    void explainAccess_ofEveryGrantAndPerson_hasTheReasonsOfTheDefinition() {
        try (World world = World.ofOneNode()) {
            world.writeAll(Written.grants());
            for (Person person : Person.withAllScopes()) {
                for (Written presence : world.written.values()) {
                    assertExplains(world, person, presence);
                }
            }
        }
    }

    private static void assertExplains(World world, Person person, Written presence) {
        AccessExplanation explained = world.store().explainAccess(person.principal(), presence.id());
        String what = presence + " by " + person;
        assertThat(PresenceJson.write(explained.presence())).isEqualTo(world.json(presence.id()));
        assertDecision(explained.read(), person, presence, "read", Scope.PRESENCES_READ, what);
        assertDecision(explained.update(), person, presence, "update", Scope.PRESENCES_WRITE, what);
        assertDecision(explained.delete(), person, presence, "delete", Scope.PRESENCES_WRITE, what);
        AccessReason ofUpsert = presence.owner().equals(person.user()) ? AccessReason.OWNER : AccessReason.ID_IN_USE;
        assertThat(explained.upsert().reason())
                .as(what)
                .isEqualTo(person.hasScope(Scope.PRESENCES_WRITE) ? ofUpsert : AccessReason.SCOPE_MISSING);
    }

    private static void assertDecision(
            AccessDecision decision, Person person, Written presence, String action, Scope scope, String what) {
        AccessReason expected;
        if (!person.hasScope(scope)) {
            expected = AccessReason.SCOPE_MISSING;
        } else if (presence.owner().equals(person.user())) {
            expected = AccessReason.OWNER;
        } else if (!person.canRead(presence) && !action.equals("read")) {
            expected = AccessReason.UNREADABLE;
        } else {
            expected = person.may(action, presence) ? AccessReason.PERMISSION : AccessReason.NOT_GRANTED;
        }
        assertThat(decision.reason()).as("%s of %s", action, what).isEqualTo(expected);
        assertThat(
                        decision.permission() == null
                                ? List.of()
                                : List.of(decision.permission().role().toString()))
                .as("%s of %s", action, what)
                .isEqualTo(expected == AccessReason.PERMISSION ? roles(presence) : List.of());
    }

    private static List<String> roles(Written presence) {
        return presence.grant().stream()
                .map(permission -> permission.substring(permission.indexOf('"') + 1, permission.lastIndexOf('"')))
                .toList();
    }
}
