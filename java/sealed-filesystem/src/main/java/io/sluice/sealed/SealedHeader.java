package io.sluice.sealed;

import io.sluice.keys.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first {@value SealedFormat#HEADER_LENGTH} bytes of a sealed file: magic (8), version (1), length of the key's id (1), the
 * id, padded with zeros (46), and what tells a key from another one of the same id (8). All of it is authenticated, together
 * with the file's name.
 */
final class SealedHeader {
    static final int CHECK_LENGTH = 8;

    private static final byte VERSION = 1;

    private final String keyId;
    private final byte[] bytes;

    private SealedHeader(String keyId, byte[] bytes) {
        this.keyId = keyId;
        this.bytes = bytes;
    }

    /** The header of a new file. */
    static SealedHeader of(SealingKey key) {
        byte[] id = key.id().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(SealedFormat.HEADER_LENGTH);
        bytes.put(SealedFormat.magic())
                .put(VERSION)
                .put((byte) id.length)
                .put(Arrays.copyOf(id, Key.MAXIMAL_ID_LENGTH));
        bytes.put(key.check());
        return new SealedHeader(key.id(), bytes.array());
    }

    /** Reads what begins with the magic. */
    static SealedHeader parse(byte[] bytes, String file) throws SealedFileException {
        if (bytes.length < SealedFormat.HEADER_LENGTH) {
            throw new TruncatedFileException(file);
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes).position(SealedFormat.magic().length);
        byte version = rest.get();
        if (version != VERSION) {
            throw TamperedFileException.unknownVersion(file, version);
        }
        int length = rest.get();
        if (length < 1 || length > Key.MAXIMAL_ID_LENGTH) {
            throw new TamperedFileException(file);
        }
        String id = new String(bytes, rest.position(), length, StandardCharsets.ISO_8859_1);
        if (!Key.isId(id)) {
            throw new TamperedFileException(file);
        }
        return new SealedHeader(id, bytes);
    }

    String keyId() {
        return keyId;
    }

    /** Whether a file with this header can have been written with that key. */
    boolean isOf(SealingKey key) {
        int start = SealedFormat.HEADER_LENGTH - CHECK_LENGTH;
        return Arrays.equals(bytes, start, SealedFormat.HEADER_LENGTH, key.check(), 0, CHECK_LENGTH);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** What is authenticated with the content: this header, and the last component of the file's path. */
    byte[] associatedData(String fileName) {
        byte[] name = fileName.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + name.length)
                .put(bytes)
                .put(name)
                .array();
    }
}
