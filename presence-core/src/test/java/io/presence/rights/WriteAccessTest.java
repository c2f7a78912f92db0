package io.presence.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Scope;
import io.presence.fixture.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Every write by every person, of a presence with every grant of one permission, is made or refused as the naive
 * definition says. On a presence that the person cannot read it is answered as on an absent one, by the same text, with
 * one exception: an upsert fails with {@code ID_UNAVAILABLE}.
 *
 * <p><b>Mutation evidence.</b> With {@code canRead} no longer asked in {@code update}, {@code delete} or {@code touch},
 * this fails for the first grant by the first person who is not the owner.
 */
class WriteAccessTest {

    private static final String ABSENT = "absent";

    /** An operation that fails or returns false on an absent presence, and the text by which it is denied. */
    private record Operation(String action, String denial, BiFunction<Presences, String, Object> call) {}

    private static final List<Operation> OPERATIONS = List.of(
            new Operation("update", "touched", Presences::touch),
            new Operation("update", "touched", (view, id) -> view.touch(id, Duration.ofMinutes(20))),
            new Operation("update", "marked as active", Presences::active),
            new Operation(
                    "update",
                    "updated",
                    (view, id) -> view.update(id, PresencePatch.none())
                            .presence()
                            .id()
                            .equals(id)),
            new Operation(
                    "update",
                    "updated",
                    (view, id) -> view.update(id, PresencePatch.none().status("away"))
                            .presence()
                            .status()
                            .equals("away")),
            new Operation("delete", "deleted", Presences::delete));

    @Test
    @Promise("access-by-definition")
    void write_ofEveryGrantByEveryPerson_isMadeOrRefusedByTheDefinition() {
        try (World world = World.ofOneNode()) {
            for (Person person : Person.withAllScopes()) {
                for (List<String> grant : Written.grants()) {
                    assertWrites(world, person, new Written("p", "ada", "online", "room", grant));
                }
            }
        }
    }

    @Test
    @Promise("access-by-definition")
    void write_ofPresencesOfAnotherNode_isMadeOrRefusedByTheDefinition() {
        try (World world = World.ofTwoNodes()) {
            for (Person person : Person.all()) {
                for (List<String> grant : Written.grants()) {
                    assertWrites(world, person, new Written("p", "ada", "online", "room", grant));
                }
            }
        }
    }

    private static void assertWrites(World world, Person person, Written presence) {
        Presences view = world.as(person);
        String id = presence.id();
        String who = presence + " by " + person;
        world.write(presence);
        world.settle();
        boolean canUpdate = person.hasScope(Scope.PRESENCES_WRITE) && person.mayChange("update", presence);
        assertThat(Answers.of(() -> view.touchAll(List.of(id, ABSENT))))
                .as("touchAll of %s", who)
                .isEqualTo(person.hasScope(Scope.PRESENCES_WRITE) ? (canUpdate ? "1" : "0") : scopeMissing(person));
        for (Operation operation : OPERATIONS) {
            assertThat(Answers.of(() -> operation.call().apply(view, id)))
                    .as("%s %s", operation.denial(), who)
                    .isEqualTo(expected(view, person, presence, operation));
        }
        world.settle();
        boolean isDeleted = person.hasScope(Scope.PRESENCES_WRITE) && person.mayChange("delete", presence);
        if (!isDeleted) {
            assertThat(world.present(id).status()).as(who).isEqualTo(canUpdate ? "away" : "online");
        }
        assertThat(world.store().get(id) == null).as("deleted %s", who).isEqualTo(isDeleted);
        assertUpserts(world, view, person, presence, isDeleted);
        world.delete(id);
        world.settle();
    }

    private static String expected(Presences view, Person person, Written presence, Operation operation) {
        if (!person.hasScope(Scope.PRESENCES_WRITE)) {
            return scopeMissing(person);
        }
        if (!person.canRead(presence)) {
            String onAbsent = Answers.of(() -> operation.call().apply(view, ABSENT));
            assertThat(onAbsent).containsAnyOf("false", "NOT_FOUND: presence must exist and be readable: ");
            return onAbsent.replace(ABSENT, presence.id());
        }
        return person.may(operation.action(), presence)
                ? "true"
                : "DENIED: presence must grant " + operation.action() + " to a role of the principal to be "
                        + operation.denial() + ": " + presence.id();
    }

    /* Every condition is answered alike, so that none reveals more than that the id is taken. */
    private static void assertUpserts(World world, Presences view, Person person, Written presence, boolean isDeleted) {
        PresenceUpsert upsert = PresenceUpsert.of(presence.id(), "busy");
        String expected = presence.owner().equals(person.user()) || isDeleted
                ? "busy"
                : "ID_UNAVAILABLE: presenceId is already in use: " + presence.id();
        if (!person.hasScope(Scope.PRESENCES_WRITE)) {
            expected = scopeMissing(person);
        }
        if (!expected.equals("busy")) {
            assertThat(Answers.of(() -> view.upsert(upsert.ifAbsent()))).isEqualTo(expected);
            var version = world.present(presence.id()).version();
            assertThat(Answers.of(() -> view.upsert(upsert.ifVersion(version)))).isEqualTo(expected);
        }
        assertThat(Answers.of(() -> view.upsert(upsert).presence().status()))
                .as("upsert of %s by %s", presence, person)
                .isEqualTo(expected);
    }

    private static String scopeMissing(Person person) {
        return person.user() == null
                ? "SCOPE_MISSING: principal must be signed in to write, as Principal.user(id) is: guest"
                : "SCOPE_MISSING: principal must hold the scope presences.write: user:" + person.user();
    }
}
