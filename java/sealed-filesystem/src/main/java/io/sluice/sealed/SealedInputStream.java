package io.sluice.sealed;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.GeneralSecurityException;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * Reads a sealed file from any position. Every byte that it gives out is authentic; the end of the file is only reported when
 * the last segment has been authenticated as the last one.
 */
final class SealedInputStream extends FSDataInputStream {
    private final FSDataInputStream inner;
    private final String file;
    private final long length;
    private final SeekableByteChannel plaintext;
    private final byte[] one = new byte[1];
    private boolean endIsAuthentic;
    private volatile boolean closed;

    private SealedInputStream(FSDataInputStream inner, String file, long length, SeekableByteChannel plaintext) {
        this.inner = inner;
        this.file = file;
        this.length = length;
        this.plaintext = plaintext;
    }

    /**
     * Reads on after the header.
     *
     * @param length bytes of the sealed file
     * @param file its path, for messages
     */
    static SealedInputStream open(
            FSDataInputStream inner, String file, long length, SealingKey key, byte[] associatedData)
            throws IOException {
        if (length < SealedFormat.MINIMAL_LENGTH) {
            throw new TruncatedFileException(file);
        }
        CiphertextChannel sealed = new CiphertextChannel(inner, file, length - SealedFormat.END_MARK_LENGTH);
        SeekableByteChannel plaintext;
        try {
            plaintext = key.aead().newSeekableDecryptingChannel(sealed, associatedData);
        } catch (IOException e) {
            // Tink only looks at the length here: a segment is shorter than its tag.
            throw new TruncatedFileException(file);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": cannot be opened", e);
        }
        SealedInputStream stream = new SealedInputStream(inner, file, length, plaintext);
        if (plaintext.size() == 0) {
            stream.checkEmpty(sealed, key, associatedData);
        }
        return stream;
    }

    /** Tink's channel never looks at the only segment of an empty file. */
    private void checkEmpty(CiphertextChannel sealed, SealingKey key, byte[] associatedData) throws IOException {
        byte[] all = new byte[(int) sealed.size() - SealedFormat.HEADER_LENGTH];
        CiphertextChannel.readFully(inner, file, SealedFormat.HEADER_LENGTH, all, 0, all.length);
        try (InputStream stream = key.aead().newDecryptingStream(new ByteArrayInputStream(all), associatedData)) {
            if (stream.read() >= 0) {
                throw new TamperedFileException(file);
            }
        } catch (SealedFileException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            throw notAuthentic();
        }
        checkEndMark();
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (closed) {
            throw new IOException(file + ": the stream is closed");
        }
        if (count == 0) {
            return 0;
        }
        if (plaintext.position() >= plaintext.size()) {
            checkEnd();
            return -1;
        }
        return decrypt(ByteBuffer.wrap(target, offset, count));
    }

    private int decrypt(ByteBuffer target) throws IOException {
        try {
            return plaintext.read(target);
        } catch (SealedFileException e) {
            throw e;
        } catch (IOException e) {
            if (e.getCause() instanceof GeneralSecurityException) {
                throw notAuthentic();
            }
            throw e;
        }
    }

    /** Reads the last byte if nobody has, so that a file that was cut is not taken for a shorter one. */
    private void checkEnd() throws IOException {
        if (endIsAuthentic || plaintext.size() == 0) {
            return;
        }
        long position = plaintext.position();
        plaintext.position(plaintext.size() - 1);
        decrypt(ByteBuffer.wrap(one));
        plaintext.position(position);
        checkEndMark();
        endIsAuthentic = true;
    }

    private void checkEndMark() throws IOException {
        if (!SealedFormat.isEndMark(endOfFile())) {
            throw new TamperedFileException(file);
        }
    }

    /** Which of the two it is: a file that was cut has lost its end mark. */
    private SealedFileException notAuthentic() throws IOException {
        boolean ended = SealedFormat.isEndMark(endOfFile());
        return ended ? new TamperedFileException(file) : new TruncatedFileException(file);
    }

    private byte[] endOfFile() throws IOException {
        byte[] end = new byte[SealedFormat.END_MARK_LENGTH];
        CiphertextChannel.readFully(inner, file, length - end.length, end, 0, end.length);
        return end;
    }

    @Override
    public void seek(long desired) throws IOException {
        if (desired < 0) {
            throw new EOFException(file + ": there is no position " + desired);
        }
        plaintext.position(desired);
    }

    @Override
    public long getPos() throws IOException {
        return plaintext.position();
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, plaintext.size() - plaintext.position()));
        plaintext.position(plaintext.position() + skipped);
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, plaintext.size() - plaintext.position()));
    }

    /** Does not wait for a read that hangs in another thread, but breaks it. Tink's channel has nothing else to close. */
    @Override
    public void close() throws IOException {
        closed = true;
        inner.close();
    }
}
