package io.sluice.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The function of the savepoints in {@code test/fixtures}: it writes state only where there is none, and reports what it finds.
 * Names and types of its state stand in those savepoints, so that none of them can change.
 */
final class RecordedFunction extends KeyedProcessFunction<String, Long, String> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<Account> account;
    private transient ListState<Long> amounts;
    private transient MapState<String, String> limits;

    @Override
    public void open(OpenContext context) {
        account = getRuntimeContext()
                .getState(new ValueStateDescriptor<>(
                        "account", EncryptedTypeInformation.ofValues("account", Types.POJO(Account.class))));
        amounts = getRuntimeContext()
                .getListState(
                        new ListStateDescriptor<>("amounts", EncryptedTypeInformation.ofValues("amounts", Types.LONG)));
        limits = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "limits",
                        EncryptedTypeInformation.ofKeys("limits", Types.STRING, "2026-01"),
                        EncryptedTypeInformation.ofValues("limits of a key", Types.STRING)));
    }

    static String unknown(String key) {
        return key + ": nobody [] {}";
    }

    static String remembered(String key, long number) {
        return key + ": owner of " + key + " has " + number * 100 + " [" + number + ", " + (number + 1) + "] {daily="
                + number + " €, monthly=" + number + "0 €}";
    }

    static String fired(String key) {
        return key + " fired";
    }

    @Override
    public void processElement(Long number, Context context, Collector<String> out) throws Exception {
        String key = context.getCurrentKey();
        out.collect(key + ": " + found());
        if (account.value() != null) {
            return;
        }
        account.update(new Account("owner of " + key, number * 100));
        amounts.add(number);
        amounts.add(number + 1);
        limits.put("daily", number + " €");
        limits.put("monthly", number + "0 €");
        context.timerService().registerEventTimeTimer(1_000_000);
    }

    private String found() throws Exception {
        List<Long> listed = new ArrayList<>();
        amounts.get().forEach(listed::add);
        Map<String, String> mapped = new TreeMap<>();
        for (Map.Entry<String, String> limit : limits.entries()) {
            mapped.put(limit.getKey(), limit.getValue());
        }
        Account read = account.value();
        return (read == null ? "nobody" : read.owner + " has " + read.cents) + " " + listed + " " + mapped;
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
        out.collect(fired(context.getCurrentKey()));
    }
}
