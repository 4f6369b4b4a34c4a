package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.keys.KeyFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FSDataOutputStreamWrapper;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage that fails once and then recovers: the file must never look complete, or tampered with. */
class FailedWriteTest {
    private static final byte[] SEVERAL_SEGMENTS = new byte[200_000];

    @TempDir
    private Path folder;

    private SealedFolder sealed;
    private boolean writesFail;
    private boolean flushesFail;
    private boolean syncsFail;

    @BeforeEach
    void makeFolder() throws IOException {
        sealed = new SealedFolder(folder);
    }

    private FSDataOutputStream create() throws IOException {
        KeyFolder keys = new KeyFolder(sealed.keys);
        return new SealedFileSystem(new FailingFileSystem(), new SealedPaths("file"), keys, false)
                .create(sealed.path("file"), WriteMode.NO_OVERWRITE);
    }

    @Test
    void nothingFollowsAWriteThatFailed() throws IOException {
        FSDataOutputStream out = create();
        out.write(SEVERAL_SEGMENTS);
        writesFail = true;
        fails(() -> out.write(SEVERAL_SEGMENTS));
        writesFail = false;
        assertThat(out.getPos()).isEqualTo(SEVERAL_SEGMENTS.length);
        everythingIsRefused(out);
        out.close();
        assertThatThrownBy(() -> sealed.read("file")).isInstanceOf(TruncatedFileException.class);
    }

    @Test
    void nothingFollowsAFlushThatFailed() throws IOException {
        FSDataOutputStream out = create();
        out.write(SEVERAL_SEGMENTS);
        flushesFail = true;
        fails(out::flush);
        flushesFail = false;
        everythingIsRefused(out);
        out.close();
        assertThatThrownBy(() -> sealed.read("file")).isInstanceOf(TruncatedFileException.class);
    }

    @Test
    void aSyncWhoseEndCouldNotBeWrittenNeverSucceeds() throws IOException {
        FSDataOutputStream out = create();
        out.write(SEVERAL_SEGMENTS);
        writesFail = true;
        fails(out::sync);
        writesFail = false;
        everythingIsRefused(out);
        out.close();
        assertThatThrownBy(() -> sealed.read("file")).isInstanceOf(TruncatedFileException.class);
    }

    /** What the storage has lost cannot be seen by a second sync, which would succeed. */
    @Test
    void aSyncThatFailedIsNotRepeated() throws IOException {
        FSDataOutputStream out = create();
        out.write(SEVERAL_SEGMENTS);
        syncsFail = true;
        fails(out::sync);
        syncsFail = false;
        everythingIsRefused(out);
        out.close();
    }

    @Test
    void aCloseWhoseEndCouldNotBeWrittenFails() throws IOException {
        FSDataOutputStream out = create();
        out.write(SEVERAL_SEGMENTS);
        writesFail = true;
        fails(out::close);
        assertThatThrownBy(() -> sealed.read("file")).isInstanceOf(TruncatedFileException.class);
    }

    private static void fails(ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOf(IOException.class).hasMessage("planned");
    }

    private static void everythingIsRefused(FSDataOutputStream out) {
        ThrowingCallable[] steps = {() -> out.write(1), () -> out.write(SEVERAL_SEGMENTS), out::flush, out::sync};
        for (ThrowingCallable step : steps) {
            assertThatThrownBy(step)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nothing can follow a write that failed");
        }
    }

    private final class FailingFileSystem extends LocalFileSystem {
        @Override
        public FSDataOutputStream create(org.apache.flink.core.fs.Path path, WriteMode mode) throws IOException {
            return new FSDataOutputStreamWrapper(super.create(path, mode)) {
                @Override
                public void write(byte[] b, int off, int len) throws IOException {
                    if (writesFail) {
                        throw new IOException("planned");
                    }
                    super.write(b, off, len);
                }

                @Override
                public void flush() throws IOException {
                    if (flushesFail) {
                        throw new IOException("planned");
                    }
                    super.flush();
                }

                @Override
                public void sync() throws IOException {
                    if (syncsFail) {
                        throw new IOException("planned");
                    }
                    super.sync();
                }
            };
        }
    }
}
