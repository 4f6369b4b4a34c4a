package io.sluice.state;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with one subkey, which one task attempt writes with and any may read with. */
final class GcmSubkey {
    static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    /** What a record starts with: format, key id and salt. */
    final byte[] header;

    private final SecretKeySpec key;
    private final byte[] aad;
    /** {@code Cipher.getInstance} for each record would cost more than the encryption. */
    private final Cipher cipher;

    private final byte[] nonce = new byte[NONCE_BYTES];

    GcmSubkey(byte[] header, byte[] key, byte[] aad) throws GeneralSecurityException {
        this.header = header;
        this.key = new SecretKeySpec(key, "AES");
        this.aad = aad;
        this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    }

    /** Encrypts into {@code out}, and returns how many bytes that gave. A counter must never be used twice. */
    int encrypt(int counter, byte[] plain, int length, byte[] out) throws GeneralSecurityException {
        start(Cipher.ENCRYPT_MODE, counter);
        return cipher.doFinal(plain, 0, length, out, 0);
    }

    byte[] decrypt(int counter, byte[] ciphertext) throws GeneralSecurityException {
        start(Cipher.DECRYPT_MODE, counter);
        return cipher.doFinal(ciphertext);
    }

    private void start(int mode, int counter) throws GeneralSecurityException {
        ByteBuffer.wrap(nonce).putInt(NONCE_BYTES - Integer.BYTES, counter);
        cipher.init(mode, key, new GCMParameterSpec(RecordBytes.TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(aad);
    }
}
