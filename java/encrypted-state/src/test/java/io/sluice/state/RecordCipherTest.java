package io.sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What must hold for both ciphers, whatever is written. */
class RecordCipherTest {
    enum Kind {
        GCM,
        SIV;

        RecordCipher cipher(String state, TestKeys keys) {
            return this == GCM ? new GcmRecords(state, keys) : new SivRecords(state, "a", keys);
        }

        RecordCipher cipher() {
            return cipher("balance", TestKeys.of("a", "b"));
        }
    }

    @Property
    void recordsAreReadAsTheyWereWrittenOneAfterTheOther(@ForAll Kind kind, @ForAll @Size(max = 5) List<byte[]> records)
            throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(written(kind.cipher(), records));
        RecordCipher reader = kind.cipher();
        for (byte[] record : records) {
            assertThat(reader.decrypt(in)).isEqualTo(record);
        }
        assertThat(in.available()).isZero();
    }

    @Property
    void copiesAreTheSameBytesAndNeedNoKey(@ForAll Kind kind, @ForAll @Size(max = 5) List<byte[]> records)
            throws IOException {
        byte[] bytes = written(kind.cipher(), records);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        DataOutputSerializer out = new DataOutputSerializer(64);
        RecordCipher keyless = kind.cipher("other", TestKeys.of("none"));
        for (int i = 0; i < records.size(); i++) {
            keyless.copy(in, out);
        }
        assertThat(out.getCopyOfBuffer()).isEqualTo(bytes);
    }

    @Property(tries = 60)
    void eachFlippedBitIsDetected(@ForAll Kind kind, @ForAll @Size(max = 300) byte[] record) throws IOException {
        byte[] bytes = written(kind.cipher(), List.of(record));
        RecordCipher reader = kind.cipher();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> reader.decrypt(new DataInputDeserializer(changed)))
                    .as("bit " + bit)
                    .isInstanceOf(StateEncryptionException.class);
        }
    }

    @Property(tries = 60)
    void eachTruncationIsDetected(@ForAll Kind kind, @ForAll @Size(max = 300) byte[] record) throws IOException {
        byte[] bytes = written(kind.cipher(), List.of(record));
        RecordCipher reader = kind.cipher();
        assertThatThrownBy(() -> reader.decrypt(new DataInputDeserializer(new byte[0])))
                .isInstanceOf(EOFException.class);
        for (int size = 1; size < bytes.length; size++) {
            byte[] cut = Arrays.copyOf(bytes, size);
            assertThatThrownBy(() -> reader.decrypt(new DataInputDeserializer(cut)))
                    .isInstanceOf(StateEncryptionException.class);
        }
    }

    @Property(tries = 100)
    void anotherStateOrAnotherKeyCannotReadIt(@ForAll Kind kind, @ForAll byte[] record) throws IOException {
        byte[] bytes = written(kind.cipher(), List.of(record));
        StateEncryptionException error = catchThrowableOfType(
                StateEncryptionException.class,
                () -> kind.cipher("limit", TestKeys.of("a")).decrypt(new DataInputDeserializer(bytes)));
        assertThat(error.getMessage()).startsWith("state limit: a record failed authentication with key a:");
        assertThatThrownBy(() -> kind.cipher("balance", TestKeys.of("b")).decrypt(new DataInputDeserializer(bytes)))
                .isInstanceOf(StateEncryptionException.class);
    }

    @Property
    void keysAreTheSameBytesEachTimeAndValuesAreNot(@ForAll byte[] record) throws IOException {
        assertThat(written(Kind.SIV.cipher(), List.of(record))).isEqualTo(written(Kind.SIV.cipher(), List.of(record)));
        RecordCipher values = Kind.GCM.cipher();
        byte[] first = written(values, List.of(record));
        byte[] second = written(values, List.of(record));
        assertThat(first).isNotEqualTo(second);
        assertThat(first).isNotEqualTo(written(Kind.GCM.cipher(), List.of(record)));
    }

    private static byte[] written(RecordCipher cipher, List<byte[]> records) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        for (byte[] record : records) {
            cipher.encrypt(record, record.length, out);
        }
        return out.getCopyOfBuffer();
    }
}
