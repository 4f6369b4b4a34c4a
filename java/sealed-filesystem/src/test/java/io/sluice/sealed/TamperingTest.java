package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a stored file, its reader gets what was written or a clear error. */
class TamperingTest {
    private static final int SEGMENT = SealedFormat.SEGMENT_LENGTH;

    @TempDir
    private Path folder;

    private SealedFolder sealed;
    private byte[] content;
    private byte[] stored;

    @BeforeEach
    void makeFolder() throws IOException {
        sealed = new SealedFolder(folder);
    }

    private void write(int length) throws IOException {
        content = SealedFolder.randomBytes(new Random(length), length);
        sealed.write("file", content);
        stored = sealed.stored("file");
    }

    @Test
    void eachFlippedByteOfASmallFileIsNoticed() throws IOException {
        for (int length : new int[] {0, 1, 300}) {
            write(length);
            for (int i = 0; i < stored.length; i++) {
                for (int bits : new int[] {1, 0x80, 0xFF}) {
                    sealed.storeFlipped("file", stored, i, bits);
                    assertThatThrownBy(() -> sealed.read("file"))
                            .as("byte %d of %d", i, length)
                            .isInstanceOf(SealedFileException.class);
                }
            }
        }
    }

    @Test
    void eachFlippedByteOfASmallFileIsNoticedWherePlaintextIsAllowed() throws IOException {
        sealed.readingPlaintext();
        write(300);
        for (int i = 0; i < stored.length; i++) {
            sealed.storeFlipped("file", stored, i, 1);
            assertThatThrownBy(() -> sealed.read("file")).as("byte %d", i).isInstanceOf(SealedFileException.class);
        }
    }

    @Test
    void flippedBytesOfALongFileAreNoticedAndWhatIsBeforeStaysReadable() throws IOException {
        write(3 * SEGMENT + 1234);
        Random random = new Random(7);
        int[] atEdges = IntStream.rangeClosed(1, 3)
                .flatMap(n -> IntStream.of(n * SEGMENT - 1, n * SEGMENT))
                .toArray();
        int[] anywhere = random.ints(150, SEGMENT, stored.length).toArray();
        for (int i : IntStream.concat(Arrays.stream(atEdges), Arrays.stream(anywhere))
                .toArray()) {
            sealed.storeFlipped("file", stored, i, 1 << random.nextInt(8));
            assertThatThrownBy(() -> sealed.read("file")).as("byte %d", i).isInstanceOf(SealedFileException.class);
            if (i >= SEGMENT) {
                assertThat(sealed.readStart("file", 50_000)).isEqualTo(Arrays.copyOf(content, 50_000));
            }
        }
    }

    @Test
    void eachCutOfASmallFileIsCalledACut() throws IOException {
        for (int length : new int[] {0, 1, 300}) {
            write(length);
            for (int i = 0; i < stored.length; i++) {
                sealed.storeCut("file", stored, i);
                int left = i;
                Class<?> expected = i > 0 && i < 8 ? NotSealedException.class : TruncatedFileException.class;
                assertThatThrownBy(() -> sealed.read("file"))
                        .as("%d bytes left", left)
                        .isInstanceOf(expected);
            }
        }
    }

    @Test
    void cutsAtAndAroundEachSegmentAreNoticedHoweverTheFileIsRead() throws IOException {
        for (int length : new int[] {3 * SEGMENT + 1234, 3 * SEGMENT - 64 - 40 - 3 * 16}) {
            write(length);
            for (int segment = 1; segment * SEGMENT <= stored.length; segment++) {
                for (int i = -18; i <= 18; i++) {
                    cut(Math.min(segment * SEGMENT + i, stored.length - 1));
                }
            }
            for (int i = 1; i < 40; i++) {
                cut(stored.length - i);
            }
        }
    }

    private void cut(int left) throws IOException {
        sealed.storeCut("file", stored, left);
        assertThatThrownBy(() -> sealed.read("file"))
                .as("%d bytes left", left)
                .isInstanceOf(TruncatedFileException.class);
        // A reader that goes to what looks like the end learns of it too.
        long length = sealed.fileSystem().getFileStatus(sealed.path("file")).getLen();
        assertThatThrownBy(() -> {
                    try (var in = sealed.fileSystem().open(sealed.path("file"))) {
                        in.seek(length);
                        in.read();
                    }
                })
                .isInstanceOf(TruncatedFileException.class);
    }

    @Test
    void aCutWithAForgedEndIsNoticed() throws IOException {
        write(3 * SEGMENT);
        for (int segments = 1; segments <= 3; segments++) {
            int end = segments * SEGMENT;
            byte[] forged = Arrays.copyOf(stored, end + SealedFormat.END_MARK_LENGTH);
            System.arraycopy(SealedFormat.endMark(), 0, forged, end, SealedFormat.END_MARK_LENGTH);
            sealed.store("file", forged);
            assertThatThrownBy(() -> sealed.read("file")).isInstanceOf(TamperedFileException.class);
        }
    }

    @Test
    void exchangedSegmentsAndAppendedBytesAreNoticed() throws IOException {
        write(4 * SEGMENT);
        byte[] exchanged = stored.clone();
        System.arraycopy(stored, SEGMENT, exchanged, 2 * SEGMENT, SEGMENT);
        System.arraycopy(stored, 2 * SEGMENT, exchanged, SEGMENT, SEGMENT);
        sealed.store("file", exchanged);
        assertThatThrownBy(() -> sealed.read("file")).isInstanceOf(TamperedFileException.class);
        for (int more : new int[] {1, 8, 16, SEGMENT}) {
            sealed.store("file", Arrays.copyOf(stored, stored.length + more));
            assertThatThrownBy(() -> sealed.read("file")).isInstanceOf(SealedFileException.class);
        }
    }

    @Test
    void filesOfDifferentNamesCannotBeSwapped() throws IOException {
        sealed.write("one", new byte[100]);
        sealed.write("two", new byte[100]);
        Files.move(
                sealed.files.resolve("one"),
                sealed.files.resolve("two"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> sealed.read("two"))
                .isInstanceOf(TamperedFileException.class)
                .hasMessageContaining("another file under this name");
    }

    @Test
    void aFileMovesToAnotherFolder() throws IOException {
        sealed.write("one", new byte[] {7});
        Files.createDirectory(sealed.files.resolve("elsewhere"));
        Files.move(sealed.files.resolve("one"), sealed.files.resolve("elsewhere/one"));
        assertThat(sealed.read("elsewhere/one")).containsExactly(7);
    }
}
