package io.sluice.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.AEADBadTagException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * AES-256-GCM: the same plaintext gives another record each time.
 *
 * <p>{@code 1 | key id | salt (16) | counter (4) | length | ciphertext and tag}. The subkey is derived from the key with a random
 * salt that this object draws when it writes first, so each task attempt, and each copy of a serializer in it, has one of its
 * own, and the nonce can be a counter. Random nonces under one key would run out at 2^32 records (NIST SP 800-38D, 8.3).
 */
final class GcmRecords implements RecordCipher {
    static final byte FORMAT = 1;
    private static final long RECORDS_PER_SALT = 1L << 32;
    /** State that was written by many attempts has many salts; each of these takes a few KiB. */
    private static final int SUBKEYS_KEPT = 64;

    private final String state;
    private final StateKeys keys;
    private final byte[] aad;
    private final long recordsPerSalt;
    private final RecordBytes bytes;
    private final Map<ByteBuffer, GcmSubkey> readKeys = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, GcmSubkey> eldest) {
            return size() > SUBKEYS_KEPT;
        }
    };
    private GcmSubkey lastRead;
    private GcmSubkey writeKey;
    private long written;
    private final AtomicReference<Thread> owner = new AtomicReference<>();
    private byte[] ciphertext = new byte[256];

    GcmRecords(String state, StateKeys keys) {
        this(state, keys, RECORDS_PER_SALT);
    }

    GcmRecords(String state, StateKeys keys, long recordsPerSalt) {
        this.state = state;
        this.keys = keys;
        this.aad = state.getBytes(StandardCharsets.UTF_8);
        this.recordsPerSalt = recordsPerSalt;
        this.bytes = new RecordBytes(state, FORMAT, GcmSubkey.SALT_BYTES + Integer.BYTES);
    }

    @Override
    public void encrypt(byte[] plain, int length, DataOutputView out) throws IOException {
        requireOwner();
        if (writeKey == null || written == recordsPerSalt) {
            writeKey = newWriteKey();
            written = 0;
        }
        int counter = (int) written++;
        try {
            int needed = Math.addExact(length, RecordBytes.TAG_BYTES);
            if (ciphertext.length < needed) {
                ciphertext = new byte[Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, ciphertext.length * 2L))];
            }
            int size = writeKey.encrypt(counter, plain, length, ciphertext);
            out.write(writeKey.header);
            out.writeInt(counter);
            RecordBytes.writeLength(size, out);
            out.write(ciphertext, 0, size);
            if (ciphertext.length > RecordBytes.LARGEST_KEPT) {
                ciphertext = new byte[256];
            }
        } catch (GeneralSecurityException | ArithmeticException e) {
            throw new StateEncryptionException("state " + state + ": a record could not be encrypted", e);
        }
    }

    @Override
    public byte[] decrypt(DataInputView in) throws IOException {
        int size = bytes.readHeader(in);
        int counter = ByteBuffer.wrap(bytes.header()).getInt(size - Integer.BYTES);
        byte[] encrypted = bytes.readCiphertext(in);
        try {
            return readKey(size - Integer.BYTES).decrypt(counter, encrypted);
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

    /**
     * The first thread that writes owns the counter: two threads could use one nonce for two records, which reveals both. A stale
     * plain read gives null, and then compareAndSet decides.
     */
    private void requireOwner() throws StateEncryptionException {
        Thread current = Thread.currentThread();
        if (owner.getPlain() != current && !owner.compareAndSet(null, current)) {
            throw new StateEncryptionException(
                    "state " + state + ": threads " + owner.get().getName() + " and "
                            + current.getName() + " write with one serializer, which could use a nonce twice:"
                            + " give each thread its own duplicate()");
        }
    }

    private GcmSubkey newWriteKey() throws StateEncryptionException {
        byte[] salt = new byte[GcmSubkey.SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        String id = keys.primary();
        byte[] start = RecordBytes.start(FORMAT, id);
        byte[] header = Arrays.copyOf(start, start.length + salt.length);
        System.arraycopy(salt, 0, header, start.length, salt.length);
        return subkey(header, id, salt);
    }

    /** The subkey of the header that was read last, whose first {@code size} bytes say which one it is. */
    private GcmSubkey readKey(int size) throws StateEncryptionException {
        byte[] header = bytes.header();
        if (lastRead != null && Arrays.equals(header, 0, size, lastRead.header, 0, lastRead.header.length)) {
            return lastRead;
        }
        GcmSubkey found = readKeys.get(ByteBuffer.wrap(header, 0, size));
        if (found == null) {
            byte[] own = Arrays.copyOf(header, size);
            found = subkey(own, bytes.keyId(), Arrays.copyOfRange(own, size - GcmSubkey.SALT_BYTES, size));
            readKeys.put(ByteBuffer.wrap(own), found);
        }
        lastRead = found;
        return found;
    }

    private GcmSubkey subkey(byte[] header, String id, byte[] salt) throws StateEncryptionException {
        try {
            return new GcmSubkey(header, keys.derive(id, "AES-256-GCM", salt, 32), aad);
        } catch (GeneralSecurityException e) {
            throw new StateEncryptionException("this JVM has no AES-GCM", e);
        }
    }
}
