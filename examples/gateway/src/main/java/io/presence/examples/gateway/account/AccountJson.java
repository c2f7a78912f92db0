package io.presence.examples.gateway.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.wire.Times;

/** Users and sessions as models of Appwrite. Most of their fields are empty here. */
public final class AccountJson {

    private AccountJson() {}

    /** Returns the account of a user. */
    public static ObjectNode of(User user) {
        ObjectNode node = Json.object();
        String created = Times.write(user.createdAt());
        node.put("$id", user.id()).put("$createdAt", created).put("$updatedAt", created);
        node.put("name", user.name()).put("registration", created).put("status", true);
        node.set("labels", Json.strings(user.labels()));
        node.put("passwordUpdate", "").put("email", "").put("phone", "");
        node.put("emailVerification", user.verified()).put("emailCanonical", "");
        node.put("emailIsFree", false).put("emailIsDisposable", false);
        node.put("emailIsCorporate", false).put("emailIsCanonical", false);
        node.put("phoneVerification", false).put("mfa", false);
        node.putObject("prefs");
        node.putArray("targets");
        node.put("accessedAt", created).put("impersonator", false).putNull("impersonatorUserId");
        return node;
    }

    /** Returns a session without its secret. */
    public static ObjectNode of(Session session) {
        ObjectNode node = Json.object();
        String created = Times.write(session.createdAt());
        node.put("$id", session.id()).put("$createdAt", created).put("$updatedAt", created);
        node.put("userId", session.user().id()).put("expire", Times.write(session.expire()));
        node.put("provider", session.provider());
        for (String empty : EMPTY) {
            node.put(empty, "");
        }
        node.put("current", true);
        node.putArray("factors").add(session.provider());
        node.put("secret", "").put("mfaUpdatedAt", "");
        return node;
    }

    private static final String[] EMPTY = {
        "providerUid", "providerAccessToken", "providerAccessTokenExpiry", "providerRefreshToken", "ip", "osCode",
                "osName",
        "osVersion", "clientType", "clientCode", "clientName", "clientVersion", "clientEngine", "clientEngineVersion",
        "deviceName", "deviceBrand", "deviceModel", "countryCode", "countryName"
    };
}
