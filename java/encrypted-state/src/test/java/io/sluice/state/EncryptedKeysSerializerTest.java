package io.sluice.state;

import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Flink asks of every serializer, of one that encrypts immutable keys. */
class EncryptedKeysSerializerTest extends SerializerTestBase<String> {
    @RegisterExtension
    static final MountedKeys KEYS = new MountedKeys();

    @Override
    protected TypeSerializer<String> createSerializer() {
        return EncryptedTypeSerializer.ofKeys("account", StringSerializer.INSTANCE, "2026-01");
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<String> getTypeClass() {
        return String.class;
    }

    @Override
    protected String[] getTestData() {
        return new String[] {"", "ada", "grace\u0000", "x".repeat(100_000)};
    }
}
