package io.sluice.state.example;

import io.sluice.state.EncryptedTypeInformation;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Adds up each account's payments. Neither accounts nor balances can be read in what Flink stores. */
public final class Balances extends KeyedProcessFunction<String, Payment, String> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> balance;

    /** Keys are looked up by their bytes: their key is named here, and stays. */
    public static DataStream<String> of(DataStream<Payment> payments) {
        TypeInformation<String> accounts = EncryptedTypeInformation.ofKeys("account", Types.STRING, "2026-11");
        return payments.keyBy(payment -> payment.account, accounts).process(new Balances());
    }

    @Override
    public void open(OpenContext context) {
        TypeInformation<Long> balances = EncryptedTypeInformation.ofValues("balance", Types.LONG);
        balance = getRuntimeContext().getState(new ValueStateDescriptor<>("balance", balances));
    }

    @Override
    public void processElement(Payment payment, Context context, Collector<String> out) throws IOException {
        long before = balance.value() == null ? 0 : balance.value();
        balance.update(before + payment.cents);
        out.collect(context.getCurrentKey() + " has " + balance.value());
    }
}
