package io.presence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/**
 * The rule for ids of users, presences, teams, memberships and labels, and an escape for texts that break it.
 *
 * <p>An id has 1 to {@value #MAX_LENGTH} characters of printable ASCII, except space, {@code "}, {@code /} and
 * {@code \}, which the text forms of roles and permissions, and of JSON, use. E-mail addresses,
 * {@code auth0|5f7c8ec7c33c}, {@code @ada:example.org}, URNs and UUIDs are ids without an escape.
 *
 * <p>A presence id must also not be {@code *}, {@code create}, {@code upsert}, {@code update} or {@code delete}, nor
 * end in a dot and one of these four words, since the text form of channels uses them, nor begin with {@code ~lock:},
 * which is reserved for locks. A presence id that {@link PresenceId} makes of two ids can be longer.
 *
 * <p>{@link #escape} makes an id of any other text: {@code DOMAIN\ada} becomes {@code DOMAIN%5Cada}. Escape either all
 * ids of one source or none, since a text that is an id can equal the escaped form of another text.
 *
 * <p><b>Cost.</b> Linear in the length.
 *
 * <p><b>Threads.</b> Stateless.
 */
public final class Ids {

    /** The maximum length of an id, in characters. */
    public static final int MAX_LENGTH = 128;

    private static final String ALL_PRESENCES = "*";
    private static final Set<String> RESERVED = Set.of("create", "upsert", "update", "delete");
    private static final int RESERVED_LENGTH = 6;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Ids() {}

    /**
     * Returns an id that represents any text. Different texts have different ids, and {@link #unescape} returns the
     * text. Each {@code %} and each character that an id cannot have is replaced, for each byte of its UTF-8 form, by
     * {@code %} and two hexadecimal digits. The result is also a valid presence id. A text without {@code %} that is a
     * presence id is not changed.
     *
     * @param text for example a distinguished name, a path, or an address in any script
     * @return an id
     * @throws IllegalArgumentException if the id would have 0 or more than {@value #MAX_LENGTH} characters, or the text
     *     has an unpaired surrogate, which has no UTF-8 form
     */
    public static String escape(String text) {
        Checks.notNull("text", text);
        ByteBuffer bytes = encoded(text);
        /* Counted from the end: a reserved word has one byte for each character. */
        int reserved = reservedAt(text) < 0 ? -1 : bytes.limit() - (text.length() - reservedAt(text));
        StringBuilder id = new StringBuilder(bytes.limit());
        for (int i = 0; bytes.hasRemaining(); i++) {
            byte octet = bytes.get();
            if (octet != '%' && i != reserved && isAllowed(octet)) {
                id.append((char) octet);
            } else {
                HEX.toHexDigits(id.append('%'), octet);
            }
        }
        if (id.length() == 0 || id.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "text must be 1 to " + MAX_LENGTH + " characters when escaped: " + id.length());
        }
        return id.toString();
    }

    /**
     * Returns the text from which {@link #escape} made an id.
     *
     * @param id an escaped id
     * @return the text
     * @throws IllegalArgumentException if a {@code %} is not followed by two hexadecimal digits, or the bytes are not
     *     UTF-8
     */
    public static String unescape(String id) {
        Checks.notNull("id", id);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(id.length());
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '%') {
                bytes.write(octet(id, i + 1));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("id must be UTF-8 when unescaped: " + Checks.excerpt(id), e);
        }
    }

    /** Returns whether an id can have a character. */
    static boolean isAllowed(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '/' && c != '\\';
    }

    /** Returns {@code id} if it is a valid presence id. */
    static String presenceId(String parameter, String id) {
        if (Checks.notNull(parameter, id).length() <= MAX_LENGTH || !PresenceId.isScoped(id)) {
            Checks.id(parameter, id);
        }
        if (id.equals(ALL_PRESENCES)) {
            throw new IllegalArgumentException(parameter + " must not be *, which stands for all presences");
        }
        return withoutAction(parameter, id);
    }

    /** Returns {@code id} if it neither is nor ends in the name of an action. */
    static String withoutAction(String parameter, String id) {
        if (reservedAt(id) >= 0) {
            throw new IllegalArgumentException(
                    parameter + " must not be, or end in a dot and, create, upsert, update or delete (see Ids.escape): "
                            + Checks.excerpt(id));
        }
        return id;
    }

    /** Returns the position of the reserved word at the end of a text, or -1 if there is none. */
    private static int reservedAt(String text) {
        int last = text.lastIndexOf('.') + 1;
        /* The length first: each write comes here. */
        boolean isWord = text.length() - last == RESERVED_LENGTH && RESERVED.contains(text.substring(last));
        return isWord || text.equals(ALL_PRESENCES) ? last : -1;
    }

    private static ByteBuffer encoded(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "text must not have half of a surrogate pair: " + Checks.excerpt(text), e);
        }
    }

    private static int octet(String id, int from) {
        if (from + 2 > id.length()
                || !HexFormat.isHexDigit(id.charAt(from))
                || !HexFormat.isHexDigit(id.charAt(from + 1))) {
            throw new IllegalArgumentException(
                    "id must have two hexadecimal digits after each %: " + Checks.excerpt(id));
        }
        return HexFormat.fromHexDigits(id, from, from + 2);
    }
}
