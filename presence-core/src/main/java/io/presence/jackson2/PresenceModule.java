package io.presence.jackson2;

import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresencePage;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.json.PresenceJson;

/**
 * A module of Jackson 2 for the types of this library, in the form of {@link PresenceJson}. {@link Permission},
 * {@link Role} and {@link Channel} are texts, as their {@code parse} methods read them.
 *
 * <pre>{@code
 * import com.fasterxml.jackson.databind.ObjectMapper;
 * import io.presence.jackson2.PresenceModule;
 *
 * ObjectMapper mapper = new ObjectMapper().registerModule(new PresenceModule());
 * try (PresenceStore store = PresenceStore.builder().callerDriven().build()) {
 *     store.upsert(PresenceUpsert.of("tab-1", "ada", "online"));
 *     System.out.println(mapper.valueToTree(store.get("tab-1")).get("$id")); // prints: "tab-1"
 * }
 * }</pre>
 *
 * <p>On the class path {@code ObjectMapper.findAndRegisterModules()} finds this module. Numbers in requests are kept
 * exactly, whatever the configuration of the mapper. A refused request fails with a {@code JsonMappingException} whose
 * cause is a {@link io.presence.json.PresenceJsonException}.
 *
 * <p><b>Threads.</b> A module is registered once; then it is immutable.
 */
public final class PresenceModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** Creates a module. */
    public PresenceModule() {
        super("io.presence");
        addSerializer(Presence.class, new MapSerializer<>(Presence.class, PresenceJson::toMap));
        addSerializer(PresenceEvent.class, new MapSerializer<>(PresenceEvent.class, PresenceJson::toMap));
        addSerializer(PresencePage.class, new MapSerializer<>(PresencePage.class, PresenceJson::toMap));
        addText(Permission.class, new TextDeserializer<>(Permission.class, Permission::parse));
        addText(Role.class, new TextDeserializer<>(Role.class, Role::parse));
        addText(Channel.class, new TextDeserializer<>(Channel.class, Channel::parse));
        addDeserializer(PresenceUpsert.class, new RequestDeserializer<>(PresenceUpsert.class, PresenceJson::toUpsert));
        addDeserializer(PresencePatch.class, new RequestDeserializer<>(PresencePatch.class, PresenceJson::toPatch));
    }

    private <T> void addText(Class<T> type, TextDeserializer<T> deserializer) {
        addSerializer(type, new ToStringSerializer(type));
        addDeserializer(type, deserializer);
    }
}
