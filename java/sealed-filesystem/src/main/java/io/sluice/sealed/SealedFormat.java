package io.sluice.sealed;

import io.sluice.keys.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a sealed file is laid out: a header of {@value #HEADER_LENGTH} bytes, a ciphertext of Tink's AesGcmHkdfStreaming, whose
 * segments are aligned with {@value #SEGMENT_LENGTH} bytes of the file, and an end mark.
 *
 * <p>All lengths are fixed, so that the length of the plaintext follows from the length of the file, without opening it.
 */
final class SealedFormat {
    static final int HEADER_LENGTH = 64;
    static final int SEGMENT_LENGTH = 64 * 1024;

    /** The header of Tink's ciphertext: its length, a salt as long as the key, and seven bytes of the nonce. */
    static final int STREAM_HEADER_LENGTH = 1 + Key.LENGTH + 7;

    static final int TAG_LENGTH = 16;

    private static final byte[] MAGIC = {(byte) 0x8B, 'S', 'E', 'A', 'L', 'E', 'D', 0x0A};
    private static final byte[] END_MARK = "DELAES\n".getBytes(StandardCharsets.US_ASCII);

    static final int END_MARK_LENGTH = END_MARK.length;

    /** What an empty file takes when it is sealed, in bytes. No sealed file is shorter. */
    static final int MINIMAL_LENGTH = HEADER_LENGTH + STREAM_HEADER_LENGTH + TAG_LENGTH + END_MARK_LENGTH;

    private SealedFormat() {}

    static byte[] magic() {
        return MAGIC.clone();
    }

    static byte[] endMark() {
        return END_MARK.clone();
    }

    static boolean startsWithMagic(byte[] start) {
        return start.length >= MAGIC.length && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    static boolean isEndMark(byte[] end) {
        return Arrays.equals(end, END_MARK);
    }

    /** Bytes of plaintext in a sealed file of that many bytes; not authenticated before the file is read to its end. */
    static long plaintextLength(long fileLength) {
        long sealed = fileLength - END_MARK_LENGTH;
        long segments = (sealed + SEGMENT_LENGTH - 1) / SEGMENT_LENGTH;
        return Math.max(0, sealed - HEADER_LENGTH - STREAM_HEADER_LENGTH - segments * TAG_LENGTH);
    }
}
