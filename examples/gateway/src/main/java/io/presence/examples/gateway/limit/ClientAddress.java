package io.presence.examples.gateway.limit;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address by which the limits of a client count. {@code X-Forwarded-For} is read from declared proxies only: the
 * last address in it that is no declared proxy is that of the client. Of an IPv6 address the first 64 bits count, since
 * one host can have all addresses with the same 64 bits.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class ClientAddress {

    private static final int PREFIX_BYTES = 8;

    private final List<Network> proxies = new ArrayList<>();

    /** A network: its address and the number of leading bits. */
    private static final class Network {

        private final byte[] address;
        private final int bits;

        private Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        static @Nullable Network parse(String text) {
            int slash = text.indexOf('/');
            byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
            if (address == null) {
                return null;
            }
            int most = address.length * 8;
            String bits = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
            boolean valid = bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= most;
            return valid ? new Network(address, Integer.parseInt(bits)) : null;
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
                if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Creates the rule for some proxies.
     *
     * @param proxies addresses of proxies, or networks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one is neither
     */
    public ClientAddress(Iterable<String> proxies) {
        for (String proxy : proxies) {
            Network network = Network.parse(proxy);
            if (network == null) {
                throw new IllegalArgumentException("proxy must be an IP address or network: " + proxy);
            }
            this.proxies.add(network);
        }
    }

    /**
     * Returns the key of a client, the same for all its requests.
     *
     * @param peer the address at the other end of the connection
     * @param forwarded all values of {@code X-Forwarded-For}, in order
     */
    public String of(String peer, List<String> forwarded) {
        byte[] address = bytes(peer);
        if (address == null || proxies.isEmpty()) {
            return address == null ? peer : key(address);
        }
        List<String> hops = new ArrayList<>();
        forwarded.forEach(value -> hops.addAll(Arrays.asList(value.split(",", -1))));
        for (int i = hops.size() - 1; i >= 0 && isProxy(address); i--) {
            byte[] hop = bytes(hops.get(i).trim());
            if (hop == null) {
                break;
            }
            address = hop;
        }
        return key(address);
    }

    private boolean isProxy(byte[] address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }

    private static String key(byte[] address) {
        return address.length == 4
                ? NetUtil.bytesToIpAddress(address)
                : NetUtil.bytesToIpAddress(Arrays.copyOf(Arrays.copyOf(address, PREFIX_BYTES), address.length)) + "/64";
    }

    /* Null if the text is no address. Names are not resolved. An IPv4 address within IPv6 is that IPv4 address. */
    private static byte @Nullable [] bytes(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        boolean isMapped =
                bytes != null && bytes.length == 16 && isZero(bytes, 10) && bytes[10] == -1 && bytes[11] == -1;
        return isMapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
