package io.presence.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresencePage;
import java.util.ServiceLoader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/** A way to write and read the types of the library as JSON. */
enum JsonLibrary {
    /** {@link PresenceJson} with jackson-core. */
    TEXTS {
        @Override
        String write(Object value) {
            if (value instanceof Presence presence) {
                return PresenceJson.write(presence);
            }
            return value instanceof PresenceEvent event
                    ? PresenceJson.write(event)
                    : PresenceJson.write((PresencePage) value);
        }

        @Override
        <T> T read(String json, Class<T> type) {
            return type.cast(
                    type == io.presence.PresenceUpsert.class
                            ? PresenceJson.readUpsert(json)
                            : PresenceJson.readPatch(json));
        }
    },
    /** A mapper of Jackson 2 with its default configuration, and the module that it finds. */
    JACKSON_2 {
        private final ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();

        @Override
        String write(Object value) throws JsonProcessingException {
            return mapper.writeValueAsString(value);
        }

        @Override
        <T> T read(String json, Class<T> type) throws JsonProcessingException {
            try {
                return mapper.readValue(json, type);
            } catch (JsonProcessingException e) {
                throw refusalIn(e);
            }
        }
    },
    /** A mapper of Jackson 3 with its default configuration, and the module that it finds. */
    JACKSON_3 {
        private final JsonMapper mapper = JsonMapper.builder()
                .addModules(ServiceLoader.load(JacksonModule.class))
                .build();

        @Override
        String write(Object value) {
            return mapper.writeValueAsString(value);
        }

        @Override
        <T> T read(String json, Class<T> type) {
            try {
                return mapper.readValue(json, type);
            } catch (JacksonException e) {
                throw refusalIn(e);
            }
        }
    };

    abstract String write(Object value) throws JsonProcessingException;

    abstract <T> T read(String json, Class<T> type) throws JsonProcessingException;

    /* Any other exception is a refusal of the text by the library, without a field. */
    private static PresenceJsonException refusalIn(Exception thrown) {
        return thrown.getCause() instanceof PresenceJsonException refusal
                ? refusal
                : new PresenceJsonException("", String.valueOf(thrown.getMessage()), thrown);
    }
}
