package io.presence.jgroups;

import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.stack.ProtocolStack;

/** Cuts a transport off from all others, above the lowest protocol, and undoes it. */
public final class Cuts {

    private Cuts() {}

    public static void cut(JGroupsTransport transport) {
        DISCARD discard =
                new DISCARD().setAddress(transport.channel().getAddress()).discardAll(true);
        try {
            transport.channel().stack().insertProtocol(discard, ProtocolStack.Position.ABOVE, TP.class);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static void heal(JGroupsTransport transport) {
        transport.channel().stack().removeProtocol(DISCARD.class);
    }
}
