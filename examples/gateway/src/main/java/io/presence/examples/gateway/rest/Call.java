package io.presence.examples.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.wire.ApiException;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A request with its caller and its parsed parts.
 *
 * @param caller the user or server
 * @param address the client address, by which limits count
 * @param headers all headers
 * @param params the parameters of the URI
 * @param id the variable part of the path, or empty
 * @param body an object, or a missing node
 */
record Call(Caller caller, String address, MultiMap headers, MultiMap params, String id, JsonNode body) {

    /**
     * Returns the values of {@code name[]} or {@code name[0]}, {@code name[1]} and so on, in the order given.
     *
     * @throws ApiException {@code general_argument_invalid} if a value of this name is in none of these forms
     */
    List<String> list(String name) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, String> param : params) {
            String key = param.getKey();
            if (key.matches(Pattern.quote(name) + "\\[[0-9]*\\]")) {
                values.add(param.getValue());
            } else if (key.equals(name) || key.startsWith(name + "[")) {
                throw ApiException.argument(name, "Value must be a valid array, as " + name + "[0]");
            }
        }
        return values;
    }
}
