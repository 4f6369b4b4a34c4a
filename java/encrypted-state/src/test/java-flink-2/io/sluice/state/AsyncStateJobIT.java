package io.sluice.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted state of ForSt's asynchronous kind, whose records several threads write. */
class AsyncStateJobIT {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @RegisterExtension
    static final MountedKeys KEYS = new MountedKeys();

    @TempDir
    Path savepoints;

    @Test
    void isRestoredAndNoMarkerIsWritten() throws Exception {
        Path plain = savepoints.resolve("plain");
        Path encrypted = savepoints.resolve("encrypted");
        job(Encryption.NONE).run(plain, SavepointFormatType.NATIVE);
        assertThat(Markers.count(plain, RememberingFunction.VALUE_MARKER)).isGreaterThanOrEqualTo(2 * StatefulJob.KEYS);

        String first = job(Encryption.KEYS_AND_VALUES).run(encrypted, SavepointFormatType.NATIVE);
        assertThat(StatefulJob.said()).isEqualTo(each(number -> AsyncRememberingFunction.text(number, null, null)));
        job(Encryption.KEYS_AND_VALUES).restoredFrom(first).parallelism(3).run(encrypted, SavepointFormatType.NATIVE);
        assertThat(StatefulJob.said()).isEqualTo(each(number -> {
            String value = AsyncRememberingFunction.value(number);
            return AsyncRememberingFunction.text(number, value, value);
        }));
        assertThat(Markers.count(encrypted, RememberingFunction.VALUE_MARKER)).isZero();
        assertThat(Markers.count(encrypted, RememberingFunction.KEY_MARKER)).isZero();
    }

    private static StatefulJob job(Encryption encryption) {
        return new StatefulJob("forst")
                .encrypting(encryption)
                .processing(numbers -> numbers.enableAsyncState().process(new AsyncRememberingFunction(encryption)));
    }

    private static List<String> each(LongFunction<String> text) {
        return LongStream.range(0, StatefulJob.KEYS).mapToObj(text).sorted().collect(Collectors.toList());
    }
}
