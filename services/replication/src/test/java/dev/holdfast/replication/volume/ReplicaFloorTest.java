package dev.holdfast.replication.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor.Purpose;
import dev.holdfast.core.volume.ReplicaFloor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaFloorTest {

    private static final Incarnation LIFE = new Incarnation(3, 1);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "floor {0} {1}, asked {2} {3}: {4}")
    @CsvSource({
        "5, PROMOTE,   4, PROMOTE,   false",
        "5, PROMOTE,   5, PROMOTE,   true",
        "5, PROMOTE,   6, PROMOTE,   true",
        "5, RECEIVE,   5, PROMOTE,   false",
        "5, SET_ASIDE, 5, PROMOTE,   false",
        "5, PROMOTE,   4, RECEIVE,   false",
        "5, PROMOTE,   5, RECEIVE,   false",
        "5, PROMOTE,   6, RECEIVE,   true",
        "5, RECEIVE,   4, RECEIVE,   false",
        "5, RECEIVE,   5, RECEIVE,   true",
        "5, SET_ASIDE, 5, RECEIVE,   true",
        "5, PROMOTE,   5, SET_ASIDE, false",
        "5, RECEIVE,   5, SET_ASIDE, true",
        "5, SET_ASIDE, 5, SET_ASIDE, true",
        "5, RECEIVE,   4, SET_ASIDE, false"
    })
    void theTruthTable(long floor, Purpose filed, long epoch, Purpose asked, boolean admitted) {
        ReplicaFloor present = new ReplicaFloor(floor, filed, LIFE);
        assertThat(present.admits(new ReplicaFloor(epoch, asked, LIFE))).isEqualTo(admitted);
    }

    @Test
    void theSameEpochIsNotPromotedByAnotherLifeOfTheNode() {
        ReplicaFloor present = new ReplicaFloor(5, Purpose.PROMOTE, LIFE);
        assertThat(present.admits(new ReplicaFloor(5, Purpose.PROMOTE, new Incarnation(3, 2)))).isFalse();
    }

    @Test
    void aFloorSurvivesTheProcessAndNeverSinks() throws IOException {
        ReplicaFloor filed = new ReplicaFloor(5, Purpose.RECEIVE, LIFE);
        ReplicaFloors.open(folder).file("db", filed);
        ReplicaFloors again = ReplicaFloors.open(folder);

        assertThat(again.file("db", new ReplicaFloor(4, Purpose.PROMOTE, LIFE))).contains(filed);
        assertThat(again.floor("db")).contains(filed);
        assertThat(again.floor("other")).isEmpty();
    }

    @Test
    void aDamagedFloorStopsEverythingUntilSomebodyLooks() throws IOException {
        ReplicaFloors floors = ReplicaFloors.open(folder);
        Files.writeString(folder.resolve("db"), "5 NONSENSE");

        assertThatThrownBy(() -> floors.file("db", new ReplicaFloor(9, Purpose.PROMOTE, LIFE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }
}
