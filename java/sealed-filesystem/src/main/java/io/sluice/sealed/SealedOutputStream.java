package io.sluice.sealed;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flink.core.fs.FSDataOutputStream;

/**
 * Encrypts what is written. The last segment and the end mark are written by {@link #sync} or {@link #close}, whichever comes
 * first: until then the file counts as cut short.
 *
 * <p>Flink closes from another thread when it cancels a task that hangs in a write: such a close does not wait for the write,
 * but breaks it, and the file stays cut short.
 *
 * <p>After a write, flush or sync that failed, all others fail too: storage that recovers must not hide the gap.
 */
final class SealedOutputStream extends FSDataOutputStream {
    private static final String AFTER_SYNC =
            ": nothing can be written to a sealed file after sync(): turn off what merges state into open files"
                    + " (execution.checkpointing.file-merging.enabled) or logs into them (execution.batch.job-recovery.enabled)";

    private final FSDataOutputStream inner;
    private final String file;
    private final OutputStream sealing;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long position;
    private volatile boolean closed;
    private boolean ended;
    private boolean failed;

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
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        writing.lock();
        try {
            checkWritable();
            if (ended) {
                throw new IOException(file + AFTER_SYNC);
            }
            unlessItFails(() -> sealing.write(b, off, len));
            position += len;
        } finally {
            writing.unlock();
        }
    }

    /** Bytes of plaintext written. */
    @Override
    public long getPos() {
        return position;
    }

    /** Passes on what is encrypted already; the rest of a segment must wait for its end. */
    @Override
    public void flush() throws IOException {
        writing.lock();
        try {
            if (closed) {
                return;
            }
            checkWritable();
            unlessItFails(inner::flush);
        } finally {
            writing.unlock();
        }
    }

    /** Makes all that was written durable, readable and authenticated, which ends the file: nothing can follow. */
    @Override
    public void sync() throws IOException {
        writing.lock();
        try {
            checkWritable();
            end();
            unlessItFails(inner::sync);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        boolean nobodyWrites = writing.tryLock();
        try (FSDataOutputStream toClose = inner) {
            if (nobodyWrites && !closed && !failed) {
                end();
            }
            closed = true;
        } finally {
            if (nobodyWrites) {
                writing.unlock();
            }
        }
    }

    private void checkWritable() throws IOException {
        if (closed) {
            throw new IOException(file + ": the stream is closed");
        }
        if (failed) {
            throw new IOException(file + ": nothing can follow a write that failed");
        }
    }

    private void end() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        unlessItFails(() -> {
            sealing.close();
            inner.write(SealedFormat.endMark());
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    /** What fails leaves a gap, or bytes that may not be durable: nothing may follow, and no end mark may cover it. */
    private void unlessItFails(Step step) throws IOException {
        failed = true;
        step.run();
        failed = false;
    }

    /** Tink closes what it writes to, and the end mark must follow. */
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
