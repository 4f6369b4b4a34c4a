package io.sluice.sealed.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file system below comes from another plugin, with a separate class loader, and injects entropy as Flink's S3 ones do. */
class OtherPluginIT {
    private static final Path PLUGIN = Path.of(System.getenv("FLINK_PLUGINS_DIR"), "entropic");

    @TempDir
    private Path root;

    @BeforeEach
    void makePlugin() throws IOException {
        Files.createDirectories(PLUGIN);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(PLUGIN.resolve("entropic.jar")))) {
            for (Class<?> part : List.of(EntropicFactory.class, EntropicFactory.Store.class)) {
                String name = part.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream bytes = part.getClassLoader().getResourceAsStream(name)) {
                    bytes.transferTo(jar);
                }
            }
            jar.putNextEntry(new JarEntry("META-INF/services/org.apache.flink.core.fs.FileSystemFactory"));
            jar.write(EntropicFactory.class.getName().getBytes("UTF-8"));
        }
    }

    @AfterEach
    void removePlugin() throws IOException {
        Files.deleteIfExists(PLUGIN.resolve("entropic.jar"));
        Files.deleteIfExists(PLUGIN);
    }

    @Test
    @Tag("not-on-2")
    void entropyIsInjectedAndEverythingIsSealed() throws Exception {
        StateFolder folder = new StateFolder(root);
        Configuration configuration = folder.job("sealed+oss", "rocksdb");
        configuration.setString("execution.checkpointing.dir", "sealed+oss://bucket" + root + "/_entropy_/checkpoints");
        configuration.setString("execution.checkpointing.interval", "1 h");
        String run = UUID.randomUUID().toString();
        try (SealedCluster cluster = SealedCluster.start(folder.cluster("sealed+oss"))) {
            JobID job = cluster.submit(MarkedJob.graph(run, configuration, 2, null));
            cluster.await(job, run, 20_000);
            String checkpoint = cluster.checkpoint(job);
            cluster.cancel(job);
            assertThat(checkpoint).startsWith("sealed+oss://bucket" + root + "/checkpoints/");
            assertThat(names(folder, "checkpoints")).containsOnly("_metadata");
            assertThat(names(folder, "drawn/checkpoints")).hasSizeGreaterThan(2);
            assertThat(folder.unsealedFiles("checkpoints")).isEmpty();
            assertThat(folder.unsealedFiles("drawn")).isEmpty();
            JobID again = cluster.submit(MarkedJob.graph(run, configuration, 3, checkpoint));
            cluster.await(again, run, 5_000);
            cluster.cancel(again);
        }
    }

    private static List<String> names(StateFolder folder, String name) throws IOException {
        return folder.contents(name).keySet().stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toList());
    }
}
