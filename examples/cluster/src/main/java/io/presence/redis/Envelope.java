package io.presence.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message in a channel: the length of the name of its sender in one byte, the name, and the frame. */
final class Envelope {

    private final String sender;
    private final byte[] frame;

    Envelope(String sender, byte[] frame) {
        this.sender = sender;
        this.frame = frame;
    }

    /** Reads a message; null if it is none of ours. */
    static @Nullable Envelope read(byte[] message) {
        int end = message.length == 0 ? 0 : 1 + (message[0] & 0xFF);
        if (end <= 1 || end > message.length) {
            return null;
        }
        String sender = new String(message, 1, end - 1, StandardCharsets.UTF_8);
        return new Envelope(sender, Arrays.copyOfRange(message, end, message.length));
    }

    String sender() {
        return sender;
    }

    byte[] frame() {
        return frame;
    }

    byte[] bytes() {
        byte[] name = sender.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[1 + name.length + frame.length];
        message[0] = (byte) name.length;
        System.arraycopy(name, 0, message, 1, name.length);
        System.arraycopy(frame, 0, message, 1 + name.length, frame.length);
        return message;
    }

    /** Whether it only says that the members have changed. */
    boolean isNotice() {
        return frame.length == 0;
    }
}
