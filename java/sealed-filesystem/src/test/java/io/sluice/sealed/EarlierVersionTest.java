package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.keys.KeyFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sealed files of earlier versions of Sluice, which this one must read. {@code test/fixtures} has them. */
class EarlierVersionTest {
    private static final Path FIXTURES = Path.of("../../test/fixtures");

    /** More than two segments, so that there is a first, a middle and a last one. */
    static final int SEVERAL_SEGMENTS = 140_000;

    @ParameterizedTest
    @CsvSource({"empty,0", "small,300", "several-segments," + SEVERAL_SEGMENTS, "key-of-characters,300"})
    void aFileOf010IsRead(String name, int length) throws IOException {
        Path fixture = FIXTURES.resolve("0.1.0");
        assertThat(new KeyFolder(fixture.resolve("keys")).ring().primary().id()).isEqualTo("2026-01");
        FileSystem files = sealing(fixture);
        assertThat(files.getFileStatus(path(fixture, name)).getLen()).isEqualTo(length);
        try (FSDataInputStream in = files.open(path(fixture, name))) {
            assertThat(in.readAllBytes()).isEqualTo(content(length));
            in.seek(length / 2);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content(length), length / 2, length));
        }
    }

    static FileSystem sealing(Path fixture) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(SealedOptions.KEY_DIR, fixture.resolve("keys").toString());
        SealedFileSystemFactory factory = new SealedSchemes.File();
        factory.configure(configuration);
        return factory.create(fixture.toUri());
    }

    static org.apache.flink.core.fs.Path path(Path fixture, String name) {
        String path = fixture.toAbsolutePath()
                .normalize()
                .resolve("sealed")
                .resolve(name)
                .toString();
        return new org.apache.flink.core.fs.Path("sealed+file", null, path);
    }

    /** The same bytes in each run: java.util.Random's sequence is part of its specification. */
    static byte[] content(int length) {
        return SealedFolder.randomBytes(new Random(length), length);
    }
}
