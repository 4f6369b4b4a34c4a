package io.sluice.sealed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.junit.jupiter.api.Test;

/** Writes the files that {@link EarlierVersionTest} reads. Runs only by its name: see {@code test/fixtures/README.md}. */
class FixtureRecorder {
    private final Path fixture = Path.of(System.getProperty("sluice.record"));

    @Test
    void record() throws IOException {
        Files.createDirectories(fixture.resolve("sealed"));
        write("empty", 0);
        write("small", 300);
        write("several-segments", EarlierVersionTest.SEVERAL_SEGMENTS);
    }

    private void write(String name, int length) throws IOException {
        try (FSDataOutputStream out = EarlierVersionTest.sealing(fixture)
                .create(EarlierVersionTest.path(fixture, name), WriteMode.NO_OVERWRITE)) {
            out.write(EarlierVersionTest.content(length));
        }
    }
}
