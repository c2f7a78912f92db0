package io.presence.internal.cluster;

import java.nio.charset.StandardCharsets;

/**
 * The binary form of texts: UTF-8, in which an unpaired surrogate takes three bytes as other characters do (WTF-8).
 * Each Java string has one form, from which it is restored.
 */
final class TextForm {

    private static final int CONTINUATION = 0x80;
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int SIX_BITS = 0x3F;

    private TextForm() {}

    /** Returns the number of bytes of a text. */
    static int length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 ? 1 : 2;
                /* The two characters of a pair take four bytes. */
                if (isPairAt(text, i)) {
                    i++;
                }
            }
        }
        return length;
    }

    private static boolean isPairAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    /** Writes a text of ASCII from a position on, by one copy. The array has room for it. */
    @SuppressWarnings("deprecation") // It drops the upper byte of each character, which is 0.
    static void encodeAscii(String text, byte[] bytes, int from) {
        text.getBytes(0, text.length(), bytes, from);
    }

    /** Writes a text from a position on. The array has room for it. */
    static void encode(String text, byte[] bytes, int from) {
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (isPairAt(text, i)) {
                at = encodePoint(text.codePointAt(i++), bytes, at);
            } else {
                at = encodePoint(c, bytes, at);
            }
        }
    }

    private static int encodePoint(int point, byte[] bytes, int from) {
        int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        int marker = 0xFF << (7 - more);
        int at = from;
        bytes[at++] = (byte) (marker | (point >> (6 * more)));
        for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
            bytes[at++] = (byte) (CONTINUATION | ((point >> shift) & SIX_BITS));
        }
        return at;
    }

    /** Returns the text of a part of an array, which is within its bounds. */
    static String decode(String name, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        if (at == to) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        return decodeAny(name, bytes, from, to);
    }

    private static String decodeAny(String name, byte[] bytes, int from, int to) {
        char[] chars = new char[to - from];
        int count = 0;
        int at = from;
        while (at < to) {
            int first = bytes[at++];
            if (first >= 0) {
                chars[count++] = (char) first;
                continue;
            }
            int more = continuations(name, first & 0xFF, to - at);
            int point = point(name, first, more, bytes, at);
            at += more;
            count += Character.toChars(point, chars, count);
        }
        return new String(chars, 0, count);
    }

    private static int continuations(String name, int first, int left) {
        int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        if (first < 0xC0 || first > 0xF4 || more > left) {
            throw malformed(name);
        }
        return more;
    }

    private static int point(String name, int first, int more, byte[] bytes, int from) {
        int point = first & (SIX_BITS >> more);
        for (int i = from; i < from + more; i++) {
            if ((bytes[i] & CONTINUATION_MASK) != CONTINUATION) {
                throw malformed(name);
            }
            point = (point << 6) | (bytes[i] & SIX_BITS);
        }
        int least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
        if (point < least || point > Character.MAX_CODE_POINT) {
            throw malformed(name);
        }
        return point;
    }

    private static FrameException malformed(String name) {
        return new FrameException(name + " must be UTF-8");
    }
}
