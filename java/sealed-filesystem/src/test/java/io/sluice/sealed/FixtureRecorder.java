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

    /** Version 0.1.0 takes 32 printable characters as a primary key, too. */
    @Test
    void record() throws IOException {
        Files.createDirectories(fixture.resolve("sealed"));
        write("empty", 0);
        write("small", 300);
        write("several-segments", EarlierVersionTest.SEVERAL_SEGMENTS);
        usePrimary("characters");
        write("key-of-characters", 300);
        usePrimary("2026-01");
    }

    private void usePrimary(String id) throws IOException {
        Files.writeString(fixture.resolve("keys/primary"), id + "\n");
    }

    private void write(String name, int length) throws IOException {
        try (FSDataOutputStream out = EarlierVersionTest.sealing(fixture)
                .create(EarlierVersionTest.path(fixture, name), WriteMode.NO_OVERWRITE)) {
            out.write(EarlierVersionTest.content(length));
        }
    }
}
