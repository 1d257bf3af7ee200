package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.replication.volume.ReceiveOutcome.Reason;
import dev.holdfast.replication.zfs.GuestState.Base;
import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the driver reads out of what OpenZFS and zfs-fuse have really said. */
class RecordedAnswersTest {

    private static final ZfsCapabilities OPENZFS = new ZfsCapabilities(
            "zfs-2.1.11-1+deb12u1, zfs-kmod-2.1.11-1+deb12u1", true, true, true, true, true, true, true, true);

    private final GuestState guest = GuestState.parse("source/volumes/db", RecordedAnswer.of("openzfs/guest").output());

    /** Answers by what is asked; another question fails the test. */
    private record Answers(Map<List<String>, RecordedAnswer> recorded) implements Zfs {

        @Override
        public List<String> run(List<String> command) throws IOException {
            RecordedAnswer answer = recorded.get(command);
            assertThat(answer).as(command.toString()).isNotNull();
            return answer.given();
        }

        @Override
        public ZfsStream start(List<String> command) {
            throw new UnsupportedOperationException("nothing is streamed");
        }
    }

    @Test
    void whatOpenZfsCanDoIsReadFromItsUsageAndItsProperties() throws Exception {
        assertThat(ZfsCapabilities.detect(new Answers(Map.of(
                        List.of("zfs", "-?"), RecordedAnswer.of("openzfs/zfs-usage"),
                        List.of("zfs", "get", "holdfast"), RecordedAnswer.of("openzfs/get-unknown-property"),
                        List.of("zfs", "version"), RecordedAnswer.of("openzfs/zfs-version")))))
                .isEqualTo(OPENZFS);
    }

    @Test
    void whatZfsFuseCannotDoIsReadInTheSameWay() throws Exception {
        assertThat(ZfsCapabilities.detect(new Answers(Map.of(
                        List.of("zfs", "-?"), RecordedAnswer.of("zfs-fuse/zfs-usage"),
                        List.of("zfs", "get", "holdfast"), RecordedAnswer.of("zfs-fuse/get-unknown-property"),
                        List.of("zfs", "version"), RecordedAnswer.of("openzfs/zfs-version")))))
                .isEqualTo(new ZfsCapabilities(
                        OPENZFS.version(), false, false, false, false, false, false, false, false));
    }

    /** Otherwise the other tests read an answer to a question that nobody asks. */
    @Test
    void theGuestWasRecordedByTheQuestionThatTheDriverAsks() {
        assertThat(RecordedAnswer.of("openzfs/guest").command()).isEqualTo(
                "zfs get -Hp -r -o name,property,value,source " + GuestState.wanted(OPENZFS) + " source/volumes/db");
    }

    @Test
    void theDatasetsOfAGuestAreKnownByTheirPlace() {
        Dataset live = guest.part(GuestDatasets.LIVE).orElseThrow();
        assertThat(live.is("mounted", "yes")).isTrue();
        assertThat(live.is("readonly", "off")).isTrue();
        assertThat(live.is("mountpoint", "/source/live")).isTrue();
        assertThat(live.is("encryption", "off")).isTrue();
        assertThat(live.bytes("referenced")).isGreaterThan(3_000_000);
        assertThat(live.property(GuestState.ORIGIN)).contains("1 1.1 1");
        assertThat(live.origin()).isEmpty();

        Dataset prepared = guest.part(GuestDatasets.PREPARED).orElseThrow();
        assertThat(prepared.origin()).contains(live.name() + "@hf-1-3");
        assertThat(guest.origins()).containsExactly(live.name() + "@hf-1-3");
        assertThat(guest.part(GuestDatasets.INCOMING)).isEmpty();
        assertThat(guest.hasChildren(live)).isFalse();
    }

    @Test
    void snapshotsAreOursOnceTheirIdentityIsSetOnThemselves() {
        Dataset live = guest.part(GuestDatasets.LIVE).orElseThrow();

        assertThat(guest.snapshotsOf(live)).extracting(Snap::name).containsExactly("hf-1-1", "hf-1-3", "by-hand");
        assertThat(guest.complete()).extracting(Snap::fullName).containsExactly(
                live.name() + "@hf-1-1", live.name() + "@hf-1-3");
        Snap first = guest.complete().getFirst();
        assertThat(first.identity().map(Identity::encode)).contains("1 1 1000000000 a 1.1");
        assertThat(first.holds()).isEqualTo(1);
        assertThat(guest.containerProperty(GuestState.COMMON)).contains("b=" + first.guid());
        assertThat(guest.find(first.guid())).contains(first);
        assertThat(guest.head(live).map(Snap::name)).contains("by-hand");
        assertThat(guest.completeHead(live).map(Snap::name)).contains("hf-1-3");
    }

    @Test
    void aSnapshotThatIsGoneIsABaseByItsBookmark() {
        Snap wanted = guest.complete().getLast();

        assertThat(guest.bases(wanted)).extracting(Base::argument).containsExactly("#hf-1-2", "@hf-1-1");
        assertThat(guest.bases(wanted)).extracting(base -> base.snapshot().isPresent()).containsExactly(false, true);
        assertThat(guest.marks()).hasSize(3);
    }

    @Test
    void aReceiveThatWasCutHasATokenAndIsKnownForWhatItIs() {
        Dataset replica = guest.part(GuestDatasets.REPLICA).orElseThrow();
        String token = replica.property(GuestState.TOKEN).orElseThrow();

        assertThat(Tidying.partial(guest)).contains(replica);
        assertThat(Tidying.resumable(guest)).hasValueSatisfying(rest -> {
            assertThat(rest.token()).isEqualTo(token).startsWith("1-");
            assertThat(rest.snapshot()).isEqualTo(guest.marks().get(1).guid());
        });
        assertThat(guest.part(GuestDatasets.LIVE).flatMap(live -> live.property(GuestState.TOKEN))).isEmpty();
    }

    @Test
    void aGuestThatIsNotThereHasNothing() {
        assertThat(RecordedAnswer.of("openzfs/guest-unknown").failed().says("does not exist")).isTrue();
        GuestState nobody = GuestState.parse("source/volumes/nobody", List.of());
        assertThat(nobody.exists()).isFalse();
        assertThat(nobody.containerProperty(GuestState.COMMON)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "receive-into-modified, CHANGED",
        "receive-no-common-base, NO_BASE",
        "receive-pool-full, NO_SPACE",
        "receive-target-full, NO_SPACE",
        "receive-not-a-stream, INVALID",
        "receive-cut-full, INVALID",
    })
    void whyNothingWasReceivedIsReadFromWhatZfsSays(String answer, Reason reason) {
        assertThat(ZfsReceive.reason(RecordedAnswer.of("openzfs/" + answer).failed())).isEqualTo(reason);
    }

    /** The words that decide what is done about it. */
    @ParameterizedTest
    @CsvSource({
        "create-existing, already exists",
        "hold-twice, tag already exists",
        "release-unknown, no such tag",
        "destroy-held, busy",
        "destroy-with-clone, dependent clones",
        "bookmark-twice, exists",
        "mount-mounted, already mounted",
        "unmount-busy, busy",
        "receive-abort-nothing, does not have any resumable receive state",
        "load-key-wrong, Incorrect key",
        "load-key-nowhere, Failed to open key",
    })
    void aRefusalIsKnownByItsWords(String answer, String words) {
        assertThat(RecordedAnswer.of("openzfs/" + answer).failed().says(words)).isTrue();
    }

    @Test
    void aTokenThatCannotBeSentEndsTheCommandAndSaysWhy() {
        for (String answer : List.of("send-token-without-its-snapshot", "send-token-that-is-none")) {
            assertThatThrownBy(() -> RecordedAnswer.of("openzfs/" + answer).given()).isInstanceOfSatisfying(
                    ZfsFailed.class, failed -> assertThat(failed.exitCode()).hasValue(255));
        }
    }
}
