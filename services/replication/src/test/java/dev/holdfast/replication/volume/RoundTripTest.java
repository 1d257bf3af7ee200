package dev.holdfast.replication.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRandomTreeIsTheSameAfterManyIncrementsAndAPromotion(long seed) throws Exception {
        Store owner = Store.open(folder.resolve("a"));
        Store target = Store.open(folder.resolve("b"));
        owner.driver.create(Store.GUEST);
        FileTrees trees = new FileTrees(owner.live(), seed);
        Optional<String> base = Optional.empty();
        for (int sequence = 1; sequence <= 6; sequence++) {
            trees.change(sequence == 1 ? 60 : 12);
            StoredSnapshot taken = owner.snapshot(1, sequence);
            assertThat(target.receiveWhole(owner.stream(base, taken.id()))).isEqualTo(taken);
            base = Optional.of(taken.id());
            owner.driver.retain(Store.GUEST, 2, java.util.Set.of());
            target.driver.retain(Store.GUEST, 2, java.util.Set.of());
        }
        Map<String, String> expected = FileTrees.describe(owner.live());

        assertThat(target.promote(2)).isInstanceOf(Promotion.Outcome.Promoted.class);

        assertThat(FileTrees.describe(target.live())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void afterAFailoverTheWayBackIsAnIncrement(long seed) throws Exception {
        Store first = Store.open(folder.resolve("a"));
        Store second = Store.open(folder.resolve("b"));
        first.driver.create(Store.GUEST);
        new FileTrees(first.live(), seed).change(40);
        StoredSnapshot common = first.snapshot(1, 1);
        byte[] full = first.stream(Optional.empty(), common.id());
        second.receiveWhole(full);
        second.promote(2);
        new FileTrees(second.live(), seed + 100).change(3);

        StoredSnapshot next = second.snapshot(2, 1);
        Optional<String> base = first.driver
                .newestCommon(Store.GUEST, java.util.List.of(common.id()))
                .map(StoredSnapshot::id);
        byte[] back = second.stream(base, next.id());
        first.receiveWhole(back);

        assertThat(base).contains(common.id());
        assertThat(back.length).isLessThan(full.length / 2);
        Map<String, String> expected = FileTrees.describe(second.live());
        first.promote(3);
        assertThat(FileTrees.describe(first.live())).isEqualTo(expected);
    }
}
