package io.sluice.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Emits the value that it remembers for a key, and remembers the first one. Every text in its state contains a marker. */
class RememberingFunction extends KeyedProcessFunction<String, Long, String> {
    static final String KEY_MARKER = "planted-key";
    static final String VALUE_MARKER = "planted-value";

    private static final long serialVersionUID = 1L;

    private final Encryption encryption;
    private transient ValueState<String> balance;
    private transient ListState<String> history;
    private transient MapState<String, String> limits;

    RememberingFunction(Encryption encryption) {
        this.encryption = encryption;
    }

    @Override
    public void open(OpenContext context) {
        balance = getRuntimeContext().getState(new ValueStateDescriptor<>("balance", encryption.values("balance")));
        history = getRuntimeContext().getListState(new ListStateDescriptor<>("history", encryption.values("history")));
        limits = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "limits", encryption.keys("limits"), encryption.values("limits of a key")));
    }

    static String key(long number) {
        return KEY_MARKER + "-" + number;
    }

    /** The result for a key that was remembered. */
    static String remembered(long number) {
        String key = key(number);
        return key + ": " + VALUE_MARKER + "-balance-" + key + " [" + VALUE_MARKER + "-a-" + key + ", " + VALUE_MARKER
                + "-b-" + key + "] {" + key + "-limit=" + VALUE_MARKER + "-limit-" + key + "}";
    }

    static String unknown(long number) {
        return key(number) + ": null [] {}";
    }

    static String fired(long number) {
        return key(number) + " fired";
    }

    @Override
    public void processElement(Long number, Context context, Collector<String> out) throws Exception {
        String key = context.getCurrentKey();
        List<String> events = new ArrayList<>();
        history.get().forEach(events::add);
        StringBuilder found = new StringBuilder();
        for (Map.Entry<String, String> limit : limits.entries()) {
            found.append(limit.getKey()).append('=').append(limit.getValue());
        }
        out.collect(key + ": " + balance.value() + " " + events + " {" + found + "}");
        if (balance.value() != null) {
            return;
        }
        balance.update(VALUE_MARKER + "-balance-" + key);
        history.add(VALUE_MARKER + "-a-" + key);
        history.add(VALUE_MARKER + "-b-" + key);
        limits.put(key + "-limit", VALUE_MARKER + "-limit-" + key);
        context.timerService().registerEventTimeTimer(1_000_000);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
        out.collect(context.getCurrentKey() + " fired");
    }
}
