package io.sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class GcmRecordsTest {
    private static final byte[] PLAIN = {1, 2, 3};

    @Test
    void noNonceIsUsedTwiceAndASaltIsLeftBeforeItsCounterEnds() throws IOException {
        Set<ByteBuffer> saltsAndCounters = new HashSet<>();
        Set<ByteBuffer> salts = new HashSet<>();
        GcmRecords writer = new GcmRecords("balance", TestKeys.of("a"), 3);
        GcmRecords reader = new GcmRecords("balance", TestKeys.of("a"));
        for (int i = 0; i < 1000; i++) {
            byte[] record = encrypt(writer, PLAIN);
            assertThat(saltsAndCounters.add(ByteBuffer.wrap(Arrays.copyOfRange(record, 3, 23))))
                    .isTrue();
            salts.add(ByteBuffer.wrap(Arrays.copyOfRange(record, 3, 19)));
            assertThat(reader.decrypt(new DataInputDeserializer(record))).isEqualTo(PLAIN);
        }
        assertThat(salts).hasSize(334);
    }

    @Test
    void aSecondThreadCannotUseTheCounter() throws Exception {
        GcmRecords shared = new GcmRecords("balance", TestKeys.of("a"));
        encrypt(shared, PLAIN);
        ExecutorService other = Executors.newSingleThreadExecutor(work -> new Thread(work, "other"));
        try {
            assertThatThrownBy(() -> other.submit(() -> encrypt(shared, PLAIN)).get())
                    .hasRootCauseInstanceOf(StateEncryptionException.class)
                    .hasRootCauseMessage(
                            "state balance: threads " + Thread.currentThread().getName() + " and other"
                                    + " write with one serializer, which could use a nonce twice:"
                                    + " give each thread its own duplicate()");
        } finally {
            other.shutdownNow();
        }
        encrypt(shared, PLAIN);
    }

    @Test
    void ofThreadsThatBeginAtOnceOneOwnsTheCounter() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 200; round++) {
                GcmRecords shared = new GcmRecords("balance", TestKeys.of("a"));
                CyclicBarrier start = new CyclicBarrier(threads);
                Callable<Boolean> write = () -> {
                    start.await();
                    try {
                        encrypt(shared, PLAIN);
                        return true;
                    } catch (StateEncryptionException refused) {
                        return false;
                    }
                };
                int owners = 0;
                for (Future<Boolean> wrote : pool.invokeAll(Collections.nCopies(threads, write))) {
                    owners += wrote.get() ? 1 : 0;
                }
                assertThat(owners).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void recordsOfMoreSaltsThanAreKeptAreReadInAnyOrder() throws IOException {
        byte[][] records = new byte[300][];
        for (int i = 0; i < records.length; i++) {
            records[i] = encrypt(new GcmRecords("balance", TestKeys.of("a")), new byte[] {(byte) i});
        }
        GcmRecords reader = new GcmRecords("balance", TestKeys.of("a"));
        for (int step : new int[] {1, 7, 299}) {
            for (int i = 0; i < records.length; i++) {
                int at = i * step % records.length;
                assertThat(reader.decrypt(new DataInputDeserializer(records[at])))
                        .isEqualTo(new byte[] {(byte) at});
            }
        }
    }

    @Test
    void aNewPrimaryKeyWritesAndTheOldOneReads() throws IOException {
        byte[] old = encrypt(new GcmRecords("balance", TestKeys.of("2026-01")), PLAIN);
        GcmRecords rotated = new GcmRecords("balance", TestKeys.of("2026-02", "2026-01"));
        assertThat(rotated.decrypt(new DataInputDeserializer(old))).isEqualTo(PLAIN);
        byte[] fresh = encrypt(rotated, PLAIN);
        GcmRecords retired = new GcmRecords("balance", TestKeys.of("2026-02"));
        assertThat(retired.decrypt(new DataInputDeserializer(fresh))).isEqualTo(PLAIN);
        assertThatThrownBy(() -> retired.decrypt(new DataInputDeserializer(old)))
                .isInstanceOf(StateEncryptionException.class);
    }

    @Test
    void aRecordOf100BytesTakesLessThan50More() throws IOException {
        assertThat(encrypt(new GcmRecords("balance", TestKeys.of("2026-01")), new byte[100]))
                .hasSize(100 + 46);
    }

    @Test
    void aDamagedLengthCostsLittleMemory() throws IOException {
        byte[] record = encrypt(new GcmRecords("balance", TestKeys.of("a")), PLAIN);
        byte[] huge = Arrays.copyOf(record, record.length + 4);
        byte[] length = {(byte) 0xf0, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        System.arraycopy(length, 0, huge, 23, length.length);
        GcmRecords reader = new GcmRecords("balance", TestKeys.of("a"));
        StateEncryptionException error = catchThrowableOfType(
                StateEncryptionException.class, () -> reader.decrypt(new DataInputDeserializer(huge)));
        assertThat(error.getMessage()).isEqualTo("state balance: a record is cut off");
    }

    private static byte[] encrypt(GcmRecords cipher, byte[] plain) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        cipher.encrypt(plain, plain.length, out);
        return out.getCopyOfBuffer();
    }
}
