package io.sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeInformationTestBase;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.junit.jupiter.api.Test;

/** What Flink asks of every type, and what is ours. */
class EncryptedTypeInformationTest extends TypeInformationTestBase<EncryptedTypeInformation<?>> {
    @Override
    protected EncryptedTypeInformation<?>[] getTestData() {
        return new EncryptedTypeInformation<?>[] {
            EncryptedTypeInformation.ofValues("balance", Types.STRING),
            EncryptedTypeInformation.ofValues("limit", Types.STRING),
            EncryptedTypeInformation.ofValues("balance", Types.LONG),
            EncryptedTypeInformation.ofValues("balance", Types.STRING).acceptingPlainState(),
            EncryptedTypeInformation.ofKeys("balance", Types.STRING, "2026-01"),
            EncryptedTypeInformation.ofKeys("balance", Types.STRING, "2026-02"),
        };
    }

    @Test
    void makesTheSameSerializerForBothVersionsOfFlink() {
        ExecutionConfig config = new ExecutionConfig();
        EncryptedTypeInformation<String> keys = EncryptedTypeInformation.ofKeys("account", Types.STRING, "2026-01");
        assertThat(keys.createSerializer(config))
                .isEqualTo(keys.createSerializer(config.getSerializerConfig()))
                .isEqualTo(EncryptedTypeSerializer.ofKeys("account", StringSerializer.INSTANCE, "2026-01"));
    }

    @Test
    void neverAcceptsPlainKeys() {
        EncryptedTypeInformation<String> keys = EncryptedTypeInformation.ofKeys("account", Types.STRING, "2026-01");
        assertThatThrownBy(keys::acceptingPlainState).hasMessageContaining("Flink cannot migrate keys");
    }
}
