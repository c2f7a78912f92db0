package demo;

import io.micronaut.context.ApplicationContext;
import io.presence.PresenceException;
import io.presence.PresenceStore;

/** An application whose store is a bean, which Micronaut closes at the end. */
public final class Application {

    private Application() {}

    /** Prints what the file {@code expected} holds. */
    public static void main(String[] args) {
        PresenceStore store;
        try (ApplicationContext context = ApplicationContext.run()) {
            context.getBean(Room.class).enter("ada");
            store = context.getBean(PresenceStore.class);
            System.out.println(store.count() + " in the store");
        }
        try {
            store.touch("ada");
            System.out.println("the store is open");
        } catch (PresenceException closed) {
            System.out.println(closed.getMessage());
        }
    }
}
