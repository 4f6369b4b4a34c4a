package io.sluice.state;

import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** The keys that state is encrypted with. */
interface StateKeys {
    /** The id of the key that encrypts what is written now. */
    String primary() throws StateEncryptionException;

    /** 32 bytes. */
    byte[] key(String id) throws StateEncryptionException;

    /**
     * A key for one purpose only (HKDF-SHA256, RFC 5869), so that no two ciphers ever use the same one.
     *
     * @param size in bytes
     */
    default byte[] derive(String id, String purpose, byte[] salt, int size) throws StateEncryptionException {
        try {
            byte[] info = ("sluice encrypted-state 1 " + purpose).getBytes(StandardCharsets.US_ASCII);
            return Hkdf.computeHkdf("HMACSHA256", key(id), salt, info, size);
        } catch (GeneralSecurityException e) {
            throw new StateEncryptionException("this JVM has no HMAC-SHA256", e);
        }
    }
}
