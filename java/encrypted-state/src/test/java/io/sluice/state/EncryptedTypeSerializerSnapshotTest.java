package io.sluice.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EncryptedTypeSerializerSnapshotTest {
    @RegisterExtension
    static final MountedKeys KEYS = new MountedKeys();

    private static final TypeSerializer<String> PLAIN = StringSerializer.INSTANCE;
    private static final EncryptedTypeSerializer<String> VALUES = EncryptedTypeSerializer.ofValues("balance", PLAIN);
    private static final EncryptedTypeSerializer<String> OF_KEYS =
            EncryptedTypeSerializer.ofKeys("balance", PLAIN, "2026-01");

    @Test
    void theSameSerializerGoesOn() throws IOException {
        assertThat(resolve(VALUES, VALUES).isCompatibleAsIs()).isTrue();
        assertThat(resolve(OF_KEYS, OF_KEYS).isCompatibleAsIs()).isTrue();
    }

    @Test
    void plainStateIsMigratedOnlyWhereItIsAccepted() throws IOException {
        assertThat(resolve(PLAIN, VALUES).isIncompatible()).isTrue();
        assertThat(resolve(PLAIN, VALUES.acceptingPlainState()).isCompatibleAfterMigration())
                .isTrue();
        assertThat(resolve(PLAIN, OF_KEYS).isIncompatible()).isTrue();
    }

    @Test
    void plainStateOfAnotherTypeIsRefused() throws IOException {
        EncryptedTypeSerializer<Long> longs = EncryptedTypeSerializer.ofValues("balance", LongSerializer.INSTANCE);
        @SuppressWarnings({"unchecked", "rawtypes"})
        TypeSerializerSchemaCompatibility<?> result = resolve((TypeSerializer) PLAIN, longs.acceptingPlainState());
        assertThat(result.isIncompatible()).isTrue();
    }

    @Test
    void encryptedStateIsNotReadAsPlain() throws IOException {
        assertThat(resolve(VALUES, PLAIN).isIncompatible()).isTrue();
    }

    @Test
    void anotherNameAnotherKindAndAnotherKeyOfKeysAreRefused() throws IOException {
        assertThat(resolve(VALUES, EncryptedTypeSerializer.ofValues("limit", PLAIN))
                        .isIncompatible())
                .isTrue();
        assertThat(resolve(VALUES, OF_KEYS).isIncompatible()).isTrue();
        assertThat(resolve(OF_KEYS, VALUES).isIncompatible()).isTrue();
        assertThat(resolve(OF_KEYS, EncryptedTypeSerializer.ofKeys("balance", PLAIN, "2026-02"))
                        .isIncompatible())
                .isTrue();
    }

    @Test
    void aRestoredSerializerReadsWhatWasWritten() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        VALUES.serialize("planted", out);
        TypeSerializer<String> restored = written(VALUES).restoreSerializer();
        assertThat(restored).isEqualTo(VALUES);
        assertThat(restored.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo("planted");
    }

    @Test
    void aSnapshotSaysNothingOfTheKeyFolder() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, OF_KEYS.snapshotConfiguration());
        String text = new String(out.getCopyOfBuffer(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains("2026-01").doesNotContain(System.getProperty(MountedStateKeys.PROPERTY));
    }

    private static <T> TypeSerializerSchemaCompatibility<T> resolve(TypeSerializer<T> before, TypeSerializer<T> now)
            throws IOException {
        return now.snapshotConfiguration().resolveSchemaCompatibility(written(before));
    }

    /** A snapshot that has been through a checkpoint. */
    private static <T> TypeSerializerSnapshot<T> written(TypeSerializer<T> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        return TypeSerializerSnapshot.readVersionedSnapshot(
                in, EncryptedTypeSerializerSnapshotTest.class.getClassLoader());
    }
}
