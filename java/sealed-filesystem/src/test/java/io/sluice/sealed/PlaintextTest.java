package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.flink.core.fs.FileStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaintextTest {
    private static final byte[] PLAIN = "{\"result\": \"written before sealing\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private SealedFolder sealed;

    @BeforeEach
    void makeFolder() throws IOException {
        sealed = new SealedFolder(folder);
        sealed.store("plain", PLAIN);
        sealed.store("empty", new byte[0]);
        sealed.write("sealed", new byte[100]);
    }

    @Test
    void aPlainFileIsAnErrorThatNamesTheSwitch() {
        assertThatThrownBy(() -> sealed.read("plain"))
                .isInstanceOf(NotSealedException.class)
                .hasMessageContaining("sealed.read-plaintext: true");
    }

    @Test
    void withTheSwitchPlainFilesAreReadBesideSealedOnes() throws IOException {
        sealed.readingPlaintext();
        assertThat(sealed.read("plain")).isEqualTo(PLAIN);
        assertThat(sealed.read("empty")).isEmpty();
        assertThat(sealed.read("sealed")).hasSize(100);
        FileStatus[] listed = sealed.fileSystem().listStatus(sealed.path(""));
        assertThat(listed).extracting(FileStatus::getLen).containsExactlyInAnyOrder((long) PLAIN.length, 0L, 100L);
    }

    @Test
    void whatIsWrittenWhileMigratingIsSealed() throws IOException {
        sealed.readingPlaintext();
        sealed.write("plain", PLAIN);
        assertThat(SealedFormat.startsWithMagic(sealed.stored("plain"))).isTrue();
        sealed.store("job_DIRTY.json", PLAIN);
        sealed.fileSystem().rename(sealed.path("job_DIRTY.json"), sealed.path("job.json"));
        assertThat(SealedFormat.startsWithMagic(sealed.stored("job.json"))).isTrue();
        assertThat(sealed.read("job.json")).isEqualTo(PLAIN);
    }
}
