package io.sluice.state;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.v2.MapState;
import org.apache.flink.api.common.state.v2.MapStateDescriptor;
import org.apache.flink.api.common.state.v2.ValueState;
import org.apache.flink.api.common.state.v2.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Emits the value that it remembers for a key, and remembers the new one, by the state interface that waits for nothing. */
class AsyncRememberingFunction extends KeyedProcessFunction<String, Long, String> {
    private static final long serialVersionUID = 1L;

    private final Encryption encryption;
    private transient ValueState<String> balance;
    private transient MapState<String, String> limits;

    AsyncRememberingFunction(Encryption encryption) {
        this.encryption = encryption;
    }

    static String text(long number, String balance, String limit) {
        return RememberingFunction.key(number) + ": " + balance + ", " + limit;
    }

    static String value(long number) {
        return RememberingFunction.VALUE_MARKER + "-" + number;
    }

    @Override
    public void open(OpenContext context) {
        balance = getRuntimeContext().getState(new ValueStateDescriptor<>("balance", encryption.values("balance")));
        limits = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "limits", encryption.keys("limits"), encryption.values("limits of a key")));
    }

    @Override
    public void processElement(Long number, Context context, Collector<String> out) {
        String mapKey = RememberingFunction.KEY_MARKER + "-limit";
        balance.asyncValue()
                .thenCombine(limits.asyncGet(mapKey), (before, limit) -> text(number, before, limit))
                .thenAccept(text -> {
                    out.collect(text);
                    balance.asyncUpdate(value(number));
                    limits.asyncPut(mapKey, value(number));
                });
    }
}
