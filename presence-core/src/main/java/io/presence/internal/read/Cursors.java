package io.presence.internal.read;

import io.presence.internal.store.Access;
import io.presence.internal.store.StoreErrors;
import io.presence.internal.token.QueryDigest;
import io.presence.internal.token.Secret;
import io.presence.query.ListQuery;
import io.presence.query.StandingQueries;
import java.util.Base64;

/**
 * The texts of positions, which callers keep between pages: {@value #MARK}, which no id contains, and base64url of
 * the position, {@linkplain Secret#seal sealed} with a secret of the store for one caller, filter and order. Filters
 * with one normal form are equal here. A text reveals nothing, and an altered or foreign text is rejected.
 *
 * <p><b>Cost.</b> Creating or reading one is linear in the filter and the position, and takes about 20 microseconds
 * for small ones. A text has at most {@link ListQuery.Cursor#MAX_LENGTH} characters.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class Cursors {

    private static final String MARK = "/";

    private final Secret secret = new Secret();

    /** Returns whether a cursor is one of these texts and not an id. */
    static boolean isText(String cursor) {
        return cursor.startsWith(MARK);
    }

    String text(Access access, ListQuery query, PagePosition position) {
        byte[] sealed = secret.seal(PositionCodec.write(position), context(access, query));
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /**
     * Returns the position of a text.
     *
     * @throws io.presence.PresenceException {@code CURSOR_INVALID}
     */
    PagePosition position(Access access, ListQuery query, String text) {
        byte[] plain = secret.open(sealed(text), context(access, query));
        if (plain == null) {
            throw StoreErrors.cursorInvalid(text);
        }
        return PositionCodec.read(plain, query.orders().size());
    }

    /*
     * Only one text per position is accepted. The decoder ignores the unused bits of the last character, so the
     * result is encoded again and compared.
     */
    private static byte[] sealed(String text) {
        String encoded = text.substring(MARK.length());
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(encoded);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(sealed).equals(encoded)) {
                return sealed;
            }
        } catch (IllegalArgumentException e) {
            throw StoreErrors.cursorInvalid(text);
        }
        throw StoreErrors.cursorInvalid(text);
    }

    private static byte[] context(Access access, ListQuery query) {
        return new QueryDigest()
                .add(access.caller())
                .add(StandingQueries.prepare(query.filter()))
                .add(query.orders())
                .digest();
    }
}
