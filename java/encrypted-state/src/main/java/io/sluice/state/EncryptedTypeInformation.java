package io.sluice.state;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Another type, whose values are encrypted where Flink stores them: for state descriptors and {@code keyBy}.
 *
 * @param <T> the other type
 */
@PublicEvolving
public final class EncryptedTypeInformation<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final String state;
    private final TypeInformation<T> inner;
    private final String keyId;
    private final boolean plainAccepted;

    private EncryptedTypeInformation(String state, TypeInformation<T> inner, String keyId, boolean plainAccepted) {
        this.state = Objects.requireNonNull(state, "state");
        this.inner = Objects.requireNonNull(inner, "inner");
        this.keyId = keyId;
        this.plainAccepted = plainAccepted;
    }

    /** For values; see {@link EncryptedTypeSerializer#ofValues}. */
    public static <T> EncryptedTypeInformation<T> ofValues(String state, TypeInformation<T> inner) {
        return new EncryptedTypeInformation<>(state, inner, null, false);
    }

    /** For keys and map keys; see {@link EncryptedTypeSerializer#ofKeys}. */
    public static <T> EncryptedTypeInformation<T> ofKeys(String state, TypeInformation<T> inner, String keyId) {
        return new EncryptedTypeInformation<>(state, inner, Objects.requireNonNull(keyId, "keyId"), false);
    }

    /** See {@link EncryptedTypeSerializer#acceptingPlainState}. */
    public EncryptedTypeInformation<T> acceptingPlainState() {
        if (keyId != null) {
            throw new IllegalStateException(
                    "state " + state + ": Flink cannot migrate keys, so plain ones are never accepted");
        }
        return new EncryptedTypeInformation<>(state, inner, null, true);
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new EncryptedTypeSerializer<>(state, inner.createSerializer(config), keyId, plainAccepted);
    }

    /** Flink 1.20 asks for it; 2.x does not have it. */
    public TypeSerializer<T> createSerializer(ExecutionConfig config) {
        return createSerializer(config.getSerializerConfig());
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return inner.getTypeClass();
    }

    @Override
    public Map<String, TypeInformation<?>> getGenericParameters() {
        return inner.getGenericParameters();
    }

    @Override
    public boolean isKeyType() {
        return inner.isKeyType();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof EncryptedTypeInformation;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof EncryptedTypeInformation)) {
            return false;
        }
        EncryptedTypeInformation<?> that = (EncryptedTypeInformation<?>) other;
        return state.equals(that.state)
                && inner.equals(that.inner)
                && Objects.equals(keyId, that.keyId)
                && plainAccepted == that.plainAccepted;
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, inner, keyId, plainAccepted);
    }

    @Override
    public String toString() {
        return "Encrypted<" + inner + ">(" + state + (keyId == null ? "" : ", key " + keyId) + ")";
    }
}
