package dev.holdfast.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SortedTest {

    private static final SortedMap<String, Integer> BAC = Sorted.map(Map.of("b", 2, "a", 1, "c", 3));

    @Test
    void aCopyIsInKeyOrderAndEqualsWhatItIsACopyOf() {
        assertThat(BAC.keySet()).containsExactly("a", "b", "c");
        assertThat(BAC.values()).containsExactly(1, 2, 3);
        assertThat(BAC).isEqualTo(Map.of("a", 1, "b", 2, "c", 3)).hasSameHashCodeAs(Map.of("a", 1, "b", 2, "c", 3));
        assertThat(Map.of("a", 1, "b", 2, "c", 3)).isEqualTo(BAC);
        assertThat(BAC).isEqualTo(Sorted.map(new TreeMap<>(BAC))).isNotEqualTo(Sorted.with(BAC, "a", 2));
    }

    @Test
    void putReplacedOrTakenOutLeavesTheOriginalAsItWas() {
        assertThat(Sorted.with(BAC, "b", 9)).isEqualTo(Map.of("a", 1, "b", 9, "c", 3));
        assertThat(Sorted.with(BAC, "aa", 9).keySet()).containsExactly("a", "aa", "b", "c");
        assertThat(Sorted.without(BAC, "b")).isEqualTo(Map.of("a", 1, "c", 3));
        assertThat(Sorted.without(BAC, "x")).isEqualTo(BAC);
        assertThat(BAC).isEqualTo(Map.of("a", 1, "b", 2, "c", 3));
    }

    @Test
    void nobodyCanChangeIt() {
        assertThatThrownBy(() -> BAC.put("a", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> BAC.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> BAC.values().remove(1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> BAC.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aCopyOfACopyIsTheSame() {
        assertThat(Sorted.map(BAC)).isSameAs(BAC);
    }

    @Test
    void whatIsAskedOfAnEmptyMapIsAnswered() {
        SortedMap<String, Integer> empty = Sorted.map(Map.of());
        assertThat(empty).isEmpty();
        assertThat(empty.get("a")).isNull();
        assertThatThrownBy(empty::firstKey).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(empty::lastKey).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void itsPartsAreThoseOfASortedMap() {
        assertThat(BAC.firstKey()).isEqualTo("a");
        assertThat(BAC.lastKey()).isEqualTo("c");
        assertThat(BAC.subMap("a", "c")).isEqualTo(Map.of("a", 1, "b", 2));
        assertThat(BAC.headMap("b")).isEqualTo(Map.of("a", 1));
        assertThat(BAC.tailMap("b")).isEqualTo(Map.of("b", 2, "c", 3));
    }
}
