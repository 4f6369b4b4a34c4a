package io.sluice.state;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Encrypts what another serializer writes. What it writes can be stored in HashMap, RocksDB and ForSt, and in savepoints of
 * either format. Keys come from the process that runs the job (see {@link MountedStateKeys}): neither this object nor its
 * snapshot holds one, or says where they are.
 *
 * <p>Each record is bound to the state's name, so that it cannot be moved to another state. It is not bound to the record's key:
 * a serializer does not know that.
 *
 * @param <T> what the other serializer writes
 */
@PublicEvolving
public final class EncryptedTypeSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final String state;
    private final TypeSerializer<T> inner;
    private final String keyId;
    private final boolean plainAccepted;

    private transient RecordCipher cipher;
    private transient DataOutputSerializer plainOut;
    private transient DataInputDeserializer plainIn;

    EncryptedTypeSerializer(String state, TypeSerializer<T> inner, String keyId, boolean plainAccepted) {
        this.state = Objects.requireNonNull(state, "state");
        this.inner = Objects.requireNonNull(inner, "inner");
        this.keyId = keyId;
        this.plainAccepted = plainAccepted;
    }

    /**
     * For values: AES-256-GCM with the key ring's primary key.
     *
     * @param state names the state; another name cannot read what was written with this one
     */
    public static <T> EncryptedTypeSerializer<T> ofValues(String state, TypeSerializer<T> inner) {
        return new EncryptedTypeSerializer<>(state, inner, null, false);
    }

    /**
     * For what a state backend looks up by its bytes, which is keys and map keys: AES-256-SIV, which always gives the same bytes.
     *
     * @param state names what the keys are keys of
     * @param keyId the key that encrypts them as long as the state lives, whichever is the primary one
     */
    public static <T> EncryptedTypeSerializer<T> ofKeys(String state, TypeSerializer<T> inner, String keyId) {
        return new EncryptedTypeSerializer<>(state, inner, Objects.requireNonNull(keyId, "keyId"), false);
    }

    /**
     * Also takes over state that {@code inner} wrote unencrypted; Flink rewrites it when it is restored. To be left out again
     * after that: until then, anyone who can write to a checkpoint can put a plain state instead of an encrypted one.
     */
    public EncryptedTypeSerializer<T> acceptingPlainState() {
        if (keyId != null) {
            throw new IllegalStateException(
                    "state " + state + ": Flink cannot migrate keys, so plain ones are never accepted");
        }
        return new EncryptedTypeSerializer<>(state, inner, null, true);
    }

    String state() {
        return state;
    }

    TypeSerializer<T> inner() {
        return inner;
    }

    /** Of the key that encrypts keys; null for values. */
    String keyId() {
        return keyId;
    }

    boolean plainAccepted() {
        return plainAccepted;
    }

    @Override
    public void serialize(T record, DataOutputView target) throws IOException {
        start();
        plainOut.clear();
        inner.serialize(record, plainOut);
        cipher.encrypt(plainOut.getSharedBuffer(), plainOut.length(), target);
        if (plainOut.getSharedBuffer().length > RecordBytes.LARGEST_KEPT) {
            plainOut = new DataOutputSerializer(256);
        }
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        start();
        plainIn.setBuffer(cipher.decrypt(source));
        return inner.deserialize(plainIn);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        start();
        plainIn.setBuffer(cipher.decrypt(source));
        return inner.deserialize(reuse, plainIn);
    }

    /** Copies ciphertext. */
    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        start();
        cipher.copy(source, target);
    }

    /** Not in the constructor: this object is made where the job is submitted, and travels. */
    private void start() {
        if (cipher == null) {
            StateKeys keys = MountedStateKeys.instance();
            cipher = keyId == null ? new GcmRecords(state, keys) : new SivRecords(state, keyId, keys);
            plainOut = new DataOutputSerializer(256);
            plainIn = new DataInputDeserializer();
        }
    }

    /** Shares nothing with this one: it gets new ciphers, buffers and a new salt. */
    @Override
    public EncryptedTypeSerializer<T> duplicate() {
        return new EncryptedTypeSerializer<>(state, inner.duplicate(), keyId, plainAccepted);
    }

    @Override
    public boolean isImmutableType() {
        return inner.isImmutableType();
    }

    @Override
    public T createInstance() {
        return inner.createInstance();
    }

    @Override
    public T copy(T from) {
        return inner.copy(from);
    }

    @Override
    public T copy(T from, T reuse) {
        return inner.copy(from, reuse);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof EncryptedTypeSerializer)) {
            return false;
        }
        EncryptedTypeSerializer<?> that = (EncryptedTypeSerializer<?>) other;
        return state.equals(that.state) && inner.equals(that.inner) && Objects.equals(keyId, that.keyId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, inner, keyId);
    }

    @Override
    public String toString() {
        return "EncryptedTypeSerializer{" + state + ", " + inner + (keyId == null ? "" : ", key " + keyId) + "}";
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new EncryptedTypeSerializerSnapshot<>(this);
    }
}
