package io.presence.bench.standing.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.presence.query.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.GenericMachine;

/**
 * AWS event-ruler, which holds all queries in one automaton.
 *
 * @param <E> the event: JSON as text, which the engine parses, or as a tree
 */
abstract class RulerEngine<E> implements Engine<E> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GenericMachine<Integer> machine =
            GenericMachine.<Integer>builder().build();

    @Override
    public final void add(int id, Query.Filter query) {
        try {
            machine.addRule(id, JSON.writeValueAsString(new RulerTranslator().translate(query)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public final void remove(int id, Query.Filter query) {
        try {
            machine.deleteRule(id, JSON.writeValueAsString(new RulerTranslator().translate(query)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public final void match(E event, Hits hits) {
        List<Integer> ids = match(machine, event);
        for (int i = 0; i < ids.size(); i++) {
            hits.add(ids.get(i));
        }
    }

    abstract List<Integer> match(GenericMachine<Integer> machine, E event);

    /** An engine whose events are text. */
    static final class OfText extends RulerEngine<String> {
        @Override
        public String prepare(Map<String, Object> record) {
            try {
                return JSON.writeValueAsString(record);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        List<Integer> match(GenericMachine<Integer> machine, String event) {
            try {
                return machine.rulesForJSONEvent(event);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** An engine whose events are trees, parsed in advance. */
    static final class OfTree extends RulerEngine<JsonNode> {
        @Override
        public JsonNode prepare(Map<String, Object> record) {
            return JSON.valueToTree(record);
        }

        @Override
        List<Integer> match(GenericMachine<Integer> machine, JsonNode event) {
            return machine.rulesForJSONEvent(event);
        }
    }
}
