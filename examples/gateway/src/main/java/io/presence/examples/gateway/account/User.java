package io.presence.examples.gateway.account;

import io.presence.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A user of the project.
 *
 * @param id the user's id
 * @param name the display name
 * @param verified whether the email counts as verified
 * @param labels the labels of the user
 * @param teams the roles in each team
 * @param createdAt the time at which the gateway created or loaded the user
 */
public record User(
        String id,
        String name,
        boolean verified,
        List<String> labels,
        Map<String, List<String>> teams,
        Instant createdAt) {

    /** Returns the principal of the library for this user. */
    public Principal principal() {
        Principal.Builder builder = Principal.user(id).verified(verified);
        labels.forEach(builder::label);
        teams.forEach((team, roles) -> builder.team(team, roles.toArray(String[]::new)));
        return builder.build();
    }
}
