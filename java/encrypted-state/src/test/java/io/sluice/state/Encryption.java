package io.sluice.state;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** What a job encrypts of its state. */
enum Encryption {
    NONE,
    VALUES_FROM_PLAIN,
    VALUES,
    KEYS_AND_VALUES;

    TypeInformation<String> keys(String state) {
        return this == KEYS_AND_VALUES ? EncryptedTypeInformation.ofKeys(state, Types.STRING, "2026-01") : Types.STRING;
    }

    TypeInformation<String> values(String state) {
        if (this == NONE) {
            return Types.STRING;
        }
        EncryptedTypeInformation<String> values = EncryptedTypeInformation.ofValues(state, Types.STRING);
        return this == VALUES_FROM_PLAIN ? values.acceptingPlainState() : values;
    }
}
