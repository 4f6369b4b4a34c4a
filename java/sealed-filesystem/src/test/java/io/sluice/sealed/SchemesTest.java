package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.keys.KeyFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.EntropyInjectingFileSystem;
import org.apache.flink.core.fs.EntropyInjector;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemesTest {
    @Test
    void eachSchemeHasAFactory() {
        List<String> schemes = ServiceLoader.load(FileSystemFactory.class).stream()
                .map(provider -> provider.get().getScheme())
                .filter(scheme -> scheme.startsWith("sealed+"))
                .collect(Collectors.toList());
        assertThat(schemes)
                .containsExactlyInAnyOrder(
                        "sealed+file",
                        "sealed+hdfs",
                        "sealed+s3",
                        "sealed+s3a",
                        "sealed+s3p",
                        "sealed+gs",
                        "sealed+abfs",
                        "sealed+abfss",
                        "sealed+oss");
    }

    @Test
    void pathsDifferInTheSchemeOnly() {
        SealedPaths paths = new SealedPaths("s3");
        var path = new org.apache.flink.core.fs.Path("sealed+s3://bucket/a b/%41/_metadata");
        assertThat(paths.inner(path).toString()).isEqualTo("s3://bucket/a b/%41/_metadata");
        assertThat(paths.sealed(paths.inner(path))).isEqualTo(path);
        assertThat(paths.sealed(URI.create("s3://bucket/"))).isEqualTo(URI.create("sealed+s3://bucket/"));
    }

    @Test
    void entropyIsTheInnerFileSystems(@TempDir Path folder) throws IOException {
        SealedFolder sealed = new SealedFolder(folder);
        KeyFolder keys = new KeyFolder(sealed.keys);
        var path = new org.apache.flink.core.fs.Path("sealed+s3://bucket/_entropy_/checkpoints");
        FileSystem entropic = new SealedFileSystem(new EntropicFileSystem(), new SealedPaths("s3"), keys, false);
        assertThat(EntropyInjector.isEntropyInjecting(entropic, path)).isTrue();
        assertThat(EntropyInjector.addEntropy(entropic, path).toString())
                .isEqualTo("sealed+s3://bucket/four/checkpoints");
        assertThat(EntropyInjector.removeEntropyMarkerIfPresent(entropic, path).toString())
                .isEqualTo("sealed+s3://bucket/checkpoints");
        assertThat(EntropyInjector.isEntropyInjecting(sealed.fileSystem(), path))
                .isFalse();
        assertThat(EntropyInjector.addEntropy(sealed.fileSystem(), path)).isEqualTo(path);
    }

    private static final class EntropicFileSystem extends LocalFileSystem implements EntropyInjectingFileSystem {
        @Override
        public String getEntropyInjectionKey() {
            return "_entropy_";
        }

        @Override
        public String generateEntropy() {
            return "four";
        }
    }
}
