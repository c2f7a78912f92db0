package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.fixture.Poll;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.limit.Pace;
import io.presence.examples.gateway.limit.Paces;
import io.presence.examples.gateway.limit.Quota;
import io.presence.examples.gateway.limit.UsageLimits;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of messages and requests beyond a rate. */
class PaceTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void waitNanos_afterAMinutesWorthAtOnce_isTheTimeUntilTheNext() {
        Pace pace = new Pace(6, clock);
        for (int i = 0; i < 5; i++) {
            pace.take();
            assertThat(pace.waitNanos()).isZero();
        }
        pace.take();
        assertThat(Duration.ofNanos(pace.waitNanos())).isEqualTo(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(4));
        assertThat(Duration.ofNanos(pace.waitNanos())).isEqualTo(Duration.ofSeconds(6));
        clock.advance(Duration.ofSeconds(6));
        assertThat(pace.waitNanos()).isZero();
    }

    @Test
    void waitNanos_afterAnHourOfSilence_isThatOfAMinute() {
        Pace pace = new Pace(2, clock);
        clock.advance(Duration.ofHours(1));
        pace.take();
        assertThat(pace.waitNanos()).isZero();
        pace.take();
        assertThat(Duration.ofNanos(pace.waitNanos())).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void waitNanos_ofOneAMinute_isAMinute() {
        Pace pace = new Pace(1, clock);
        pace.take();
        assertThat(Duration.ofNanos(pace.waitNanos())).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void take_ofAQuota_countsEachKeyForAMinute() {
        Quota quota = new Quota(2, clock);
        assertThat(new boolean[] {quota.take("a"), quota.take("a"), quota.take("a"), quota.take("b")})
                .containsExactly(true, true, false, true);
        clock.advance(Duration.ofMillis(58_500));
        assertThat(quota.take("a")).isFalse();
        assertThat(quota.retryAfterSeconds()).isEqualTo(2);
        clock.advance(Duration.ofMillis(1500));
        assertThat(quota.take("a")).isTrue();
        assertThat(quota.retryAfterSeconds()).isEqualTo(60);
    }

    @Test
    void socket_aheadOfItsPace_isNotReadAndThenAnsweredInOrder() throws Exception {
        var options = TestGateway.options(TestGateway.WIDE.withMessagesPerMinute(10), false);
        try (TestGateway gateway = TestGateway.start(options, clock)) {
            SocketUser ada = gateway.socket("ada");
            SocketUser watcher = gateway.socket("ada-2");
            watcher.subscribe("w", List.of("presences.p1"));
            for (int i = 0; i < 15; i++) {
                ada.sendText("{\"type\":\"ping\"}");
            }
            ada.send("presence", "{\"status\":\"x\",\"presenceId\":\"p1\"}");
            ada.send("subscribe", "[{\"subscriptionId\":\"s1\",\"channels\":[\"presences\"]}]");
            assertPongs(ada, 10);
            Poll.until("held back", () -> gateway.heldBackSockets() == 1);
            assertThat(gateway.store().get("p1")).isNull();

            clock.advance(Duration.ofSeconds(30));
            assertPongs(ada, 5);
            Poll.until("held back again", () -> gateway.heldBackSockets() == 1);
            assertThat(gateway.store().get("p1")).isNull();

            clock.advance(Duration.ofSeconds(12));
            assertThat(ada.next("response").path("to").asText()).isEqualTo("presence");
            assertThat(ada.next("response").path("to").asText()).isEqualTo("subscribe");
            assertThat(watcher.nextEvent()).isEqualTo("p1.upsert [w]");
        }
    }

    private static Options ofUser(int messages, int ofAddress) {
        UsageLimits usage = new UsageLimits(1000, 1000, 1000, messages, ofAddress);
        return TestGateway.options(TestGateway.WIDE, false).withUsage(usage);
    }

    @Test
    void sockets_ofOneUserAheadOfItsPaceTogether_areNotReadWhileThoseOfOthersAre() throws Exception {
        try (TestGateway gateway = TestGateway.start(ofUser(10, 1000), clock)) {
            SocketUser ada = gateway.socket("ada");
            SocketUser other = gateway.socket("ada-2");
            SocketUser bob = gateway.socket("bob");
            for (int i = 0; i < 6; i++) {
                ada.sendText("{\"type\":\"ping\"}");
            }
            assertPongs(ada, 6);
            for (int i = 0; i < 6; i++) {
                other.sendText("{\"type\":\"ping\"}");
            }
            assertPongs(other, 4);
            Poll.until("held back", () -> gateway.heldBackSockets() == 1);
            bob.sendText("{\"type\":\"ping\"}");
            assertPongs(bob, 1);

            clock.advance(Duration.ofSeconds(12));
            assertPongs(other, 2);
        }
    }

    @Test
    void sockets_ofOneAddressAheadOfItsPaceTogether_areNotRead() throws Exception {
        try (TestGateway gateway = TestGateway.start(ofUser(1000, 10), clock)) {
            SocketUser ada = gateway.socket("ada");
            SocketUser guest = gateway.socket("");
            for (int i = 0; i < 9; i++) {
                ada.sendText("{\"type\":\"ping\"}");
            }
            assertPongs(ada, 9);
            guest.sendText("{\"type\":\"ping\"}");
            guest.sendText("{\"type\":\"ping\"}");
            assertPongs(guest, 1);
            Poll.until("held back", () -> gateway.heldBackSockets() == 1);

            clock.advance(Duration.ofSeconds(6));
            assertPongs(guest, 1);
        }
    }

    @Test
    void paces_thatAreAsNew_areForgotten() {
        Paces paces = new Paces(2, clock);
        for (int i = 0; i < 1000; i++) {
            paces.take("user" + i);
        }
        paces.take("user0");
        assertThat(paces.waitNanos("user0")).isPositive();
        clock.advance(Duration.ofMinutes(1));
        assertThat(paces.waitNanos("user0")).isZero();
        paces.take("user0");
        assertThat(paces.size()).isOne();
    }

    private static void assertPongs(SocketUser user, int count) {
        for (int i = 0; i < count; i++) {
            JsonNode message = user.next();
            assertThat(message.path("type").asText()).isEqualTo("pong");
        }
    }

    @Test
    void socket_heldBack_stillHearsEvents() throws Exception {
        var options = TestGateway.options(TestGateway.WIDE.withMessagesPerMinute(2), false);
        try (TestGateway gateway = TestGateway.start(options, clock)) {
            SocketUser ada = gateway.socket("ada");
            ada.subscribe("s1", List.of("presences"));
            ada.sendText("{\"type\":\"ping\"}");
            assertPongs(ada, 1);
            Poll.until("held back", () -> gateway.heldBackSockets() == 1);
            gateway.http("ada").put("p1", "{\"status\":\"x\"}");
            assertThat(ada.nextEvent()).isEqualTo("p1.upsert [s1]");
        }
    }
}
