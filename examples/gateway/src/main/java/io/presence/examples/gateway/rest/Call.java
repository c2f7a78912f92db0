package io.presence.examples.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.account.Caller;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request, read and attributed.
 *
 * @param caller who makes it
 * @param headers all of them
 * @param params those of the address
 * @param id the variable part of the path, or empty
 * @param body an object, or a missing node
 */
record Call(Caller caller, MultiMap headers, MultiMap params, String id, JsonNode body) {

    /** Returns the values of {@code name[]} or {@code name[0]}, {@code name[1]} and so on, in the order given. */
    List<String> list(String name) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, String> param : params) {
            String key = param.getKey();
            if (key.startsWith(name + "[") && key.endsWith("]")) {
                values.add(param.getValue());
            }
        }
        return values;
    }
}
