package demo;

import io.presence.Channel;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application whose store is a bean, which Spring closes at the end by its method {@code close}. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {

    /** Prints what the file {@code expected} holds. */
    public static void main(String[] args) {
        PresenceStore store;
        try (var context = SpringApplication.run(Application.class, args)) {
            store = context.getBean(PresenceStore.class);
            System.out.println(store.count() + " in the store");
        }
        try {
            store.touch("ada-laptop");
            System.out.println("the store is open");
        } catch (PresenceException closed) {
            System.out.println(closed.getMessage());
        }
    }

    @Bean
    PresenceStore presenceStore() {
        return PresenceStore.builder().build();
    }

    @Bean
    CommandLineRunner start(PresenceStore store) {
        return args -> {
            store.subscribe(
                    Channel.presences(),
                    SubscriptionOptions.defaults().withSnapshot(),
                    event -> System.out.println(event.change() + " " + event.presence().status()));
            store.upsert(PresenceUpsert.of("ada-laptop", "ada", "reading"));
            store.delivered().toCompletableFuture().join();
        };
    }
}
