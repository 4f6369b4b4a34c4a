package io.sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs with encrypted state in a real Flink, with each state backend that this version of Flink has. */
class EncryptedStateJobIT {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @RegisterExtension
    static final MountedKeys KEYS = new MountedKeys();

    @TempDir
    Path savepoints;

    static Stream<String> backends() {
        return Stream.of("hashmap", "rocksdb", "forst").filter(EncryptedStateJobIT::isThere);
    }

    /** ForSt came with Flink 2.0. */
    private static boolean isThere(String backend) {
        return !backend.equals("forst")
                || EncryptedStateJobIT.class.getResource("/org/apache/flink/state/forst/ForStStateBackend.class")
                        != null;
    }

    @BeforeEach
    void firstKey() throws IOException {
        KEYS.rotateTo("2026-01");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void encryptedStateIsRestoredAndRescaledAndNoMarkerIsWritten(String backend) throws Exception {
        for (SavepointFormatType format : new TreeSet<>(List.of(SavepointFormatType.NATIVE, format(backend)))) {
            String first = job(backend, Encryption.KEYS_AND_VALUES).run(savepoints, format);
            assertThat(StatefulJob.said()).isEqualTo(each(RememberingFunction::unknown));
            job(backend, Encryption.KEYS_AND_VALUES)
                    .restoredFrom(first)
                    .parallelism(3)
                    .drained()
                    .run(savepoints, format);
            assertThat(StatefulJob.said()).isEqualTo(each(RememberingFunction::remembered, RememberingFunction::fired));
        }
        assertThat(Markers.count(savepoints, RememberingFunction.KEY_MARKER)).isZero();
        assertThat(Markers.count(savepoints, RememberingFunction.VALUE_MARKER)).isZero();
    }

    /** The same search finds every value without encryption, so that it works. */
    @ParameterizedTest
    @MethodSource("backends")
    @Tag("not-on-1")
    void noMarkerIsInRetainedCheckpointsOrOnTheLocalDisk(String backend) throws Exception {
        for (Encryption encryption : List.of(Encryption.NONE, Encryption.KEYS_AND_VALUES)) {
            Path checkpoints = savepoints.resolve(encryption + "-checkpoints");
            Path local = Files.createDirectory(savepoints.resolve(encryption + "-local"));
            boolean isPlain = encryption == Encryption.NONE;
            job(backend, encryption).runAndLook(checkpoints, local, () -> {
                for (Path folder : backend.equals("hashmap") ? List.of(checkpoints) : List.of(checkpoints, local)) {
                    int keys = Markers.count(folder, RememberingFunction.KEY_MARKER);
                    int values = Markers.count(folder, RememberingFunction.VALUE_MARKER);
                    assertThat(keys)
                            .as("keys in " + folder)
                            .matches(found -> isPlain ? found >= StatefulJob.KEYS : found == 0);
                    assertThat(values)
                            .as("values in " + folder)
                            .matches(found -> isPlain ? found >= 4 * StatefulJob.KEYS : found == 0);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void plainStateIsMigrated(String backend) throws Exception {
        SavepointFormatType format = format(backend);
        Path plain = savepoints.resolve("plain");
        Path migrated = savepoints.resolve("migrated");
        String first = job(backend, Encryption.NONE).run(plain, format);
        assertThat(Markers.count(plain, RememberingFunction.VALUE_MARKER)).isGreaterThanOrEqualTo(4 * StatefulJob.KEYS);
        assertThat(Markers.count(plain, RememberingFunction.KEY_MARKER)).isGreaterThanOrEqualTo(StatefulJob.KEYS);

        assertThatThrownBy(() ->
                        job(backend, Encryption.VALUES).restoredFrom(first).run(migrated, format))
                .hasStackTraceContaining("StateMigrationException");
        String second =
                job(backend, Encryption.VALUES_FROM_PLAIN).restoredFrom(first).run(migrated, format);
        assertThat(StatefulJob.said()).isEqualTo(each(RememberingFunction::remembered));
        // Native files keep what was overwritten in them until they are compacted.
        if (format == SavepointFormatType.CANONICAL) {
            assertThat(Markers.count(migrated, RememberingFunction.VALUE_MARKER))
                    .isZero();
        }
        job(backend, Encryption.VALUES).restoredFrom(second).run(savepoints.resolve("encrypted"), format);
        assertThat(StatefulJob.said()).isEqualTo(each(RememberingFunction::remembered));
    }

    @ParameterizedTest
    @MethodSource("backends")
    @Tag("not-on-1")
    void plainKeysAreRefused(String backend) throws Exception {
        String plain = job(backend, Encryption.NONE).run(savepoints, format(backend));
        assertThatThrownBy(() -> job(backend, Encryption.KEYS_AND_VALUES)
                        .restoredFrom(plain)
                        .run(savepoints, format(backend)))
                .hasStackTraceContaining("StateMigrationException");
    }

    @ParameterizedTest
    @MethodSource("backends")
    @Tag("not-on-1")
    void aKeyThatNoStateNeedsAnyMoreIsRetired(String backend) throws Exception {
        SavepointFormatType format = format(backend);
        String first = job(backend, Encryption.VALUES).run(savepoints, format);
        KEYS.rotateTo("2026-02");
        String second = job(backend, Encryption.VALUES).restoredFrom(first).run(savepoints, format);
        KEYS.remove("2026-01");
        if (backend.equals("hashmap")) {
            job(backend, Encryption.VALUES).restoredFrom(second).run(savepoints, format);
            assertThat(StatefulJob.said()).isEqualTo(each(RememberingFunction::remembered));
        } else {
            assertThatThrownBy(() ->
                            job(backend, Encryption.VALUES).restoredFrom(second).run(savepoints, format))
                    .hasStackTraceContaining("state was encrypted with the key 2026-01, which is not in");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    @Tag("not-on-1")
    void keysAreRotated(String backend) throws Exception {
        SavepointFormatType format = format(backend);
        String first = job(backend, Encryption.KEYS_AND_VALUES).run(savepoints, format);
        KEYS.rotateTo("2026-02");
        String second =
                job(backend, Encryption.KEYS_AND_VALUES).restoredFrom(first).run(savepoints, format);
        assertThat(StatefulJob.said()).isEqualTo(each(RememberingFunction::remembered));
        KEYS.remove("2026-01");
        assertThatThrownBy(() -> job(backend, Encryption.KEYS_AND_VALUES)
                        .restoredFrom(second)
                        .run(savepoints, format))
                .hasStackTraceContaining("state was encrypted with the key 2026-01, which is not in");
    }

    /** ForSt's native files have separate checksums, which are in the way of this. */
    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    @Tag("not-on-1")
    void aChangedRecordIsRefused(String backend) throws Exception {
        String savepoint = job(backend, Encryption.VALUES).run(savepoints, format(backend));
        assertThat(Markers.damageAfter(savepoints, "\u0001\u00072026-01", 40))
                .isGreaterThanOrEqualTo(4 * StatefulJob.KEYS);
        assertThatThrownBy(() ->
                        job(backend, Encryption.VALUES).restoredFrom(savepoint).run(savepoints, format(backend)))
                .hasStackTraceContaining("a record failed authentication with key 2026-01");
    }

    private static StatefulJob job(String backend, Encryption encryption) {
        return new StatefulJob(backend).encrypting(encryption);
    }

    /** ForSt has no canonical savepoints. */
    private static SavepointFormatType format(String backend) {
        return backend.equals("forst") ? SavepointFormatType.NATIVE : SavepointFormatType.CANONICAL;
    }

    @SafeVarargs
    private static List<String> each(LongFunction<String>... texts) {
        return LongStream.range(0, StatefulJob.KEYS)
                .boxed()
                .flatMap(number -> Stream.of(texts).map(text -> text.apply(number)))
                .sorted()
                .collect(Collectors.toList());
    }
}
