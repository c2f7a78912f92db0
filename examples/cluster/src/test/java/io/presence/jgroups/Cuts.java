package io.presence.jgroups;

import org.jgroups.Address;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.NameCache;

/** Cuts a transport off from all others, above the lowest protocol, and undoes it. */
public final class Cuts {

    private Cuts() {}

    public static void cut(JGroupsTransport transport) {
        insert(transport, new DISCARD().discardAll(true));
    }

    /** Cuts a transport off from the member of a name, which is to be cut off from it as well. */
    public static void part(JGroupsTransport transport, String member) {
        Address other = transport.channel().view().getMembers().stream()
                .filter(address -> member.equals(NameCache.get(address)))
                .findFirst()
                .orElseThrow();
        insert(transport, new DISCARD().addIgnoreMember(other));
    }

    private static void insert(JGroupsTransport transport, DISCARD discard) {
        discard.setAddress(transport.channel().getAddress());
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
