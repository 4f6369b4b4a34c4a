package io.sluice.sealed.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.util.WrappingProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose state is sealed continue from wherever Flink can continue from, with another parallelism where Flink can do that. */
class RestoreIT {
    @TempDir
    private static Path root;

    private static StateFolder folder;
    private static SealedCluster cluster;
    private final String run = UUID.randomUUID().toString();

    @BeforeAll
    static void start() throws Exception {
        folder = new StateFolder(root);
        cluster = SealedCluster.start(folder.cluster("sealed+file"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void thePluginComesFromItsFolderByItsOwnClassLoader() throws Exception {
        FileSystem fileSystem =
                FileSystem.getUnguardedFileSystem(root.resolve("x").toUri().resolve("sealed+file:///x"));
        Object inner = ((WrappingProxy<?>) fileSystem).getWrappedDelegate();
        assertThat(inner.getClass().getName()).isEqualTo("io.sluice.sealed.SealedFileSystem");
        assertThat(inner.getClass().getClassLoader().getClass().getName()).contains("PluginLoader");
    }

    @ParameterizedTest
    @Tag("not-on-1")
    @ValueSource(strings = {"hashmap", "rocksdb", "changelog"})
    void fromARetainedCheckpoint(String backend) throws Exception {
        JobID job = begin(backend, "sealed+file", 2);
        String checkpoint = cluster.checkpoint(job);
        cluster.cancel(job);
        // With its changelog, Flink 2.3.0 loses changes if a checkpoint soon follows a restore with another
        // parallelism, also without the plugin.
        goOn(backend, checkpoint, backend.equals("changelog") ? 2 : 3);
    }

    /** ForSt keeps its working files in the checkpoint dir. It came with Flink 2. */
    @Test
    @Tag("not-on-1")
    void fromACheckpointOfForSt() throws Exception {
        assumeTrue(EnvironmentInformation.getVersion().startsWith("2."));
        JobID job = begin("forst", "sealed+file", 2);
        String checkpoint = cluster.checkpoint(job);
        cluster.cancel(job);
        assertThat(folder.unsealedFiles("checkpoints/" + job)).isEmpty();
        goOn("forst", checkpoint, 3);
    }

    @ParameterizedTest
    @Tag("not-on-2")
    @ValueSource(strings = {"hashmap", "rocksdb", "changelog"})
    void fromACanonicalSavepoint(String backend) throws Exception {
        goOn(backend, savepoint(begin(backend, "sealed+file", 2), "sealed+file", SavepointFormatType.CANONICAL), 1);
    }

    @ParameterizedTest
    @Tag("not-on-1")
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void fromANativeSavepointThatWasMoved(String backend) throws Exception {
        String savepoint = savepoint(begin(backend, "sealed+file", 2), "sealed+file", SavepointFormatType.NATIVE);
        Path moved = root.resolve("moved-" + run);
        Files.move(Path.of(savepoint.replace("sealed+file:", "")), moved);
        goOn(backend, "sealed+file://" + moved, 4);
    }

    @Test
    @Tag("not-on-2")
    void acrossARotationOfTheKey() throws Exception {
        JobID job = begin("rocksdb", "sealed+file", 2);
        folder.writeKey("2026-12", 2);
        cluster.await(job, run, 20_000);
        String checkpoint = cluster.checkpoint(job);
        cluster.cancel(job);
        String metadata = new String(
                Files.readAllBytes(Path.of(checkpoint.replace("sealed+file:", ""), "_metadata")), "ISO-8859-1");
        assertThat(metadata.substring(0, 64)).contains("2026-12");
        goOn("rocksdb", checkpoint, 3);
    }

    @Test
    @Tag("not-on-1")
    void fromPlainCheckpointsAndSavepointsIntoSealedOnes() throws Exception {
        String savepoint = savepoint(begin("rocksdb", "file", 2), "file", SavepointFormatType.CANONICAL);
        JobID job = cluster.submit(MarkedJob.graph(run, folder.job("sealed+file", "rocksdb"), 3, savepoint));
        cluster.await(job, run, 5_000);
        String checkpoint = cluster.checkpoint(job);
        cluster.cancel(job);
        goOn("rocksdb", checkpoint, 1);
    }

    /** Runs a new job until it has some state and some checkpoints. */
    private JobID begin(String backend, String scheme, int parallelism) throws Exception {
        JobID job = cluster.submit(MarkedJob.graph(run, folder.job(scheme, backend), parallelism, null));
        cluster.await(job, run, 20_000);
        return job;
    }

    private String savepoint(JobID job, String scheme, SavepointFormatType format) throws Exception {
        return cluster.stopWithSavepoint(job, folder.uri(scheme, "savepoints-" + run), format);
    }

    /** Starts from there, and from a checkpoint of that again. */
    private void goOn(String backend, String from, int parallelism) throws Exception {
        JobID job = cluster.submit(MarkedJob.graph(run, folder.job("sealed+file", backend), parallelism, from));
        cluster.await(job, run, 10_000);
        String checkpoint = cluster.checkpoint(job);
        cluster.cancel(job);
        JobID again = cluster.submit(MarkedJob.graph(run, folder.job("sealed+file", backend), 2, checkpoint));
        cluster.await(again, run, 5_000);
        cluster.cancel(again);
    }
}
