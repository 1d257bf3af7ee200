package dev.holdfast.audit.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.Recorded;
import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.timeline.Lanes.Lane;
import dev.holdfast.audit.timeline.Lanes.Mark;
import dev.holdfast.audit.timeline.Lanes.Span;
import dev.holdfast.simulator.journal.SimulatedJournal;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class LanesTest {

    private static List<byte[]> journal;

    @BeforeAll
    static void aClusterIsJournalled() {
        journal = Recorded.journal(3);
    }

    private static Lanes lanes(Instant from, Instant to, Predicate<String> wanted) {
        return Lanes.of(new Past(Recorded.CODECS, journal.iterator()), from, to, wanted);
    }

    private static Lanes all() {
        return lanes(Instant.EPOCH, Instant.MAX, name -> true);
    }

    @Test
    void nodesComeFirstAndNoLaneHasAGap() {
        Lanes lanes = all();

        assertThat(lanes.lanes().stream().map(Lane::name)).startsWith("n1", "n2", "n3").hasSizeGreaterThan(3);
        for (Lane lane : lanes.lanes()) {
            for (int i = 1; i < lane.spans().size(); i++) {
                assertThat(lane.spans().get(i).from()).isEqualTo(lane.spans().get(i - 1).to());
            }
            assertThat(lane.spans().getLast().to()).isEqualTo(lanes.to());
        }
        assertThat(lanes.marks()).extracting(Mark::at).isSorted();
    }

    @Test
    void onlyWhatLiesBetweenTheMomentsIsShown() {
        Instant from = SimulatedJournal.BEGINNING.plusSeconds(40);
        Lanes lanes = lanes(from, from.plusSeconds(30), name -> true);

        assertThat(lanes.from()).isEqualTo(from);
        assertThat(lanes.to()).isBeforeOrEqualTo(from.plusSeconds(30));
        assertThat(lanes.marks()).allMatch(mark -> !mark.at().isBefore(from) && !mark.at().isAfter(from.plusSeconds(30)));
        assertThat(lanes.lanes().stream().flatMap(lane -> lane.spans().stream()).map(Span::from))
                .allMatch(moment -> !moment.isBefore(from));
    }

    @Test
    void onlyWhoWasAskedForIsShown() {
        Lanes lanes = lanes(Instant.EPOCH, Instant.MAX, "n2"::equals);

        assertThat(lanes.lanes()).extracting(Lane::name).containsExactly("n2");
        assertThat(lanes.marks()).extracting(Mark::entity).containsOnly("n2", "cluster");
    }

    @Test
    void thePictureIsWellFormedAndNeedsNothingElse() throws Exception {
        String svg = Picture.svg(all(), "<clinic> & co", ZoneOffset.UTC);

        var root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg))).getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("svg");
        assertThat(root.getElementsByTagName("rect").getLength()).isGreaterThan(10);
        assertThat(svg.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "<script", "href");
        assertThat(Picture.html(all(), "clinic", ZoneOffset.UTC)).contains("<svg", "<table>", "R1_INCARNATION");
    }
}
