package io.presence.views;

import io.presence.PresenceStore;
import io.presence.Presences;
import io.presence.Principal;

/** The callers of the model: trusted code, two members of a team, and a user without teams. */
enum ViewCaller {
    HOST,
    ADA,
    BOB,
    EVE;

    boolean isTrusted() {
        return this == HOST;
    }

    boolean isBlue() {
        return this == ADA || this == BOB;
    }

    String userId() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Principal principal() {
        Principal.Builder builder = Principal.user(userId());
        return (isBlue() ? builder.team("blue") : builder).build();
    }

    Presences view(PresenceStore store) {
        return isTrusted() ? store : store.as(principal());
    }
}
