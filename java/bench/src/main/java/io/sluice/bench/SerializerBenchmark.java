package io.sluice.bench;

import io.sluice.state.EncryptedTypeSerializer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a record costs, in nanoseconds: one byte array that is written, or read, again and again as a state backend does it. Single
 * calls are sampled, whose median is the same on a machine that others use, too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Internal
public class SerializerBenchmark {
    public enum Kind {
        plain,
        values,
        keys;

        TypeSerializer<byte[]> serializer() {
            TypeSerializer<byte[]> plainSerializer = BytePrimitiveArraySerializer.INSTANCE;
            switch (this) {
                case values:
                    return EncryptedTypeSerializer.ofValues("balance", plainSerializer);
                case keys:
                    return EncryptedTypeSerializer.ofKeys("account", plainSerializer, "bench");
                default:
                    return plainSerializer;
            }
        }
    }

    @Param({"plain", "values", "keys"})
    public Kind kind;

    /** Of the record, in bytes. */
    @Param({"100", "1000"})
    public int size;

    private TypeSerializer<byte[]> serializer;
    private byte[] record;
    private byte[] written;
    private final DataOutputSerializer out = new DataOutputSerializer(4096);
    private final DataInputDeserializer in = new DataInputDeserializer();

    @Setup
    public void write() throws IOException {
        serializer = kind.serializer();
        record = new byte[size];
        for (int i = 0; i < size; i++) {
            record[i] = (byte) (i * 31);
        }
        serializer.serialize(record, out);
        written = out.getCopyOfBuffer();
    }

    @Benchmark
    public int serialize() throws IOException {
        out.clear();
        serializer.serialize(record, out);
        return out.length();
    }

    @Benchmark
    public byte[] deserialize() throws IOException {
        in.setBuffer(written);
        return serializer.deserialize(in);
    }
}
