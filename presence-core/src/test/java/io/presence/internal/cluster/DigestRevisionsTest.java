package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The digests of a node beside the revision of its copy. */
class DigestRevisionsTest {

    private final DigestRevisions digests = new DigestRevisions();

    @Test
    void isApartFrom_aDigestAfterTheCopy_untilTheCopyHasItsRevision() {
        digests.note(5, 3);

        assertThat(digests.isApartFrom(4)).isTrue();
        assertThat(digests.isApartFrom(5)).isFalse();
        digests.note(4, 5);
        assertThat(digests.isApartFrom(4)).as("the greatest digest counts").isTrue();
    }

    @Test
    void isApartFrom_aCopyAheadOfDigests_fromTheThirdOn() {
        digests.note(4, 5);
        digests.note(4, 5);
        assertThat(digests.isApartFrom(5)).isFalse();
        digests.note(4, 5);
        assertThat(digests.isApartFrom(5)).isTrue();
        digests.note(4, 5);
        assertThat(digests.isApartFrom(5)).isTrue();
    }

    @Test
    void note_ofADigestOfTheCopy_startsTheCountAgain() {
        for (int i = 0; i < 10; i++) {
            digests.note(4, 5);
            digests.note(4, 5);
            assertThat(digests.isApartFrom(5)).isFalse();
            digests.note(5, 5);
        }
    }

    /* The copy moves on, and each digest is as late as the one before. */
    @Test
    void note_ofDigestsThatReachWhereTheCopyWas_isOfALateNode() {
        for (int revision = 0; revision < 10; revision++) {
            digests.note(revision, revision + 1);
        }

        assertThat(digests.isApartFrom(10)).isFalse();
    }

    /* The second one shows that the node has what the copy had at the first, so the count starts with it. */
    @Test
    void note_ofADigestWhereTheCopyWas_startsTheCountWithIt() {
        digests.note(4, 5);
        digests.note(5, 6);
        digests.note(5, 7);
        assertThat(digests.isApartFrom(7)).isFalse();
        digests.note(5, 7);

        assertThat(digests.isApartFrom(7)).isTrue();
    }

    @Test
    void note_withoutARevisionOfTheCopy_countsNoDigestAsLate() {
        for (int i = 0; i < 10; i++) {
            digests.note(0, PeerCopy.UNKNOWN);
        }

        assertThat(digests.isApartFrom(0)).isFalse();
    }

    @Test
    void forget_ofFormerDigests_leavesNothingOfThem() {
        digests.note(9, 3);
        for (int i = 0; i < 5; i++) {
            digests.note(2, 3);
        }
        digests.forget();

        assertThat(digests.isApartFrom(0)).isFalse();
        digests.note(2, 3);
        digests.note(2, 3);
        assertThat(digests.isApartFrom(3)).as("after two more").isFalse();
    }
}
