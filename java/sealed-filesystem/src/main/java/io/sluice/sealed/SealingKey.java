package io.sluice.sealed;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.Hkdf;
import io.sluice.keys.Key;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** A key of the ring, as what each file's own key is derived from. */
final class SealingKey {
    private static final byte[] CHECK_PURPOSE = "sluice sealed file: key check".getBytes(StandardCharsets.US_ASCII);

    private final String id;
    private final byte[] check;
    private final StreamingAead aead;

    SealingKey(Key of) {
        id = of.id();
        byte[] key = of.bytes();
        try {
            check = Hkdf.computeHkdf("HmacSha256", key, new byte[0], CHECK_PURPOSE, SealedHeader.CHECK_LENGTH);
            aead = new AesGcmHkdfStreaming(
                    key, "HmacSha256", Key.LENGTH, SealedFormat.SEGMENT_LENGTH, SealedFormat.HEADER_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM lacks AES-GCM or HMAC-SHA-256", e);
        }
    }

    String id() {
        return id;
    }

    /** Bytes that tell this key from others and say nothing else about it. */
    byte[] check() {
        return check.clone();
    }

    StreamingAead aead() {
        return aead;
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
