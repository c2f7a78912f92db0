package io.presence.examples.gateway.account;

import io.presence.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Somebody who can sign in.
 *
 * @param id the user's id
 * @param name what to show
 * @param verified whether the email counts as verified
 * @param labels the labels carried
 * @param teams the roles in each team
 * @param createdAt when the gateway first knew of the user
 */
public record User(
        String id,
        String name,
        boolean verified,
        List<String> labels,
        Map<String, List<String>> teams,
        Instant createdAt) {

    /** Makes the principal that the library judges by. */
    public Principal principal() {
        Principal.Builder builder = Principal.user(id).verified(verified);
        labels.forEach(builder::label);
        teams.forEach((team, roles) -> builder.team(team, roles.toArray(String[]::new)));
        return builder.build();
    }
}
