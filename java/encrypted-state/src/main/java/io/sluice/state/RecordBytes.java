package io.sluice.state;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Reads and writes the parts of a record that are not encrypted. */
final class RecordBytes {
    /** Of both ciphers: no ciphertext is shorter. */
    static final int TAG_BYTES = 16;
    /** Buffers of more bytes are not kept for the next record. */
    static final int LARGEST_KEPT = 1 << 20;
    /** What a length that was tampered with can cost at most before the input ends. */
    private static final int CHUNK = 1 << 20;

    private final String state;
    private final byte format;
    /** Bytes between the key's id and the ciphertext's length. */
    private final int parameters;
    /** Format, length of the key's id, key's id and the format's parameters, as they were read last. */
    private byte[] header = new byte[64];

    RecordBytes(String state, byte format, int parameters) {
        this.state = state;
        this.format = format;
        this.parameters = parameters;
    }

    static byte[] start(byte format, String keyId) {
        byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
        byte[] start = new byte[2 + id.length];
        start[0] = format;
        start[1] = (byte) id.length;
        System.arraycopy(id, 0, start, 2, id.length);
        return start;
    }

    /** Reads a record up to the ciphertext's length, and returns how many bytes of {@link #header} that is. */
    int readHeader(DataInputView in) throws IOException {
        header[0] = in.readByte();
        if (header[0] != format) {
            throw new StateEncryptionException("state " + state + ": there is no encrypted record here (format "
                    + header[0] + ", expected " + format + "): it was changed, or written by another serializer");
        }
        try {
            header[1] = in.readByte();
            int size = 2 + (header[1] & 0xff) + parameters;
            if (header.length < size) {
                header = Arrays.copyOf(header, size);
            }
            in.readFully(header, 2, size - 2);
            return size;
        } catch (EOFException e) {
            throw cutOff(e);
        }
    }

    byte[] header() {
        return header;
    }

    /** The key's id in the header that was read last. */
    String keyId() {
        return new String(header, 2, header[1] & 0xff, StandardCharsets.US_ASCII);
    }

    /** Reads the ciphertext's length and the ciphertext. */
    byte[] readCiphertext(DataInputView in) throws IOException {
        try {
            int length = readLength(in);
            byte[] bytes = new byte[Math.min(length, CHUNK)];
            in.readFully(bytes);
            while (bytes.length < length) {
                int from = bytes.length;
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, from * 2L));
                in.readFully(bytes, from, bytes.length - from);
            }
            return bytes;
        } catch (EOFException e) {
            throw cutOff(e);
        }
    }

    void copy(DataInputView in, DataOutputView out) throws IOException {
        int size = readHeader(in);
        out.write(header, 0, size);
        // Not out.write(in, length): Flink's DataOutputSerializer does not grow for that.
        byte[] ciphertext = readCiphertext(in);
        writeLength(ciphertext.length, out);
        out.write(ciphertext);
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    static void writeLength(int length, DataOutputView out) throws IOException {
        int rest = length;
        while (rest >= 0x80) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private int readLength(DataInputView in) throws IOException {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in.readByte();
            length |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                if (length >= TAG_BYTES && length <= Integer.MAX_VALUE - 8) {
                    return (int) length;
                }
                break;
            }
        }
        throw new StateEncryptionException("state " + state + ": a record's length is damaged");
    }

    private StateEncryptionException cutOff(EOFException cause) {
        return new StateEncryptionException("state " + state + ": a record is cut off", cause);
    }
}
