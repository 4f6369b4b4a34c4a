package io.sluice.state.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.MountedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of docs/encrypted-state.md: it is the file that the page shows, and it works. */
class BalancesIT {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberSlotsPerTaskManager(2)
            .build());

    @RegisterExtension
    static final MountedKeys KEYS = new MountedKeys();

    @BeforeAll
    static void keyOfTheExample() throws Exception {
        KEYS.rotateTo("2026-11");
    }

    @Test
    void addsUpPayments() throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(2);
        List<String> said = new ArrayList<>();
        try (CloseableIterator<String> results = Balances.of(
                        environment.fromData(new Payment("ada", 3), new Payment("grace", 5), new Payment("ada", 4)))
                .executeAndCollect()) {
            results.forEachRemaining(said::add);
        }
        assertThat(said).containsExactlyInAnyOrder("ada has 3", "grace has 5", "ada has 7");
    }

    @Test
    void isWhatThePageShows() throws Exception {
        Path module = Path.of("").toAbsolutePath();
        String source = Files.readString(module.resolve("src/test/java/io/sluice/state/example/Balances.java"));
        String page = Files.readString(module.resolve("../../docs/encrypted-state.md"));
        assertThat(page).contains("```java\n" + source.substring(source.indexOf("/**")) + "```");
    }
}
