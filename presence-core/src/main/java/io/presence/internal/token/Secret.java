package io.presence.internal.token;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A random secret of a store, by which the store recognizes texts that it made.
 *
 * <p>{@link #mac} authenticates (HMAC-SHA-256, 128 bits). {@link #seal} also encrypts: the authentication code of the
 * context and the plain text is the initialization vector of AES-CTR and is verified when the text is opened, as in
 * the SIV construction of RFC 5297. No nonce can repeat, and equal texts in equal contexts have equal sealed forms.
 *
 * <p><b>Cost.</b> Some microseconds for each call, and linear in the size of the arguments.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Secret {

    private static final int MAC_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final String HMAC = "HmacSHA256";
    private static final String CIPHER = "AES/CTR/NoPadding";

    private final SecretKeySpec forMac = new SecretKeySpec(random(), HMAC);
    private final SecretKeySpec forCipher = new SecretKeySpec(random(), "AES");

    /** Creates a secret of 256 random bits for each purpose. */
    public Secret() {}

    private static byte[] random() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** Returns the authentication code of a sequence of parts. The length of each part is authenticated too. */
    public byte[] mac(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(forMac);
            for (byte[] part : parts) {
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
                mac.update(part);
            }
            return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw missing(HMAC, e);
        }
    }

    /**
     * Returns the sealed form of a text, {@value #MAC_BYTES} bytes longer. Only {@link #open} of the same secret and
     * context reads it.
     */
    public byte[] seal(byte[] plain, byte[] context) {
        byte[] code = mac(context, plain);
        byte[] hidden = crypt(Cipher.ENCRYPT_MODE, code, plain);
        return ByteBuffer.allocate(MAC_BYTES + hidden.length)
                .put(code)
                .put(hidden)
                .array();
    }

    /** Returns the plain text, or null if it was sealed by another secret or in another context, or was altered. */
    public byte @Nullable [] open(byte[] sealed, byte[] context) {
        if (sealed.length < MAC_BYTES) {
            return null;
        }
        byte[] code = Arrays.copyOf(sealed, MAC_BYTES);
        byte[] plain = crypt(Cipher.DECRYPT_MODE, code, Arrays.copyOfRange(sealed, MAC_BYTES, sealed.length));
        return MessageDigest.isEqual(code, mac(context, plain)) ? plain : null;
    }

    private byte[] crypt(int mode, byte[] vector, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, forCipher, new IvParameterSpec(vector));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw missing(CIPHER, e);
        }
    }

    private static IllegalStateException missing(String algorithm, GeneralSecurityException e) {
        return new IllegalStateException(algorithm + " is not available: " + e.getMessage(), e);
    }
}
