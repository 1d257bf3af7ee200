package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoubleRunCheckerTest {

    @TempDir
    Path evidence;

    @Test
    void runsOneAfterAnotherAreClean() throws Exception {
        assertThat(check("""
                1000 start pid=1 node=a epoch=1
                2000 alive pid=1 node=a epoch=1
                3000 start pid=1 node=a epoch=1
                4000 exit pid=1 node=a epoch=1
                5000 start pid=2 node=b epoch=2
                """)).isEqualTo(new DoubleRunReport(3, List.of(), 0));
    }

    @Test
    void livesThatOverlapAreReportedEvenIfTheFirstWentSilentForAWhile() throws Exception {
        assertThat(check("""
                1000000 start pid=1 node=a epoch=1
                2000000 start pid=2 node=b epoch=2
                5000000 alive pid=2 node=b epoch=2
                7000000 alive pid=1 node=a epoch=1
                """).findings()).containsExactly(
                "g: node a epoch 1 pid 1 and node b epoch 2 pid 2 ran together for at least 3 ms");
    }

    @Test
    void aLockThatWasHeldIsReportedWithoutAnyOverlap() throws Exception {
        assertThat(check("""
                1000 start pid=1 node=a epoch=1
                2000 start pid=2 node=b epoch=2
                2001 DOUBLE pid=2 node=b epoch=2
                """).findings()).singleElement().asString().contains("epoch 2 pid 2 began at 2001");
    }

    @Test
    void evidenceThatCannotBeReadIsNotCleanButAHalfWrittenLastLineIs() throws Exception {
        assertThat(check("1000 start pid=1 node=a epoch=1\nnonsense\n").clean()).isFalse();
        assertThat(check("1000 start pid=1 node=a epoch=1\n1200 ali").clean()).isTrue();
    }

    @Test
    void noEvidenceIsNoRun() throws Exception {
        assertThat(DoubleRunChecker.check(evidence.resolve("nothing"))).isEqualTo(new DoubleRunReport(0, List.of(), 0));
    }

    private DoubleRunReport check(String lines) throws Exception {
        Files.writeString(evidence.resolve("g.log"), lines);
        return DoubleRunChecker.check(evidence);
    }
}
