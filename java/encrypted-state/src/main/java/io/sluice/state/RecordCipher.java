package io.sluice.state;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Encrypts and decrypts records, each for itself. Keeps ciphers and buffers, so each thread needs a separate one.
 *
 * <p>A record is {@code format (1 byte) | key id (1 byte length, then ASCII) | what the format needs | length (variable) |
 * ciphertext}. It is self-delimiting, so that Flink can put records one after the other.
 */
interface RecordCipher {
    /** Writes the first {@code length} bytes of {@code plain} as one record. */
    void encrypt(byte[] plain, int length, DataOutputView out) throws IOException;

    /** Reads one record. */
    byte[] decrypt(DataInputView in) throws IOException;

    /** Copies one record as it is: no key is needed. */
    void copy(DataInputView in, DataOutputView out) throws IOException;
}
