package io.presence.jgroups;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.auth.AuthToken;
import org.jgroups.util.UUID;

/**
 * A proof that a node which joins or merges knows the password: a code of its address by that password. It is public,
 * since JGroups creates it by reflection.
 */
public final class PasswordToken extends AuthToken {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CODE_BYTES = 32;

    private final String password;
    private byte[] code = new byte[CODE_BYTES];

    /** Creates one to be read. */
    public PasswordToken() {
        this("");
    }

    PasswordToken(String password) {
        this.password = password;
    }

    @Override
    public String getName() {
        return getClass().getName();
    }

    @Override
    public int size() {
        return CODE_BYTES;
    }

    @Override
    public boolean authenticate(AuthToken token, Message message) {
        // A message of this node to itself is not serialized.
        return token == this
                || (!password.isEmpty()
                        && token instanceof PasswordToken other
                        && MessageDigest.isEqual(codeOf(message.getSrc()), other.code));
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        out.write(password.isEmpty() ? code : codeOf(auth.getAddress()));
    }

    @Override
    public void readFrom(DataInput in) throws IOException {
        in.readFully(code);
    }

    private byte[] codeOf(Address address) {
        String text = address instanceof UUID uuid ? uuid.toStringLong() : address.toString();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("platform must have " + ALGORITHM, e);
        }
    }
}
