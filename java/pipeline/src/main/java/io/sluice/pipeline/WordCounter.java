package io.sluice.pipeline;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts a word in windows of event time. A timer at the end of each window gives its counts and the totals so far. What it gives
 * depends on the words and their times only, not on the order in which they come: that is why replaying after a failure gives the
 * same results again.
 */
final class WordCounter extends KeyedProcessFunction<String, Word, WordCount> {

    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final long serialVersionUID = 1L;

    /** Comments and code, by the last millisecond of the window. */
    private transient MapState<Long, Tuple2<Long, Long>> windows;

    private transient ValueState<Tuple2<Long, Long>> totals;

    @Override
    public void open(OpenContext context) {
        windows = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("windows", Types.LONG, Types.TUPLE(Types.LONG, Types.LONG)));
        totals =
                getRuntimeContext().getState(new ValueStateDescriptor<>("totals", Types.TUPLE(Types.LONG, Types.LONG)));
    }

    @Override
    public void processElement(Word word, Context context, Collector<WordCount> out) throws Exception {
        long size = WINDOW.toMillis();
        long last = word.time - Math.floorMod(word.time, size) + size - 1;
        Tuple2<Long, Long> counts = windows.get(last);
        if (counts == null) {
            counts = Tuple2.of(0L, 0L);
            context.timerService().registerEventTimeTimer(last);
        }
        windows.put(last, plus(counts, word.inComment ? 1 : 0, word.inComment ? 0 : 1));
    }

    @Override
    public void onTimer(long last, OnTimerContext context, Collector<WordCount> out) throws Exception {
        Tuple2<Long, Long> counts = windows.get(last);
        Tuple2<Long, Long> before = totals.value();
        Tuple2<Long, Long> all = plus(before == null ? Tuple2.of(0L, 0L) : before, counts.f0, counts.f1);
        windows.remove(last);
        totals.update(all);
        WordCount result = new WordCount();
        result.word = context.getCurrentKey();
        result.windowEnd = last + 1;
        result.comments = counts.f0;
        result.code = counts.f1;
        result.allComments = all.f0;
        result.allCode = all.f1;
        out.collect(result);
    }

    private static Tuple2<Long, Long> plus(Tuple2<Long, Long> counts, long comments, long code) {
        return Tuple2.of(counts.f0 + comments, counts.f1 + code);
    }
}
