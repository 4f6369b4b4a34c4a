package io.sluice.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
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
            assertTrue(saltsAndCounters.add(ByteBuffer.wrap(Arrays.copyOfRange(record, 3, 23))));
            salts.add(ByteBuffer.wrap(Arrays.copyOfRange(record, 3, 19)));
            assertArrayEquals(PLAIN, reader.decrypt(new DataInputDeserializer(record)));
        }
        assertEquals(334, salts.size());
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
                assertArrayEquals(new byte[] {(byte) at}, reader.decrypt(new DataInputDeserializer(records[at])));
            }
        }
    }

    @Test
    void aNewPrimaryKeyWritesAndTheOldOneReads() throws IOException {
        byte[] old = encrypt(new GcmRecords("balance", TestKeys.of("2026-01")), PLAIN);
        GcmRecords rotated = new GcmRecords("balance", TestKeys.of("2026-02", "2026-01"));
        assertArrayEquals(PLAIN, rotated.decrypt(new DataInputDeserializer(old)));
        byte[] fresh = encrypt(rotated, PLAIN);
        GcmRecords retired = new GcmRecords("balance", TestKeys.of("2026-02"));
        assertArrayEquals(PLAIN, retired.decrypt(new DataInputDeserializer(fresh)));
        assertThrows(StateEncryptionException.class, () -> retired.decrypt(new DataInputDeserializer(old)));
    }

    @Test
    void aRecordOf100BytesTakesLessThan50More() throws IOException {
        assertEquals(100 + 46, encrypt(new GcmRecords("balance", TestKeys.of("2026-01")), new byte[100]).length);
    }

    @Test
    void aDamagedLengthCostsLittleMemory() throws IOException {
        byte[] record = encrypt(new GcmRecords("balance", TestKeys.of("a")), PLAIN);
        byte[] huge = Arrays.copyOf(record, record.length + 4);
        byte[] length = {(byte) 0xf0, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        System.arraycopy(length, 0, huge, 23, length.length);
        GcmRecords reader = new GcmRecords("balance", TestKeys.of("a"));
        StateEncryptionException error =
                assertThrows(StateEncryptionException.class, () -> reader.decrypt(new DataInputDeserializer(huge)));
        assertEquals("state balance: a record is cut off", error.getMessage());
    }

    private static byte[] encrypt(GcmRecords cipher, byte[] plain) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        cipher.encrypt(plain, plain.length, out);
        return out.getCopyOfBuffer();
    }
}
