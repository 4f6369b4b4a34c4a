package io.sluice.keys;

import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;

/** A key of the ring: its id, and {@value #LENGTH} bytes to derive other keys from. Prints as its id. */
@Internal
public final class Key {
    /** In bytes. */
    public static final int LENGTH = 32;

    public static final int MAXIMAL_ID_LENGTH = 46;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (MAXIMAL_ID_LENGTH - 1) + "}");

    private final String id;
    private final byte[] bytes;

    Key(String id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /** Whether a name can be the id of a key: up to 46 letters, digits, dots, underscores and hyphens, as in a Secret. */
    public static boolean isId(String name) {
        return ID.matcher(name).matches() && !name.equals(KeyRing.PRIMARY);
    }

    public String id() {
        return id;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Whether the bytes are all printable ASCII: a password, or the base64 or hexadecimal digits of a shorter key. Of random keys, one
     * in 10^13 is.
     */
    boolean isPrintable() {
        for (byte each : bytes) {
            if (each < ' ' || each > '~') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
