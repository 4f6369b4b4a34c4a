package io.sluice.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Savepoints of earlier versions of Sluice, which this one must read. {@code test/fixtures} has them. */
class EarlierVersionIT {
    private static final Path FIXTURES = Path.of("../../test/fixtures");

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(3)
            .build());

    @TempDir
    Path folder;

    @AfterEach
    void forgetKeys() {
        System.clearProperty(MountedStateKeys.PROPERTY);
    }

    /** By its own keys; a canonical savepoint of the heap is read by RocksDB, too. */
    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aSavepointOf010IsRestored(String backend) throws Exception {
        Path fixture = FIXTURES.resolve("0.1.0");
        System.setProperty(MountedStateKeys.PROPERTY, fixture.resolve("keys").toString());
        String savepoint = fixture.resolve("savepoint").toUri().toString();
        job(backend).restoredFrom(savepoint).drained().run(folder, SavepointFormatType.CANONICAL);
        assertThat(StatefulJob.said())
                .isEqualTo(each(
                        number -> RecordedFunction.remembered(key(number), number),
                        number -> RecordedFunction.fired(key(number))));
    }

    static StatefulJob job(String backend) {
        return new StatefulJob(backend)
                .encrypting(Encryption.KEYS_AND_VALUES)
                .inOneFile()
                .processing(numbers -> numbers.process(new RecordedFunction()));
    }

    static String key(long number) {
        return RememberingFunction.key(number);
    }

    @SafeVarargs
    static List<String> each(LongFunction<String>... texts) {
        return LongStream.range(0, StatefulJob.KEYS)
                .boxed()
                .flatMap(number -> Stream.of(texts).map(text -> text.apply(number)))
                .sorted()
                .collect(Collectors.toList());
    }
}
