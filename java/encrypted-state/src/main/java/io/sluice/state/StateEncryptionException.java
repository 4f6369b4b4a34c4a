package io.sluice.state;

import java.io.IOException;
import org.apache.flink.annotation.PublicEvolving;

/** State that cannot be encrypted or decrypted. The message names the state, the key's id and what to do; never a key. */
@PublicEvolving
public final class StateEncryptionException extends IOException {
    private static final long serialVersionUID = 1L;

    StateEncryptionException(String message) {
        super(message);
    }

    StateEncryptionException(String message, Throwable cause) {
        super(message, cause);
    }

    static StateEncryptionException notAuthentic(String state, String keyId, Throwable cause) {
        return new StateEncryptionException(
                "state " + state + ": a record failed authentication with key " + keyId
                        + ": it was modified, belongs to another state, or the key file changed",
                cause);
    }
}
