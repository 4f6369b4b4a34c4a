package io.sluice.state;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a checkpoint says of an {@link EncryptedTypeSerializer}: the state's name, for keys the id of their key, and the other
 * serializer's own snapshot.
 *
 * @param <T> what the serializer writes
 */
@Internal
public final class EncryptedTypeSerializerSnapshot<T>
        extends CompositeTypeSerializerSnapshot<T, EncryptedTypeSerializer<T>> {
    private static final Logger LOG = LoggerFactory.getLogger(EncryptedTypeSerializerSnapshot.class);
    private static final int VERSION = 1;

    private String state;
    private String keyId;
    private boolean plainAccepted;

    /** For Flink, which calls {@link #readSnapshot} next. */
    public EncryptedTypeSerializerSnapshot() {}

    EncryptedTypeSerializerSnapshot(EncryptedTypeSerializer<T> serializer) {
        super(serializer);
        state = serializer.state();
        keyId = serializer.keyId();
        plainAccepted = serializer.plainAccepted();
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
        return VERSION;
    }

    @Override
    protected void writeOuterSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(state);
        out.writeBoolean(keyId != null);
        if (keyId != null) {
            out.writeUTF(keyId);
        }
    }

    @Override
    protected void readOuterSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "an encrypted state's snapshot has version " + version + ", and this knows " + VERSION);
        }
        state = in.readUTF();
        keyId = in.readBoolean() ? in.readUTF() : null;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(EncryptedTypeSerializer<T> serializer) {
        return new TypeSerializer<?>[] {serializer.inner()};
    }

    @Override
    protected EncryptedTypeSerializer<T> createOuterSerializerWithNestedSerializers(TypeSerializer<?>[] nested) {
        @SuppressWarnings("unchecked")
        TypeSerializer<T> inner = (TypeSerializer<T>) nested[0];
        return new EncryptedTypeSerializer<>(state, inner, keyId, plainAccepted);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
        return old instanceof EncryptedTypeSerializerSnapshot ? super.resolveSchemaCompatibility(old) : fromPlain(old);
    }

    @Override
    protected OuterSchemaCompatibility resolveOuterSchemaCompatibility(TypeSerializerSnapshot<T> old) {
        EncryptedTypeSerializerSnapshot<T> before = (EncryptedTypeSerializerSnapshot<T>) old;
        if (!state.equals(before.state)) {
            LOG.error("State {} was encrypted as state {}, and can only be read with that name.", state, before.state);
            return OuterSchemaCompatibility.INCOMPATIBLE;
        }
        if (!Objects.equals(keyId, before.keyId)) {
            LOG.error(
                    "State {} was encrypted {}, and the job asks for {}.",
                    state,
                    described(before.keyId),
                    described(keyId));
            return OuterSchemaCompatibility.INCOMPATIBLE;
        }
        return OuterSchemaCompatibility.COMPATIBLE_AS_IS;
    }

    private static String described(String keyId) {
        return keyId == null ? "as values" : "as keys with key " + keyId;
    }

    private TypeSerializerSchemaCompatibility<T> fromPlain(TypeSerializerSnapshot<T> old) {
        if (!plainAccepted) {
            LOG.error(
                    "State {} is not encrypted in what is restored. {}",
                    state,
                    keyId == null
                            ? "To take it over and encrypt it, restore once with acceptingPlainState()."
                            : "Flink cannot migrate keys: write the state again, or encrypt its files instead.");
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        @SuppressWarnings("unchecked")
        TypeSerializerSnapshot<T> inner = (TypeSerializerSnapshot<T>) getNestedSerializerSnapshots()[0];
        return inner.resolveSchemaCompatibility(old).isIncompatible()
                ? TypeSerializerSchemaCompatibility.incompatible()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
}
