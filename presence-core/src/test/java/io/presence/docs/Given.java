package io.presence.docs;

/** The context of the blocks: imports for all, and declarations for blocks that use names they do not declare. */
final class Given {

    private static final String STORE = "PresenceStore store = PresenceStore.builder().callerDriven().build();\n"
            + "store.upsert(PresenceUpsert.of(\"tab-1\", \"ada\", \"online\"));\n";

    private static final String PLAYER =
            "record Player(String name, int zone, Map<String, Integer> position, long joinedAtMillis) {}\n";

    private static final String PLAYERS = "RecordSchema<Player> players = RecordSchema.<Player>builder()\n"
            + ".attribute(\"zone\", QuerySchema.Kind.NUMBER, Player::zone).build();\n";

    private Given() {}

    static String imports() {
        return """
                import io.presence.*;
                import io.presence.PresenceEvent.*;
                import io.presence.access.*;
                import io.presence.agrona.*;
                import io.presence.cluster.*;
                import io.presence.count.*;
                import io.presence.json.*;
                import io.presence.lock.*;
                import io.presence.micrometer.*;
                import io.presence.query.*;
                import io.presence.query.Handle;
                import io.presence.session.*;
                import io.presence.testing.*;
                import io.presence.user.*;
                import java.time.*;
                import java.util.*;
                import java.util.concurrent.*;
                import org.agrona.concurrent.*;
                """;
    }

    /** Types for the blocks of a file. */
    static String members(CodeBlock block) {
        return switch (block.fileName()) {
            case "RecordSchema.java", "StandingQueries.java" -> PLAYER;
            default -> "";
        };
    }

    /** Variables for the blocks of a file. */
    static String statements(CodeBlock block) {
        return switch (block.fileName()) {
            case "PresencePatch.java", "Principal.java" -> STORE;
            case "StandingQueries.java" -> PLAYERS;
            default -> "";
        };
    }
}
