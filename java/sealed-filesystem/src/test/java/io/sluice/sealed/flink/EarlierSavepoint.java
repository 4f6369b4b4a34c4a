package io.sluice.sealed.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;

/** The job of the sealed savepoints in {@code test/fixtures}: {@link MarkedJob}, with the keys of a fixture. */
final class EarlierSavepoint {
    /** Names the run in {@link MarkedJob#checked}. */
    static final String RUN = "earlier-version";

    private final Path fixture;
    private final StateFolder folder;

    EarlierSavepoint(Path fixture, Path root) throws Exception {
        this.fixture = fixture.toAbsolutePath().normalize();
        this.folder = new StateFolder(root);
    }

    SealedCluster cluster() throws Exception {
        Configuration configuration = folder.cluster("sealed+file");
        configuration.setString("sealed.key-dir", fixture.resolve("keys").toString());
        return SealedCluster.start(configuration);
    }

    /** @param from where to start from, or null */
    JobGraph job(String backend, String from) {
        Configuration configuration = folder.job("sealed+file", backend);
        // Keeps the fixture small.
        configuration.setString("execution.checkpointing.snapshot-compression", "true");
        return MarkedJob.graph(RUN, configuration, 2, from);
    }

    /** Where the recorded savepoint is: the only folder in {@code sealed-savepoint}. */
    String recorded() throws Exception {
        try (var found = Files.list(fixture.resolve("sealed-savepoint"))) {
            return "sealed+file://" + found.findFirst().orElseThrow();
        }
    }

    /** The folder for recorded savepoints. */
    String target() {
        return "sealed+file://" + fixture.resolve("sealed-savepoint");
    }
}
