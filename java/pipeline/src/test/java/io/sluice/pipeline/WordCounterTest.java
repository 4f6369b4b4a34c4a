package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class WordCounterTest {

    private static final long WINDOW = WordCounter.WINDOW.toMillis();

    @Test
    void countsByWindowAndInAll() throws Exception {
        assertThat(results(List.of(
                        new Word("flink", 0, true),
                        new Word("flink", WINDOW - 1, false),
                        new Word("flink", WINDOW, true),
                        new Word("node", WINDOW, false))))
                .containsExactlyInAnyOrder(
                        "flink\t60000\t1\t1\t1\t1", "flink\t120000\t1\t0\t2\t1", "node\t120000\t0\t1\t0\t1");
    }

    @Test
    void givesTheSameInWhateverOrderTheWordsCome() throws Exception {
        Random random = new Random(7);
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            words.add(new Word("w" + random.nextInt(9), random.nextInt((int) (5 * WINDOW)), random.nextBoolean()));
        }
        List<String> expected = results(words);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(words, random);
            assertThat(results(words)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void continuesFromACheckpoint() throws Exception {
        try (var before = harness()) {
            before.open();
            before.processElement(new Word("flink", 1, true), 1);
            var checkpoint = before.snapshot(1, 1);
            try (var after = harness()) {
                after.initializeState(checkpoint);
                after.open();
                after.processElement(new Word("flink", 2, false), 2);
                after.processWatermark(WINDOW);
                assertThat(lines(after)).containsExactly("flink\t60000\t1\t1\t1\t1");
            }
        }
    }

    private static List<String> results(List<Word> words) throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (Word word : words) {
                harness.processElement(word, word.time);
            }
            harness.processWatermark(Long.MAX_VALUE);
            return lines(harness);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Word, WordCount> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new WordCounter()), word -> word.text, Types.STRING);
    }

    private static List<String> lines(KeyedOneInputStreamOperatorTestHarness<String, Word, WordCount> harness) {
        return harness.extractOutputValues().stream().map(WordCount::toLine).collect(Collectors.toList());
    }
}
