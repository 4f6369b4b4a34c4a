package io.sluice.state;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Flink asks of every serializer, of one that encrypts mutable values. */
class EncryptedValuesSerializerTest extends SerializerTestBase<Account> {
    @RegisterExtension
    static final MountedKeys KEYS = new MountedKeys();

    @Override
    protected TypeSerializer<Account> createSerializer() {
        return EncryptedTypeSerializer.ofValues(
                "balance", Types.POJO(Account.class).createSerializer(new SerializerConfigImpl()));
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<Account> getTypeClass() {
        return Account.class;
    }

    @Override
    protected Account[] getTestData() {
        return new Account[] {new Account("ada", 1), new Account("", -1), new Account("grace", Long.MAX_VALUE)};
    }
}
