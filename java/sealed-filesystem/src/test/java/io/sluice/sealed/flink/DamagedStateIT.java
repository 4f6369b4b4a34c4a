package io.sluice.sealed.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job does not start from state that someone has changed, and says why. */
@Tag("not-on-2")
class DamagedStateIT {
    @TempDir
    private static Path root;

    private static StateFolder folder;
    private static SealedCluster cluster;
    private static String savepoint;

    @BeforeAll
    static void makeSavepoint() throws Exception {
        folder = new StateFolder(root);
        cluster = SealedCluster.start(folder.cluster("sealed+file"));
        String run = UUID.randomUUID().toString();
        JobID job = cluster.submit(MarkedJob.graph(run, configuration(), 2, null));
        cluster.await(job, run, 20_000);
        savepoint =
                cluster.stopWithSavepoint(job, folder.uri("sealed+file", "savepoints"), SavepointFormatType.CANONICAL);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Configuration configuration() {
        return folder.job("sealed+file", "rocksdb");
    }

    private static Path stored(String name) {
        return Path.of(savepoint.replace("sealed+file:", "")).resolve(name);
    }

    private static Path largestFile() throws Exception {
        try (var files = Files.list(stored(""))) {
            return files.max((one, other) ->
                            Long.compare(one.toFile().length(), other.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void refused(Path file, byte[] content, String because) throws Exception {
        byte[] good = Files.readAllBytes(file);
        Files.write(file, content);
        try {
            assertThatThrownBy(DamagedStateIT::startAndEnd)
                    .as(file.toString())
                    .hasStackTraceContaining(because)
                    .hasStackTraceContaining(file.toString());
        } finally {
            Files.write(file, good);
        }
    }

    /** One task may run before another one has found the damage. */
    private static void startAndEnd() throws Exception {
        cluster.finish(cluster.submit(MarkedJob.graph(UUID.randomUUID().toString(), configuration(), 2, savepoint)));
    }

    private static void restore() throws Exception {
        String run = UUID.randomUUID().toString();
        JobID job = cluster.submit(MarkedJob.graph(run, configuration(), 2, savepoint));
        cluster.await(job, run, 1_000);
        cluster.cancel(job);
    }

    @Test
    void aChangedByte() throws Exception {
        for (Path file : new Path[] {stored("_metadata"), largestFile()}) {
            byte[] changed = Files.readAllBytes(file);
            changed[changed.length / 2] ^= 1;
            refused(file, changed, "TamperedFileException");
        }
    }

    @Test
    void aCut() throws Exception {
        byte[] state = Files.readAllBytes(largestFile());
        assertThat(state.length).isGreaterThan(70_000);
        refused(largestFile(), Arrays.copyOf(state, 64 * 1024), "TruncatedFileException");
    }

    @Test
    void aKeyThatIsGone() throws Exception {
        folder.writeKey("2026-12", 2);
        Path key = folder.keys().resolve("2026-11");
        Files.move(key, root.resolve("taken-out"));
        try {
            assertThatThrownBy(DamagedStateIT::startAndEnd)
                    .hasStackTraceContaining("sealed with the key 2026-11, which is not in");
        } finally {
            Files.move(root.resolve("taken-out"), key);
        }
        restore();
    }
}
