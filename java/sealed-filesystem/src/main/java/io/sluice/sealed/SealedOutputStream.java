package io.sluice.sealed;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import org.apache.flink.core.fs.FSDataOutputStream;

/**
 * Encrypts what is written. The last segment and the end mark are written by {@link #sync} or {@link #close}, whichever comes
 * first: until then the file counts as cut short. Flink may close from another thread than the one that writes.
 */
final class SealedOutputStream extends FSDataOutputStream {
    private final FSDataOutputStream inner;
    private final String file;
    private final OutputStream sealing;
    private long position;
    private boolean ended;
    private boolean closed;

    /** Writes the header. Owns the inner stream when it returns. */
    SealedOutputStream(FSDataOutputStream inner, SealingKey key, String fileName, String file) throws IOException {
        this.inner = inner;
        this.file = file;
        SealedHeader header = SealedHeader.of(key);
        inner.write(header.bytes());
        try {
            sealing = key.aead().newEncryptingStream(new Unclosed(inner), header.associatedData(fileName));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": cannot be sealed", e);
        }
    }

    @Override
    public synchronized void write(int b) throws IOException {
        checkOpen();
        sealing.write(b);
        position++;
    }

    @Override
    public synchronized void write(byte[] b, int off, int len) throws IOException {
        checkOpen();
        sealing.write(b, off, len);
        position += len;
    }

    private void checkOpen() throws IOException {
        if (closed) throw new IOException(file + ": the stream is closed");
        if (ended) {
            throw new IOException(
                    file + ": nothing can be written to a sealed file after sync(): turn off what merges state into open files"
                            + " (execution.checkpointing.file-merging.enabled) or logs into them"
                            + " (execution.batch.job-recovery.enabled)");
        }
    }

    /** Bytes of plaintext written. */
    @Override
    public synchronized long getPos() {
        return position;
    }

    /** Passes on what is encrypted already; the rest of a segment has to wait for its end. */
    @Override
    public synchronized void flush() throws IOException {
        if (!closed) inner.flush();
    }

    /** Makes all that was written durable, readable and authenticated, which ends the file: nothing can follow. */
    @Override
    public synchronized void sync() throws IOException {
        if (closed) throw new IOException(file + ": the stream is closed");
        end();
        inner.sync();
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) return;
        closed = true;
        try (FSDataOutputStream toClose = inner) {
            end();
        }
    }

    private void end() throws IOException {
        if (ended) return;
        ended = true;
        sealing.close();
        inner.write(SealedFormat.endMark());
    }

    /** Tink closes what it writes to, and the end mark has to follow. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
        }

        @Override
        public void close() {}
    }
}
