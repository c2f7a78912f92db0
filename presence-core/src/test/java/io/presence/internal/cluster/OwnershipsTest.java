package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.internal.store.PresenceState;
import io.presence.internal.store.StateImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The ownerships of one id and of one node, and the one that counts. */
class OwnershipsTest {

    private static final Predicate<Ownership> NONE = ownership -> false;

    private final Ownerships ownerships = new Ownerships();
    private final OwnershipList list = new OwnershipList();

    private static NodeId node(int number) {
        return new NodeId(0, number);
    }

    private static Ownership ownership(String id, String user, int owner, Claim claim) {
        PresenceState state = PresenceState.remote(
                new StateImage(id, user, "online", null, Map.of(), null, Map.of(), 0, 1, 1, 0, 0, 1_000, 1_000, 1_000),
                0);
        return new Ownership(id, node(owner), owner, claim, state);
    }

    private Ownership add(String id, String user, int owner, Claim claim) {
        Ownership added = ownership(id, user, owner, claim);
        ownerships.add(added);
        return added;
    }

    private Ownership add(int owner, Claim claim) {
        return add("p", "ada", owner, claim);
    }

    private static Claim claim(long createdEpoch, int creator, long epoch) {
        return new Claim(createdEpoch, node(creator), epoch);
    }

    private Ownership winner(Predicate<Ownership> isEnded) {
        return Ownerships.winner(ownerships.first("p"), isEnded);
    }

    @Test
    void find_ofAnIdWithSeveralOwners_isThatOfTheNode() {
        Ownership one = add(1, claim(1, 1, 1));
        assertThat(ownerships.isAlone(one)).isTrue();
        Ownership two = add(2, claim(1, 1, 2));
        Ownership three = add(3, claim(1, 1, 3));

        assertThat(ownerships.find("p", node(1))).isSameAs(one);
        assertThat(ownerships.find("p", node(2))).isSameAs(two);
        assertThat(ownerships.find("p", node(3))).isSameAs(three);
        assertThat(ownerships.find("p", node(4))).isNull();
        assertThat(ownerships.find("q", node(1))).isNull();
        assertThat(List.of(one, two, three)).noneMatch(ownerships::isAlone);
    }

    @Test
    void remove_ofEachOfThree_leavesTheOthers() {
        for (int removed = 0; removed < 3; removed++) {
            List<Ownership> left = new ArrayList<>();
            for (int owner = 1; owner <= 3; owner++) {
                left.add(add(owner, claim(1, 1, owner)));
            }
            Ownership gone = left.remove(removed);
            ownerships.remove(gone);

            assertThat(ownerships.find("p", gone.owner)).isNull();
            assertThat(left).allMatch(each -> ownerships.find("p", each.owner) == each);
            assertThat(gone.nextOfId).isNull();
            ownerships.remove(left.get(0));
            assertThat(ownerships.isAlone(left.get(1))).isTrue();
            ownerships.remove(left.get(1));
            assertThat(ownerships.first("p")).isNull();
            assertThat(ownerships.isAlone(left.get(1))).isFalse();
        }
    }

    @Test
    void winner_ofOneUser_isTheOneTakenLast() {
        Ownership first = add(1, claim(5, 1, 5));
        Ownership last = add(2, claim(5, 1, 9));
        Ownership former = add(3, claim(5, 1, 7));

        assertThat(winner(NONE)).isSameAs(last);
        assertThat(winner(each -> each == last)).isSameAs(former);
        assertThat(winner(each -> each != first)).isSameAs(first);
        assertThat(winner(each -> true)).isNull();
    }

    @Test
    void winner_ofOneEpoch_isOfTheGreaterNode() {
        Ownership greater = add(2, claim(5, 1, 5));
        Ownership lesser = add(1, claim(5, 1, 5));

        assertThat(winner(NONE)).isSameAs(greater);
        assertThat(greater.isTakenAfter(lesser)).isTrue();
        assertThat(lesser.isTakenAfter(greater)).isFalse();
        assertThat(lesser.isTakenAfter(lesser)).isFalse();
    }

    @Test
    void winner_ofSeveralUsers_isOfTheUserOfThePresenceCreatedFirst() {
        Ownership ada = add("p", "ada", 1, claim(5, 1, 5));
        add("p", "bob", 2, claim(6, 2, 9));
        Ownership taken = add("p", "ada", 3, claim(7, 3, 7));

        assertThat(winner(NONE)).isSameAs(taken);
        assertThat(winner(each -> each == taken)).isSameAs(ada);
    }

    @Test
    void winner_ofPresencesCreatedInOneEpoch_isOfTheLesserCreator() {
        Ownership ada = add("p", "ada", 1, claim(5, 1, 5));
        add("p", "bob", 2, claim(5, 2, 9));

        assertThat(winner(NONE)).isSameAs(ada);
        assertThat(ada.isCreatedBefore(ada)).isFalse();
    }

    @Test
    void winner_ofOneOwnership_isThatUnlessItHasEnded() {
        assertThat(winner(NONE)).isNull();
        Ownership one = add(1, claim(1, 1, 1));

        assertThat(winner(NONE)).isSameAs(one);
        assertThat(winner(each -> true)).isNull();
    }

    @Test
    void list_ofOwnerships_keepsTheOrderAndTheHashOfTheSet() {
        List<Ownership> all = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            all.add(ownership("p" + number, "ada", number, claim(1, 1, 1)));
            list.append(all.get(number));
        }
        assertList(all);
        for (int removed : new int[] {1, 0, 1}) {
            Ownership gone = all.remove(removed);
            list.remove(gone);
            assertThat(gone.next).isNull();
            assertThat(gone.previous).isNull();
            all.add(gone);
            list.append(gone);
            assertList(all);
        }
        while (!all.isEmpty()) {
            list.remove(all.remove(all.size() - 1));
            assertList(all);
        }
        assertThat(list.hash()).isZero();
    }

    private void assertList(List<Ownership> expected) {
        List<Ownership> forward = new ArrayList<>();
        Ownership last = null;
        for (Ownership each = list.first(); each != null; each = each.next) {
            assertThat(each.previous).isSameAs(last);
            forward.add(each);
            last = each;
        }
        assertThat(forward).containsExactlyElementsOf(expected);
        assertThat(list.size()).isEqualTo(expected.size());
        assertThat(list.hash())
                .isEqualTo(expected.stream().mapToLong(Ownership::hash).sum());
    }

    @Test
    void hash_ofAnIdAndARevision_differsFromThatOfEachOther() {
        long hash = Ownership.hash("p", 1);

        assertThat(hash).isNotEqualTo(Ownership.hash("p", 2)).isNotEqualTo(Ownership.hash("q", 1));
        assertThat(Ownership.hash("", 0)).isZero();
        /* Fixed, since all nodes of a cluster compute it. */
        assertThat(hash).isEqualTo(2376278846828795303L);
    }
}
