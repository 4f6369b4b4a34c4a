package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.keys.KeyFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataInputStreamWrapper;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FSDataOutputStreamWrapper;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flink closes a stream from another thread when its task hangs in storage that does not answer. */
@Timeout(120)
class CancellationTest {
    @TempDir
    private Path folder;

    private SealedFolder sealed;
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch broken = new CountDownLatch(1);

    @BeforeEach
    void makeFolder() throws IOException {
        sealed = new SealedFolder(folder);
    }

    private SealedFileSystem hanging() {
        return new SealedFileSystem(
                new HangingFileSystem(), new SealedPaths("file"), new KeyFolder(sealed.keys), false);
    }

    /** Until it is closed. */
    private void hang() throws IOException {
        hangs.countDown();
        try {
            broken.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("closed while it was busy");
    }

    @Test
    void aWriteThatHangsIsBrokenAndTheFileStaysCutShort() throws Exception {
        FSDataOutputStream out = hanging().create(sealed.path("file"), WriteMode.NO_OVERWRITE);
        CompletableFuture<Void> write = CompletableFuture.runAsync(() -> unchecked(() -> out.write(new byte[200_000])));
        hangs.await();
        out.close();
        assertThatThrownBy(() -> write.get(60, TimeUnit.SECONDS)).hasStackTraceContaining("closed while it was busy");
        assertThatThrownBy(() -> sealed.read("file")).isInstanceOf(TruncatedFileException.class);
        assertThatThrownBy(() -> out.write(1)).hasMessageContaining("the stream is closed");
    }

    @Test
    void aFileWithAGapGetsNoEnd() throws IOException {
        broken.countDown();
        FSDataOutputStream out = hanging().create(sealed.path("file"), WriteMode.NO_OVERWRITE);
        assertThatThrownBy(() -> out.write(new byte[200_000])).hasMessageContaining("closed while it was busy");
        assertThatThrownBy(out::sync).hasMessageContaining("nothing can follow a write that failed");
        out.close();
        assertThatThrownBy(() -> sealed.read("file")).isInstanceOf(TruncatedFileException.class);
    }

    @Test
    void aReadThatHangsIsBroken() throws Exception {
        sealed.write("file", new byte[200_000]);
        FSDataInputStream in = hanging().open(sealed.path("file"));
        CompletableFuture<Void> read = CompletableFuture.runAsync(() -> unchecked(in::readAllBytes));
        hangs.await();
        in.close();
        assertThatThrownBy(() -> read.get(60, TimeUnit.SECONDS)).hasStackTraceContaining("closed while it was busy");
        assertThatThrownBy(in::read).hasMessageContaining("the stream is closed");
    }

    @Test
    void closingTwiceIsNothing() throws IOException {
        FSDataOutputStream out = sealed.fileSystem().create(sealed.path("file"), WriteMode.NO_OVERWRITE);
        out.write(1);
        out.close();
        out.close();
        assertThat(sealed.read("file")).containsExactly(1);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void unchecked(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs behind the first bytes. */
    private final class HangingFileSystem extends LocalFileSystem {
        @Override
        public FSDataOutputStream create(org.apache.flink.core.fs.Path path, WriteMode mode) throws IOException {
            FSDataOutputStream out = super.create(path, mode);
            return new FSDataOutputStreamWrapper(out) {
                @Override
                public void write(byte[] b, int off, int len) throws IOException {
                    if (getPos() > 200) {
                        hang();
                    }
                    super.write(b, off, len);
                }

                @Override
                public void close() throws IOException {
                    broken.countDown();
                    super.close();
                }
            };
        }

        @Override
        public FSDataInputStream open(org.apache.flink.core.fs.Path path) throws IOException {
            FSDataInputStream in = super.open(path);
            return new FSDataInputStreamWrapper(in) {
                @Override
                public int read(byte[] b, int off, int len) throws IOException {
                    if (getPos() > 100) {
                        hang();
                    }
                    return super.read(b, off, len);
                }

                @Override
                public void close() throws IOException {
                    broken.countDown();
                    super.close();
                }
            };
        }
    }
}
