package io.presence.examples.gateway.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signer of texts. By a signature the gateway recognises a text that it has given to a client.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Signer {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final int MIN_FILE_BYTES = 32;

    private final SecretKeySpec key;

    private Signer(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Creates a signer with a random secret, which is lost at the end of the process. */
    public static Signer random() {
        return new Signer(bytes());
    }

    /**
     * Creates a signer with the secret in a file. A file that is absent is created, readable by its owner only.
     *
     * @throws IOException if it can't be read or created
     * @throws IllegalArgumentException if it has fewer than 32 bytes
     */
    public static Signer of(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, ownerOnly(file));
            Files.writeString(file, Base64.getEncoder().encodeToString(bytes()), StandardOpenOption.WRITE);
        }
        byte[] secret = Files.readAllBytes(file);
        if (secret.length < MIN_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "secret must have at least " + MIN_FILE_BYTES + " bytes: " + secret.length);
        }
        return new Signer(secret);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        Set<String> views = file.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /**
     * Returns the signature of a text, 43 letters, digits, hyphens and underscores.
     *
     * @param purpose separates the signatures of different kinds of texts
     */
    String sign(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signature = mac.doFinal((purpose + '\n' + text).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " must be available", e);
        }
    }

    /** Returns whether a signature is that of a text, in constant time. */
    boolean verify(String purpose, String text, String signature) {
        byte[] right = sign(purpose, text).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
    }
}
