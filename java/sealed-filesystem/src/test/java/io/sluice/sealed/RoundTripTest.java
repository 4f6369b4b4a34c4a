package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    private static final int SEGMENT = SealedFormat.SEGMENT_LENGTH - SealedFormat.TAG_LENGTH;
    private static final int FIRST_SEGMENT = SEGMENT - SealedFormat.HEADER_LENGTH - SealedFormat.STREAM_HEADER_LENGTH;

    @TempDir
    private Path folder;

    private SealedFolder sealed;

    @BeforeEach
    void makeFolder() throws IOException {
        sealed = new SealedFolder(folder);
    }

    /** Empty, small, and around the end of each of the first segments. */
    static IntStream lengths() {
        IntStream around = IntStream.of(FIRST_SEGMENT, FIRST_SEGMENT + SEGMENT, FIRST_SEGMENT + 2 * SEGMENT);
        return IntStream.concat(
                IntStream.of(0, 1, 2, 63, 4096), around.flatMap(n -> IntStream.rangeClosed(n - 2, n + 2)));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void whatIsWrittenIsReadAndItsLengthIsShown(int length) throws IOException {
        byte[] content = SealedFolder.randomBytes(new Random(length), length);
        sealed.write("file", content);
        assertThat(sealed.read("file")).isEqualTo(content);
        FileStatus status = sealed.fileSystem().getFileStatus(sealed.path("file"));
        assertThat(status.getLen()).isEqualTo(length);
        FileStatus[] listed = sealed.fileSystem().listStatus(sealed.path(""));
        assertThat(listed).hasSize(1);
        assertThat(listed[0].getLen()).isEqualTo(length);
        assertThat(listed[0].getPath()).isEqualTo(sealed.path("file"));
        assertThat(sealed.stored("file").length).isGreaterThanOrEqualTo(SealedFormat.MINIMAL_LENGTH + length);
    }

    /** Any sequence of writes, then any sequence of seeks, skips and reads, against the same on an array. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyWayOfReadingAgreesWithTheContent(int seed) throws IOException {
        Random random = new Random(seed);
        byte[] content = SealedFolder.randomBytes(random, random.nextInt(4 * SEGMENT));
        writeInPieces(random, content);
        try (FSDataInputStream in = sealed.fileSystem().open(sealed.path("file"))) {
            int position = 0;
            for (int i = 0; i < 300; i++) {
                assertThat(in.getPos()).isEqualTo(position);
                assertThat(in.available()).isEqualTo(content.length - position);
                switch (random.nextInt(4)) {
                    case 0:
                        position = random.nextInt(content.length + 1);
                        in.seek(position);
                        break;
                    case 1:
                        position += (int) in.skip(random.nextInt(1000));
                        break;
                    case 2:
                        assertThat(in.read()).isEqualTo(position < content.length ? content[position++] & 0xFF : -1);
                        break;
                    default:
                        byte[] read = in.readNBytes(random.nextInt(2 * SEGMENT));
                        assertThat(read).isEqualTo(Arrays.copyOfRange(content, position, position + read.length));
                        position += read.length;
                }
            }
        }
    }

    private void writeInPieces(Random random, byte[] content) throws IOException {
        try (FSDataOutputStream out = sealed.fileSystem().create(sealed.path("file"), WriteMode.NO_OVERWRITE)) {
            for (int done = 0; done < content.length; ) {
                assertThat(out.getPos()).isEqualTo(done);
                int length = Math.min(random.nextBoolean() ? 1 : random.nextInt(50_000), content.length - done);
                if (length == 1) {
                    out.write(content[done]);
                } else {
                    out.write(content, done, length);
                }
                if (random.nextInt(10) == 0) {
                    out.flush();
                }
                done += length;
            }
        }
    }

    @Test
    void theSameContentIsNeverStoredTwiceTheSame() throws IOException {
        sealed.write("one", new byte[1000]);
        byte[] first = sealed.stored("one");
        sealed.write("one", new byte[1000]);
        int afterHeader = SealedFormat.HEADER_LENGTH + 1;
        assertThat(Arrays.copyOfRange(sealed.stored("one"), afterHeader, first.length))
                .isNotEqualTo(Arrays.copyOfRange(first, afterHeader, first.length));
    }

    @Test
    void syncMakesAllReadableAndEndsTheFile() throws IOException {
        FileSystem fileSystem = sealed.fileSystem();
        try (FSDataOutputStream out = fileSystem.create(sealed.path("merged"), WriteMode.NO_OVERWRITE)) {
            out.write(new byte[100_000]);
            assertThatThrownBy(() -> sealed.read("merged")).isInstanceOf(TruncatedFileException.class);
            out.sync();
            assertThat(sealed.read("merged")).hasSize(100_000).containsOnly(0);
            assertThat(out.getPos()).isEqualTo(100_000);
            out.sync();
            assertThatThrownBy(() -> out.write(1)).hasMessageContaining("execution.checkpointing.file-merging.enabled");
        }
        assertThat(sealed.read("merged")).hasSize(100_000);
    }

    @Test
    void filesThatAreContinuedAfterAFailureAreRefused() throws IOException {
        FileSystem fileSystem = sealed.fileSystem();
        assertThatThrownBy(fileSystem::createRecoverableWriter)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("use a path without sealed+");
    }
}
