package io.sluice.state;

import com.google.crypto.tink.subtle.AesSiv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * AES-SIV (RFC 5297): the same plaintext always gives the same record, for what RocksDB and ForSt look up by its bytes.
 *
 * <p>{@code 2 | key id | length | synthetic IV and ciphertext}. Who sees the records sees which of them are equal, and no more.
 */
final class SivRecords implements RecordCipher {
    static final byte FORMAT = 2;
    /** Two AES-256 keys. */
    private static final int KEY_BYTES = 64;

    private final String state;
    private final String writeKeyId;
    private final StateKeys keys;
    private final byte[] aad;
    private final RecordBytes bytes;
    private final byte[] start;
    private final Map<String, AesSiv> ciphers = new HashMap<>();

    /** @param writeKeyId stays the same as long as the state lives: with another key, no record would be found again */
    SivRecords(String state, String writeKeyId, StateKeys keys) {
        this.state = state;
        this.writeKeyId = writeKeyId;
        this.keys = keys;
        this.aad = state.getBytes(StandardCharsets.UTF_8);
        this.bytes = new RecordBytes(state, FORMAT, 0);
        this.start = RecordBytes.start(FORMAT, writeKeyId);
    }

    @Override
    public void encrypt(byte[] plain, int length, DataOutputView out) throws IOException {
        try {
            byte[] encrypted = cipher(writeKeyId).encryptDeterministically(Arrays.copyOf(plain, length), aad);
            out.write(start);
            RecordBytes.writeLength(encrypted.length, out);
            out.write(encrypted);
        } catch (GeneralSecurityException e) {
            throw new StateEncryptionException("state " + state + ": a record could not be encrypted", e);
        }
    }

    @Override
    public byte[] decrypt(DataInputView in) throws IOException {
        bytes.readHeader(in);
        byte[] encrypted = bytes.readCiphertext(in);
        try {
            return cipher(bytes.keyId()).decryptDeterministically(encrypted, aad);
        } catch (AEADBadTagException e) {
            throw StateEncryptionException.notAuthentic(state, bytes.keyId(), e);
        } catch (GeneralSecurityException e) {
            throw new StateEncryptionException("state " + state + ": a record could not be decrypted", e);
        }
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        bytes.copy(in, out);
    }

    private AesSiv cipher(String id) throws StateEncryptionException {
        AesSiv cipher = ciphers.get(id);
        if (cipher == null) {
            cipher = siv(keys.derive(id, "AES-256-SIV", new byte[0], KEY_BYTES));
            ciphers.put(id, cipher);
        }
        return cipher;
    }

    private static AesSiv siv(byte[] key) throws StateEncryptionException {
        try {
            return new AesSiv(key);
        } catch (GeneralSecurityException e) {
            throw new StateEncryptionException("this JVM has no AES-SIV", e);
        }
    }
}
