package io.sluice.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Writes the savepoint that {@link EarlierVersionIT} reads. Runs only by its name: see {@code test/fixtures/README.md}. */
class FixtureRecorder {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    Path folder;

    @Test
    void record() throws Exception {
        Path fixture = Path.of(System.getProperty("sluice.record"));
        System.setProperty(MountedStateKeys.PROPERTY, fixture.resolve("keys").toString());
        Path written = Path.of(URI.create(EarlierVersionIT.job("hashmap").run(folder, SavepointFormatType.CANONICAL)));
        assertThat(StatefulJob.said())
                .isEqualTo(EarlierVersionIT.each(number -> RecordedFunction.unknown(EarlierVersionIT.key(number))));
        Path savepoint = Files.createDirectories(fixture.resolve("savepoint"));
        try (Stream<Path> files = Files.list(written)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, savepoint.resolve(file.getFileName()));
            }
        }
    }
}
